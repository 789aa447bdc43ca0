"""Handwritten digits: 1,797 pictures of 8 × 8 pixels, each with the digit that it shows."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from landscapes.calculus import power_of_two

FILE = Path(__file__).with_name("digits.npz")
PIXELS, CLASSES = 64, 10
BRIGHTEST = 16
HELD_OUT = 500
"""The number of pictures that no step ever sees."""

MAX_DIGITS = 1200
MIN_PADDED_ROWS = 64
"""The least length that rows are padded to; it is a power of two, so that few programs are compiled."""

SEED = 0


class Pictures(NamedTuple):
    """Pictures, padded to m: `x` (m, 64), brightness from 0 to 1, a picture row by row; `y` (m,), the digits; `present`
    (m,) of bool, False for padding.
    """

    x: np.ndarray
    y: np.ndarray
    present: np.ndarray


@lru_cache(maxsize=16)
def digits(rows: int) -> tuple[Pictures, Pictures]:
    """`rows` pictures to train on, and the 500 that are held out. Both are the same at every call.

    Source: E. Alpaydin and C. Kaynak, 1998, as in the folder's SOURCES.md.

    Raises:
        ValueError: for more than 1,200 rows, or fewer than 1.

    >>> [(pictures.x.shape, int(pictures.present.sum())) for pictures in digits(200)]
    [((256, 64), 200), ((512, 64), 500)]
    """
    if not 1 <= rows <= MAX_DIGITS:
        raise ValueError(f"`rows` must be a whole number from 1 to {MAX_DIGITS}. Received: {rows}.")
    with np.load(FILE) as stored:
        images, labels = stored["images"] / BRIGHTEST, stored["labels"].astype(np.int32)
    order = np.random.RandomState(SEED).permutation(len(labels))
    # from the two ends of one order: the first 1,200 and the last 500 of 1,797 never overlap
    parts = order[:rows], order[-HELD_OUT:]
    return tuple(_padded(images[part], labels[part]) for part in parts)  # type: ignore[return-value]


def _padded(x: np.ndarray, y: np.ndarray) -> Pictures:
    count = len(y)
    rest = power_of_two(count, MIN_PADDED_ROWS) - count
    return Pictures(np.pad(x, ((0, rest), (0, 0))), np.pad(y, (0, rest)), np.arange(count + rest) < count)
