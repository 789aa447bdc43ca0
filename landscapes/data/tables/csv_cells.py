"""From a text to numbered rows of cells: finds the separator of the columns, the remarks and the titles."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from landscapes.data.tables.csv_error import TableError, excerpt
from landscapes.data.tables.csv_numbers import is_name, is_number

SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars", " ": "spaces"}
"""The separators of columns, in the order of the search. A comma comes late, since numbers may have it too."""

MOST_COLUMNS = 200
"""The most columns of a table."""

MOST_LINES = 50_000
"""The most lines of a file, blank ones and remarks included."""

LOOKED_AT = 200
"""The lines that are looked at to find what separates the columns, from the top."""

_SEP = re.compile(r'\s*"?sep=(.|\\t)"?[,;\s]*', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_REMARK = re.compile(r"\s*#(?!\s*[,;\t|])")
_RULE = re.compile(r":?[-=]{2,}:?")


class Row(NamedTuple):
    """The cells of a row, stripped of blanks. `number` is the row's place in the file, from 1 as in a spreadsheet."""

    number: int
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """A file in rows.

    All `rows` have `width` cells, separated by `separator`. `remarks` are the lines that begin with #, `titles` the
    texts above the table, and `empty` rows had nothing but separators.
    """

    rows: list[Row]
    width: int
    separator: str
    remarks: list[str]
    titles: list[str]
    empty: int


def sheet(text: str) -> Sheet:
    """The rows of a text, without blank rows, remarks and titles.

    Raises:
        TableError: for a row whose number of cells is not that of most rows, for too many lines or columns, and for
            commas that may separate columns or thousands.
    """
    lines = text.splitlines(keepends=True)
    if len(lines) > MOST_LINES:
        raise TableError(f"A file may have {MOST_LINES:,} lines. Received: {len(lines):,}. Try to keep fewer rows.")
    declared = _SEP.fullmatch(lines[0]) if lines else None
    if declared:
        # Excel's own line sep=; is no row; its line stays, so that errors name the right row
        lines[0] = _blank(lines[0])
    remarks = [line.strip() for line in lines if _REMARK.match(line)]
    lines = [_blank(line) if _REMARK.match(line) else line for line in lines]
    body = "".join(lines)
    separator = declared[1].replace("\\t", "\t") if declared else separator_of(body)
    if separator not in SEPARATORS:
        raise TableError(f"{excerpt(separator)} cannot separate the columns. Try a semicolon, as in sep=;.", 1)
    rows = _blank_parted(body) if separator == " " else _parted(body, separator)
    empty = sum(len(row.cells) > 1 and not any(row.cells) for row in rows)
    rows = [row for row in rows if any(row.cells) and not _is_rule(row)]
    titles = []
    # exports put a title, and often a second one, above the names
    while len(rows) > 2 and _is_title(rows[0], rows[1], _width(rows)):
        titles.append(next(filter(None, rows.pop(0).cells)))
    if separator == "," and rows:
        _check_thousands(rows)
    width = _width(rows)
    return Sheet(_of_width(rows, width, separator), width, separator, remarks, titles, empty)


def _is_title(row: Row, below: Row, width: int) -> bool:
    """Whether a row is a title above a table: one text, alone in its line or above a row of names."""
    filled, filled_below = [cell for cell in row.cells if cell], [cell for cell in below.cells if cell]
    is_alone = len(filled) == 1 and is_name(filled[0]) and width > 1 and len(filled_below) > 1
    return is_alone and (len(row.cells) == 1 or all(map(is_name, filled_below)))


def _blank(line: str) -> str:
    """The line's end alone, so that an emptied line still counts and later rows keep their numbers."""
    return line[len(line.rstrip("\r\n")) :]


def _is_rule(row: Row) -> bool:
    """Whether a row is the line under a header, as Markdown draws it."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and all(map(_RULE.fullmatch, filled))


def separator_of(text: str) -> str:
    """The separator of the columns: the first of SEPARATORS that is in at least half of the lines, outside quotes.

    The first line does not count, since the names in a header may hold any of them.

    >>> separator_of("width, mm; height, mm\\n1,5;2,7"), separator_of("a b\\n1,5 2,7"), separator_of("1, 2\\n3, 4")
    (';', ' ', ',')
    """
    lines = [_QUOTED.sub('""', line.strip(" \r\n\v\f")) for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    lines = lines[1:] or lines
    for separator in ("\t", ";"):
        # tabs and semicolons are never part of a number, so they are asked first
        if 2 * sum(separator in line.strip() for line in lines) >= max(1, len(lines)):
            return separator
    commas = sum("," in line for line in lines)
    # blanks also stand beside other separators and in words, so they need a stricter test
    blanks = sum(_is_parted_by_blanks(line) for line in lines)
    bars = sum("|" in line for line in lines)
    if bars and 2 * bars >= len(lines):
        return "|"
    if blanks and 2 * blanks >= len(lines):
        return " "
    # nothing is in half of the lines: the error that follows should speak of what was meant
    separators = (separator for line in lines for separator in ("\t", ";") if separator in line)
    return "," if commas else next(separators, ",")


def _is_parted_by_blanks(line: str) -> bool:
    """Whether a line has two numbers or more with nothing but blanks between, and no comma would part it better."""
    parts = line.split()
    if len(parts) < 2 or not any(is_number(part) for part in parts):
        return False
    if "," not in line:
        return True
    # "1,5 2,7": as columns by blanks all are numbers, by commas "5 2" is none
    by_comma = [part.strip() for part in line.split(",")]
    return all(is_number(part) and part[-1] != "," for part in parts) and not all(map(is_number, by_comma))


def _parted(text: str, separator: str) -> list[Row]:
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            rows.append(Row(number, tuple(cell.strip() for cell in cells)))
    except csv.Error:
        problem = 'A cell is not understood: a " is not closed, or it is very long. Try to leave the quotes out.'
        raise TableError(problem, number + 1) from None
    return rows


def _blank_parted(text: str) -> list[Row]:
    """Rows whose cells are separated by blanks.

    Names in the first row may hold single blanks, if wider ones separate them.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    rows = [Row(number, tuple(re.findall(r'"[^"]*"|\S+', line))) for number, line in lines]
    rows = [Row(row.number, tuple(cell.strip('"') for cell in row.cells)) for row in rows]
    # by the rows below the first: names may have blanks in them
    width = _width([row for row in rows if row.cells][1:])
    first = next((at for at, row in enumerate(rows) if row.cells), None)
    if first is not None and len(rows[first].cells) > width > 0:
        wide = tuple(re.split(r"\s{2,}|\t", lines[first][1]))
        if len(wide) == width:
            rows[first] = Row(rows[first].number, wide)
    return rows


_BEFORE = re.compile(r"[-+−–]?\s*[$€£¥₹]?\s*[-+−–]?[1-9][0-9]{0,2}")
_THREE = re.compile(r"[0-9]{3}(?P<rest>\.[0-9]*)?\s*[%$€£¥₹]?")


def thousands_in(cells: Sequence[str]) -> int:
    """The number of commas between these cells that may be marks between thousands within a number.

    >>> thousands_in(["1", "000", "2"]), thousands_in(["1", "250", "000.5", "7"]), thousands_in(["10", "25", "300"])
    (1, 2, 1)
    """
    count, is_open = 0, False
    for cell in cells:
        three = _THREE.fullmatch(cell)
        if is_open and three:
            # behind decimals no further thousands can follow
            count, is_open = count + 1, not three["rest"]
        else:
            is_open = _BEFORE.fullmatch(cell) is not None
    return count


def _check_thousands(rows: list[Row]) -> None:
    """TableError where rows have more cells than there are names, and commas between thousands may be the reason."""
    names, *body = rows
    count = len(names.cells)
    if count < 2 or any(map(is_number, names.cells)):
        return
    # a row longer than the header whose surplus are all possible thousands
    longer = [row for row in body if sum(map(bool, row.cells)) > count]
    if longer and all(len(row.cells) - count <= thousands_in(row.cells) for row in longer):
        raise thousands_or_columns(longer[0], f"{count} names in the first row")


def thousands_or_columns(row: Row, beside: str) -> TableError:
    """The error for commas that may separate columns or thousands; `beside` says what contradicts the row."""
    allowed = "Commas must separate columns or thousands, not both"
    advice = 'Try to write 1000 or "1,000" in quotes for a thousand, or to give every column a name in the first row'
    return TableError(f"{allowed}. Received: {excerpt(','.join(row.cells))}, {beside}. {advice}.", row.number)


def _width(rows: list[Row]) -> int:
    """The number of cells that most rows have."""
    counted = Counter(len(row.cells) for row in rows)
    # of two widths that are equally frequent, the larger
    return max(counted, key=lambda width: (counted[width], width), default=0)


def _of_width(rows: list[Row], width: int, separator: str) -> list[Row]:
    """The rows, each `width` cells long; the first one may lack the name of the first column, as R writes it."""
    if width > MOST_COLUMNS:
        raise TableError(f"A table may have {MOST_COLUMNS} columns. Received: {width:,}. Try to keep fewer.")
    whole = []
    for number, row in enumerate(rows):
        cells = row.cells
        # separators at the end of a line, as spreadsheets leave them
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        # R writes the names of rows in a column without a name
        if number == 0 and len(cells) == width - 1 and width > 2 and not any(map(is_number, cells)):
            cells = ("", *cells)
        if len(cells) != width or width < 2:
            raise _not_of_width(cells, width, separator, row.number)
        whole.append(Row(row.number, cells))
    return whole


_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def _not_of_width(cells: tuple[str, ...], width: int, separator: str, number: int) -> TableError:
    wanted = max(2, width)
    allowed = f"There must be {_WORDS.get(wanted, wanted)} columns{' as in the other rows' if wanted > 2 else ''}"
    if len(cells) == 1:
        advice = "Try to separate the columns by commas, semicolons or tabs"
        return TableError(f"{allowed}. Received: one, {excerpt(cells[0])}. {advice}.", number)
    advice = "Try to keep two, the feature first" if wanted == 2 else "Try to fill the row in or delete it"
    if separator == ",":
        advice += "; if numbers have commas, separate the columns by semicolons"
    received = f"{len(cells)}, separated by {SEPARATORS[separator]}"
    return TableError(f"{allowed}. Received: {received}. {advice}.", number)
