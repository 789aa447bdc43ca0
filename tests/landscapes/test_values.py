"""Losses and slopes against numbers worked out by hand from the papers: a slip in a formula shows here."""

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
]


@pytest.mark.parametrize(("slug", "fields", "xy", "loss"), CITED, ids=str)
def test_cited_value(slug, fields, xy, loss):
    assert losses_at(LANDSCAPES[slug](**fields), [xy])[0] == pytest.approx(loss, rel=1e-13)


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_every_landscape_is_cited(slug):
    assert any(xy[0] != xy[1] for cited, _, xy, _ in CITED if cited == slug)


def test_known_minimum_losses():
    assert losses_at(LANDSCAPES["saddle"](), [(0, np.sqrt(2))])[0] == pytest.approx(-1, rel=1e-13)
    assert losses_at(LANDSCAPES["monkey_saddle"](), [(-1.5, 0)])[0] == pytest.approx(-0.84375, rel=1e-13)
    for slug in ("bowl", "rosenbrock", "beale", "himmelblau", "rastrigin"):
        surface = LANDSCAPES[slug]()
        np.testing.assert_allclose(losses_at(surface, surface.global_minima), 0, atol=1e-15)


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
    surface = LANDSCAPES[slug]()
    points, h = random_points(surface), 1e-5
    slopes = jax.vmap(jax.grad(surface))(points)
    for axis in range(2):
        step = h * np.eye(2)[axis]
        expected = (losses_at(surface, points + step) - losses_at(surface, points - step)) / (2 * h)
        scale = 1 + np.abs(losses_at(surface, points)) + np.abs(expected)
        assert (np.abs(slopes[:, axis] - expected) / scale).max() < 1e-7
