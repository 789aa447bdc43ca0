"""The one loop keeps its promises: every step on record, and the padding to a bucket never shows."""

import dataclasses

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop, descend
from optimizers.descent import BUCKETS

ROSENBROCK = LANDSCAPES["rosenbrock"]()
DECAYING = ExponentialDecay(0.02, 100, 0.5)


def arrays(path):
    """All arrays of a trajectory by name; the per-step ones and the per-point ones apart."""
    per_step = {"gradients": path.gradients, "learning_rates": path.learning_rates}
    return per_step, {"positions": path.positions, "losses": path.losses, **path.slots}


@pytest.mark.parametrize("steps", [1, 2, 200, 255, 256, 257, 1024, 1025, BUCKETS[-1]])
def test_shapes(steps):
    path = descend(ROSENBROCK, Adam(0.02), steps=steps)
    assert path.steps == steps
    assert path.positions.shape == (steps + 1, 2)
    assert path.losses.shape == (steps + 1,)
    assert path.gradients.shape == (steps, 2)
    assert path.learning_rates.shape == (steps,)
    assert path.final_gradient.shape == (2,)
    assert {name: slot.shape for name, slot in path.slots.items()} == {
        "first_moment": (steps + 1, 2),
        "second_moment": (steps + 1, 2),
    }


@pytest.mark.parametrize(
    ("optimizer", "slots"),
    [
        (SGD(), ["velocity"]),
        (Adagrad(), ["accumulator"]),
        (RMSprop(), ["second_moment", "velocity"]),
        (RMSprop(centered=True), ["second_moment", "velocity", "first_moment"]),
        (Adam(), ["first_moment", "second_moment"]),
        (Adam(amsgrad=True), ["first_moment", "second_moment", "max_second_moment"]),
    ],
    ids=["sgd", "adagrad", "rmsprop", "centered", "adam", "amsgrad"],
)
def test_slots_are_what_the_switches_use(optimizer, slots):
    assert list(descend(ROSENBROCK, optimizer, steps=2).slots) == slots


def test_each_slot_holds_its_own_numbers():
    """After one step from gradient g: m = 0.1 g and s = 0.001 g², also at its largest."""
    path = descend(ROSENBROCK, Adam(0.02, amsgrad=True), steps=1)
    (gradient,) = path.gradients
    np.testing.assert_allclose(path.slots["first_moment"], [[0, 0], 0.1 * gradient], rtol=1e-12)
    np.testing.assert_allclose(path.slots["second_moment"], [[0, 0], 0.001 * gradient**2], rtol=1e-12)
    np.testing.assert_array_equal(path.slots["max_second_moment"], path.slots["second_moment"])


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_everything_is_float64(slug):
    per_step, per_point = arrays(descend(ROSENBROCK, OPTIMIZERS[slug](), steps=5))
    assert {array.dtype for array in (*per_step.values(), *per_point.values())} == {np.dtype(np.float64)}


def test_the_start_comes_first():
    assert descend(ROSENBROCK, SGD(), steps=3).positions[0].tolist() == list(ROSENBROCK.start)
    assert descend(ROSENBROCK, SGD(), start=(-1, 2), steps=3).positions[0].tolist() == [-1, 2]


def test_two_steps_by_hand():
    """½(x² + y²) with velocity halved: v = −0.5 p, then v = 0.5 v − 0.5 p."""
    path = descend(LANDSCAPES["bowl"](condition=1), SGD(0.5, momentum=0.5), start=(4, 8), steps=2)
    assert path.positions.tolist() == [[4, 8], [2, 4], [0, 0]]
    assert path.slots["velocity"].tolist() == [[0, 0], [-2, -4], [-2, -4]]
    assert path.gradients.tolist() == [[4, 8], [2, 4]]
    assert path.losses.tolist() == [40, 10, 0]
    assert path.final_gradient.tolist() == [0, 0]


@pytest.mark.parametrize("batch", [None, Batch(size=8, noise=0.5, seed=1)], ids=["full", "noisy"])
@pytest.mark.parametrize("slug", OPTIMIZERS)
@pytest.mark.parametrize(("short", "long"), [(100, 400), (256, 257), (255, 256), (1024, 1100)])
def test_a_short_run_is_the_beginning_of_a_long_one(slug, short, long, batch):
    """Bit for bit, on either side of a bucket's edge."""
    optimizer = OPTIMIZERS[slug](learning_rate=DECAYING.starting_at(0.0005))
    first, second = (arrays(descend(ROSENBROCK, optimizer, steps=steps, batch=batch)) for steps in (short, long))
    for name, array in first[0].items():
        np.testing.assert_array_equal(array, second[0][name][:short], err_msg=name)
    for name, array in first[1].items():
        np.testing.assert_array_equal(array, second[1][name][: short + 1], err_msg=name)


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_the_bucket_never_shows(slug):
    """Every landscape, to the last bit, though a longer bucket is another program."""
    short, long = (descend(LANDSCAPES[slug](), Adam(0.02), steps=steps) for steps in (256, 257))
    for name in ("positions", "losses", "gradients"):
        array = getattr(short, name)
        np.testing.assert_array_equal(array, getattr(long, name)[: len(array)], err_msg=name)
    np.testing.assert_array_equal(short.final_gradient, long.gradients[-1])


@pytest.mark.parametrize("steps", [255, 256])
def test_the_final_gradient_is_the_next_one(steps):
    path, longer = (descend(ROSENBROCK, Adam(0.02), steps=count) for count in (steps, steps + 1))
    np.testing.assert_array_equal(path.final_gradient, longer.gradients[steps])


@pytest.mark.parametrize("steps", [255, 256])
def test_the_final_gradient_is_of_the_full_landscape(steps):
    noisy = descend(ROSENBROCK, Adam(0.02), steps=steps, batch=Batch(size=1, noise=3.0))
    x, y = noisy.positions[-1]
    slope = [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]
    np.testing.assert_allclose(noisy.final_gradient, slope, rtol=1e-9, atol=1e-9)


def test_learning_rates_are_the_schedules():
    path = descend(ROSENBROCK, Adam(DECAYING), steps=300)
    np.testing.assert_allclose(path.learning_rates, 0.02 * 0.5 ** (np.arange(300) / 100), rtol=1e-13)


def test_a_constant_schedule_is_a_number():
    scheduled = descend(ROSENBROCK, Adam(ExponentialDecay(0.02, 100, 1.0)), steps=200)
    np.testing.assert_array_equal(scheduled.positions, descend(ROSENBROCK, Adam(0.02), steps=200).positions)


def test_nothing_is_clipped_to_the_domain():
    path = descend(LANDSCAPES["bowl"](condition=1), SGD(0.5), start=(40, -70), steps=1)
    assert path.positions.tolist() == [[40, -70], [20, -35]]


def test_a_trajectory_is_frozen():
    path = descend(ROSENBROCK, RMSprop(), steps=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        path.losses = None
