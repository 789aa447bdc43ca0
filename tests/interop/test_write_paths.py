"""The programs run, in Keras, PyTorch and Optax: the path is the one on the page, or differs as the program says."""

import math

import numpy as np
import pytest

from interop import write_program
from landscapes import LANDSCAPES
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Ftrl,
    InverseTimeDecay,
    Lion,
    Nadam,
    Optax,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    WarmupCosineDecay,
    descend,
)
from optimizers.optimizer import CLIPPING
from tests.interop.programs import PATHS

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own

STEPS = 60
FLOAT32 = 5e-7
"""Optax counts steps in 32 bits, and JAX rounds their quotients to float32."""

TURNING = ("himmelblau", "beale", "three_hump_camel", "booth")

OPTIMIZERS = {
    "sgd": SGD(0.003),
    "momentum": SGD(0.002, momentum=0.9),
    "nesterov": SGD(0.002, momentum=0.8, nesterov=True),
    "nesterov without momentum": SGD(0.003, nesterov=True),
    "adagrad": Adagrad(0.1),
    "adagrad, own": Adagrad(0.1, initial_accumulator_value=0.5, epsilon=1e-3),
    "rmsprop": RMSprop(0.01),
    "rmsprop, own": RMSprop(0.003, rho=0.8, momentum=0.7, epsilon=0.1, centered=True),
    "adam": Adam(0.05),
    "adam, own": Adam(0.05, beta_1=0.8, beta_2=0.99, epsilon=0.1),
    "adam, amsgrad": Adam(0.05, amsgrad=True, epsilon=0.01),
    "adamw": AdamW(0.05, epsilon=1e-3),
    "adamw, own": AdamW(0.05, weight_decay=0.1, beta_1=0.8, beta_2=0.99, amsgrad=True),
    "nadam": Nadam(0.05),
    "nadam, own": Nadam(0.05, beta_1=0.8, beta_2=0.99, epsilon=0.1),
    "adamax": Adamax(0.05),
    "adamax, own": Adamax(0.05, beta_1=0.8, beta_2=0.5, epsilon=0.1),
    "adadelta": Adadelta(0.5, epsilon=1e-3),
    "adadelta, own": Adadelta(1.0, rho=0.8, epsilon=1e-6),
    "lion": Lion(0.02),
    "lion, own": Lion(0.02, beta_1=0.7, beta_2=0.8),
    "ftrl": Ftrl(0.1, initial_accumulator_value=0.5, l1_regularization_strength=0.1),
}

SCHEDULES = {
    "constant": Constant(0.05),
    "exponential": ExponentialDecay(0.05, 20, 0.7),
    "exponential, staircase": ExponentialDecay(0.05, 7, 0.7, staircase=True),
    "piecewise": PiecewiseConstantDecay((20, 40.5), (0.05, 0.015, 0.04)),
    "piecewise, two in a step": PiecewiseConstantDecay((20.2, 20.7, 30), (0.05, 0.1, 0.015, 0.04)),
    "polynomial": PolynomialDecay(0.05, 40, 0.001, power=2),
    "straight": PolynomialDecay(0.05, 40.5, 0.001),
    "polynomial, cycle": PolynomialDecay(0.05, 25, 0.001, power=0.5, cycle=True),
    "inverse time": InverseTimeDecay(0.05, 20, 0.5),
    "inverse time, staircase": InverseTimeDecay(0.05, 7, 0.5, staircase=True),
    "cosine": CosineDecay(0.05, 40),
    "cosine, own": CosineDecay(0.05, 40, 0.2),
    "restarts": CosineDecayRestarts(0.05, 10, 1.5, 0.7, 0.05),
    "restarts, even": CosineDecayRestarts(0.05, 12.5, 1.0, 0.7),
    "warm-up": WarmupCosineDecay(0.001, 30, 0.1, 0.05, 15),
}

ON = {
    "clipnorm": {"clipnorm": 1.5},
    "clipvalue": {"clipvalue": 0.8},
    "global_clipnorm": {"global_clipnorm": 1.5},
    "l2": {"l2": 0.7},
    "decay": {"weight_decay": 0.4},
    "all": {"clipvalue": 0.8, "l2": 0.5, "weight_decay": 0.2},
}
"""Clipping, L2 and weight decay, alone and together."""

REGULARIZED = {
    f"{name}, {on}": optimizer.replace(**fields)
    for on, fields in ON.items()
    for name, optimizer in {
        **{name: made for name, made in OPTIMIZERS.items() if "own" not in name and "amsgrad" not in name},
        "momentum, exponential": SGD(SCHEDULES["exponential"].starting_at(0.002), 0.9),
        "adam, exponential": Adam(SCHEDULES["exponential"], epsilon=1e-3),
        "amsgrad": Adam(0.05, amsgrad=True),
        "adamax, straight": Adamax(SCHEDULES["straight"]),
    }.items()
}

RATES = {"prodigy": 1e4, "optimistic": 0.002}

CASES = {
    **OPTIMIZERS,
    **{f"momentum, {name}": SGD(made.starting_at(0.002), 0.9, name < "i") for name, made in SCHEDULES.items()},
    **{f"adam, {name}": Adam(made, epsilon=1e-3) for name, made in SCHEDULES.items()},
    "sgd, exponential": SGD(SCHEDULES["exponential"].starting_at(0.004)),
    "rmsprop, momentum, exponential": RMSprop(SCHEDULES["exponential"], momentum=0.5),
    "adagrad, exponential": Adagrad(SCHEDULES["exponential"]),
    "amsgrad, restarts": Adam(SCHEDULES["restarts"], amsgrad=True),
    **{slug: cls(RATES.get(slug, 0.02)) for slug, cls in OPTAX.items()},
    "radam, own": OPTAX["radam"](0.05, b1=0.8, b2=0.9, eps=0.05, threshold=4),
    "lars, exponential": OPTAX["lars"](SCHEDULES["exponential"].starting_at(2.0), momentum=0.5),
    **REGULARIZED,
    "yogi, clipped": OPTAX["yogi"](0.02, clipnorm=1.5),
    "radam, l2": OPTAX["radam"](0.02, l2=0.5),
    "adamw, exponential": AdamW(SCHEDULES["exponential"], weight_decay=0.1),
}

every_case = pytest.mark.parametrize("case", CASES)


def difference(library, optimizer, surface, steps=STEPS):
    """How far a program's path is from ours, and whether it claims to be the same."""
    code = write_program(optimizer, library)
    if not code.source:
        return None, code
    path = descend(surface, optimizer, steps=steps).positions
    theirs = PATHS[library](code.source, surface, steps)
    assert np.ptp(path, axis=0).max() > 0.01
    return np.abs(path - theirs).max() / np.abs(path).max(), code


def check(library, case):
    surface = LANDSCAPES[TURNING[list(CASES).index(case) % len(TURNING)]]()
    distance, code = difference(library, CASES[case], surface)
    if code.same:
        assert distance <= (FLOAT32 if library == "optax" and "schedule" in code.source else 1e-9)
    else:
        assert " ".join(code.notes)
        assert distance is None or distance > 1e-12 or case in REGULARIZED  # where a difference may be cut off


@every_case
def test_keras_walks_the_path(case):
    if isinstance(CASES[case], Optax):
        assert not write_program(CASES[case], "keras").source
        assert write_program(CASES[case], "optax").same
        return
    clips = any(getattr(CASES[case], name) for name in CLIPPING)
    assert write_program(CASES[case], "keras").same == (not (clips and CASES[case].l2))  # L2 comes after clipping here
    check("keras", case)


@every_case
def test_optax_walks_the_path_or_says_why_not(case):
    check("optax", case)


@every_case
def test_pytorch_walks_the_path_or_says_why_not(case):
    pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    check("torch", case)


SAME = {
    "torch": {"SGD", "Adagrad", "Nadam", "Adadelta"},
    "optax": {"SGD", "Adagrad", "RMSprop", "Adadelta", "Lion"},
}


@pytest.mark.parametrize("library", SAME)
def test_what_is_said_to_be_the_same(library):
    plain = {type(optimizer).__name__: optimizer for name, optimizer in OPTIMIZERS.items() if "," not in name}
    assert {name for name, optimizer in plain.items() if write_program(optimizer, library).same} == SAME[library]


@pytest.mark.parametrize("library", ["torch", "optax"])
@pytest.mark.parametrize("optimizer", [Adam(0.05), Adam(0.05, epsilon=1e-2), Adam(0.05, beta_2=0.9, epsilon=1e-5)])
def test_adams_first_step_differs_by_what_is_said(library, optimizer):
    """On a slope of 1, as the sentence has it."""
    if library == "torch":
        pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    from landscapes import from_formula

    surface = from_formula("x + y")
    code = write_program(optimizer, library)
    ours = np.diff(descend(surface, optimizer, steps=5).positions, axis=0)
    theirs = np.diff(PATHS[library](code.source, surface, 5), axis=0)
    off = np.abs(theirs / ours - 1).max(axis=1)
    stated = float(" ".join(code.notes).split("differs by ")[1].split()[0])
    assert off[0] == pytest.approx(stated, rel=0.5)
    assert (np.diff(off) < 0).all()


def test_sizes_that_are_said_are_rounded():
    assert "3e-06" in write_program(Adam(), "optax").notes[0]
    assert math.isclose(1e-7 * (1 / math.sqrt(0.001) - 1), 3e-6, rel_tol=0.03)


def test_nothing_is_written_that_does_not_exist():
    assert write_program(Lion(), "torch").notes == ("PyTorch has no Lion.",)
    assert write_program(Ftrl(), "optax").source == ""
