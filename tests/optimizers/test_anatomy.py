"""An update taken apart adds up to the step that the path took, for every method."""

import re

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Batch,
    ExponentialDecay,
    Ftrl,
    Lion,
    Nadam,
    RMSprop,
    descend,
)
from optimizers.explain.anatomy import anatomy
from optimizers.explain.anatomy.latex import latex_number

RULES = {
    "descent": SGD(0.01),
    "momentum": SGD(0.01, momentum=0.9),
    "nesterov": SGD(0.01, momentum=0.9, nesterov=True),
    "adagrad": Adagrad(0.2),
    "rmsprop": RMSprop(0.03),
    "rmsprop-centered-momentum": RMSprop(0.01, momentum=0.8, centered=True),
    "adam": Adam(0.1),
    "amsgrad": Adam(ExponentialDecay(0.1, 20, 0.5), amsgrad=True),
    "adamw": AdamW(0.1, weight_decay=0.2),
    "nadam": Nadam(ExponentialDecay(0.1, 20, 0.5)),
    "adamax": Adamax(ExponentialDecay(0.1, 20, 0.5)),
    "adadelta": Adadelta(1.0, epsilon=1e-3),
    "lion": Lion(0.02),
    "ftrl": Ftrl(0.3, beta=0.2),
    "yogi": OPTAX["yogi"](0.05),
    "fromage": OPTAX["fromage"](0.05),
}
WHOLE = {"lion", "ftrl", "yogi", "fromage"}
"""Steps that have no carried part, no push and no divisor: they are shown in lines alone."""


@pytest.fixture(params=RULES)
def taken(request):
    optimizer = RULES[request.param]
    path = descend(LANDSCAPES["himmelblau"](), optimizer, steps=40, batch=Batch(8, 2.0, 1))
    return optimizer, path


@pytest.mark.parametrize("index", [0, 7, 39])
def test_the_parts_add_up_to_the_step(taken, index):
    optimizer, path = taken
    made = anatomy(optimizer, path, index)
    np.testing.assert_array_equal(made.step, path.positions[index + 1] - path.positions[index])
    if made.push is not None:
        carried = 0 if made.velocity is None else made.velocity
        decay = getattr(optimizer, "weight_decay", 0) * path.learning_rates[index] * made.position
        np.testing.assert_allclose(carried + made.push - decay, made.step, rtol=1e-9, atol=1e-12)
    elif made.divisor is not None:
        scaled = -path.learning_rates[index] * made.gradient / made.divisor
        np.testing.assert_allclose(scaled, made.step, rtol=1e-9)
    else:
        assert optimizer in [RULES[name] for name in WHOLE]


@pytest.mark.parametrize("index", [0, 7])
def test_the_last_lines_say_the_step_that_was_taken(taken, index):
    optimizer, path = taken
    made = anatomy(optimizer, path, index)
    shown = [
        rf"\begin{{pmatrix}}{latex_number(x)}\\{latex_number(y)}\end{{pmatrix}}"
        for x, y in (made.step, path.positions[index + 1])
    ]
    assert made.lines[-1].endswith(shown[1])
    assert shown[0] in made.lines[-2]


def test_braces_are_balanced(taken):
    optimizer, path = taken
    for line in anatomy(optimizer, path, 3).lines:
        assert line.count("{") == line.count("}")
        assert len(re.findall(r"\\begin", line)) == len(re.findall(r"\\end", line))


def test_the_code_is_what_runs(taken):
    optimizer, path = taken
    assert anatomy(optimizer, path, 0).code.startswith("def update(self, gradient, state, params, learning_rate)")


def test_beyond_the_end_is_the_last_update(taken):
    optimizer, path = taken
    assert anatomy(optimizer, path, 10_000).index == path.steps - 1
