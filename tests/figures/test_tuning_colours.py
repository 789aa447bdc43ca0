"""Colours of the tuning map: every region is told from every level, and what is better is brighter."""

import numpy as np
import pytest

from figures.theme import GROUNDS
from figures.tuning import (
    DIVERGED_REGION,
    HIGHEST,
    NOT_YET_REGION,
    STUCK_REGION,
    VIRIDIS,
    colours,
    loss_levels,
    regions,
    step_levels,
)
from tests.player.test_basins_view import lab, light

KINDS = ("converged", "local_minimum", "saddle", "still_moving", "diverged")


def test_each_end_has_its_region():
    never = regions(np.array(KINDS), np.full(5, -1))
    assert never.tolist() == [NOT_YET_REGION, STUCK_REGION, STUCK_REGION, NOT_YET_REGION, DIVERGED_REGION]
    there = regions(np.array(KINDS), np.full(5, 7))
    assert there.tolist() == [0, 0, 0, 0, DIVERGED_REGION]


def test_no_level_is_a_region():
    assert len({DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION}) == 3
    assert min(DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION) > HIGHEST
    for level, _ in (step_levels(np.arange(-1, 500), 500), loss_levels(np.geomspace(1e-30, 1e30, 99), 1.0)):
        assert (level.min(), level.max()) == (0, HIGHEST)


def test_more_steps_are_never_a_lower_level():
    level, ends = step_levels(np.arange(3, 500), 500)
    assert ends == (3.0, 499.0)
    assert (np.diff(level.astype(int)) >= 0).all()
    assert np.diff(level.astype(int))[0] > np.diff(level.astype(int))[-1]


@pytest.mark.parametrize("steps", [[-1, -1], [5, 5], [0, 0]], ids=["nobody there", "all alike", "from the start"])
def test_steps_without_a_spread_have_one_level(steps):
    level, (low, high) = step_levels(np.array(steps), 200)
    assert level.tolist() == [0, 0]
    assert low <= high


def test_losses_are_even_in_ratios_up_to_the_start():
    level, ends = loss_levels(np.array([1e-4, 1e-2, 1.0, 50.0]), 1.0)
    assert ends == pytest.approx((1e-4, 1.0))
    assert level.tolist() == [0, HIGHEST // 2, HIGHEST, HIGHEST]
    level, ends = loss_levels(np.array([0.0, 1e-40]), 2.0)
    assert ends == pytest.approx((2e-12, 2.0))
    assert level.tolist() == [0, 0]


@pytest.mark.parametrize("theme", GROUNDS)
def test_better_is_brighter_in_even_steps(theme):
    scale = colours()[theme]["scale"]
    assert tuple(scale) == VIRIDIS[::-1]
    steps = -np.diff([lab(light(tone))[0] for tone in scale])
    assert steps.min() > 5
    assert steps.max() < 15


@pytest.mark.parametrize("theme", GROUNDS)
def test_the_patterns_read_on_their_grounds(theme):
    styles = colours()[theme]
    for pattern, ground in (("diverged", "paper"), ("stuck", "neutral"), ("not_yet", "neutral")):
        assert np.linalg.norm(lab(light(styles[pattern])) - lab(light(styles[ground]))) > 12, pattern
    seen = [lab(light(styles[name])) for name in ("paper", "neutral")]
    assert np.linalg.norm(seen[0] - seen[1]) > 4
