"""The player's own tests, which stand beside its modules, and what keeps its modules in order."""

import re
import subprocess

import pytest

from player.bundle import modules
from tests.player.reading import NODE, STATIC

GLOBALS = STATIC.parents[1] / "tests" / "player" / "browser_globals.mjs"
TESTS = sorted(STATIC.rglob("*.test.js"))
STORE = "core/store.js"
WRITES = re.compile(r"\bstate\.\w+(\.\w+|\[[^\]]*\])*\s*([-+*/%&|^?]|\?\?|\|\||&&|\*\*)?=(?![=>])|\bassign\(\s*state\b")
"""An assignment to the shared state, or to a part of it."""


def code(path):
    """A module without its comments."""
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", (STATIC / path).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_module(path):
    command = [str(NODE), "--import", GLOBALS.as_uri(), "--test", "--test-reporter=spec", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^ℹ pass [1-9]", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("entry", ["main.js", "offline.js"])
def test_no_test_is_served(entry):
    assert TESTS
    assert not [path for path in modules(entry) if ".test." in path]


@pytest.mark.parametrize("path", [path for path in modules("main.js") if path.endswith(".js")])
def test_only_the_store_writes_the_state(path):
    if path != STORE:
        assert WRITES.findall(code(path)) == []
    assert not re.search(r"\bstate(\.\w+)?(\+\+|--)|(\+\+|--)state\b|\{[^}]*\} = state\.", code(path))


@pytest.mark.parametrize(
    "source", ["state.start = null;", "state.data ??= x", "state.hover.step += 1", "Object.assign(state, {})"]
)
def test_an_assignment_is_seen(source):
    assert WRITES.search(source)


@pytest.mark.parametrize(
    "source", ["state.start === null", "const at = state.start ?? here", "state.step >= 1", "() => state.x"]
)
def test_a_question_is_none(source):
    assert not WRITES.search(source)


def test_every_event_is_heard_and_sent():
    names = set(re.findall(r"'(\w+)'", (STATIC / "core/events.js").read_text(encoding="utf-8").split("*/", 2)[1]))
    sources = "\n".join(code(path) for path in modules("main.js") if path.endswith(".js"))
    sent = set(re.findall(r"\bemit\('(\w+)'\)", sources))
    heard = set(re.findall(r"\bon\('(\w+)',", sources))
    waited_for = {"anatomy"} if re.search(r"throttle\([^;]*'anatomy'\)", sources) else set()
    listed = re.search(r"const CHANGES = \[([^\]]*)\]", sources)
    assert sent == names
    assert heard | waited_for | set(re.findall(r"'(\w+)'", listed[1])) == names
