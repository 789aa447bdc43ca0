"""Whole paths equal the real Keras optimizers', so what is learned here holds in a learner's own Keras code."""

import dataclasses
import inspect

import keras
import keras_twins
import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, Optax, descend
from optimizers.optimizer import COMMON

STEPS = 80
STEPS_BETWEEN_WALLS = 8
"""On Bukin's knife every leap from wall to wall multiplies rounding, so the paths are compared before that."""
SCHEDULE_IDS = list(keras_twins.SCHEDULES)
OWN = [cls for cls in OPTIMIZERS.values() if not issubclass(cls, Optax)]
DECAYS = [
    SCHEDULES["exponential"],
    SCHEDULES["polynomial"],
    SCHEDULES["inverse_time"],
]


def assert_same_path(slug, optimizer_id, schedule_id):
    """Our path and Keras's part by no more than rounding, on the scale of the path.

    Where a path is chaotic, rounding grows: there it may part as much as from a path of ours that began 1e-15 beside.
    """
    surface, optimizer = keras_twins.ours(slug, optimizer_id, schedule_id)
    steps = STEPS_BETWEEN_WALLS if slug == "bukin" else STEPS
    ran = descend(surface, optimizer, steps=steps)
    path = ran.positions
    expected = keras_twins.keras_path(surface, optimizer, surface.start, steps)
    assert path.shape == expected.shape
    assert np.ptp(expected, axis=0).max() > 0.01, "nothing was compared: the path did not move"
    beside = descend(surface, optimizer, start=np.asarray(surface.start) * (1 + 1e-15), steps=steps).positions
    grown = np.maximum.accumulate(np.abs(beside - path).max(axis=1))
    assert grown[STEPS_BETWEEN_WALLS] < 1e-9 * np.abs(expected).max(), "nothing was compared: all of it is chaos"
    # where the slope has faded to rounding, a method that divides by its size moves by rounding alone
    slopes = np.hypot(*ran.gradients.T)
    rests = np.flatnonzero(slopes < 1e-9 * slopes.max())
    compared = slice(0, int(rests[0]) if len(rests) else None)
    parted = np.abs(path - expected).max(axis=1)
    assert (parted <= 1e-12 * np.abs(expected).max() + 30 * grown)[compared].all()


PAIRS = [
    (slug, optimizer_id)
    for slug in LANDSCAPES
    for optimizer_id in keras_twins.OPTIMIZERS
    if slug in keras_twins.FEW_LANDSCAPES or optimizer_id not in keras_twins.SECOND
]


@pytest.mark.parametrize(("slug", "optimizer_id"), PAIRS)
def test_every_optimizer_on_every_landscape(slug, optimizer_id):
    turn = list(LANDSCAPES).index(slug) + list(keras_twins.OPTIMIZERS).index(optimizer_id)
    assert_same_path(slug, optimizer_id, SCHEDULE_IDS[turn % len(SCHEDULE_IDS)])


@pytest.mark.parametrize("optimizer_id", keras_twins.OPTIMIZERS)
@pytest.mark.parametrize("schedule_id", SCHEDULE_IDS)
def test_every_optimizer_under_every_schedule(schedule_id, optimizer_id):
    assert_same_path("himmelblau", optimizer_id, schedule_id)


def test_every_schedule_is_part_of_a_path():
    assert {type(schedule) for schedule in keras_twins.SCHEDULES.values()} == set(SCHEDULES.values())


@pytest.mark.parametrize("record", [*OWN, *DECAYS], ids=lambda record: record.__name__)
def test_defaults_are_those_of_keras(record):
    twin = getattr(keras.optimizers, record.__name__, None) or getattr(keras.optimizers.schedules, record.__name__)
    given = inspect.signature(twin).parameters
    ours = {field.name: field.default for field in dataclasses.fields(record) if field.name in given}
    theirs = {name: given[name].default for name in ours if given[name].default is not inspect.Parameter.empty}
    assert theirs
    off = {name: None for name in COMMON if ours.get(name) == 0}
    assert {name: (ours | off)[name] for name in theirs} == theirs
    arguments = [name for name in given if name in ours]
    assert [name for name in ours if name in given] == arguments, "the order by position"
