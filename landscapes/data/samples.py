"""Samples: the rows of numbers behind a data landscape, as the programs are handed them."""

import dataclasses
import hashlib
from typing import Any, Self

import jax
import numpy as np

from landscapes.calculus import power_of_two
from landscapes.data.tables.table import Table

MIN_PADDED_ROWS = 64
"""The least length that rows are padded to; it is a power of two, so that few programs are compiled."""


@dataclasses.dataclass(frozen=True, eq=False)
class Samples:
    """The rows and targets of a data landscape, padded to m rows. Equal and hashed by content.

    * `rows` (m, 2): what the two parameters are multiplied by, so a prediction is `rows @ xy`;
    * `targets` (m,): the true values that predictions are compared with;
    * `present` (m,): False where a row is padding;
    * `table`: the table that the rows come from, before scaling;
    * `scaled` (2, 2): the parameters for `rows` are this matrix times those for standardised rows. All closed forms are
      solved for the latter;
    * `validation`: the rows that are held out, scaled like `rows`, or None; `whole`: the table with them;
    * `digest`: a hash of the arrays.
    """

    rows: Any
    targets: Any
    present: Any
    table: Table | None = None
    scaled: Any = None
    validation: "Samples | None" = None
    whole: Table | None = None
    digest: str = ""

    @classmethod
    def of(
        cls,
        table: Table,
        rows: np.ndarray,
        scaled: np.ndarray,
        validation: "Samples | None" = None,
        whole: Table | None = None,
    ) -> Self:
        """The padded samples of a table; `rows` (n, 2) are computed from its features. The arrays become read-only."""
        count = len(rows)
        size = power_of_two(count, MIN_PADDED_ROWS)
        padded, targets = np.zeros((size, 2)), np.zeros(size)
        padded[:count], targets[:count] = rows, table.y
        arrays = padded, targets, np.arange(size) < count
        for array in (*arrays, scaled):
            array.flags.writeable = False
        digest = hashlib.sha256(b"".join([*(array.tobytes() for array in arrays), scaled.tobytes()])).hexdigest()
        return cls(*arrays, table, scaled, validation, whole or table, digest)

    @property
    def visitors_table(self) -> Table | None:
        """The table, if it is a visitor's own."""
        return None if self.whole is None else self.whole.visitors_table

    @property
    def count(self) -> int:
        """The number of rows that are not padding."""
        return int(self.present.sum())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Samples):
            return NotImplemented
        return (self.digest, self.table, self.whole) == (other.digest, other.table, other.whole)

    def __hash__(self) -> int:
        return hash(self.digest)


# only the numbers enter a program: neither tables nor the digest make it compile anew
jax.tree_util.register_pytree_node(
    Samples,
    lambda samples: ((samples.rows, samples.targets, samples.present), None),
    lambda _, leaves: Samples(*leaves),
)
