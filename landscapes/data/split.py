"""Rows held out: no step looks at them, so the loss on them says whether a fit holds beyond the rows it was made of."""

import dataclasses

import numpy as np

from caching import cached
from landscapes.data.tables.table import Table

MIN_TRAINING_ROWS = 2
"""Rows that are left to train on, at least: a line goes through any two."""

SEED = 7
"""Drawn so that a line through three of the made-up rows is a lesson."""


@cached(64)
def split(table: Table, share: float) -> tuple[Table, Table | None]:
    """The rows to train on and those held out, each in the table's order; None if there are none.

    Keras's `validation_split` holds out the last rows, but tables are often sorted. Here they are drawn, and what is
    trained on at a larger share is part of what is trained on at a smaller one.

    Args:
        table: at least three rows, not all with the same first feature.
        share: the part that is held out, 0 to 1.
    """
    count = max(MIN_TRAINING_ROWS, int(table.rows * (1 - share)))
    if count >= table.rows:
        return table, None
    order = _permutation(table)
    return _part(table, order[:count]), _part(table, order[count:])


def _permutation(table: Table) -> np.ndarray:
    """The rows in a random order, always the same one; the first two differ in their first feature."""
    order = np.random.RandomState(SEED).permutation(table.rows)
    first = table.x[order, 0]
    other = int(np.argmax(first != first[0]))
    order[[1, other]] = order[[other, 1]]
    return order


def _part(table: Table, rows: np.ndarray) -> Table:
    rows = np.sort(rows)
    return dataclasses.replace(table, x=table.x[rows], y=table.y[rows])
