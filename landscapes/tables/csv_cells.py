"""From a text to numbered rows of two cells: which character parts the columns, and what is a row."""

import csv
import io
from typing import NamedTuple

from landscapes.tables.csv_error import TableError, shown

SEPARATORS = {"\t": "a tab", ";": "a semicolon", ",": "a comma"}
"""What may part the columns, in the order they are looked for; a comma in a number stands last."""


class Row(NamedTuple):
    """The two cells of a row, without blanks around them; `number` counts from 1, as a spreadsheet does."""

    number: int
    cells: tuple[str, str]


def separator_of(text: str) -> str:
    """What parts the columns, judged by the lines after the first one, since a header may hold any of them.

    >>> separator_of("width, mm; height, mm\\n1,5;2,7")
    ';'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = (separator for line in lines[1:] + lines[:1] for separator in SEPARATORS if separator in line)
    return next(found, ",")


def cells(text: str, separator: str) -> list[Row]:
    """All rows but blank ones; TableError for one that has not two cells."""
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    number = 0
    try:
        for number, found in enumerate(reader, 1):
            stripped = [cell.strip() for cell in found]
            if len(stripped) == 2:
                rows.append(Row(number, (stripped[0], stripped[1])))
            elif len(stripped) > 2 or any(stripped):
                raise _not_two(stripped, separator, number)
    except csv.Error:
        problem = 'A cell is not understood: a " is not closed, or it is very long. Try to leave the quotes out.'
        raise TableError(problem, number + 1) from None
    return rows


def _not_two(found: list[str], separator: str, number: int) -> TableError:
    if len(found) == 1:
        advice = "Try to part feature and target by a comma, a semicolon or a tab"
        return TableError(f"There must be two columns. Received: one, {shown(found[0])}. {advice}.", number)
    advice = "Try to keep two, the feature first"
    if separator == ",":
        advice += "; if numbers have decimal commas, part the columns by semicolons"
    received = f"{len(found)}, parted by {SEPARATORS[separator]}"
    return TableError(f"There must be two columns. Received: {received}. {advice}.", number)
