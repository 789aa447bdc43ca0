"""Imports run one way, from room to room and inside of each, so every room can be read and replaced by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FLOORS = (
    ("records", "caching"),
    ("landscapes",),
    ("optimizers",),
    ("studies",),
    ("codegen", "experiment"),
    ("interop", "figures", "lessons"),
    ("player",),
    ("ui",),
    ("pages", "app"),
)
"""The rooms, the lowest first. A room imports itself and the floors below; `figures`, say, never `interop`."""

SUB_FLOORS = {
    "landscapes": (
        "calculus",
        "landscape",
        "surroundings",
        "stationary",
        "minima",
        "flow",
        "surfaces",
        "data",
        "formula",
    ),
    "optimizers": (
        *("schedules", "optimizer", "methods", "batch", "trajectory", "trailing_window", "stability", "divergence"),
        *("outcome", "programs", "descent", "explain"),
    ),
    "studies": ("draws", "proportion", "vmapped", "quadratic", "basins", "escape", "sweeps", "network"),
    "codegen": ("values", "elementwise", "writer", "moves", "sums", "lookups", "control", "program", "records"),
    "experiment": ("words", "race", "summary", "tuning", "pages", "link", "files", "network"),
    "interop": ("write", "read"),
    "player": ("no_delay", "bundle", "wire", "components", "payloads"),
    "ui": (
        *("server", "common", "controls", "exports"),
        *("race", "escape", "tune", "schedules", "batches", "network", "learn", "gallery", "page"),
    ),
}
"""What is inside of a room, the lowest first: folders, and modules that stand beside them."""

LIBRARIES = {
    "jax": {"records", "landscapes", "optimizers", "studies", "codegen"},
    "optax": {"optimizers"},
    "plotly": {"figures", "player"},
    "streamlit": {"player", "ui", "pages", "app"},
    "keras": set(),
    "torch": set(),
    "scipy": set(),
}
"""Which rooms may import a library; the last three are references for tests and benchmarks alone."""

MAX_FILES = 20
"""A room, or a folder of one, holds about so many files at most."""

STREAMLIT_ONLY = "ui"
"""Each file of this room imports Streamlit; what does not is no display and stands elsewhere."""


def project_files() -> list[Path]:
    """Every Python file of the project but tests and benchmarks, from the root."""
    rooms = [name for floor in FLOORS for name in floor]
    folders = [path for name in rooms for path in (ROOT / name).rglob("*.py")]
    modules = [ROOT / f"{name}.py" for name in rooms if (ROOT / f"{name}.py").exists()]
    return sorted(path.relative_to(ROOT) for path in (*folders, *modules))


def imported(source: str) -> Iterator[tuple[str, ...]]:
    """The parts of each module that a source imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (tuple(f"{node.module}.{alias.name}".split(".")) for alias in node.names)


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def upward(path: Path, source: str) -> set[str]:
    """What a file imports against the rule."""
    parts = path.with_suffix("").parts
    room, rooms = parts[0], {name for floor in FLOORS for name in floor}
    wrong = set()
    for module in imported(source):
        is_above = module[0] in rooms - {room} and floor_of(module[0]) >= floor_of(room)
        if is_above or room not in LIBRARIES.get(module[0], {room}):
            wrong.add(module[0])
        elif module[0] == room and room in SUB_FLOORS and len(parts) > 1 and parts[1] != "__init__":
            inside = SUB_FLOORS[room]
            if module[1] not in inside or inside.index(module[1]) > inside.index(parts[1]):
                wrong.add(".".join(module[:2]))
    return wrong


@pytest.mark.parametrize("path", project_files(), ids=Path.as_posix)
def test_imports_run_one_way(path):
    assert upward(path, (ROOT / path).read_text(encoding="utf-8")) == set()


def test_every_folder_and_module_is_on_a_floor():
    top = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("*.py"))} - {"tests", "benchmarks"}
    assert top | {path.stem for path in ROOT.glob("*.py")} == {name for floor in FLOORS for name in floor}
    for room, inside in SUB_FLOORS.items():
        folders = {path.name for path in (ROOT / room).iterdir() if path.is_dir() and any(path.glob("*.py"))}
        assert folders | {path.stem for path in (ROOT / room).glob("*.py")} == {*inside, "__init__"}


def test_no_folder_is_a_warehouse():
    folders = {path.parent for path in project_files() if path.parent != Path()}
    counts = {folder.as_posix(): sum(path.parent == folder for path in project_files()) for folder in folders}
    assert {folder: count for folder, count in counts.items() if count > MAX_FILES + 1} == {}  # and its __init__


def test_what_is_no_display_is_not_in_the_room_of_the_display():
    for path in project_files():
        if path.parts[0] == STREAMLIT_ONLY and path.name != "__init__.py":
            assert any(module[0] == "streamlit" for module in imported((ROOT / path).read_text())), path


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("landscapes/bowl.py", "from optimizers.sgd import SGD", {"optimizers"}),
        ("records.py", "import landscapes", {"landscapes"}),
        ("interop/read/line.py", "from figures.theme import GROUNDS", {"figures"}),
        ("figures/contour.py", "def draw():\n    import jax.numpy as jnp", {"jax"}),
        ("optimizers/sgd.py", "import streamlit as st", {"streamlit"}),
        ("ui/page.py", "from pages import home", {"pages"}),
        ("studies/tuning.py", "import keras, scipy.optimize", {"keras", "scipy"}),
        ("ui/common/state.py", "from ui.controls.racers import racers", {"ui.controls"}),
        ("experiment/race/runs.py", "from experiment.link import link", {"experiment.link"}),
        ("experiment/race/runs.py", "from experiment.nowhere import this", {"experiment.nowhere"}),
        ("ui/controls/racers.py", "from ui.common.state import current\nimport streamlit", set()),
        (
            "optimizers/methods/sgd.py",
            "import numpy\nfrom landscapes import grid\nfrom optimizers.optimizer import mask",
            set(),
        ),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else value,
)
def test_the_rule_catches(path, source, found):
    assert upward(Path(path), source) == found
