"""What stands for an array while a program is written: a few numbers by name, or a view of a Float64Array."""

import dataclasses
import math
from typing import Any

import numpy as np

UNROLLED = 16
"""Arrays of at most this many numbers have a name for each number; longer ones are looped over."""

Index = int | str
"""Where along one axis: a number, or an expression in JavaScript."""


@dataclasses.dataclass(frozen=True)
class Names:
    """A small array: `atoms` (NumPy, objects) has for each number its name or its digits."""

    atoms: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.atoms.shape

    def at(self, *index: Index) -> str:
        """The number at an index that is known."""
        return str(self.atoms[tuple(map(int, index))])


@dataclasses.dataclass(frozen=True)
class Filled:
    """A long array that has one number everywhere."""

    shape: tuple[int, ...]
    atom: str

    def at(self, *index: Index) -> str:
        """The number at any index."""
        return self.atom


@dataclasses.dataclass(frozen=True)
class View:
    """A part of a Float64Array: the number at (i, j, …) is `name[offset + i·strides[0] + j·strides[1] + …]`."""

    name: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: Index = 0

    def at(self, *index: Index) -> str:
        """The number at an index, each part a number or an expression."""
        return f"{self.name}[{linear(index, self.strides, self.offset)}]"

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the array from its beginning, row by row."""
        return self.offset == 0 and self.strides == contiguous(self.shape)


def contiguous(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides of an array that lies row by row.

    >>> contiguous((2, 3, 4))
    (12, 4, 1)
    """
    return tuple(math.prod(shape[axis + 1 :]) for axis in range(len(shape)))


def linear(index: tuple[Index, ...], strides: tuple[int, ...], offset: Index = 0) -> str:
    """The place in a flat array as an expression, numbers added up.

    >>> linear((2, "i"), (10, 3), 1)
    '21 + i * 3'
    """
    known = offset if isinstance(offset, int) else 0
    terms = [] if isinstance(offset, int) else [offset]
    for place, stride in zip(index, strides, strict=True):
        if isinstance(place, int):
            known += place * stride
        elif stride:
            terms.append(place if stride == 1 else f"{place} * {stride}")
    return " + ".join([*([str(known)] if known or not terms else []), *terms])


def digits(value: Any) -> str:
    """A number as JavaScript reads it back, the same bit for bit; truth values are 0 and 1.

    >>> [digits(value) for value in (0.1, -0.0, float("inf"), True, -3)]
    ['0.1', '(-0)', 'Infinity', '1', '(-3)']
    """
    value = np.asarray(value).item()
    if isinstance(value, (bool, int)):
        return str(int(value)) if value >= 0 else f"({int(value)})"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    text = repr(value).removesuffix(".0")
    return f"({text})" if text.startswith("-") else text
