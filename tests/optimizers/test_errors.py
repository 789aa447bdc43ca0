"""An error says what, what is allowed, what was received and what to try: the wording is the feature."""

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import (
    SGD,
    Adagrad,
    Adam,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    descend,
)

FADE = "At 1 and above old gradients never fade, so the ball never settles."
RATE = "Zero never moves and a negative rate climbs; try 0.01."
DECAY = "It is a number of steps; try half of the run."
BOWL = LANDSCAPES["bowl"]()

WRONG = {
    "momentum": (
        lambda: SGD(momentum=1.2),
        f"`momentum` must be at least 0 and below 1. Received: 1.2. {FADE}",
    ),
    "momentum of rmsprop": (
        lambda: RMSprop(momentum=-0.1),
        f"`momentum` must be at least 0 and below 1. Received: -0.1. {FADE}",
    ),
    "rate 0": (lambda: SGD(0), f"`learning_rate` must be above 0. Received: 0. {RATE}"),
    "rate below 0": (lambda: Adam(-0.1), f"`learning_rate` must be above 0. Received: -0.1. {RATE}"),
    "rate nan": (lambda: Adam(float("nan")), f"`learning_rate` must be above 0. Received: nan. {RATE}"),
    "rate infinite": (lambda: Adam(float("inf")), f"`learning_rate` must be above 0. Received: inf. {RATE}"),
    "rate words": (lambda: Adagrad("fast"), f"`learning_rate` must be above 0. Received: 'fast'. {RATE}"),
    "rate None": (lambda: Adagrad(None), f"`learning_rate` must be above 0. Received: None. {RATE}"),
    "epsilon": (lambda: Adam(epsilon=-1e-7), "`epsilon` must be at least 0. Received: -1e-07."),
    "beta_2": (lambda: Adam(beta_2=1), "`beta_2` must be at least 0 and below 1. Received: 1."),
    "rho": (lambda: RMSprop(rho=1.0), "`rho` must be at least 0 and below 1. Received: 1.0."),
    "nesterov": (lambda: SGD(nesterov=1), "`nesterov` must be True or False. Received: 1."),
    "decay_steps": (
        lambda: ExponentialDecay(decay_steps=0),
        f"`decay_steps` must be above 0. Received: 0. {DECAY}",
    ),
    "decay_steps inverse": (
        lambda: InverseTimeDecay(decay_steps=-5),
        f"`decay_steps` must be above 0. Received: -5. {DECAY}",
    ),
    "initial rate": (
        lambda: PolynomialDecay(initial_learning_rate=-1),
        f"`initial_learning_rate` must be above 0. Received: -1. {RATE}",
    ),
    "decay_rate": (lambda: ExponentialDecay(decay_rate=0), "`decay_rate` must be above 0. Received: 0."),
    "piecewise lengths": (
        lambda: PiecewiseConstantDecay((10, 20), (0.1, 0.01)),
        "`values` must have one entry more than `boundaries`, which needs at least one. "
        "Received: 2 boundaries and 2 values.",
    ),
    "piecewise empty": (
        lambda: PiecewiseConstantDecay((), (0.1,)),
        "`values` must have one entry more than `boundaries`, which needs at least one. "
        "Received: 0 boundaries and 1 values.",
    ),
    "piecewise order": (
        lambda: PiecewiseConstantDecay((20, 10), (0.1, 0.01, 0.001)),
        "`boundaries` must rise. Received: [20.0, 10.0]. Each is the last step of its rate.",
    ),
    "piecewise value": (
        lambda: PiecewiseConstantDecay((20,), (0.1, 0)),
        f"`values` must be above 0. Received: 0. {RATE}",
    ),
    "condition": (lambda: LANDSCAPES["bowl"](condition=0), "`condition` must be above 0. Received: 0."),
    "start of three": (
        lambda: descend(BOWL, SGD(), start=(1, 2, 3)),
        "`start` must be two finite numbers, (x, y). Received: (1, 2, 3).",
    ),
    "start infinite": (
        lambda: descend(BOWL, SGD(), start=(1, float("inf"))),
        "`start` must be two finite numbers, (x, y). Received: (1, inf).",
    ),
    "start too far": (
        lambda: descend(BOWL, SGD(), start=(1e200, 0)),
        "`start` must be where the loss and its slope are finite. Received: (1e+200, 0).",
    ),
    "start words": (
        lambda: descend(BOWL, SGD(), start="here"),
        "`start` must be two finite numbers, (x, y). Received: 'here'.",
    ),
    "start ragged": (
        lambda: descend(BOWL, SGD(), start=(1, (2, 3))),
        "`start` must be two finite numbers, (x, y). Received: (1, (2, 3)).",
    ),
    "steps 0": (
        lambda: descend(BOWL, SGD(), steps=0),
        "`steps` must be a whole number from 1 to 16384. Received: 0.",
    ),
    "steps many": (
        lambda: descend(BOWL, SGD(), steps=16385),
        "`steps` must be a whole number from 1 to 16384. Received: 16385.",
    ),
    "steps broken": (
        lambda: descend(BOWL, SGD(), steps=10.0),
        "`steps` must be a whole number from 1 to 16384. Received: 10.0.",
    ),
    "steps yes": (
        lambda: descend(BOWL, SGD(), steps=True),
        "`steps` must be a whole number from 1 to 16384. Received: True.",
    ),
}


@pytest.mark.parametrize(("wrong", "words"), WRONG.values(), ids=WRONG)
def test_wording(wrong, words):
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        wrong()
    assert str(error.value) == words


def test_what_is_allowed_is_wider_than_the_slider():
    assert SGD(learning_rate=1e-12, momentum=0.9999).momentum == 0.9999
    assert ExponentialDecay(decay_rate=1.5).decay_rate == 1.5
    assert descend(BOWL, SGD(), steps=np.int64(3)).steps == 3
