"""Whether two pictures differ by more than the edges of their lines."""

import dataclasses
from itertools import product

import numpy as np

CHANNEL_TOLERANCE = 24
"""By so much of 255 may a channel lie outside of what is around it in the other picture."""

MAX_SHARE = 0.001
"""That share of the pixels may differ all the same."""


@dataclasses.dataclass(frozen=True, eq=False)
class Difference:
    """Which pixels differ, (height, width); `pixels` is None where not even the sizes agree."""

    pixels: np.ndarray | None
    changed: float

    @property
    def share(self) -> float:
        """The share of pixels that differ by more than anti-aliasing."""
        return 1.0 if self.pixels is None else float(self.pixels.mean())

    @property
    def is_equal(self) -> bool:
        """Whether nobody would see a difference."""
        return self.share <= MAX_SHARE


def difference(before: np.ndarray, after: np.ndarray) -> Difference:
    """The pixels of either picture that are no blend of what the other has around the same place.

    A line that falls between two pixels is blended into the one or the other, so a pixel may have any colour between
    those of the nine around its place. Both pictures are asked: what is only in the first differs as well as what is
    only in the second.

    Args:
        before: (height, width, 3), bytes.
        after: the other picture.
    """
    if before.shape != after.shape:
        return Difference(None, 1.0)
    first, second = before.astype(np.int16), after.astype(np.int16)
    changed = float((first != second).any(axis=2).mean())
    pixels = (_distance(first, second) > CHANNEL_TOLERANCE) | (_distance(second, first) > CHANNEL_TOLERANCE)
    return Difference(pixels, changed)


def _distance(picture: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far each pixel is outside of what the nine around its place span, by its worst channel."""
    height, width = picture.shape[:2]
    around = np.pad(other, ((1, 1), (1, 1), (0, 0)), mode="edge")
    nine = [around[down : down + height, across : across + width] for down, across in product(range(3), repeat=2)]
    low, high = np.minimum.reduce(nine), np.maximum.reduce(nine)
    return np.maximum(low - picture, picture - high).max(axis=2)


def highlighted(after: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """The second picture, pale, with what differs in red."""
    pale = (after // 4 + 190).astype(np.uint8)
    pale[pixels] = (220, 0, 0)
    return pale
