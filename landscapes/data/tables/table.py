"""A table: the rows of numbers that a model is fitted to, with the names and the story that a page shows."""

import dataclasses
import hashlib
from functools import cached_property
from typing import Any

import numpy as np


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Rows of numbers with names: what a model is fitted to. Equal and hashed by content, never changed.

    Args:
        slug: the name in links and of the file.
        title: the name on the page.
        story: one sentence on why a learner would look at it.
        source: author and year, the package it was taken from, the licence.
        features: one or two names of columns, with their unit: `("eruption (min)",)`.
        target: the name of what is predicted, with its unit.
        x: the features (n, k), one row a sample, in the units of `features`.
        y: the target (n,), in the unit of `target`; 0 or 1 if it is a class.
        classes: the names of target 0 and of target 1, if the target is a class.
        columns: all columns that a feature or target can be taken from, where a file has more of them.
        notes: sentences on how a visitor's file was read; they are no part of what makes two tables equal.

    Raises:
        ValueError: for arrays that do not fit each other or the names.

    >>> x, y = np.array([[1.0], [2.0]]), np.array([3.0, 5.0])
    >>> pair = Table("pair", "Pair", "Two rows.", "Made up", ("x",), "y", x, y)
    >>> pair.rows
    2
    """

    slug: str
    title: str
    story: str
    source: str
    features: tuple[str, ...]
    target: str
    x: np.ndarray
    y: np.ndarray
    classes: tuple[str, str] | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        vars(self).update(x=_frozen(self.x), y=_frozen(self.y))
        allowed = (len(self.y), len(self.features))
        if self.y.ndim != 1 or self.x.shape != allowed:
            received = f"x {self.x.shape}, y {self.y.shape}, features {self.features}"
            raise ValueError(f"A table needs x (n, k), y (n,) and k names of features. Received: {received}.")

    @property
    def rows(self) -> int:
        """n, the number of rows."""
        return len(self.y)

    @property
    def visitors_table(self) -> "Table | None":
        """The table itself if a visitor brought it, else None. Results from it are cached on it alone."""
        return self if self.slug == "own" else None

    @cached_property
    def digest(self) -> str:
        """A hash of the content that is the same in every process: SHA-256 of the texts and of the arrays' bytes."""
        names = self.slug, self.title, self.story, self.source, self.features, self.target, self.classes, self.rows
        return hashlib.sha256(repr(names).encode() + self.x.tobytes() + self.y.tobytes()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Table) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Table({self.slug!r}, {self.rows} rows of {', '.join((*self.features, self.target))})"

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickled array comes back writable, so a copy is made anew.
        return Table, tuple(getattr(self, field.name) for field in dataclasses.fields(self))


def _frozen(values: Any) -> np.ndarray:
    """A float64 copy that nobody can write to: an array over bytes can't be made writable again."""
    array = np.asarray(values, dtype=np.float64)
    return np.frombuffer(array.tobytes(), dtype=np.float64).reshape(array.shape)
