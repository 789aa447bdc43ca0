"""Tables that models are fitted to: real measurements, small enough to be seen whole, and a visitor's own."""

from functools import cache

from landscapes.data.tables.csv_text import AmbiguousNumbers, TableError, read_table
from landscapes.data.tables.stored import Stored
from landscapes.data.tables.table import Table

TABLES: dict[str, Stored] = {
    "old_faithful": Stored(
        title="Old Faithful",
        story="A geyser that keeps you waiting longer after a long eruption: a clear line, in two clumps.",
        source="Härdle, 1991; taken from pydataset (the data set faithful of R)",
        features=("eruption (min)",),
        target="waiting (min)",
    ),
    "galton": Stored(
        title="Galton's heights",
        story="Tall parents have tall children, but less so: the slope below 1 that gave regression its name.",
        source="Galton, 1886; taken from pydataset (the data set Galton of HistData); public domain",
        features=("mid-parent height (in)",),
        target="child's height (in)",
    ),
    "anscombe_1": Stored(
        title="Anscombe I",
        story="Eleven points scattered about a line: the plain case that the other three of the quartet imitate.",
        source="Anscombe, 1973; taken from pydataset (the data set anscombe of R)",
        features=("x",),
        target="y",
    ),
    "anscombe_3": Stored(
        title="Anscombe III",
        story="Ten points on a line and one far off it: squared errors follow the one, absolute errors the ten.",
        source="Anscombe, 1973; taken from pydataset (the data set anscombe of R)",
        features=("x",),
        target="y",
    ),
    "diabetes": Stored(
        title="Diabetes",
        story="Heavier patients fare worse on average, with much scatter: even the best line leaves a large loss.",
        source="Efron, Hastie, Johnstone and Tibshirani, 2004; taken from scikit-learn (BSD-3-Clause)",
        features=("body mass index (kg/m²)",),
        target="progression after a year",
    ),
    "penguins": Stored(
        title="Penguins",
        story="Male Adelie penguins are heavier, with longer bills: two measurements tell most, but not all, apart.",
        source="Gorman, Williams and Fraser, 2014; taken from palmerpenguins; CC0",
        features=("bill length (mm)", "body mass (g)"),
        target="sex",
        classes=("female", "male"),
    ),
}
"""The tables by slug, in teaching order; `table` reads the numbers, and SOURCES.md says where they come from."""


@cache
def table(slug: str) -> Table:
    """The table of that slug. Its file is read at the first call.

    Raises:
        ValueError: for a slug that is not in `TABLES`.

    >>> table("old_faithful").rows
    272
    """
    if slug not in TABLES:
        raise ValueError(f"A table must be one of: {', '.join(TABLES)}. Received: {slug!r}.")
    return TABLES[slug].read(slug)


__all__ = ["TABLES", "AmbiguousNumbers", "Stored", "Table", "TableError", "read_table", "table"]
