"""Optax's programs are right where they are compiled: at the ends of stairs, cycles and decays of any whole length."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from interop import write_program
from landscapes import LANDSCAPES
from optimizers import (
    OPTAX,
    SGD,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    WarmupCosineDecay,
    descend,
)
from tests.interop.programs import optax_path

FLOAT32 = 1e-6
"""Optax counts steps in 32 bits; what is looked for are whole steps and NaN."""

FAMILIES = {
    "exponential": lambda steps: ExponentialDecay(0.1, steps, 0.5),
    "exponential, staircase": lambda steps: ExponentialDecay(0.1, steps, 0.5, staircase=True),
    "piecewise": lambda steps: PiecewiseConstantDecay((steps, 2 * steps), (0.1, 0.05, 0.02)),
    "straight": lambda steps: PolynomialDecay(0.1, steps, 0.001),
    "broken power": lambda steps: PolynomialDecay(0.1, steps, 0.001, power=0.7),
    "cycle": lambda steps: PolynomialDecay(0.1, steps, 0.001, power=0.5, cycle=True),
    "inverse time": lambda steps: InverseTimeDecay(0.1, steps, 0.5),
    "inverse time, staircase": lambda steps: InverseTimeDecay(0.1, steps, 0.5, staircase=True),
    "cosine": lambda steps: CosineDecay(0.1, steps, 0.1),
    "restarts": lambda steps: CosineDecayRestarts(0.1, steps, 2.0, 0.5, 0.1),
    "restarts, even": lambda steps: CosineDecayRestarts(0.1, steps, 1.0, 0.5, 0.1),
    "warm-up": lambda steps: WarmupCosineDecay(0.001, steps, 0.1, 0.1, steps),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_the_rate_is_right_at_every_turn_of_every_length(name):
    for length in range(1, 101):
        schedule = FAMILIES[name](float(length))
        names = {}
        exec(write_program(SGD(schedule), "optax").source, names)
        turns = np.array(sorted({max(count * length + off, 0) for count in (1, 2, 3, 7) for off in (-1, 0, 1)}))
        rates = jax.jit(lambda steps, rate=names["schedule"]: jax.lax.map(rate, steps))(jnp.asarray(turns, jnp.int32))
        expected = np.asarray(schedule(turns.astype(float)))
        np.testing.assert_allclose(rates, expected, rtol=0, atol=0.1 * FLOAT32, err_msg=f"T = {length}")


@pytest.mark.parametrize("slug", OPTAX)
def test_every_method_of_optaxs_takes_a_schedule(slug):
    rate = {"prodigy": 1.0, "optimistic": 0.002}.get(slug, 0.02)
    optimizer = OPTAX[slug](ExponentialDecay(rate, 10, 0.5, staircase=True))
    program = write_program(optimizer, "optax")
    assert program.same
    surface = LANDSCAPES["booth"]()
    path = descend(surface, optimizer, steps=40).positions
    np.testing.assert_allclose(optax_path(program.source, surface, 40), path, rtol=1e-5, atol=1e-6)
