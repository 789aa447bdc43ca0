"""Every level point is found and told for what it is: theory and the listed facts say which there are."""

import math
from collections import Counter

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from settings import SETTINGS

from landscapes import LANDSCAPES, Landscape, from_formula, losses_at, stationary, stationary_points
from landscapes.minima import known_minima
from landscapes.stationary import isolated_minima
from optimizers import SGD, descend
from records import record

LISTS_ALL = (
    "bowl",
    "booth",
    "matyas",
    "rosenbrock",
    "beale",
    "mccormick",
    "goldstein_price",
    "saddle",
    "monkey_saddle",
    "plateau",
    "cliff",
    "double_well",
    "himmelblau",
    "three_hump_camel",
    "six_hump_camel",
    "styblinski_tang",
    "rastrigin",
    "griewank",
    "levy",
    "schwefel",
    "michalewicz",
)
"""Landscapes that list every minimum and every saddle of their domain."""

LISTED = {name: surface for name, surface in SETTINGS.items() if name.split("-")[0] in LISTS_ALL}
REGULAR = ("minimum", "saddle", "maximum")


def places(surface, *kinds):
    """Where the points of those kinds are, (n, 2)."""
    return np.array([point.xy for point in stationary_points(surface) if point.kind in kinds]).reshape(-1, 2)


def count(surface):
    """How many points there are of each kind."""
    return Counter(point.kind for point in stationary_points(surface))


def inside(surface, points):
    """Those of the points that are in the domain."""
    low, high = np.transpose(surface.domain)
    points = np.array(points).reshape(-1, 2)
    return points[((low <= points) & (points <= high)).all(axis=1)]


def assert_same_points(found, expected):
    """Each point of one is within 1e-6 of one of the other, and there are as many."""
    assert len(found) == len(expected)
    if len(found):
        distances = np.hypot(*(found[:, None] - expected[None]).transpose(2, 0, 1))
        assert distances.min(axis=0).max() < 1e-6
        assert distances.min(axis=1).max() < 1e-6


@pytest.mark.parametrize("surface", LISTED.values(), ids=LISTED)
def test_finds_what_is_listed_and_nothing_else(surface):
    assert_same_points(places(surface, "minimum"), inside(surface, surface.minima))
    assert_same_points(places(surface, "saddle"), inside(surface, surface.saddles))


@pytest.mark.parametrize("surface", SETTINGS.values(), ids=SETTINGS)
def test_every_listed_minimum_is_found(surface):
    found = places(surface, *stationary.KINDS)
    for xy in inside(surface, surface.minima):
        assert np.hypot(*(found - xy).T).min() < 1e-6


@pytest.mark.parametrize("surface", SETTINGS.values(), ids=SETTINGS)
def test_every_point_is_level_in_the_domain_and_of_its_kind(surface):
    points = [point for point in stationary_points(surface) if not math.isnan(point.eigenvalues[0])]
    where = np.array([point.xy for point in points]).reshape(-1, 2)
    slopes = np.hypot(*np.asarray(jax.vmap(jax.grad(surface))(where)).reshape(-1, 2).T)
    assert (slopes < 1e-6).all()
    assert len(inside(surface, where)) == len(points)
    np.testing.assert_allclose([point.loss for point in points], losses_at(surface, where), rtol=1e-12, atol=1e-12)
    for point in points:
        signs = {"minimum": (1, 1), "saddle": (-1, 1), "maximum": (-1, -1)}
        if point.kind in signs:
            assert tuple(np.sign(point.eigenvalues)) == signs[point.kind]


@pytest.mark.parametrize("surface", SETTINGS.values(), ids=SETTINGS)
def test_the_order_is_by_kind_and_minima_go_up(surface):
    points = stationary_points(surface)
    kinds = [stationary.KINDS.index(point.kind) for point in points]
    assert kinds == sorted(kinds)
    losses = [point.loss for point in points if point.kind == "minimum"]
    assert (np.diff(losses) > -1e-8).all()


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("himmelblau", {}),
        ("double_well", {}),
        ("double_well", {"barrier": 3, "tilt": -1}),
        ("double_well", {"barrier": 0.1, "tilt": 1}),
        ("saddle", {}),
        ("three_hump_camel", {}),
        ("six_hump_camel", {}),
        ("styblinski_tang", {}),
        ("rastrigin", {}),
        ("goldstein_price", {}),
        ("wells", {}),
        ("wells", {"count": 8}),
        ("wells", {"count": 8, "width": 1.0}),
    ],
    ids=str,
)
def test_where_the_rim_rises_all_around_the_indices_add_up_to_one(slug, fields):
    """Poincaré and Hopf: minima − saddles + maxima = 1 on a disc whose edge slopes outwards."""
    found = count(LANDSCAPES[slug](**fields))
    assert found["minimum"] - found["saddle"] + found["maximum"] == 1


def test_known_counts():
    kinds = {slug: count(LANDSCAPES[slug]()) for slug in ("himmelblau", "rastrigin", "six_hump_camel")}
    assert [kinds["himmelblau"][kind] for kind in REGULAR] == [4, 4, 1]
    assert [kinds["rastrigin"][kind] for kind in REGULAR] == [121, 220, 100]
    assert [kinds["six_hump_camel"][kind] for kind in REGULAR] == [6, 7, 2]


@pytest.mark.parametrize("floor", [0, 0.5, 1])
def test_the_monkey_saddles_centre_is_degenerate(floor):
    (point,) = [
        point for point in stationary_points(LANDSCAPES["monkey_saddle"](floor=floor)) if point.kind not in REGULAR
    ]
    assert point.kind == "degenerate"
    assert math.hypot(*point.xy) < 1e-6
    assert max(map(abs, point.eigenvalues)) < 1e-6


@pytest.mark.parametrize("kappa", [1, 10, 100])
def test_a_kink_is_degenerate_and_has_no_curvature(kappa):
    (point,) = stationary_points(LANDSCAPES["ravine"](kappa=kappa))
    assert (point.xy, point.kind, point.loss) == ((0, 0), "degenerate", 0)
    assert all(map(math.isnan, point.eigenvalues))


def test_ackleys_tip_is_a_kink_and_its_dents_are_minima():
    found = count(LANDSCAPES["ackley"]())
    assert (found["minimum"], found["degenerate"]) == (120, 1)


@pytest.mark.parametrize("slug", ["plateau", "easom", "drop_wave", "michalewicz", "ravine"])
def test_flat_regions_and_level_floors_give_a_few_points(slug):
    assert count(LANDSCAPES[slug]())["degenerate"] <= stationary.MAX_TOGETHER


@record
class Level(Landscape):
    """The same loss everywhere."""

    domain = ((-1.0, 1.0), (0.0, 1.0))

    def __call__(self, xy):
        return 0 * xy.sum()


@record
class Undefined(Landscape):
    """A number only on the right, with its lowest point at (1, 0)."""

    domain = ((-2.0, 2.0), (-2.0, 2.0))

    def __call__(self, xy):
        x, y = xy
        return x - jnp.log(x) + y**2


@record
class Nowhere(Landscape):
    """Not a number anywhere."""

    domain = ((-2.0, 2.0), (-2.0, 2.0))

    def __call__(self, xy):
        return jnp.sqrt(-1 - xy @ xy)


def test_a_level_surface_gives_one_point():
    (point,) = stationary_points(Level())
    assert (point.kind, point.loss, point.eigenvalues) == ("degenerate", 0, (0, 0))


def test_what_is_not_a_number_is_passed_over():
    (point,) = stationary_points(Undefined())
    assert (point.kind, point.loss) == ("minimum", 1)
    assert point.xy == pytest.approx((1, 0))
    assert stationary_points(Nowhere()) == []


def test_wells_lists_every_minimum_at_every_setting():
    for fields in (
        {},
        {"count": 8},
        {"count": 3, "width": 1.5},
        {"count": 6, "depth": 0.2},
        {"width": 0.3, "count": 8},
    ):
        surface = LANDSCAPES["wells"](**fields)
        assert_same_points(places(surface, "minimum"), inside(surface, surface.minima))


def test_other_numbers_compile_nothing():
    wells = LANDSCAPES["wells"](depth=0.61)  # of this one no other test has kept the answer
    stationary_points(wells)
    sizes = stationary._field._cache_size(), stationary._newton._cache_size()
    for fields in ({"count": 2}, {"depth": 0.7}, {"width": 0.4, "count": 8}):
        stationary_points(wells.replace(**fields))
    assert (stationary._field._cache_size(), stationary._newton._cache_size()) == sizes


def test_the_answer_is_kept():
    first, second = (stationary_points(LANDSCAPES["double_well"](tilt=0.2)) for _ in range(2))
    assert first[0] is second[0]
    assert first is not second


def test_a_sharp_valley_is_no_row_of_minima():
    bukin = LANDSCAPES["bukin"]()
    assert known_minima(bukin).tolist() == [list(bukin.minima[0])]
    path = descend(bukin, SGD(0.0001), start=(-10.906, 1.189), steps=400)
    assert "local minimum" not in path.outcome.sentence


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("abs(x^2 + y^2 - 1)", lambda x, y: np.hypot(x, y) - 1),
        ("abs(sqrt(x^2 + y^2) - 2)", lambda x, y: np.hypot(x, y) - 2),
        ("abs(x*y - 1)", lambda x, y: x * y - 1),
        ("abs(y - sin(x))", lambda x, y: y - np.sin(x)),
        ("abs(x)", lambda x, y: x),
        ("sqrt(abs(x - y))", lambda x, y: x - y),
    ],
)
def test_a_valley_that_is_level_at_its_kink_has_no_minima(text, floor):
    surface = from_formula(text)
    assert isolated_minima(surface) == ()
    level = [point.xy for point in stationary_points(surface) if point.kind == "degenerate"]
    on_floor = [xy for xy in level if abs(floor(*xy)) < 1e-6]
    assert len(on_floor) >= 3


@pytest.mark.parametrize(
    ("text", "domain", "minima"),
    [
        ("100*sqrt(abs(y - 0.01*x^2)) + 0.01*abs(x + 10)", ((-15, -5), (-3, 3)), [(-10, 1)]),
        ("abs(y - sin(x)) + 0.05*x^2", ((-3, 3), (-3, 3)), [(0, 0)]),
        ("abs(abs(x) - 1) + abs(y)", ((-3, 3), (-3, 3)), [(-1, 0), (1, 0)]),
        ("abs(x - y) + 0.001*abs(x)", ((-3, 3), (-3, 3)), [(0, 0)]),
        ("max(x^2, y^2)", ((-3, 3), (-3, 3)), [(0, 0)]),
        ("hypot(x - 1, y + 1)", ((-3, 3), (-3, 3)), [(1, -1)]),
    ],
)
def test_a_valley_that_slopes_along_its_kink_has_the_minima_it_has(text, domain, minima):
    found = sorted(point.xy for point in isolated_minima(from_formula(text, domain=domain)))
    np.testing.assert_allclose(found, minima, atol=1e-3)


@pytest.mark.parametrize(
    "text", ["abs(x) + abs(y)", "relu(x) + y^2", "sqrt(x^2 + y^2)", "(x^2)^0.7 + y^2", "max(x, y)"]
)
def test_a_formula_that_may_have_kinks_says_so(text):
    assert not from_formula(text).smooth


@pytest.mark.parametrize(
    "text", ["x^2 + y^2", "sqrt(x^2 + y^2 + 1)", "exp(x)^0.5 + y^2", "sin(x)*e^(-y^2)", "(x^2+2)^1.5"]
)
def test_a_formula_without_kinks_is_smooth(text):
    assert from_formula(text).smooth
