"""From cells to numbers: decimal points or commas, and a plain word on each cell that is no number."""

import re

import numpy as np

from landscapes.tables.csv_cells import Row
from landscapes.tables.csv_error import TableError, shown

LARGEST = 1e9
"""Numbers may be this far from 0: their squares, and sums of them, are still exact enough."""

COLUMNS = ("first", "second")
MISSING = {"", "nan", "na", "n/a", "#n/a", "null", "none", "?", "-", "–", "."}
INFINITE = {"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞"}

# Each part can match in one way only, so a long cell is refused as fast as it is read.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}([., '’\u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a decimal point or a decimal comma."""
    return _NUMBER.fullmatch(cell) is not None


def is_name(cell: str) -> bool:
    """Whether a cell can be the name of a column: it has a letter and stands for no number."""
    return any(map(str.isalpha, cell)) and not is_number(cell) and cell.lower() not in MISSING | INFINITE


def numbers(rows: list[Row], separator: str) -> np.ndarray:
    """The numbers (n, 2) of all rows; TableError for the first cell that is none, and where a comma is unclear."""
    for row in rows:
        for cell, column in zip(row.cells, COLUMNS, strict=True):
            _check(cell, column, row.number)
    _check_marks(rows, separator)
    values = np.array([[float(cell.replace(",", ".")) for cell in row.cells] for row in rows])
    for row, pair in zip(rows, values, strict=True):
        _check_size(row, pair)
    return values


def _check(cell: str, column: str, row: int) -> None:
    if is_number(cell):
        return
    if cell.lower() in MISSING:
        received = shown(cell) if cell else "an empty cell"
        problem = f"The {column} column has no number. Received: {received}. Try to fill it in or delete the row."
    elif cell.lower() in INFINITE:
        problem = f"The {column} column must have a finite number. Received: {shown(cell)}. Try to delete the row."
    elif _THOUSANDS.fullmatch(cell):
        problem = f"Thousands must not be parted. Received: {shown(cell)}. Try to write 1234.5, without other marks."
    else:
        advice = "Try to write it like 1.5, without unit" + ("; a header has words in both columns" if row == 1 else "")
        problem = f"The {column} column must have a number. Received: {shown(cell)}. {advice}."
    raise TableError(problem, row)


def _check_marks(rows: list[Row], separator: str) -> None:
    """One decimal mark in the whole file, and no comma where commas part the columns: else 1,500 could be 1.5."""
    first: dict[str, str] = {}
    for row in rows:
        for cell in row.cells:
            first |= {mark: cell for mark in ".," if mark in cell and mark not in first}
            if "," in cell and separator == ",":
                advice = "Try to write 1.5, or to part the columns by semicolons"
                raise TableError(f"A number must not have a comma here. Received: {shown(cell)}. {advice}.", row.number)
            if len(first) == 2:
                received = " and ".join(map(shown, first.values()))
                problem = f"A file may have decimal points or decimal commas, not both. Received: {received}."
                raise TableError(f"{problem} Try to use one of them, and nothing to part thousands.", row.number)


def _check_size(row: Row, pair: np.ndarray) -> None:
    for cell, value, column in zip(row.cells, pair, COLUMNS, strict=True):
        if abs(value) > LARGEST:
            problem = f"The {column} column must be from {-LARGEST:.0f} to {LARGEST:.0f}. Received: {shown(cell)}."
            raise TableError(f"{problem} Try a larger unit.", row.number)
