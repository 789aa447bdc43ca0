"""Blowing up is an outcome with a cause, never an exception and never a NaN."""

import dataclasses

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTAX, SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop, descend
from optimizers.descent import LOSS, _last_row
from optimizers.divergence import BLOWN_UP, loss_bound, valley_of
from optimizers.stability import sharpness, stable_limit

METHODS = {
    "sgd": SGD(),
    "momentum": SGD(momentum=0.9),
    "nesterov": SGD(momentum=0.9, nesterov=True),
    "adagrad": Adagrad(),
    "rmsprop": RMSprop(),
    "rmsprop-centered": RMSprop(centered=True, momentum=0.9),
    "adam": Adam(),
    "amsgrad": Adam(amsgrad=True),
}


def every_number(path):
    """All arrays of a trajectory."""
    return [path.positions, path.losses, path.gradients, path.learning_rates, path.final_gradient, *path.slots.values()]


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("slug", LANDSCAPES)
@pytest.mark.parametrize("rate", [1.0, 1e3, 1e300])
def test_absurd_rates_leave_only_finite_numbers(slug, method, rate):
    path = descend(LANDSCAPES[slug](), method.replace(learning_rate=rate), steps=60)
    assert all(np.isfinite(array).all() for array in every_number(path))
    assert len(path.positions) == len(path.losses) == path.steps + 1
    assert {len(slot) for slot in path.slots.values()} <= {path.steps + 1}
    assert 0 <= path.outcome.step <= 60
    if rate == 1e300:
        assert path.outcome.kind == "diverged"


def test_the_path_is_kept_up_to_the_bound():
    path = descend(LANDSCAPES["bowl"](condition=10), SGD(0.3), start=(1, 0), steps=200)
    bound = BLOWN_UP * (1 + path.losses[0])
    beyond = np.abs(path.losses - path.losses[0]) > bound
    assert path.outcome.kind == "diverged"
    assert np.flatnonzero(beyond).tolist() == [path.steps]
    assert path.outcome.step == path.steps < 200
    assert path.learning_rates.shape == (path.steps,)
    assert path.final_gradient[0] == pytest.approx(10 * path.positions[-1, 0])


@pytest.mark.parametrize(
    ("slug", "start", "optimizer", "sentence"),
    [
        (
            "bowl",
            None,
            SGD(0.25),
            "Diverged at step 18: the learning rate 0.25 is above the limit 2/λ = 0.2 of this valley.",
        ),
        (
            "bowl",
            None,
            SGD(0.5, momentum=0.9),
            "Diverged at step 7: the learning rate 0.5 is above the limit 2(1+β)/λ = 0.38 of this valley.",
        ),
        (
            "bowl",
            None,
            SGD(0.2, momentum=0.9, nesterov=True),
            "Diverged at step 9: the learning rate 0.2 is above the limit 2(1+β)/((1+2β)λ) = 0.14 of this valley.",
        ),
        (
            "himmelblau",
            (5.4, 5.3),
            SGD(0.02),
            "Diverged at step 4: the learning rate 0.02 is above the limit 2/λ = 0.0054 at the start.",
        ),
        (
            "rosenbrock",
            None,
            SGD(ExponentialDecay(0.0025, 100, 0.5)),
            "Diverged at step 4: the learning rate 0.0025 is above the limit 2/λ = 0.002 of this valley.",
        ),
        ("bowl", (0.0, 0.0), SGD(0.5), "Reached the global minimum at step 0."),
    ],
    ids=["2/λ", "2(1+β)/λ", "nesterov", "at the start", "schedule", "nothing pulls"],
)
def test_the_sentence_names_the_cause(slug, start, optimizer, sentence):
    assert descend(LANDSCAPES[slug](), optimizer, start=start).outcome.sentence == sentence


@pytest.mark.parametrize(
    ("slug", "optimizer", "steps"),
    [("beale", RMSprop(5.0), 2000), ("beale", Adam(3.0), 4000), ("rosenbrock", RMSprop(2.0), 2000)],
    ids=["RMSprop", "Adam", "on a valley"],
)
def test_a_method_that_scales_its_steps_comes_back(slug, optimizer, steps):
    """Thrown beyond the bound, or far out, at the first steps, and in the end far below its highest."""
    path = descend(LANDSCAPES[slug](), optimizer, steps=steps)
    assert path.outcome.kind != "diverged"
    assert path.steps == steps
    assert path.losses[-1] < path.losses.max() / 100


def test_a_run_beyond_the_bound_that_may_come_back_is_still_moving():
    outcome = descend(LANDSCAPES["beale"](), Adam(1e6)).outcome
    assert outcome.kind == "still_moving"
    assert outcome.sentence == "Still moving after 200 steps: it was thrown far out, and has not come back yet."


def test_descent_comes_back_when_its_rate_falls_in_time():
    """Beyond the bound while 2/λ is passed, and down again afterwards: the bound ends only what cannot return."""
    falling = SGD(ExponentialDecay(0.5, 3, 0.5))
    path = descend(LANDSCAPES["bowl"](condition=100), falling, steps=400)
    assert path.losses.max() > path.losses[0] + loss_bound(path.losses[0])
    assert path.outcome.kind != "diverged"
    assert path.losses[-1] < path.losses.max() / 1e3
    assert descend(LANDSCAPES["bowl"](condition=100), SGD(0.5), steps=400).outcome.kind == "diverged"


def test_the_valley_is_that_of_the_start():
    """The nearest minimum is not the one to which the slope leads, and its limit is not the one that is passed."""
    surface, start = LANDSCAPES["three_hump_camel"](), (-4.864, -4.063)
    middle = next(xy for xy in surface.minima if xy == (0.0, 0.0))
    assert valley_of(surface, start).tolist() == list(middle)
    limit = 2 / sharpness(surface, middle)
    assert "of this valley" not in descend(surface, SGD(0.9 * limit), start=start).outcome.sentence
    above = descend(surface, SGD(1.1 * limit), start=start).outcome.sentence
    assert above.endswith(f"is above the limit 2/λ = {limit:.2g} of this valley.")


@pytest.mark.parametrize("rate", [0.01, 1.0, 100.0])
def test_a_method_without_weights_never_moves(rate):
    """Both weights at 0, as far as their sliders go: no step, no limit, and no division by zero."""
    still = OPTAX["optimistic"](rate, alpha=0.0, beta=0.0)
    path = descend(LANDSCAPES["himmelblau"](), still, steps=20)
    assert (path.positions == path.positions[0]).all()
    assert path.outcome.kind == "still_moving"
    assert path.outcome.sentence == "Does not move in 20 steps: each of them is zero."
    assert stable_limit(still, 2.0) is None


def test_without_a_floor_the_monkey_falls_for_ever():
    path = descend(LANDSCAPES["monkey_saddle"](floor=0), SGD(0.02), steps=1000)
    assert path.outcome.kind == "diverged"
    assert path.outcome.sentence == f"Diverged at step {path.steps}: the loss fell without end."
    assert path.losses[-1] < -BLOWN_UP / 10
    assert np.isfinite(path.positions).all()


def test_a_first_step_that_overflows_leaves_the_start():
    path = descend(LANDSCAPES["rosenbrock"](), Adam(1e300), steps=60)
    assert (path.steps, path.outcome.step) == (0, 0)
    assert path.outcome.sentence == "Diverged at the first step: the loss grew without bound."
    assert path.positions.tolist() == [list(LANDSCAPES["rosenbrock"].start)]


@pytest.mark.parametrize("rate", [0.02, 0.3])
def test_a_fall_that_ends_in_an_overflow_was_a_fall(rate):
    """Without its floor the monkey saddle overflows to either sign; the losses before it tell the direction."""
    path = descend(LANDSCAPES["monkey_saddle"](floor=0), SGD(rate, momentum=0.9), steps=1000)
    assert path.losses[-1] < path.losses[0]
    assert path.outcome.sentence == f"Diverged at step {path.steps}: the loss fell without end."


def test_a_loss_that_is_not_a_number_says_nothing_of_the_direction():
    rows = np.zeros((3, 8))
    rows[:, LOSS] = 0, -5, np.nan
    assert _last_row(rows) == (1, "the loss fell without end")
    rows[:, LOSS] = 0, 5, np.nan
    assert _last_row(rows) == (1, "the loss grew without bound")


def test_a_square_that_overflows_is_left_out_too():
    """The gradient's square, not the loss, leaves the range of floats, and the path stands still."""
    path = descend(LANDSCAPES["rosenbrock"](), Adam(0.01), start=(1e60, 0), steps=20)
    assert all(np.isfinite(array).all() for array in every_number(path))
    assert path.outcome.sentence == "Diverged at the first step: a gradient is too large to be squared."


@pytest.mark.parametrize("seed", range(3))
def test_the_final_gradient_of_a_noisy_run_is_the_full_landscapes(seed):
    batch = Batch(size=1, noise=3.0, seed=seed)
    path = descend(LANDSCAPES["bowl"](condition=10), SGD(0.3), steps=200, batch=batch)
    assert path.outcome.kind == "diverged"
    np.testing.assert_allclose(path.final_gradient, [10, 1] * path.positions[-1], rtol=1e-12)
    assert np.abs(path.gradients - [10, 1] * path.positions[:-1]).max() > 1


def test_divergence_is_the_same_with_more_steps_to_go():
    short, long = (descend(LANDSCAPES["bowl"](), SGD(0.25), steps=steps) for steps in (100, 256))
    assert short.outcome == long.outcome
    for field in dataclasses.fields(short):
        if field.name not in ("slots", "outcome"):
            np.testing.assert_array_equal(getattr(short, field.name), getattr(long, field.name))
