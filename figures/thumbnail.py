"""A small picture of a landscape in pixels, with the tones and levels of the map."""

import numpy as np

from figures.contour import LEVELS, heights
from figures.theme import Ground, mixed

LINE = 0.14
"""The share of ink in the colour of a contour line."""


def thumbnail(z: np.ndarray, ground: Ground, size: int = 320) -> np.ndarray:
    """The map as an image, (size, size, 3) uint8, with y upwards.

    Args:
        z: (n, n) losses, `z[j, i]` at (x[i], y[j]).
        ground: the theme's colours.
        size: width and height in pixels.

    """
    levels = heights(z)(z)
    fine = _resized(levels / (levels.max() or 1.0), size)[::-1]
    band = np.minimum((fine * LEVELS).astype(int), LEVELS - 1)
    # a pixel is on a contour line where the one below or to its right is in another band
    edge = np.zeros(band.shape, dtype=bool)
    edge[:-1] |= band[:-1] != band[1:]
    edge[:, :-1] |= band[:, :-1] != band[:, 1:]
    tones = np.array([_rgb(_tone(ground, (level + 0.5) / LEVELS)) for level in range(LEVELS)])
    image = tones[band]
    image[edge] = (1 - LINE) * image[edge] + LINE * np.array(_rgb(ground.ink))
    return image.astype(np.uint8)


def _resized(values: np.ndarray, size: int) -> np.ndarray:
    """`values` interpolated linearly to (size, size), one axis after the other: each pass also transposes."""
    for _ in range(2):
        at = np.linspace(0, len(values) - 1, size)
        low = np.minimum(at.astype(int), len(values) - 2)
        share = (at - low)[:, None]
        values = ((1 - share) * values[low] + share * values[low + 1]).T
    return values


def _tone(ground: Ground, share: float) -> str:
    at = share * (len(ground.water) - 1)
    low = min(int(at), len(ground.water) - 2)
    return mixed(ground.water[low], ground.water[low + 1], at - low)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
