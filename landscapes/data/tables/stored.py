"""A stored table: what is said of it stands in the registry, its numbers in a small CSV file beside it."""

import dataclasses
from pathlib import Path

import numpy as np

from landscapes.data.tables.table import Table

FOLDER = Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Stored:
    """All that is known of a table without opening its file; the fields are those of `Table`."""

    title: str
    story: str
    source: str
    features: tuple[str, ...]
    target: str
    classes: tuple[str, str] | None = None

    def read(self, slug: str) -> Table:
        """The table in `<slug>.csv`: a header line, then the features and, last, the target."""
        numbers = np.loadtxt(FOLDER / f"{slug}.csv", delimiter=",", skiprows=1, ndmin=2, encoding="utf-8")
        return Table(slug=slug, x=numbers[:, :-1], y=numbers[:, -1], **vars(self))
