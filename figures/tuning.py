"""Colours for the tuning map: a scale that is bright where values are good, and patterns for the three regions.

The scale is viridis (Smith and van der Walt, 2015). Its lightness grows evenly, also for colour-blind readers.
"""

from typing import Any

import numpy as np

from figures.basins import tones
from figures.theme import GROUNDS, mixed

VIRIDIS = ("#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725")

DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION = 255, 254, 253
"""The levels of the regions. The levels below are those of the scale, or of the minima."""

HIGHEST = 250
"""The last level of the scale, for the slowest cell or the highest loss."""

CUT = 1e-12
"""Heights below this part of the start's height have one colour."""


def colours() -> dict[str, Any]:
    """All colours of the map as plain data, by theme."""
    return {theme: _style(theme) for theme in GROUNDS}


def _style(theme: str) -> dict[str, Any]:
    """The colours of a theme.

    `scale` goes from good to bad. `neutral` lies under the patterns `stuck` and `not_yet`, `paper` under `diverged`.
    """
    ground = GROUNDS[theme]
    return {
        "scale": VIRIDIS[::-1],
        "minima": tones(theme),
        "paper": ground.paper,
        "neutral": mixed(ground.hairline, ground.muted, 0.14),
        "diverged": mixed(ground.paper, ground.ink, 0.6),
        "stuck": mixed(ground.paper, ground.ink, 0.85),
        "not_yet": mixed(ground.hairline, ground.ink, 0.34),
    }


def regions(kind: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """The region of each cell: DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION, or 0 where it arrives; uint8."""
    stuck = np.isin(kind, ("local_minimum", "saddle", "maximum", "plain"))
    return np.select(
        [kind == "diverged", steps >= 0, stuck], [DIVERGED_REGION, 0, STUCK_REGION], NOT_YET_REGION
    ).astype(np.uint8)


def step_levels(steps: np.ndarray, most: int) -> tuple[np.ndarray, tuple[float, float]]:
    """Steps as levels of the scale by their logarithm, uint8, and the steps at the two ends of the scale.

    >>> step_levels(np.array([3, 9, -1]), 200)
    (array([  0, 250,   0], dtype=uint8), (3.0, 9.0))
    """
    there = steps[steps >= 0]
    low, high = (float(there.min()), float(there.max())) if len(there) else (1.0, float(most))
    return _levels(np.log1p(np.maximum(steps, low)), np.log1p(low), np.log1p(high)), (low, high)


def loss_levels(heights: np.ndarray, first: float) -> tuple[np.ndarray, tuple[float, float]]:
    """Heights above the lowest loss as levels of the scale by their logarithm, uint8, and the heights at its two ends.

    `first` is the height of the start, where the scale ends.
    """
    low, high = CUT * first, first
    lowest = max(low, float(heights.min(initial=first)))
    low = min(lowest, high / 10)
    return _levels(np.log(np.clip(heights, low, high)), np.log(low), np.log(high)), (low, high)


def _levels(values: np.ndarray, low: float, high: float) -> np.ndarray:
    share = (values - low) / (high - low) if high > low else np.zeros_like(values)
    return np.rint(np.clip(share, 0, 1) * HIGHEST).astype(np.uint8)
