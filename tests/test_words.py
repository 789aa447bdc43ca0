"""The field's words: what a thing is called, everywhere, and what it is not called."""

import ast
import re
import tokenize
from collections import defaultdict
from pathlib import Path

import pytest

from tests.test_imports import ROOT, project_files

SAY = {
    # coinages, and the standard term
    "luck": "draws",
    "lots": "draws",
    "lanes": "vmapped",
    "lane": "simulate",
    "LANES": "VMAPPED",
    "world": "inputs",
    "tails": "trailing_window",
    "World": "SweepInputs",
    "Account": "SweepOptions",
    "Carry": "ScanCarry",
    "Ends": "SweepResult",
    "ways_out": "barriers",
    "ponds": "basin_labels",
    "spills": "merge_events",
    "turning": "barrier_crossings",
    "contest": "method_comparison",
    "contend": "tune_method",
    "contender": "tuned_method",
    "unseen": "derived",
    "idle": "inactive_fields",
    "apart": "overrides",
    "look": "style",
    "looks": "styles",
    "twin": "variant",
    "twins": "variants",
    "stage": "landscape_payload",
    "tell": "report",
    "hush": "hide_tooltip",
    "sights": "evaluation",
    "sound": "is_finite or valid",
    "bend": "curvature or eigenvalue",
    "bends": "curvatures or eigenvalues",
    "slope": "gradient",
    "slopes": "gradients",
    "surface": "landscape",
    "settled_view": "idle_callback",
    "settling": "final_loss_summary",
    "misread": "misclassified",
    # bare participles: the thing itself has a name
    "made": "what was made, as tuning_map",
    "shown": "what is shown, as options",
    "found": "what was found, as points",
    "kept": "what is kept, as valid",
    "taken": "what is taken, as columns",
    "drawn": "what is drawn, as batch_masks",
    "seen": "what is seen, as batches",
    "told": "message, or on_progress",
    "said": "summary, or message",
    # constants say their unit or their end
    "PATIENCE": "…_TIMEOUT_S",
    "GLANCE": "…_TIMEOUT_S",
    "QUIET": "…_S or …_MS",
    "MOST": "MAX_…",
    "FEW": "MAX_…",
    "FEWEST": "MIN_…",
    "LARGEST": "MAX_…",
    "NEAR": "…_TOLERANCE",
}
"""Names that are not used, whatever leading underscore they have, and what to say instead."""

SAY_IN_SCRIPTS = {
    "ball": "noise_ball",
    "ghost": "batchSurface",
    "picks": "batch_rows",
    "chip": "racer_picker",
    "chips": "racer_picker",
    "live": "throttle",
    "asking": "poll",
    "mounted": "mount, or component_registry",
    "tidy": "niceTicks",
    "brief": "formatNumber",
    "grip": "handle",
    "grips": "handles",
    "begin": "what begins, as connect",
    "take": "what is done with it, as receive, or show",
    "held": "isHeld, or heldOut",
}
"""What is not said in the JavaScript besides."""

MAY_BE_SAID_IN_SCRIPTS = {"surface", "slope"}
"""A surface in three dimensions, or of a batch; the slope of a straight line."""

CONTAINERS = {
    "stage": "map-column",
    "said": "summary",
    "take": "code-column",
    "beside": "charts",
    "morph": "map-and-loss",
}
"""Keys of containers that are not used, and what to say instead."""

ONE_MEANING = ("number", "best", "stamp", "FIRST", "DIVERGED", "percent", "sentence")
"""Names that a reader meets in many places: each is defined with one meaning."""

MAY_STAND_IN = {
    "FIRST": "experiment/pages/",  # what each page opens with
    "DIVERGED": "landscapes/minima.py optimizers/outcome.py",  # an index of `minima`, and the kind of an end
}
"""Where a name with one meaning is defined more than once, for each page or room."""


def identifiers(path):
    """Names that a module gives: functions, classes, arguments, variables, attributes it assigns, with their lines."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def script_identifiers(source):
    """The names in a JavaScript module: what is left without comments and text."""
    source = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", source, flags=re.DOTALL)
    source = re.sub(r"'[^'\n]*'", "''", source)
    source = re.sub(r"`[^`]*`", lambda text: " ".join(re.findall(r"\$\{([^}]*)\}", text[0])), source)
    return set(re.findall(r"[A-Za-z_$][\w$]*", source))


def docstrings(path):
    """Names between backticks in docstrings."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and (text := ast.get_docstring(node)):
            yield from re.findall(r"`(\w+)`", text)


def container_keys(path):
    """The names of Streamlit containers."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "container":
            yield from (
                word.value.value for word in node.keywords if word.arg == "key" and isinstance(word.value, ast.Constant)
            )


@pytest.mark.parametrize("path", project_files(), ids=Path.as_posix)
def test_a_thing_is_called_by_its_name(path):
    wrong = [(line, name, SAY[name.lstrip("_")]) for name, line in identifiers(path) if name.lstrip("_") in SAY]
    wrong += [(0, name, SAY[name]) for name in docstrings(path) if name in SAY]
    wrong += [(0, key, CONTAINERS[key]) for key in container_keys(path) if key in CONTAINERS]
    wrong += [(0, part, SAY[part]) for part in path.with_suffix("").parts if part in SAY]
    assert wrong == []


SCRIPTS = sorted((ROOT / "player/static").rglob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT / "player/static").as_posix())
def test_a_thing_in_a_script_is_called_by_its_name(path):
    say = {name: word for name, word in (SAY | SAY_IN_SCRIPTS).items() if name not in MAY_BE_SAID_IN_SCRIPTS}
    names = script_identifiers(path.read_text(encoding="utf-8")) | {path.name.split(".")[0]}
    assert {name: say[name] for name in names & say.keys()} == {}


def test_the_rule_catches_in_scripts():
    source = "/** told */ const made = `a ${shown} b`; // said\nf('taken', look.ghost);"
    assert script_identifiers(source) & (SAY | SAY_IN_SCRIPTS).keys() == {"made", "shown", "look", "ghost"}


def test_a_name_has_one_meaning():
    places = defaultdict(set)
    for path in project_files():
        for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
            names = [node.name] if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            names += [
                part.id for target in targets if target for part in ast.walk(target) if isinstance(part, ast.Name)
            ]
            for name in names:
                if name in ONE_MEANING and not any(map(path.as_posix().startswith, MAY_STAND_IN.get(name, "").split())):
                    places[name].add(path.as_posix())
    assert {name: sorted(where) for name, where in places.items() if len(where) > 1} == {}


def test_the_rule_catches(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_words.ROOT", tmp_path)
    (tmp_path / "one.py").write_text(
        'def f(_made):\n    """See `surface`."""\n    st.container(key="morph")\n    slope = 1\n'
    )
    path = Path("one.py")
    assert {name for name, _ in identifiers(path)} == {"f", "_made", "slope"}
    assert list(docstrings(path)) == ["surface"]
    assert list(container_keys(path)) == ["morph"]


def test_the_list_itself_is_of_identifiers():
    assert all(re.fullmatch(tokenize.Name, name) for name in SAY)
