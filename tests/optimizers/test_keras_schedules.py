"""Schedules alone equal Keras's at every step, the boundaries included, where off-by-one faults hide."""

import keras_twins
import numpy as np
import pytest

from optimizers import SCHEDULES, Constant

STEPS = range(301)
REFERENCES = {slug: schedule for slug, schedule in keras_twins.SCHEDULES.items() if slug != "constant"}


@pytest.mark.parametrize("schedule", REFERENCES.values(), ids=REFERENCES)
def test_every_step_equals_keras(schedule):
    twin = keras_twins.keras_rate(schedule)
    expected = np.array([float(twin(step)) for step in STEPS])
    rates = np.asarray(schedule(np.arange(301.0)))
    np.testing.assert_allclose(rates, expected, rtol=1e-13, atol=0)
    assert np.unique(expected).size > 2


def test_constant_is_constant():
    assert np.asarray(Constant(0.3)(np.arange(5.0))).tolist() == [0.3] * 5


def test_piecewise_keeps_the_old_rate_at_its_boundary():
    schedule = SCHEDULES["piecewise"]((2,), (0.1, 0.01))
    assert [float(schedule(step)) for step in (0, 1, 2, 3)] == [0.1, 0.1, 0.1, 0.01]


@pytest.mark.parametrize("slug", SCHEDULES)
def test_starts_at_its_initial_rate(slug):
    schedule = SCHEDULES[slug]().starting_at(0.25)
    assert float(schedule.initial) == 0.25
    assert float(schedule(0.0)) == pytest.approx(0.25, rel=1e-15)


@pytest.mark.parametrize("slug", SCHEDULES)
def test_takes_steps_of_any_shape(slug):
    schedule, steps = SCHEDULES[slug](), np.arange(6.0)
    np.testing.assert_array_equal(schedule(steps.reshape(2, 3)), np.asarray(schedule(steps)).reshape(2, 3))
    assert np.shape(schedule(3.0)) == ()
