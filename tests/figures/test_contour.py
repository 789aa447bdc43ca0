"""The map: low is dark, and the levels show the valleys."""

import json

import numpy as np
import pytest

from figures.contour import LEVELS, contour, heights
from landscapes import LANDSCAPES, grid


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_levels_are_spent_on_the_valleys(slug):
    *_, z = grid(LANDSCAPES[slug]())
    shown = heights(z)(z)
    assert shown.min() == 0
    crossed = np.unique(np.floor(shown / shown.max() * LEVELS))
    assert len(crossed) > 0.7 * LEVELS
    lowest = z <= np.quantile(z, 0.25)
    assert len(np.unique(np.floor(shown[lowest] / shown.max() * LEVELS))) >= 3


def test_heights_keep_the_order():
    z = np.random.default_rng(0).normal(size=500)
    assert (np.argsort(heights(z)(z)) == np.argsort(z)).all()


def test_a_flat_surface_can_be_drawn():
    figure = contour(np.linspace(0, 1, 5), np.linspace(0, 1, 5), np.zeros((5, 5)))
    assert json.loads(figure.to_json())["data"][0]["type"] == "contour"
