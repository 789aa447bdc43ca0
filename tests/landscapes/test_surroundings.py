"""What lies around a point is told from the losses around it, whatever the map's size and the loss's unit."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula, stationary_points
from landscapes.landscape import diagonal
from landscapes.minima import is_lowest, known_minima, lowest_known
from landscapes.stationary import isolated_minima
from landscapes.surroundings import SHAPES, surroundings

AROUND = {
    "x^2 + 3y^2": ((0, 0), "minimum"),
    "x^4 + y^4": ((0, 0), "minimum"),
    "x^4 + y^2": ((0, 0), "minimum"),
    "x^6 + y^2": ((0, 0), "minimum"),
    "abs(x) + abs(y)": ((0, 0), "minimum"),
    "sqrt(x^2 + y^2)": ((0, 0), "minimum"),
    "1000000 + x^2 + y^2": ((0, 0), "minimum"),
    "0.00001 (x^2 + y^2)": ((0, 0), "minimum"),
    "x^2": ((0, 1.2), "level floor"),
    "(2x + y - 3)^2": ((1, 1), "level floor"),
    "(x^2 + y^2 - 1)^2": ((0.6, 0.8), "level floor"),
    "(x^2 - y)^2": ((0.5, 0.25), "level floor"),
    "cos(x) + cos(y)": ((0, 0), "maximum"),
    "-x^4 - y^4": ((0, 0), "maximum"),
    "-x^2": ((0, 0.4), "maximum"),
    "x^2 - y^2": ((0, 0), "saddle"),
    "1000x^2 - y^2": ((0, 0), "saddle"),
    "x*y": ((0, 0), "saddle"),
    "x^2 - y^4": ((0, 0), "saddle"),
    "x^3 - 3x*y^2": ((0, 0), "saddle"),
    "-exp(-30 (x^2 + y^2))": ((2.5, -2.5), "plain"),
    "x^3 + y^2": ((0, 0), "slope"),
    "x + 2y": ((0, 0), "slope"),
}


@pytest.mark.parametrize(("text", "around"), AROUND.items())
def test_what_lies_around(text, around):
    xy, expected = around
    found = surroundings(from_formula(text), [xy], move=False)
    assert SHAPES[found.shape[0]] == expected


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
@pytest.mark.parametrize("height", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("text", ["x^2 + 3y^2", "(x^2 + y^2 - 1)^2", "x^2 - y^2", "cos(x) + cos(y)"])
def test_neither_the_size_of_the_map_nor_the_unit_matters(text, height, scale):
    xy, expected = AROUND[text]
    inside = text.replace("x", f"(x/{scale})").replace("y", f"(y/{scale})")
    domain = [(-3 * scale, 3 * scale)] * 2
    surface = from_formula(f"{height:.12f}*({inside})", domain=domain)
    found = surroundings(surface, [np.multiply(xy, scale)], move=False)
    assert SHAPES[found.shape[0]] == expected


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_listed_minima_are_minima_and_listed_saddles_saddles(slug):
    surface = LANDSCAPES[slug]()
    for points, expected in ((surface.minima[:40], "minimum"), (surface.saddles[:40], "saddle")):
        if points and not (slug == "eggholder" and expected == "minimum"):
            shapes = surroundings(surface, points, move=False).shape
            assert {SHAPES[shape] for shape in shapes} == {expected}


@pytest.mark.parametrize("text", ["x^2", "y^2", "(2x + y - 3)^2", "(x^2 + y^2 - 1)^2", "(x - y)^4"])
def test_a_floor_is_given_as_a_few_degenerate_points_on_it(text):
    surface = from_formula(text)
    points = [point for point in stationary_points(surface) if point.kind == "degenerate"]
    assert 2 <= len(points) <= 6
    assert all(point.loss == pytest.approx(0, abs=1e-9) for point in points)
    gaps = [np.hypot(*np.subtract(one.xy, other.xy)) for one in points for other in points if one is not other]
    assert min(gaps) > diagonal(surface) / 25
    assert max(gaps) > diagonal(surface) / 5
    assert not isolated_minima(surface)


@pytest.mark.parametrize(
    ("text", "minima"),
    [
        ("abs(x) + abs(y)", [(0, 0)]),
        ("abs(x - 1) + abs(y + 2)", [(1, -2)]),
        ("abs(x - 1) + abs(x + y)", [(1, -1)]),
        ("sqrt((x - 1)^2 + y^2)", [(1, 0)]),
        ("abs(x^2 - 1) + y^2", [(-1, 0), (1, 0)]),
        ("sqrt(abs(x)) + sqrt(abs(y - 1))", [(0, 1)]),
        ("max(abs(x - 0.5), abs(y))", [(0.5, 0)]),
        ("x^4 + abs(y)", [(0, 0)]),
    ],
)
def test_minima_at_kinks_are_found_and_listed(text, minima):
    surface = from_formula(text)
    assert np.array(sorted(surface.minima)) == pytest.approx(np.array(minima, float), abs=2e-5)
    assert all(point.kind == "degenerate" for point in isolated_minima(surface))
    assert len(known_minima(surface)) == len(minima)


@pytest.mark.parametrize("text", ["x + abs(y)", "max(x, y)^2 + abs(x)", "abs(x)", "x^2 + abs(x*y)"])
def test_no_minimum_is_made_up_at_a_kink(text):
    """A kink that runs downhill, or that is level all along, holds none; the last has one at the origin, if any."""
    assert all(np.hypot(*xy) < 1e-3 for xy in from_formula(text).minima)


def test_the_eggholders_nine_cusps_are_listed():
    surface = LANDSCAPES["eggholder"]()
    cusps = [xy for xy in surface.minima if min(abs(xy[0] / 2 + xy[1] + 47), abs(xy[0] - xy[1] - 47)) < 1e-9]
    assert len(cusps) == 9
    assert not surface.smooth
    for x, y in cusps:
        ring = [(x + r * np.cos(a), y + r * np.sin(a)) for r in (0.01, 0.3) for a in np.arange(0, 6.28, 0.01)]
        assert min(float(surface(np.array(xy))) for xy in ring[::7]) > float(surface(np.array((x, y))))


@pytest.mark.parametrize("text", ["(x + 1.5)^4 ((x - 1.5)^2 + 0.1) + y^2", "x^2", "(x^2 + y^2 - 1)^2 + 0.1x"])
def test_the_lowest_known_loss_counts_floors_and_the_grid(text):
    surface = from_formula(text)
    x, y = np.meshgrid(np.linspace(-3, 3, 601), np.linspace(-3, 3, 601))
    lowest = min(float(surface(np.array(xy))) for xy in zip(x.ravel()[::37], y.ravel()[::37], strict=True))
    assert lowest_known(surface) <= lowest + 1e-9
    assert is_lowest(surface, np.array([lowest_known(surface)]))[0]
    assert not is_lowest(surface, np.array([lowest_known(surface) + 0.01]))[0]
