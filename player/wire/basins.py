"""Basins of two racers as a packet: how each start ends, as bytes."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from player.wire.messages import BasinsAbout, BasinsHeader, Counts, EndCounts, LayerAbout, Minimum
from player.wire.packet import packet
from studies.basins.basin_difference import ENDS, difference

EXACT = 40.0
"""Up to this number of steps each number has a level of its own; beyond, the error is within a step or one percent."""

MAX_STEPS, LEVELS = 2000, 255
MAX_MINIMA = 254
"""The most minima that a byte can tell apart, besides −1 and −2. Further minima count as the last one."""


@dataclasses.dataclass(frozen=True, eq=False)
class Layer:
    """One racer's map: `index` and `steps` (n, n) int, the row of the lowest y first, and facts `about` the racer."""

    index: np.ndarray
    steps: np.ndarray
    about: LayerAbout


def pack_basins(
    layers: Sequence[Layer],
    minima: Sequence[Minimum],
    about: BasinsAbout,
) -> bytes:
    """The packet of two maps: for each layer its indices and its steps, a byte for each cell.

    An index of −1 is sent as 255 and −2 as 254. Steps are sent as levels, see `levels`.

    Args:
        layers: the two racers' maps.
        minima: the known minima.
        about: further facts for the header.
    """
    minima = minima[:MAX_MINIMA]
    best = np.array([minimum["best"] for minimum in minima], dtype=bool)
    indices = [np.minimum(layer.index, MAX_MINIMA - 1) for layer in layers]
    first, second = indices
    classes = np.bincount(difference(first, second, best).ravel(), minlength=len(ENDS))
    ends = EndCounts(**dict(zip(ENDS, classes.tolist(), strict=True)))  # type: ignore[typeddict-item]
    header: BasinsHeader = {
        **about,
        "resolution": len(first),
        "levels": (EXACT, MAX_STEPS, LEVELS),
        "minima": list(minima),
        "racers": [
            {**layer.about, "counts": counts(index, len(minima))} for layer, index in zip(layers, indices, strict=True)
        ],
        "ends": ends,
    }
    # −1 and −2 become 255 and 254
    maps = [(index % 256, levels(layer.steps)) for layer, index in zip(layers, indices, strict=True)]
    return packet(header, [part.astype(np.uint8) for pair in maps for part in pair])


def counts(index: np.ndarray, minima: int) -> Counts:
    """The number of starts that lead to each of the minima, that do not settle, and that diverge."""
    reached = np.bincount(index[index >= 0], minlength=minima).tolist()
    return {"reached": reached, "unsettled": int((index == -2).sum()), "diverged": int((index == -1).sum())}


def levels(steps: np.ndarray) -> np.ndarray:
    """Steps in 255 levels, uint8: evenly spaced up to 40, then ever wider apart. Negative steps are level 0.

    >>> levels(np.array([-1, 0, 1, 40, 2000])).tolist()
    [0, 0, 1, 49, 255]
    """
    share = np.arcsinh(np.clip(steps, 0, MAX_STEPS) / EXACT) / np.arcsinh(MAX_STEPS / EXACT)
    return np.asarray(np.rint(share * LEVELS), dtype=np.uint8)
