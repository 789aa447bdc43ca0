"""From cells to numbers: decimal marks, marks between thousands, signs of money and per cent, missing values."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from landscapes.data.tables.csv_error import AmbiguousNumbers, TableError, excerpt

MAX_MAGNITUDE = 1e9
"""Numbers may be this far from 0: their squares, and sums of them, are still exact enough."""

MISSING = frozenset(
    (
        *("", "nan", "na", "n/a", "#n/a", "#na", "n.a.", "n. a.", "k.a.", "null", "none", "nil", "missing", "?", "??"),
        *(
            "-",
            "--",
            "---",
            "–",
            "—",
            "−",
            ".",
            "..",
            "...",
            "…",
            "*",
            "#div/0!",
            "#value!",
            "#ref!",
            "#num!",
            "<na>",
            "nat",
        ),
    )
)
"""What files write where a number is missing, in small letters."""

INFINITE = {"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞", "−∞"}

_BLANKS = "\u00a0\u2007\u2009\u202f "
_MONEY = r"(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF|JPY)(?![A-Za-z]))"
_DRESSED = re.compile(
    rf"(?P<sign>[-+−–]?)\s*(?P<before>{_MONEY}?)\s*(?P<inner>[-+−–]?)\s*"
    rf"(?P<number>[0-9.,].*?)\s*(?P<behind>%?|{_MONEY}?)"
)
# Each part can match in one way only, so a long cell is refused as fast as it is read.
_PARTED = re.compile(rf"[0-9]{{1,3}}(?:['’{_BLANKS}][0-9]{{3}})+(?:[.,][0-9]*)?")
_NUMBER = re.compile(r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][-+−]?[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:(?P<other>[.,])[0-9]*)?")


class Number(NamedTuple):
    """A number as a cell writes it: `digits` with their marks, the sign, and in `unit` a sign of money or per cent."""

    digits: str
    negative: bool
    unit: str

    @property
    def dressed(self) -> bool:
        return bool(self.unit)


def parse_number(cell: str) -> Number | None:
    """The number in a cell, before it is decided what its marks mean; None for a cell that is not a number.

    >>> parse_number("−$1,250.5"), parse_number("3 kg")
    (Number(digits='1,250.5', negative=True, unit='$'), None)
    """
    # no number is so long, and patterns should not be tried on whole paragraphs
    if len(cell) > 400:
        return None
    match = _DRESSED.fullmatch(cell)
    if match is None or (match["sign"] and match["inner"]):
        return None
    digits = match["number"]
    if _PARTED.fullmatch(digits):
        # apostrophes and blanks only ever separate thousands; points and commas are left to `decimal_mark`
        digits = re.sub(rf"['’{_BLANKS}]", "", digits)
    if not (_NUMBER.fullmatch(digits) or _is_grouped(digits)):
        return None
    sign = match["sign"] or match["inner"]
    return Number(digits.replace("−", "-"), sign not in ("", "+"), match["before"] or match["behind"])


def _is_grouped(digits: str) -> bool:
    """Whether one mark separates the thousands and a different one, if any, the decimals."""
    match = _GROUPED.fullmatch(digits)
    return match is not None and match["other"] != match["mark"]


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a decimal point or comma."""
    return parse_number(cell) is not None


def is_missing(cell: str) -> bool:
    """Whether a cell says that a number is missing."""
    return cell.lower() in MISSING


def is_name(cell: str) -> bool:
    """Whether a cell can be the name of a column: it has a letter, and is neither a number nor a missing one."""
    return any(map(str.isalpha, cell)) and not is_number(cell) and cell.lower() not in MISSING | INFINITE


def settled(digits: str) -> str:
    """The decimal mark that a number shows by itself, "." or ","; "" if it has no mark or can be read in two ways.

    >>> settled("1,250.5"), settled("2,5"), settled("0,250"), settled("1.000.000"), settled("250,000"), settled("12")
    ('.', ',', ',', ',', '', '')
    """
    marks = [letter for letter in digits if letter in ".,"]
    if not marks:
        return ""
    other = {".": ",", ",": "."}
    if len(set(marks)) == 2:
        # with both marks, the last one is decimal: thousands come before it
        return marks[-1]
    if len(marks) > 1:
        # a mark that occurs twice separates thousands
        return other[marks[0]]
    match = _GROUPED.fullmatch(digits)
    # one mark before exactly three digits is the doubtful case; after a leading 0 it must be decimal
    return "" if match and digits[0] != "0" else marks[0]


def decimal_mark(cells: Iterable[tuple[int, str]], separator: str) -> str:
    """The decimal mark of a file, "." or ","; a point if no number has any mark.

    Args:
        cells: (row number, text) for each cell; cells that are not numbers are skipped.
        separator: what separates the columns: where commas do, a point is decimal.

    Raises:
        AmbiguousNumbers: where every mark has three digits behind it, and nothing settles what it means.
        TableError: where some numbers show a decimal point and others a decimal comma.
    """
    # the first cell that shows each mark, and the first doubtful one with each: errors quote them
    shown_by: dict[str, tuple[int, str]] = {}
    doubtful: dict[str, tuple[int, str]] = {}
    for row, cell in cells:
        parsed = parse_number(cell)
        if parsed is None:
            continue
        if mark := settled(parsed.digits):
            shown_by.setdefault(mark, (row, cell))
        else:
            # kept by mark: a doubtful comma tells nothing of a doubtful point
            for mark in set(parsed.digits) & {".", ","}:
                doubtful.setdefault(mark, (row, cell))
        if len(shown_by) == 2:
            received = " and ".join(excerpt(cell) for _, cell in sorted(shown_by.values()))
            problem = f"A file may have decimal points or decimal commas, not both. Received: {received}."
            raise TableError(f"{problem} Try to use one of them.", row)
    if shown_by:
        (mark,) = shown_by
    elif len(doubtful) == 2:  # 1.250 and 1,250: one of them is decimal, and either could be
        raise _ambiguous(*min(doubtful.values()))
    # where commas separate the columns, decimal commas could not
    elif separator == "," and set(doubtful) <= {"."}:
        return "."
    elif doubtful:
        raise _ambiguous(*next(iter(doubtful.values())))
    else:
        return "."
    return mark


def _ambiguous(row: int, cell: str) -> AmbiguousNumbers:
    parsed = parse_number(cell)
    assert parsed is not None
    return AmbiguousNumbers(cell, {mark: value(parsed, mark) for mark in (".", ",")}, row)


def value(parsed: Number, mark: str) -> float:
    """The value of a number with `mark` as its decimal mark and the other between thousands; NaN if that can't be."""
    other = "," if mark == "." else "."
    whole, point, behind = parsed.digits.partition(mark)
    groups = whole.split(other)
    # thousands come in threes, and never behind the decimal mark
    if other in behind or (len(groups) > 1 and any(len(group) != 3 for group in groups[1:])):
        return math.nan
    size = float("".join(groups) + (point and ".") + behind)
    return -size if parsed.negative else size


def ordinal(column: int) -> str:
    """The word for a column's place, `column` counted from 0.

    >>> ordinal(0), ordinal(11)
    ('first', '12th')
    """
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[column] if column < len(words) else f"{column + 1}th"


def not_a_number(cell: str, column: int, row: int, advice: str) -> TableError:
    """The error for a cell that should be a number: what it must be, what it is, and what to try."""
    name = ordinal(column)
    if cell.lower() in INFINITE:
        problem = f"The {name} column must have a finite number. Received: {excerpt(cell)}. Try to delete the row."
    elif re.fullmatch(r"[-+]?[0-9]+(?:[.,'’][0-9]+)+", cell) and len(cell) < 40:
        problem = f"Thousands must be in threes. Received: {excerpt(cell)}. Try to write 1234.5, without other marks."
    else:
        problem = f"The {name} column must have a number. Received: {excerpt(cell)}."
        problem = f"{problem} Try to write it like 1.5, without unit{advice}."
    return TableError(problem, row)


def _check_units(cells: Sequence[tuple[int, str]], column: int) -> None:
    """Raise TableError for a column in two units: with and without per cent, or in two currencies."""
    by_unit: dict[str, str] = {}
    for row, cell in cells:
        parsed = parse_number(cell)
        if parsed is None or not parsed.digits.strip("0.,"):  # nothing is 0 in every unit
            continue
        by_unit.setdefault(parsed.unit, cell)
        # money is often signed in the first row only, so a bare number beside € is allowed; beside % it is not: 45 %
        # and 0.3
        units = set(by_unit) if "%" in by_unit else set(by_unit) - {""}
        if len(units) > 1:
            received = " and ".join(excerpt(by_unit[unit]) for unit in sorted(units))
            problem = f"The {ordinal(column)} column must have all numbers in one unit. Received: {received}."
            raise TableError(f"{problem} Try to write all of them in the same way.", row)


def values(cells: Sequence[tuple[int, str]], column: int, mark: str, advice: str) -> list[float]:
    """The values of a column.

    Args:
        cells: (row number, text) for each cell.
        column: its place, counted from 0, for errors.
        mark: the decimal mark, "." or ",".
        advice: what errors add about a header.

    Raises:
        TableError: for the first cell that is not a number, is too large, or is in another unit.
    """
    _check_units(cells, column)
    numbers = []
    for row, cell in cells:
        parsed = parse_number(cell)
        size = math.nan if parsed is None else value(parsed, mark)
        if parsed is None or math.isnan(size):
            raise not_a_number(cell, column, row, advice)
        # an infinite value, as of 1e400, is refused here as well
        if not abs(size) <= MAX_MAGNITUDE:
            allowed = f"The {ordinal(column)} column must be from {-MAX_MAGNITUDE:.0f} to {MAX_MAGNITUDE:.0f}"
            raise TableError(f"{allowed}. Received: {excerpt(cell)}. Try a larger unit.", row)
        numbers.append(size)
    return numbers
