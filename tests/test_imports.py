"""Imports run one way, so each folder can be read, tested and replaced without those that build on it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "records": {"jax"},
    "landscapes": {"jax", "records"},
    "optimizers": {"jax", "optax", "records", "landscapes"},
    "studies": {"jax", "records", "landscapes", "optimizers"},
    "interop": {"records", "landscapes", "optimizers", "studies"},
    "figures": {"plotly"},
    "player": {"plotly", "streamlit", "figures"},
    "ui": {"streamlit", "records", "landscapes", "optimizers", "studies", "interop", "figures", "player"},
    "lessons": {"streamlit", "records", "landscapes", "optimizers", "studies", "interop", "player", "ui"},
    "pages": {
        "streamlit",
        "records",
        "landscapes",
        "optimizers",
        "studies",
        "interop",
        "figures",
        "player",
        "ui",
        "lessons",
    },
    "app": {
        "streamlit",
        "records",
        "landscapes",
        "optimizers",
        "studies",
        "interop",
        "figures",
        "player",
        "ui",
        "pages",
    },
}
"""Of what is watched (below), what each part may import besides itself."""

REFERENCES = {"keras", "torch", "scipy"}
"""For tests and benchmarks only."""

WATCHED = {*MAY_IMPORT, *REFERENCES, "jax", "optax", "plotly", "streamlit"}


def part_of(path):
    """The folder at the top, or the name of a module at the root."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def project_files():
    """Every Python file of the project but tests and benchmarks."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    kept = [folder for folder in folders if folder.name not in ("tests", "benchmarks")]
    return sorted([*ROOT.glob("*.py"), *(path for folder in kept for path in folder.rglob("*.py"))])


def imported(source):
    """The first names of all modules that a source imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def forbidden(part, source):
    """What a source in a part of the project imports against the rule; an unlisted part may not use references."""
    allowed = MAY_IMPORT.get(part, WATCHED - REFERENCES)
    return (set(imported(source)) & WATCHED) - allowed - {part}


@pytest.mark.parametrize("path", project_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path):
    assert forbidden(part_of(path), path.read_text(encoding="utf-8")) == set()


def test_every_part_that_exists_is_looked_at():
    assert {"records", "landscapes", "optimizers"} <= {part_of(path) for path in project_files()}


@pytest.mark.parametrize(
    ("part", "source", "found"),
    [
        ("landscapes", "from optimizers.sgd import SGD", {"optimizers"}),
        ("records", "import landscapes", {"landscapes"}),
        ("interop", "from ui.settings import Settings", {"ui"}),
        ("figures", "def draw():\n    import jax.numpy as jnp", {"jax"}),
        ("optimizers", "import streamlit as st", {"streamlit"}),
        ("player", "from jax import grad", {"jax"}),
        ("ui", "from pages import home", {"pages"}),
        ("tools", "import keras, scipy.optimize", {"keras", "scipy"}),
        ("optimizers", "import numpy\nfrom landscapes import grid\nfrom optimizers import SGD", set()),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else value,
)
def test_the_rule_catches(part, source, found):
    assert forbidden(part, source) == found


def test_the_layers_have_no_circle():
    order = list(MAY_IMPORT)
    for part, allowed in MAY_IMPORT.items():
        assert all(order.index(other) < order.index(part) for other in allowed & set(order))
