"""Rows held out: no step sees them, so their loss says whether a fit holds for other rows than its own."""

import dataclasses

import numpy as np

from caching import cached
from landscapes.data.tables.table import Table

MIN_TRAINING_ROWS = 2
"""The least number of rows to train on: a line goes through any two."""

SEED = 7
"""The seed of the random order, chosen so that a line through three of the made-up rows is a lesson."""


@cached(64)
def split(table: Table, share: float) -> tuple[Table, Table | None]:
    """The rows to train on and those held out, each in the table's order; None if there are none.

    Keras's `validation_split` holds out the last rows, but tables are often sorted. So the rows are drawn at random
    here. The training rows of a larger share are a part of those of a smaller share.

    Args:
        table: at least three rows, not all with the same first feature.
        share: the part of the rows that is held out, 0 to 1.
    """
    count = max(MIN_TRAINING_ROWS, int(table.rows * (1 - share)))
    if count >= table.rows:
        return table, None
    order = _permutation(table)
    return _part(table, order[:count]), _part(table, order[count:])


def _permutation(table: Table) -> np.ndarray:
    """The indices of the rows in a fixed random order (n,). The first two rows differ in their first feature."""
    order = np.random.RandomState(SEED).permutation(table.rows)
    first = table.x[order, 0]
    # two rows with one x would leave the slope of a line through them undetermined
    other = int(np.argmax(first != first[0]))
    order[[1, other]] = order[[other, 1]]
    return order


def _part(table: Table, rows: np.ndarray) -> Table:
    rows = np.sort(rows)
    return dataclasses.replace(table, x=table.x[rows], y=table.y[rows])
