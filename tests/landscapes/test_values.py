"""Losses and slopes against numbers worked out by hand from the papers: a slip in a formula shows here."""

from math import cos, e, exp, log, pi, sin, sqrt

import jax
import numpy as np
import pytest
import scipy.optimize

from landscapes import LANDSCAPES, losses_at

CITED = [
    # Each worked out in exact arithmetic, at points with x ≠ y and both ways round, so swapped coordinates show.
    ("bowl", {}, (1, 2), 7.0),
    ("bowl", {}, (2, 1), 20.5),
    ("bowl", {"condition": 4, "rotation": 90}, (1, 2), 8.5),
    ("bowl", {"condition": 4, "rotation": 45}, (1, 1), 4.0),
    ("bowl", {"condition": 4, "rotation": 45}, (-1, 1), 1.0),
    ("rosenbrock", {}, (-1.2, 1), 24.2),
    ("rosenbrock", {}, (1, -1.2), 484.0),
    ("rosenbrock", {"a": -0.5, "b": 10}, (1, 2), 12.25),
    ("beale", {}, (1, 2), 126.453125),
    ("beale", {}, (2, 1), 14.203125),
    ("saddle", {}, (1, 2), 1.0),
    ("saddle", {}, (2, 1), 3.25),
    ("saddle", {"floor": 1}, (1, 2), 13.0),
    ("monkey_saddle", {}, (1, 2), 1.5),
    ("monkey_saddle", {}, (2, 1), 14.5),
    ("monkey_saddle", {"floor": 0}, (2, 1), 2.0),
    ("double_well", {}, (1, 2), 3.4125),
    ("double_well", {}, (2, 1), 9.95),
    ("double_well", {"barrier": 2, "tilt": -1}, (2, 1), 16.25),
    ("himmelblau", {}, (1, 2), 68.0),
    ("himmelblau", {}, (2, 1), 52.0),
    ("himmelblau", {}, (0, 1), 136.0),
    ("rastrigin", {}, (0.5, 1), 21.25),
    ("rastrigin", {}, (0.25, 2), 14.0625),
    ("rastrigin", {"amplitude": 3}, (0.5, 0), 6.25),
    ("booth", {}, (1, 2), 5.0),
    ("booth", {}, (2, 1), 9.0),
    ("matyas", {}, (1, 2), 0.34),
    ("matyas", {}, (2, -1), 2.26),
    ("ravine", {}, (1, -2), 21.0),
    ("ravine", {}, (-2, 1), 12.0),
    ("ravine", {"kappa": 3}, (1, 2), 7.0),
    ("mccormick", {}, (1, -1), 1.0),
    ("mccormick", {}, (-1, 1), 9.0),
    ("goldstein_price", {}, (1, 2), 137150.0),
    ("goldstein_price", {}, (2, 1), 2275.0),
    ("plateau", {}, (3 - 1.2 * log(3), 0), 0.64),
    ("plateau", {"width": 2}, (3 + 2 * log(2), 1), 0.86),
    ("cliff", {}, (1.5, 2), 4.625),
    ("cliff", {"height": 0}, (1, 2), 0.5),
    ("cliff", {"height": 4}, (1.5 + 0.08 * log(3), 0), 3 + (1.5 + 0.08 * log(3)) ** 2 / 10),
    ("easom", {}, (0, pi), exp(-(pi**2))),
    ("easom", {}, (0, pi / 3), -0.5 * exp(-13 * pi**2 / 9)),
    ("three_hump_camel", {}, (1, 2), 427 / 60),
    ("three_hump_camel", {}, (2, 1), 73 / 15),
    ("six_hump_camel", {}, (1, 2), 1567 / 30),
    ("six_hump_camel", {}, (2, 1), 86 / 15),
    ("styblinski_tang", {}, (1, 2), -24.0),
    ("styblinski_tang", {}, (-1, 2), -29.0),
    ("wells", {"count": 1}, (1.4, 1), 0.0888 - 2),
    ("wells", {"count": 2, "depth": 1, "width": 1}, (-1.6, 1.6), 0.1536 - 0.4 - exp(-4.68)),
    ("wells", {"count": 1.5, "depth": 1, "width": 1}, (-1.6, 1.6), 0.1536 - 0.2 - exp(-4.68)),
    ("ackley", {}, (1, 0), 20 - 20 * exp(-0.2 * sqrt(0.5))),
    ("ackley", {}, (0.5, 1), 19 + e - 20 * exp(-0.2 * sqrt(0.625))),
    ("ackley", {"a": 10, "b": 1, "c": pi}, (1, 0), 9 + e - 10 * exp(-sqrt(0.5))),
    ("griewank", {}, (pi, 0), 2 + pi**2 / 4000),
    ("griewank", {}, (0, sqrt(2) * pi), 2 + 2 * pi**2 / 4000),
    ("griewank", {}, (pi / 2, 3), 1 + (pi**2 / 4 + 9) / 4000),
    ("levy", {}, (1, -1), 0.25),
    ("levy", {}, (-1, 1), 1.25 + 2.5 * cos(1) ** 2),
    ("schwefel", {}, (pi**2, 0), 837.9658),
    ("schwefel", {}, (pi**2 / 4, 2.25 * pi**2), 837.9658 + 2 * pi**2),
    ("schwefel", {}, (-(pi**2) / 4, 0), 837.9658 + pi**2 / 4),
    ("michalewicz", {}, (pi / 2, pi), -(2.0**-10)),
    ("michalewicz", {"m": 2}, (pi / 2, pi), -0.25),
    ("michalewicz", {}, (pi / sqrt(2), pi / 2), -1 - sin(pi / sqrt(2))),
    ("drop_wave", {}, (0.3, 0.4), -(1 + cos(6)) / 2.125),
    ("drop_wave", {}, (pi / 6, 0), -2 / (pi**2 / 72 + 2)),
    ("eggholder", {}, (pi**2 / 4, -47), -(pi**2) / 4),
    ("eggholder", {}, (0, pi**2 / 4 - 47), -(pi**2) / 4),
    ("shifted_sphere", {}, (1, 2), 6.25),
    ("shifted_sphere", {}, (2, 1), 3.25),
    ("shifted_sphere", {"a": -1, "b": 2}, (1, 0), 8.0),
    ("zakharov", {}, (1, 2), 50.3125),
    ("zakharov", {}, (2, 1), 25.0),
    ("zakharov", {}, (-2, 2), 10.0),
    ("dixon_price", {}, (1, 2), 98.0),
    ("dixon_price", {}, (2, 1), 1.0),
    ("bukin", {}, (-10, 0), 100.0),
    ("bukin", {}, (-5, 0.5), 50.05),
    ("bukin", {}, (-12, 1), 100 * sqrt(0.44) + 0.02),
    ("branin", {}, (0, 6), 20 - 10 / (8 * pi)),
    ("branin", {}, (0, 1), 45 - 10 / (8 * pi)),
    ("branin", {}, (pi / 2, 1), (2.5 - 6 + 1 - 5.1 / 16) ** 2 + 10),
    ("bohachevsky", {}, (1, 2), 9.6),
    ("bohachevsky", {}, (2, 1), 6.0),
    ("bohachevsky", {}, (0, 0.25), 0.125 + 0.8),
    ("schaffer", {}, (1, 2), 0.5 + (sin(3) ** 2 - 0.5) / 1.005**2),
    ("schaffer", {}, (sqrt(pi / 2), 0), 0.5 + 0.5 / (1 + pi / 2000) ** 2),
    ("keane", {}, (pi / 2, 0), -2 / pi),
    ("keane", {}, (0, pi / 4), -1 / pi),
    ("keane", {}, (3 * pi / 4, pi / 4), 0.0),
    ("cross_in_tray", {}, (pi / 2, pi / 6), -0.0001 * (0.5 * exp(100 - sqrt(10) / 6) + 1) ** 0.1),
    ("cross_in_tray", {}, (0, 2), -0.0001),
    ("holder_table", {}, (pi / 2, pi), -exp(sqrt(1.25) - 1)),
    ("holder_table", {}, (pi / 6, 0), -0.5 * exp(5 / 6)),
    ("eggholder", {}, (100, 0), -47 * sin(sqrt(97)) - 100 * sin(sqrt(53))),
]


@pytest.mark.parametrize(("slug", "fields", "xy", "loss"), CITED, ids=str)
def test_cited_value(slug, fields, xy, loss):
    assert losses_at(LANDSCAPES[slug](**fields), [xy])[0] == pytest.approx(loss, rel=1e-13)


@pytest.mark.parametrize("slug", [slug for slug, made in LANDSCAPES.items() if made.family != "data"])
def test_every_landscape_is_cited(slug):
    """Those made of data are worked out row by row in test_data.py."""
    assert any(xy[0] != xy[1] for cited, _, xy, _ in CITED if cited == slug)


def test_known_minimum_losses():
    assert losses_at(LANDSCAPES["saddle"](), [(0, np.sqrt(2))])[0] == pytest.approx(-1, rel=1e-13)
    assert losses_at(LANDSCAPES["monkey_saddle"](), [(-1.5, 0)])[0] == pytest.approx(-0.84375, rel=1e-13)
    for slug in ("bowl", "rosenbrock", "beale", "himmelblau", "rastrigin"):
        surface = LANDSCAPES[slug]()
        np.testing.assert_allclose(losses_at(surface, surface.global_minima), 0, atol=1e-15)


@pytest.mark.parametrize(
    ("slug", "xy", "loss"),
    [
        ("mccormick", (-0.54719, -1.54719), -1.9133),
        ("six_hump_camel", (0.0898, -0.7126), -1.0316),
        ("styblinski_tang", (-2.903534, -2.903534), -39.16617 * 2),
        ("goldstein_price", (0, -1), 3),
        ("levy", (1, 1), 0),
        ("michalewicz", (2.20, 1.57), -1.8013),
        ("eggholder", (512, 404.2319), -959.6407),
        ("schwefel", (420.9687, 420.9687), 0),
        ("griewank", (0, 0), 0),
        ("drop_wave", (0, 0), -1),
        ("easom", (pi, pi), -1),
        ("ackley", (0, 0), 0),
        ("branin", (-3.14159, 12.275), 0.397887),
        ("branin", (9.42478, 2.475), 0.397887),
        ("bukin", (-10, 1), 0),
        ("bohachevsky", (0, 0), 0),
        ("cross_in_tray", (1.3491, -1.3491), -2.06261),
        ("holder_table", (8.05502, 9.66459), -19.2085),
        ("schaffer", (0, 0), 0),
        ("zakharov", (0, 0), 0),
        ("dixon_price", (1, 2**-0.5), 0),
        ("keane", (0, 1.39325), -0.673668),
    ],
)
def test_published_minimum(slug, xy, loss):
    """As Surjanovic and Bingham (2013) print it, and to the digits they print."""
    assert losses_at(LANDSCAPES[slug](), [xy])[0] == pytest.approx(loss, abs=2e-4)


def random_points(surface, count=100):
    """Points anywhere in the domain, always the same ones."""
    low, high = np.transpose(surface.domain)
    return np.random.default_rng(0).uniform(low, high, (count, 2))


def test_rosenbrock_is_scipys():
    points = random_points(LANDSCAPES["rosenbrock"]())
    np.testing.assert_allclose(
        losses_at(LANDSCAPES["rosenbrock"](), points), scipy.optimize.rosen(points.T), rtol=1e-12
    )


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_slopes_agree_with_finite_differences(slug):
    """As closely as two differences, one twice as wide, agree with one another: near a kink neither is exact."""
    surface = LANDSCAPES[slug]()
    points, h = random_points(surface), 1e-5
    slopes = jax.vmap(jax.grad(surface))(points)
    for axis in range(2):
        step = h * np.eye(2)[axis]
        wide, narrow = (
            (losses_at(surface, points + part * step) - losses_at(surface, points - part * step)) / (2 * part * h)
            for part in (1, 0.5)
        )
        scale = 1 + np.abs(losses_at(surface, points)) + np.abs(narrow)
        allowed = 1e-7 + np.abs(wide - narrow) / scale * (not surface.smooth)
        assert (np.abs(slopes[:, axis] - narrow) / scale < allowed).all()
