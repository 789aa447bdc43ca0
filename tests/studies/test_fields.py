"""What can be tuned: each number by its name, wherever it is kept, and nothing else."""

import numpy as np
import pytest

from optimizers import OPTIMIZERS, SCHEDULES, SGD, Adam, Batch, ExponentialDecay, PiecewiseConstantDecay
from studies.sweeps.fields import BATCH_SIZE, SIZES, axis, put, sizes, tunable, value

RECORDS = {slug: made(learning_rate=0.01) for slug, made in OPTIMIZERS.items()} | {
    f"under {slug}": SGD(made().starting_at(0.02)) for slug, made in SCHEDULES.items()
}


@pytest.mark.parametrize("optimizer", RECORDS.values(), ids=RECORDS)
def test_what_is_put_into_a_field_is_in_that_field_alone(optimizer):
    before = {name: value(optimizer, None, name) for name in tunable(optimizer)}
    assert next(iter(before)) == "learning_rate"
    for name, slid in tunable(optimizer).items():
        number = slid.high if before[name] != slid.high else slid.low
        after = {other: value(put(optimizer, name, number), None, other) for other in before}
        if name == "learning_rate" and "warmup_steps" in before:
            after["initial_learning_rate"] = before["initial_learning_rate"]  # stays the same fraction of the peak
        assert after == pytest.approx({**before, name: number}), name


def test_a_schedule_adds_its_own_numbers_but_not_its_rate_twice():
    assert list(tunable(SGD(0.1))) == ["learning_rate", "momentum"]
    assert list(tunable(Adam(ExponentialDecay())))[-2:] == ["decay_steps", "decay_rate"]
    assert value(SGD(ExponentialDecay(0.3, 10, 0.5)), None, "learning_rate") == 0.3
    tried = put(SGD(ExponentialDecay(0.3, 10, 0.5)), "learning_rate", 0.2)
    assert tried == SGD(ExponentialDecay(0.2, 10, 0.5))


def test_lists_of_numbers_are_not_tuned():
    assert list(tunable(SGD(PiecewiseConstantDecay()))) == ["learning_rate", "momentum"]


def test_the_batch_size_is_offered_where_there_are_batches():
    assert BATCH_SIZE not in tunable(SGD())
    slid = tunable(SGD(), Batch(samples=20))[BATCH_SIZE]
    assert (slid.low, slid.high, slid.integer) == (1, 20, True)
    assert value(SGD(), Batch(5), BATCH_SIZE) == 5
    assert value(SGD(), Batch(samples=20), BATCH_SIZE) == 20


@pytest.mark.parametrize("samples", [1, 5, 64, 100, 4096, 5000])
def test_sizes_rise_to_all_samples(samples):
    tried = sizes(samples)
    assert (np.diff(tried) > 0).all()
    assert tried[-1] == samples
    assert set(tried[:-1]) <= set(SIZES)


def test_an_axis_is_even_on_its_slider():
    for name, slid in tunable(Adam()).items():
        column = axis(slid, 9)
        assert column[[0, -1]] == pytest.approx([slid.low, slid.high]), name
        steps = np.diff(np.log(column) if slid.log else column)
        assert steps == pytest.approx(np.full(8, steps[0])), name


def test_a_number_that_is_not_allowed_is_refused():
    with pytest.raises(ValueError, match="`momentum` must be"):
        put(SGD(), "momentum", 1.5)
    with pytest.raises(ValueError, match="`decay_rate` must be"):
        put(SGD(ExponentialDecay()), "decay_rate", -1.0)
