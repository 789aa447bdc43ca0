"""The bundle runs as the modules would, and says so when it cannot hold one."""

import subprocess

import pytest

from player.bundle import STATIC, bundle, modules
from tests.player.reading import NODE

ROOMS = {"core", "wire", "controls", "map", "charts", "data", "tuning", "basins", "export"}

MODULES = {
    "main.js": "import { twice as double, ONE } from './core/numbers.js';\n"
    "import text from './words.css' with { type: 'text' };\n"
    "export async function answer() {\n"
    "  const { last } = await import('./map/last.js');\n"
    "  return `${double(ONE)} ${text} ${last()}`;\n}\n",
    "core/numbers.js": "const hidden = 1;\nexport const [ONE, TWO] = [hidden, 2];\n"
    "export function twice(x) {\n  return TWO * x;\n}\n",
    "map/last.js": "import { TWO } from '../core/numbers.js';\nconst hidden = 3;\n"
    "export const last = () => TWO * hidden;\n",
    "words.css": 'a::before { content: "</script>"; }',
}


def written(folder, sources):
    for path, source in sources.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(source)
    return folder


def test_runs_as_the_modules_would(tmp_path):
    source = bundle("main.js", written(tmp_path, MODULES)) + "console.log(await answer());"
    command = [str(NODE), "--input-type=module", "--eval", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"2 {MODULES['words.css']} 6\n"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("export let changes = 1;\n", "export let changes"),
        ("export default 1;\n", "export default 1"),
        ("import * as all from './core/numbers.js';\n", "import \\* as all"),
        ("console.log(import.meta.url);\n", "import.meta"),
    ],
)
def test_a_form_it_does_not_know_is_named(tmp_path, source, complaint):
    folder = written(tmp_path, MODULES | {"other.js": source})
    with pytest.raises(ValueError, match=f"`other.js` must.*Received: {complaint}"):
        bundle("other.js", folder)


def test_a_circle_is_named(tmp_path):
    folder = written(
        tmp_path, {"a.js": "import { b } from './core/b.js';\n", "core/b.js": "import { a } from '../a.js';\n"}
    )
    with pytest.raises(ValueError, match=r"a\.js → core/b\.js → a\.js"):
        bundle("a.js", folder)


@pytest.mark.parametrize("entry", ["main.js", "offline.js"])
def test_core_imports_no_other_room_and_a_room_is_small(entry):
    for path in modules(entry):
        if path.startswith("core/"):
            assert all(needed.startswith("core/") for needed in modules(path))
    folders = [path for path in STATIC.iterdir() if path.is_dir()]
    assert {folder.name for folder in folders} == ROOMS
    assert all(len(set(folder.iterdir()) - set(folder.glob("*.test.js"))) <= 20 for folder in folders)
