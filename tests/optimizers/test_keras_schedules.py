"""Schedules alone equal Keras's at every step, the boundaries included, where off-by-one faults hide."""

import inspect

import jax
import keras
import keras_twins
import numpy as np
import pytest

from optimizers import (
    SCHEDULES,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PolynomialDecay,
    WarmupCosineDecay,
)

STEPS = range(301)
REFERENCES = {slug: schedule for slug, schedule in keras_twins.SCHEDULES.items() if slug != "constant"}
REFERENCES |= {
    "cosine-to-nothing": CosineDecay(0.05, 100),
    "cosine-part-of-a-step": CosineDecay(0.05, 33.3, 0.01),
    "cosine-longer-than-the-run": CosineDecay(0.05, 1000),
    "restarts-as-by-default": CosineDecayRestarts(0.05, 20),
    "restarts-even": CosineDecayRestarts(0.05, 25, 1, 0.8, 0.1),
    "restarts-faster": CosineDecayRestarts(0.05, 10, 1.5, 0.5, 0.05),
    "restarts-slower": CosineDecayRestarts(0.05, 7, 3, 0.9),
    "restarts-one-and-a-tenth": CosineDecayRestarts(0.05, 10, 1.1, 0.95, 0.02),
    "restarts-rising": CosineDecayRestarts(0.05, 12.5, 1.2, 1.1),
    "warm-up-to-nothing": WarmupCosineDecay(0.001, 80, 0.0, 0.05, 20),
    "warm-up-alpha": WarmupCosineDecay(0.01, 100, 0.3, 0.05, 33),
    "warm-up-from-above": WarmupCosineDecay(0.1, 50, 0.1, 0.05, 12.5),
    "warm-up-from-zero": WarmupCosineDecay(0, 50, 0.1, 0.05, 10),
    "warm-up-of-no-step": WarmupCosineDecay(0.01, 50, 0.1, 0.05, 0),
}


def rates_of_keras(schedule):
    """Keras's rate at every step, (301,); compiled, since each call would compile its own branches."""
    twin = jax.jit(keras_twins.keras_rate(schedule))
    return np.array([float(twin(float(step))) for step in STEPS])


@pytest.mark.parametrize("schedule", REFERENCES.values(), ids=REFERENCES)
def test_every_step_equals_keras(schedule):
    with keras_twins.in_double():
        expected = rates_of_keras(schedule)
    rates = np.asarray(schedule(np.arange(301.0)))
    np.testing.assert_allclose(rates, expected, rtol=1e-13, atol=1e-17)
    assert np.unique(expected).size > 2


@pytest.mark.parametrize("name", [name for name in REFERENCES if name.startswith(("cosine", "warm-up", "restarts"))])
def test_keras_in_its_own_precision_differs_by_rounding_alone(name):
    expected = rates_of_keras(REFERENCES[name])
    off = np.abs(np.asarray(REFERENCES[name](np.arange(301.0))) - expected) > 2e-7 * expected.max()
    assert off.sum() <= (4 if name.startswith("restarts") else 0), "more than the steps at which it restarts"


def test_every_schedule_is_compared():
    assert {type(schedule) for schedule in REFERENCES.values()} | {Constant} == set(SCHEDULES.values())


@pytest.mark.parametrize("cls", [CosineDecay, CosineDecayRestarts])
def test_cosine_defaults_are_those_of_keras(cls):
    given = inspect.signature(getattr(keras.optimizers.schedules, cls.__name__)).parameters
    ours = cls()
    optional = {name for name, entry in given.items() if entry.default is not entry.empty and name in vars(ours)}
    assert "alpha" in optional
    assert {name: getattr(ours, name) for name in optional} == {name: given[name].default for name in optional}


COMPILED = jax.jit(lambda schedule, steps: schedule(steps))


@pytest.mark.parametrize("length", range(1, 301))
def test_a_compiled_stair_or_restart_comes_at_its_step(length):
    """A program that multiplies by 1 / length would be a step late for 49 and 13 others."""
    steps = np.array([length - 1.0, length])
    assert COMPILED(ExponentialDecay(1, length, 0.5, staircase=True), steps).tolist() == [1, 0.5]
    assert COMPILED(InverseTimeDecay(1, length, 1, staircase=True), steps).tolist() == [1, 0.5]
    assert COMPILED(CosineDecayRestarts(1, length, 1, 0.5), steps)[1] == 0.5
    assert COMPILED(PolynomialDecay(1, length, 0.5, power=0.5), steps)[1] == 0.5


def test_constant_is_constant():
    assert np.asarray(Constant(0.3)(np.arange(5.0))).tolist() == [0.3] * 5


def test_piecewise_keeps_the_old_rate_at_its_boundary():
    schedule = SCHEDULES["piecewise"]((2,), (0.1, 0.01))
    assert [float(schedule(step)) for step in (0, 1, 2, 3)] == [0.1, 0.1, 0.1, 0.01]


def test_a_restart_is_a_jump_back_to_the_peak():
    schedule = CosineDecayRestarts(0.1, 10, 2, 0.5)
    assert np.asarray(schedule(np.array([0.0, 10, 30]))) == pytest.approx([0.1, 0.05, 0.025])
    assert np.asarray(schedule(np.array([9.999, 29.999]))) == pytest.approx([0, 0], abs=1e-8)


def test_cycles_may_not_shrink():
    with pytest.raises(ValueError, match=r"`t_mul` must be at least 1\. Received: 0\.5\. Below 1 the cycles shrink"):
        CosineDecayRestarts(t_mul=0.5)


@pytest.mark.parametrize("slug", SCHEDULES)
def test_is_named_by_its_first_rate_or_its_peak(slug):
    schedule = SCHEDULES[slug]().starting_at(0.25)
    assert float(schedule.initial) == 0.25
    named_at = schedule.warmup_steps if slug == "warmup_cosine" else 0.0
    assert float(schedule(named_at)) == pytest.approx(0.25, rel=1e-15)


def test_a_warm_up_starts_from_the_same_fraction_of_another_peak():
    schedule = WarmupCosineDecay(0.002, 100, 0.1, 0.01, 20)
    steps = np.arange(200.0)
    np.testing.assert_allclose(schedule.starting_at(0.05)(steps), 5 * schedule(steps), rtol=1e-12)


@pytest.mark.parametrize("slug", SCHEDULES)
def test_takes_steps_of_any_shape(slug):
    schedule, steps = SCHEDULES[slug](), np.arange(6.0)
    np.testing.assert_array_equal(schedule(steps.reshape(2, 3)), np.asarray(schedule(steps)).reshape(2, 3))
    assert np.shape(schedule(3.0)) == ()
