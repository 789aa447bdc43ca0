"""Columns are x and rows are y: a transposed map would put every path in the wrong valley."""

import numpy as np
import pytest
from settings import SETTINGS

from landscapes import LANDSCAPES, grid, losses_at


@pytest.mark.parametrize("surface", SETTINGS.values(), ids=SETTINGS)
def test_rows_are_y_and_columns_are_x(surface):
    x, y, z = grid(surface, 13)
    assert (x.shape, y.shape, z.shape) == ((13,), (13,), (13, 13))
    for j, i in [(0, 0), (0, 12), (12, 0), (5, 9), (11, 2)]:
        assert z[j, i] == pytest.approx(float(losses_at(surface, [(x[i], y[j])])[0]), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_covers_the_domain(slug):
    surface = LANDSCAPES[slug]()
    x, y, _ = grid(surface, 40)
    assert ((x[0], x[-1]), (y[0], y[-1])) == surface.domain
    for axis in (x, y):
        np.testing.assert_allclose(np.diff(axis), np.ptp(axis) / 39, rtol=1e-12)


def test_resolution_by_default():
    assert grid(LANDSCAPES["bowl"]())[2].shape == (150, 150)


def test_equal_surfaces_share_read_only_arrays():
    first, second = grid(LANDSCAPES["bowl"](condition=7), 20), grid(LANDSCAPES["bowl"](condition=7), 20)
    other = grid(LANDSCAPES["bowl"](condition=8), 20)
    assert first[2] is second[2]
    assert np.abs(first[2] - other[2]).max() > 1
    with pytest.raises(ValueError, match="read-only"):
        first[2][0, 0] = 0


def test_losses_at_no_points():
    assert losses_at(LANDSCAPES["bowl"](), []).shape == (0,)
