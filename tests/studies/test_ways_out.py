"""The way out of a minimum is over the lowest saddle, and the flow finds whose basin a point is in."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula, stationary_points
from landscapes.flow import flow
from landscapes.landscape import losses_at
from landscapes.minima import arrival_distance
from optimizers import SGD, descend
from studies import NOT_SETTLED, barriers, basin_of, known_minima
from studies.escape.barriers import _curvature_grid

UNTOLD = {"ravine", "rosenbrock", "beale", "monkey_saddle", "schaffer"}
"""Their floors are too narrow for the grid, their saddle is degenerate, or their ridges end at the edge."""


@pytest.mark.parametrize("barrier", [0.3, 1.0, 2.5])
def test_the_barrier_of_a_double_well_is_its_height(barrier):
    for way in barriers(LANDSCAPES["double_well"](barrier=barrier, tilt=0.0)).ways:
        assert way.height == pytest.approx(barrier, rel=1e-12)
        assert way.xy == pytest.approx((0, 0), abs=1e-9)
        assert way.over == "saddle"


def test_himmelblaus_ways_out():
    """Two valleys drain into one another over the lowest saddle, and each of the other two has its own."""
    saddles = sorted(losses_at(LANDSCAPES["himmelblau"](), LANDSCAPES["himmelblau"]().saddles))
    heights = [way.height for way in barriers(LANDSCAPES["himmelblau"]()).ways]
    np.testing.assert_allclose(heights, [saddles[0], saddles[1], saddles[2], saddles[0]], rtol=1e-9)


@pytest.mark.parametrize("slug", sorted(LANDSCAPES))
def test_the_way_out_is_above_its_minimum_over_a_true_saddle_or_the_edge(slug):
    surface = LANDSCAPES[slug]()
    saddles = [point.xy for point in stationary_points(surface) if point.kind == "saddle"]
    for way, loss in zip(barriers(surface).ways, losses_at(surface, known_minima(surface)), strict=True):
        if way is None or slug in UNTOLD:
            continue
        assert way.height > loss or way.over == "edge"
        assert way.over != "saddle" or way.xy in saddles
        assert (way.curvatures[1:] >= way.curvatures[:-1]).all()


def test_every_descent_below_a_way_out_stays_below_it():
    surface = LANDSCAPES["wells"]()
    map = barriers(surface)
    rows, columns = np.nonzero(map.basin >= 0)
    some = np.random.default_rng(0).choice(len(rows), 200, replace=False)
    points = np.column_stack([map.x[columns[some]], map.y[rows[some]]])
    np.testing.assert_array_equal(map.basins_at(points), map.basin[rows[some], columns[some]])
    np.testing.assert_array_equal(basin_of(surface, points), map.basin[rows[some], columns[some]])


def test_a_single_bowl_is_left_over_the_edge_of_the_map():
    (way,) = barriers(LANDSCAPES["bowl"]()).ways
    assert way.over == "edge"


def test_a_kink_has_no_largest_curvature():
    x = np.linspace(-1, 1, 40)
    bends = _curvature_grid(from_formula("abs(x) + (y - 0.3) ^ 2"), x, x)
    assert np.isinf(bends[:, 18:21]).all()
    np.testing.assert_allclose(bends[:, :17], 2, rtol=1e-9)


@pytest.mark.parametrize("slug", ["himmelblau", "double_well", "wells", "six_hump_camel", "rastrigin"])
def test_the_flow_is_descent_in_very_small_steps(slug):
    surface = LANDSCAPES[slug]()
    low, high = np.transpose(surface.domain)
    starts = np.random.default_rng(1).uniform(0.95 * low, 0.95 * high, (25, 2))
    slow = SGD(0.2 / 1000 if slug != "wells" else 0.02)
    ends = [descend(surface, slow, start=start, steps=16384).positions[-1] for start in starts]
    np.testing.assert_allclose(flow(surface, starts), ends, rtol=0, atol=arrival_distance(surface))


def test_what_flows_to_no_minimum():
    assert basin_of(LANDSCAPES["plateau"](), [(1e3, 1e3)]).tolist() == [NOT_SETTLED]
    assert basin_of(LANDSCAPES["himmelblau"](), np.empty((0, 2))).tolist() == []
