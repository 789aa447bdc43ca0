"""CONTRIBUTING's recipes, followed in a copy of the project: one class and one line, and all else follows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECIPE = re.search(
    r"`(landscapes/surfaces/\S+\.py)`:\n\n```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.S
)

OPTIMIZER = '''"""Sign descent: every coordinate moves by the learning rate, whatever the gradient's length."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, rate_slider
from records import record


class SignState(NamedTuple):
    """The last `sign` of each coordinate."""

    sign: Any


@record
class SignDescent(Optimizer):
    """Minus the rate times the sign of the gradient."""

    learning_rate: Rate = rate_slider(0.01)

    title = "Sign descent"
    formula = r"\\Delta = -\\eta\\,\\operatorname{sign}(g)"
    story = "Only the direction of each coordinate counts."
    source = "Riedmiller and Braun, 1993"

    def init(self, params: Any) -> Any:
        return SignState(jnp.zeros_like(params))

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        sign = jnp.sign(gradient)
        return params - learning_rate * sign, SignState(sign)
'''


PAGE = '''"""Compass: which way is down?"""

from experiment.pages.page_spec import PageSpec
from experiment.race.settings import Settings, racer

COMPASS = PageSpec(
    slug="compass",
    title="Compass",
    question="Which way is down?",
    first=Settings(racers=(racer("descent"), racer("sign_descent")), steps=40),
)
'''

LAYOUT = '''"""Compass: a map and a sentence."""

import streamlit as st

from experiment.pages.compass import COMPASS
from player import map_view, sentence_view
from player.payloads.landscape import landscape_payload
from ui.common.state import current, read_link
from ui.controls.controls import controls, presets
from ui.page import open_page, warned
from ui.race.code_panel import code_panel

open_page(COMPASS)
problems = read_link()


@st.fragment
def compass() -> None:
    presets()
    warned(problems)
    controls(current())
    map_view(landscape_payload(current().landscape))
    sentence_view()
    code_panel()


compass()
'''


@pytest.fixture
def copy(tmp_path):
    """The project in a folder of its own."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, files):
        if not name.startswith(("docs/", "tests/screens", "tests/browser")) and (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder, code):
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_a_landscape_is_one_class_and_one_line(copy):
    path, code = RECIPE.groups()
    name = re.search(r"^class (\w+)", code, re.M)[1]
    here = copy / Path(path).with_name("stool.py")  # the recipe's own is in the gallery already
    here.write_text(code.replace(name, "Stool"))
    registry = copy / "landscapes/__init__.py"
    module = path.replace("/", ".").rpartition(".")[0].rpartition(".")[0] + ".stool"
    text = registry.read_text().replace("\nLANDSCAPES:", f"from {module} import Stool\n\nLANDSCAPES:", 1)
    registry.write_text(text.replace('] = {\n    "bowl": Bowl,', '] = {\n    "stool": Stool,\n    "bowl": Bowl,', 1))
    tests = ["tests/landscapes/test_facts.py", "tests/landscapes/test_stationary.py", "-k", "stool"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert re.search(r"[1-9]\d* passed", ran.stdout)
    asked = "from experiment import *; s = from_query({'landscape': 'stool'}); print(to_query(s)['landscape'])"
    assert run(copy, asked).stdout == "stool\n"


def add_optimizer(copy):
    (copy / "optimizers/methods/sign_descent.py").write_text(OPTIMIZER)
    registry = copy / "optimizers/__init__.py"
    text = registry.read_text().replace(
        "\nOPTIMIZERS:", "from optimizers.methods.sign_descent import SignDescent\n\nOPTIMIZERS:", 1
    )
    registry.write_text(text.replace('    "sgd": SGD,', '    "sgd": SGD,\n    "sign_descent": SignDescent,', 1))


def test_an_optimizer_is_one_class_and_one_line(copy):
    add_optimizer(copy)
    ran = run(
        copy,
        "from landscapes import LANDSCAPES\n"
        "from optimizers import OPTIMIZERS, descend\n"
        "from studies import basins\n"
        "bowl, rule = LANDSCAPES['bowl'](), OPTIMIZERS['sign_descent']\n"
        "path = descend(bowl, rule(0.25, clipnorm=1.0), start=(1.0, 2.0), steps=4)\n"
        "print(path.positions.tolist()[-1])\n"
        "print(basins(bowl, rule(), resolution=4, steps=20).index.shape)",
    )
    assert ran.stdout == "[0.0, 1.0]\n(4, 4)\n", ran.stderr[-2000:]


def test_an_optimizer_races_without_a_further_line(copy):
    add_optimizer(copy)
    ran = run(
        copy,
        "from experiment import from_query, to_query\n"
        "from experiment.race.runs import race_view\n"
        "from figures.theme import style\n"
        "from interop import write_program\n"
        "settings = from_query({'racers': 'descent,sign_descent', 'racer2.learning_rate': '0.03'})\n"
        "racer = settings.racers[1]\n"
        "print(racer.name, float(settings.optimizer(racer).learning_rate), to_query(settings)['racers'])\n"
        "print(race_view(settings).runs[1].path.steps, bool(style('sign_descent', 0, 'light')))\n"
        "print([write_program(racer.optimizer, name).source for name in ('keras', 'torch', 'optax')])",
    )
    assert ran.stdout == "Sign descent 0.03 descent,sign_descent\n200 True\n['', '', '']\n", ran.stderr[-2000:]


def test_a_page_is_a_record_with_a_line_and_a_file(copy):
    add_optimizer(copy)
    (copy / "experiment/pages/compass.py").write_text(PAGE)
    (copy / "pages/compass.py").write_text(LAYOUT)
    registry = copy / "experiment/pages/__init__.py"
    text = registry.read_text().replace(
        "from experiment.pages.escape", "from experiment.pages.compass import COMPASS\nfrom experiment.pages.escape", 1
    )
    registry.write_text(text.replace("(PLAYGROUND, LEARN,", "(PLAYGROUND, COMPASS, LEARN,", 1))
    ran = run(
        copy,
        "from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file('app.py', default_timeout=120).switch_page('pages/compass.py').run()\n"
        "assert not page.exception, page.exception\n"
        "print(page.session_state['descent.settings.compass'].racers[1].name)\n"
        "home = AppTest.from_file('app.py', default_timeout=120).run()\n"
        "assert not home.exception, home.exception\n"
        "print([link.proto.label for link in home.get('page_link')][:2])",
    )
    assert ran.stdout == "Sign descent\n['Playground', 'Compass']\n", ran.stderr[-2000:]
