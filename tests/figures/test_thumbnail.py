"""The small pictures: the right way up, and in the tones of the map."""

import numpy as np
import pytest

from figures.theme import GROUNDS
from figures.thumbnail import thumbnail


@pytest.mark.parametrize("theme", GROUNDS)
def test_low_ground_is_dark_and_up_is_up(theme):
    _, y = np.meshgrid(np.linspace(0, 1, 40), np.linspace(0, 1, 40))
    image = thumbnail(y, GROUNDS[theme], 80).astype(int)
    assert image.shape == (80, 80, 3)
    rows = image.sum(axis=(1, 2))
    assert rows[:20].mean() > rows[-20:].mean()  # high y is at the top, and light


def test_a_flat_surface_has_one_tone():
    assert len(np.unique(thumbnail(np.zeros((10, 10)), GROUNDS["light"], 30).reshape(-1, 3), axis=0)) == 1
