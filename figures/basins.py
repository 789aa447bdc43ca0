"""Colours for maps of basins: a soft tone for each minimum, stronger where it is reached fast.

The tones begin with Paul Tol's scheme "light" (2021), which is made to fill areas and is safe for colour-blind readers.
They are ordered so that the first ones differ most, and none is a racer's colour. Starts that end in no minimum are
hatched or plain grey.
"""

from typing import Any

import numpy as np

from figures.theme import GROUNDS, LIGHT, mixed

TONES = (
    "#44bb99",
    "#eedd88",
    "#b39ddb",
    "#ffaabb",
    "#99ddff",
    "#aaaa00",
    "#c2a38a",
    "#bbcc33",
    "#77aadd",
    "#ee8866",
)
CYCLES = 3
"""The number of times that the tones are used, each time in another lightness, before they repeat."""

SLOWEST = 0.58
"""The share of paper in the tone of the slowest starts."""


def tones(theme: str) -> list[str]:
    """The tones of the minima in their order: TONES in CYCLES degrees of lightness, as "#rrggbb".

    >>> len(tones("dark")), tones("light")[0]
    (30, '#44bb99')
    """
    ground = GROUNDS[theme]
    calm = 0.0 if theme == "light" else 0.2
    veils = [(ground.paper, calm), (ground.ink, 0.3), (ground.paper, 0.45)]
    return [mixed(tone, veil, share) for veil, share in veils for tone in TONES]


def colours() -> dict[str, Any]:
    """All colours of a map of basins as plain data, by theme: tones, the paper they fade to, and the neutral ones."""
    return {theme: {"tones": tones(theme), "slowest": SLOWEST, **_neutral(theme)} for theme in GROUNDS}


def _neutral(theme: str) -> dict[str, str]:
    """The colours that belong to no minimum.

    `hatch` lies over `diverged` and `other`; `same` is where both racers end alike; `number` is legible on all tones.
    """
    ground = GROUNDS[theme]
    return {
        "paper": ground.paper,
        "number": LIGHT.ink,
        "diverged": ground.paper,
        "unsettled": mixed(ground.hairline, ground.muted, 0.3),
        "hatch": mixed(ground.paper, ground.ink, 0.62),
        "same": mixed(ground.paper, ground.hairline, 0.75),
        "other": mixed(ground.hairline, ground.muted, 0.12),
    }


def pace(*steps: np.ndarray) -> tuple[float, float]:
    """The numbers of steps that count as fast and as slow, for several maps together.

    They are the quantiles of 2 % and 98 %. Slow is more than twice fast, so that maps with small differences look even.

    Args:
        steps: arrays of any shape, below 0 where no minimum was reached.

    >>> pace(np.array([10, 10, 40, -1]))
    (10.0, 39.0)
    >>> pace(np.array([187, 200]))
    (187.0, 375.0)
    """
    known = np.concatenate([part[part >= 0].ravel() for part in steps])
    if not len(known):
        return 0.0, 1.0
    low, high = np.quantile(known, [0.02, 0.98])
    fast = float(np.floor(low))
    return fast, float(max(np.ceil(high), 2 * fast + 1))


def slowness(steps: np.ndarray, low: float, high: float) -> np.ndarray:
    """The slowness of `steps`, from 0, fast, to 1, slow, by their logarithm; an array of the same shape.

    >>> slowness(np.array([0, 9, 99]), 0, 99).tolist()
    [0.0, 0.5, 1.0]
    """
    share = np.log((1 + np.maximum(steps, 0)) / (1 + low)) / np.log((1 + high) / (1 + low))
    return np.clip(share, 0.0, 1.0)


def painted(index: np.ndarray, steps: np.ndarray, between: tuple[float, float], theme: str) -> np.ndarray:
    """The map as colours, (n, n, 3) uint8, without the hatch.

    Args:
        index: (n, n) int, the index of the minimum that is reached, −1 for diverged, −2 for not settled.
        steps: (n, n) int, the steps until it is reached.
        between: the fast and the slow number of steps, from `pace`.
        theme: "light" or "dark".
    """
    styles = colours()[theme]
    # negative indices get some tone here, and their own colour below
    strong = np.array([_rgb(tone) for tone in styles["tones"]])[np.maximum(index, 0) % len(styles["tones"])]
    veil = SLOWEST * slowness(steps, *between)[..., None]
    shaded = np.floor(strong + (np.array(_rgb(styles["paper"])) - strong) * veil + 0.5).astype(np.uint8)
    shaded[index == -1] = _rgb(styles["diverged"])
    shaded[index == -2] = _rgb(styles["unsettled"])
    return shaded


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
