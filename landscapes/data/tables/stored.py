"""A stored table: the registry holds its texts, a small CSV file beside it the numbers."""

import dataclasses
from pathlib import Path

import numpy as np

from landscapes.data.tables.table import Table

FOLDER = Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Stored:
    """A table without its numbers: the fields that `Table` has too. `read` opens the file."""

    title: str
    story: str
    source: str
    features: tuple[str, ...]
    target: str
    classes: tuple[str, str] | None = None

    def read(self, slug: str) -> Table:
        """The table with the numbers of `<slug>.csv`: a header line, then rows of features with the target last."""
        numbers = np.loadtxt(FOLDER / f"{slug}.csv", delimiter=",", skiprows=1, ndmin=2, encoding="utf-8")
        return Table(slug=slug, x=numbers[:, :-1], y=numbers[:, -1], **vars(self))
