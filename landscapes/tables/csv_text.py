"""A visitor's own data: two columns of numbers from a CSV file become a table, or the error says what to change."""

import numpy as np

from landscapes.tables.csv_cells import Row, cells, separator_of
from landscapes.tables.csv_decode import MOST_BYTES, decode
from landscapes.tables.csv_error import TableError, printable
from landscapes.tables.csv_numbers import LARGEST, is_name, is_number, numbers
from landscapes.tables.table import Table

FEWEST_ROWS, MOST_ROWS = 3, 5_000
LONGEST_NAME = 40
"""Letters of a column's name that are kept."""

NARROWEST, NARROWEST_SHARE = 1e-9, 1e-6
"""How far the features must at least reach, and in shares of the largest: less is lost when a line is worked out."""

__all__ = ["FEWEST_ROWS", "LARGEST", "MOST_BYTES", "MOST_ROWS", "TableError", "read_csv"]


def read_csv(content: bytes | str, title: str = "Your own data") -> Table:
    """The table of a file with two columns, the feature and the target.

    The columns are parted by commas, semicolons or tabs; a first row of words names them. With semicolons or tabs a
    comma in a number is the decimal mark: 1,500 is one and a half. Thousands are never parted. Two numbers that are
    parted by a comma are two columns, so one column of decimal commas can't be told from two columns.

    Args:
        content: the bytes of a file, UTF-8, UTF-16 or Windows-1252; or its text.
        title: what the table is called on the page.

    Returns:
        A table with x (n, 1) and y (n,), n from 3 to 5,000, all numbers within ±1e9; its slug is `own`.

    Raises:
        TableError: for anything else; it names the row and what to change.

    >>> own = read_csv("height (cm);weight (kg)\\n170,5;64\\n181;82,5\\n165;58")
    >>> own.features, own.target, own.y.tolist()
    (('height (cm)',), 'weight (kg)', [64.0, 82.5, 58.0])
    """
    text = decode(content)
    separator = separator_of(text)
    (feature, target), rows = _header(cells(text, separator))
    _check_count(len(rows))
    values = numbers(rows, separator)
    _check_spread(values[:, 0])
    return Table(
        slug="own",
        title=title,
        story="Your own numbers: see whether what you learned holds for them.",
        source="Your own",
        features=(feature,),
        target=target,
        x=values[:, :1],
        y=values[:, 1],
    )


def _header(rows: list[Row]) -> tuple[tuple[str, str], list[Row]]:
    """The names of the columns and the rows below them: a first row with a word and without a number is a header."""
    if not rows or any(map(is_number, rows[0].cells)) or not any(map(is_name, rows[0].cells)):
        return ("x", "y"), rows
    feature, target = rows[0].cells
    return (_name(feature) or "x", _name(target) or "y"), rows[1:]


def _name(cell: str) -> str:
    return " ".join(printable(cell, len(cell)).split())[:LONGEST_NAME].strip()


def _check_count(count: int) -> None:
    allowed = f"A table must have {FEWEST_ROWS} to {MOST_ROWS:,} rows of numbers"
    if count < FEWEST_ROWS:
        received = count or "none, the file is empty or has only a header"
        raise TableError(f"{allowed}. Received: {received}. Try to add some.")
    if count > MOST_ROWS:
        raise TableError(f"{allowed}. Received: {count:,}. Try to keep one row in {-(-count // MOST_ROWS)}.")


def _check_spread(x: np.ndarray) -> None:
    least = max(NARROWEST, NARROWEST_SHARE * np.abs(x).max())
    if np.ptp(x) < least:
        problem = f"The first column must have different numbers, at least {least:.0e} apart, for a line to be fitted"
        advice = "Try to put the feature first; if it is, take another unit or subtract what all have in common"
        raise TableError(f"{problem}. Received: {x.min():g} to {x.max():g}. {advice}.")
