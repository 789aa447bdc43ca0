"""The one word and the one sentence under every picture are true, also at the edges between them."""

import re

import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.calculus import principal_axes, sharpness_along
from landscapes.surroundings import newton_step
from optimizers import SGD, Adam, Batch, RMSprop, descend
from optimizers.stability import sharpness, stable_limit


def outcome(slug, optimizer, **arguments):
    """What became of a descent on a landscape as it is."""
    return descend(LANDSCAPES[slug](), optimizer, **arguments).outcome


def test_the_bowl_is_reached():
    result = outcome("bowl", SGD(0.1))
    assert result.kind == "converged"
    assert result.sentence == f"Reached the global minimum at step {result.step}."
    assert 0 < result.step < 100


def test_reached_means_near_from_then_on():
    path = descend(LANDSCAPES["bowl"](), SGD(0.1))
    away = np.hypot(*path.positions.T) / np.hypot(6, 6)
    assert away[path.outcome.step - 1] > 0.001
    assert (away[path.outcome.step :] <= 0.01).all()


def test_plain_descent_stays_in_the_wrong_well():
    result = outcome("double_well", SGD(0.04))
    assert result.kind == "local_minimum"
    assert result.sentence == f"Stuck in a local minimum since step {result.step}."


def test_momentum_gets_over_the_barrier():
    path = descend(LANDSCAPES["double_well"](), SGD(0.04, momentum=0.9))
    assert path.outcome.kind == "converged"
    assert path.positions[-1, 0] < -0.9


def test_started_on_the_ridge_descent_is_held_up_at_the_saddle():
    result = outcome("saddle", SGD(0.1), start=(1.6, 0), steps=100)
    assert result.kind == "saddle"
    assert result.sentence == f"Held up at a saddle since step {result.step}."


def test_beside_the_ridge_it_gets_away():
    assert outcome("saddle", SGD(0.1), start=(1.6, 0.01), steps=200).kind == "converged"


def test_a_start_at_the_minimum_is_reached_at_once():
    result = outcome("himmelblau", SGD(0.01), start=(3, 2), steps=20)
    assert (result.kind, result.step) == ("converged", 0)


def test_tiny_steps_are_still_on_the_way():
    result = outcome("himmelblau", SGD(1e-7), steps=50)
    assert (result.kind, result.step) == ("still_moving", 50)
    assert result.sentence == "Still on the way after 50 steps, in very small ones."


def test_a_path_under_way_is_still_moving():
    result = outcome("rosenbrock", Adam(0.01), steps=60)
    assert (result.kind, result.sentence) == ("still_moving", "Still moving after 60 steps.")


def test_a_ball_that_rolls_through_a_minimum_is_still_moving():
    """Heavy and without a turn in its last steps, though their mean is close to a minimum."""
    rolling = SGD(0.00029, momentum=0.9)
    assert outcome("himmelblau", rolling, start=(-3.6588, -2.8444), steps=20).kind == "still_moving"


def test_the_banana_is_not_finished_by_plain_descent():
    assert outcome("rosenbrock", SGD(0.0005), steps=200).kind == "still_moving"


def test_a_noisy_path_hovers():
    result = outcome("bowl", SGD(0.05), steps=500, batch=Batch(size=1, noise=0.2))
    assert result.kind == "converged"
    assert result.sentence.startswith(f"Hovers around the global minimum from step {result.step}, within ")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("noise", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("steps", [200, 500])
def test_however_noisy_it_hovers_around_the_minimum(steps, noise, seed):
    """What is said of the distance holds: from that step on no point is further out."""
    path = descend(LANDSCAPES["bowl"](), SGD(0.05), steps=steps, batch=Batch(size=1, noise=noise, seed=seed))
    said = re.fullmatch(
        r"Hovers around the global minimum from step (\d+), within (\S+) of it\.", path.outcome.sentence
    )
    assert path.outcome.kind == "converged"
    assert int(said[1]) == path.outcome.step < steps / 2
    assert np.hypot(*path.positions[path.outcome.step :].T).max() <= 1.1 * float(said[2])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("noise", [0.5, 2.0])
@pytest.mark.parametrize(
    ("slug", "optimizer"), [("bowl", SGD(0.001)), ("rosenbrock", SGD(0.0005)), ("beale", SGD(0.005))]
)
def test_noise_does_not_make_a_path_arrive(slug, optimizer, noise, seed):
    assert outcome(slug, optimizer, steps=200, batch=Batch(size=1, noise=noise, seed=seed)).kind == "still_moving"


def test_rmsprop_hops_but_has_arrived():
    assert outcome("himmelblau", RMSprop(0.05), steps=400).kind == "converged"


@pytest.mark.parametrize("steps", [1, 2, 7, 8, 9])
def test_short_runs_have_an_outcome(steps):
    assert outcome("himmelblau", SGD(0.001), steps=steps).kind == "still_moving"


@pytest.mark.parametrize("number", range(4))
def test_any_of_himmelblaus_four_is_a_global_minimum(number):
    x, y = LANDSCAPES["himmelblau"]().minima[number]
    result = outcome("himmelblau", SGD(0.01), start=(x + 0.3, y - 0.2))
    assert (result.kind, result.sentence) == ("converged", f"Reached a global minimum at step {result.step}.")


@pytest.mark.parametrize(
    ("hessian", "gradient", "step"),
    [
        ([[2.0, 0], [0, 4]], [2.0, 4], [-1, -1]),
        ([[3.0, 1], [1, 3]], [4.0, 4], [-1, -1]),
        ([[2.0, 0], [0, -4]], [2.0, 4], [-1, 1]),
        ([[2.0, 0], [0, 0]], [2.0, 0], [-1, 0]),
    ],
    ids=["bowl", "turned bowl", "saddle", "flat"],
)
def test_newtons_step(hessian, gradient, step):
    np.testing.assert_allclose(newton_step(np.array(gradient), np.array(hessian)), step, atol=1e-12)


@pytest.mark.parametrize("corner", [0, np.nan, np.inf])
def test_no_step_leads_to_a_point_that_is_not_there(corner):
    assert not np.hypot(*newton_step(np.array([1.0, 0]), np.array([[corner, 0], [0, 2.0]]))) < 1e300


@pytest.mark.parametrize("seed", range(20))
def test_principal_axes_are_the_eigenvectors(seed):
    hessian = np.random.default_rng(seed).normal(size=(2, 2)) * 10.0 ** (seed % 7)
    hessian += hessian.T
    (low, across), (high, along) = principal_axes(hessian, np)
    np.testing.assert_allclose([low, high], np.linalg.eigvalsh(hessian), rtol=1e-12)
    np.testing.assert_allclose(hessian @ along, high * np.array(along), atol=1e-12 * abs(hessian).max())
    np.testing.assert_allclose(hessian @ across, low * np.array(across), atol=1e-12 * abs(hessian).max())


def test_a_limit_passed_on_the_way_is_named_with_its_step():
    """Momentum overshoots into steeper ground: its rate is below the limit of the valley, not of the slope."""
    surface, optimizer = LANDSCAPES["himmelblau"](), SGD(0.02, momentum=0.9)
    path = descend(surface, optimizer)
    step = int(path.outcome.sentence.rstrip(".").split()[-1])
    rates = [stable_limit(optimizer, sharpness(surface, xy)) for xy in path.positions[: step + 1]]
    assert all(limit is None or limit[0] >= 0.02 for limit in rates[:-1])
    assert rates[-1][0] < 0.02
    assert f"above the limit 2(1+β)/λ = {rates[-1][0]:.2g} at step {step}." in path.outcome.sentence


def test_the_sharpness_along_a_path_is_the_sharpness_at_each_point():
    surface = LANDSCAPES["himmelblau"]()
    path = descend(surface, SGD(0.01), steps=20)
    expected = [sharpness(surface, xy) for xy in path.positions]
    np.testing.assert_allclose(sharpness_along(surface, path.positions), expected, rtol=1e-9)
