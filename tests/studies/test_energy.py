"""Energy never rises under the bound, and whoever is said to be trapped stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscapes import LANDSCAPES, from_formula
from optimizers import SGD, Adam, Batch, ExponentialDecay, RMSprop, descend
from studies import basin_of, energy

UNIT = st.floats(0, 1)


def rises(made):
    """The largest rise of the total, as a part of all that it did."""
    return np.diff(made.total).max() / (np.abs(made.total).max() + np.ptp(made.total))


@settings(max_examples=60, deadline=None)
@given(UNIT, UNIT, UNIT, UNIT, UNIT)
def test_energy_never_rises_on_a_bowl(condition, beta, part, x, y):
    kappa, momentum = 1 + 99 * condition, 0.99 * beta
    surface = LANDSCAPES["bowl"](condition=kappa)
    unlimited = SGD(1.0, momentum=momentum)
    start = (0.1 + 4 * x, 0.1 + 4 * y)
    limit = energy(surface, unlimited, descend(surface, unlimited, start=start, steps=1)).limit
    rule = SGD((0.02 + 0.98 * part) * limit, momentum=momentum)
    made = energy(surface, rule, descend(surface, rule, start=start, steps=300))
    assert made.bound_holds
    assert rises(made) < 1e-14


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["wells", "double_well"]), UNIT, UNIT, UNIT, UNIT, st.booleans())
def test_energy_never_rises_where_the_bound_holds(slug, beta, rate, x, y, other):
    surface = LANDSCAPES[slug](**({"depth": 3.0} if slug == "wells" and other else {}))
    (low_x, high_x), (low_y, high_y) = surface.domain
    start = (low_x + x * (high_x - low_x), low_y + y * (high_y - low_y))
    rule = SGD(10 ** (-3 + 2 * rate), momentum=0.95 * beta)
    made = energy(surface, rule, descend(surface, rule, start=start, steps=400))
    if made.bound_holds:
        assert rises(made) < 1e-14


def test_above_the_bound_it_does_rise():
    """On a quadratic a first step at 2(1−β)/λ·1.05 from rest already gains, since v = 0 makes the lines equalities."""
    surface = LANDSCAPES["bowl"](condition=1)
    for beta in (0.0, 0.5, 0.9):
        unlimited = SGD(1.0, momentum=beta)
        limit = energy(surface, unlimited, descend(surface, unlimited, start=(1, 1), steps=1)).limit
        fast, slow = SGD(1.05 * limit, momentum=beta), SGD(0.95 * limit, momentum=beta)
        tries = {rule: energy(surface, rule, descend(surface, rule, start=(1, 1), steps=50)) for rule in (fast, slow)}
        assert not tries[fast].bound_holds
        assert tries[slow].bound_holds
        assert rises(tries[slow]) < 1e-14
        if beta == 0:
            assert rises(tries[fast]) > 0


def test_with_momentum_too_it_can_rise_above_the_bound():
    surface, ball = LANDSCAPES["double_well"](), SGD(0.03, momentum=0.9)
    made = energy(surface, ball, descend(surface, ball))
    assert not made.bound_holds
    assert rises(made) > 1e-3


def test_the_velocity_is_the_one_that_led_to_the_point():
    surface, ball = LANDSCAPES["double_well"](), SGD(0.01, momentum=0.8)
    path = descend(surface, ball, steps=50)
    made = energy(surface, ball, path)
    moved = np.diff(path.positions, axis=0)
    np.testing.assert_allclose(made.kinetic[1:], 0.8 / 0.02 * (moved**2).sum(axis=1), rtol=1e-9)
    assert made.kinetic[0] == 0
    np.testing.assert_array_equal(made.total, path.losses + made.kinetic)


def test_plain_descent_has_no_kinetic_energy():
    surface = LANDSCAPES["wells"]()
    path = descend(surface, SGD(0.1))
    made = energy(surface, SGD(0.1), path)
    assert not made.kinetic.any()
    assert made.bound_holds


@pytest.mark.parametrize("seed", range(8))
def test_whoever_is_trapped_stays(seed):
    """Wells, starts and balls at random; the run goes on for twenty times as long as it took to say so."""
    draw = np.random.default_rng(seed)
    surface = LANDSCAPES["wells"](count=draw.integers(2, 9), depth=draw.uniform(0.5, 5), width=draw.uniform(0.4, 1))
    found = 0
    for _ in range(12):
        ball = SGD(10 ** draw.uniform(-2.5, -0.5), momentum=draw.choice([0.0, 0.5, 0.8, 0.9, 0.95]))
        start = draw.uniform(-4, 4, 2)
        made = energy(surface, ball, descend(surface, ball, start=start, steps=200))
        if made.trapped is None:
            assert made.reason
            continue
        found += 1
        long = descend(surface, ball, start=start, steps=4096).positions[made.trapped :]
        assert len(np.unique(basin_of(surface, long))) == 1
        assert made.total[made.trapped] < made.barrier
        assert made.trapped == 0 or not (made.passes > made.trapped).any()
    assert found > 3


def test_in_the_double_well_too():
    surface, ball = LANDSCAPES["double_well"](), SGD(0.01, momentum=0.9)
    made = energy(surface, ball, descend(surface, ball, steps=300))
    assert made.trapped is not None
    assert made.over == "saddle"
    assert made.passes.tolist() == [11]
    assert made.basins[made.trapped] == 0
    ends = descend(surface, ball, steps=16384).positions[made.trapped :, 0]
    assert (ends < 0).all()


WITHOUT = {
    "is for SGD": (Adam(0.05), None),
    "divides by": (RMSprop(0.05), None),
    "Nesterov": (SGD(0.01, momentum=0.5, nesterov=True), None),
    "schedule": (SGD(ExponentialDecay(0.01, 100, 0.5)), None),
    "batch": (SGD(0.01), Batch(size=1, noise=1.0)),
    "diverged": (SGD(1.0), None),
    "is above 2": (SGD(0.03, momentum=0.9), None),
}


@pytest.mark.parametrize("said", WITHOUT)
def test_where_the_bound_does_not_hold_nothing_is_marked(said):
    optimizer, batch = WITHOUT[said]
    surface = LANDSCAPES["double_well"]()
    made = energy(surface, optimizer, descend(surface, optimizer, batch=batch, steps=300))
    assert made.trapped is None
    assert not made.bound_holds
    assert said in made.reason


def test_kinks_are_said():
    surface = LANDSCAPES["ackley"]()
    made = energy(surface, SGD(0.01), descend(surface, SGD(0.01)))
    assert "kinks" in made.reason


def test_energy_still_above_the_way_out():
    surface, ball = LANDSCAPES["double_well"](), SGD(0.001, momentum=0.9)
    made = energy(surface, ball, descend(surface, ball, steps=5))
    assert made.bound_holds
    assert made.reason == "The energy is still above the way out."


def test_a_full_batch_of_data_is_not_shaken():
    surface = LANDSCAPES["line"]()
    made = energy(surface, SGD(0.01), descend(surface, SGD(0.01)))
    assert made.bound_holds
    assert made.over == "edge"


@pytest.mark.parametrize("text", ["abs(x) + abs(y)", "sqrt(x^2 + y^2)", "max(x^2, y^2) + abs(x - 1)"])
def test_beside_kinks_of_a_formula_nothing_is_certain(text):
    surface = from_formula(text)
    ball = SGD(0.01, momentum=0.5)
    found = energy(surface, ball, descend(surface, ball, steps=60))
    assert not found.bound_holds
    assert found.trapped is None
    assert "may have kinks" in found.reason
