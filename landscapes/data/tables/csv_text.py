"""A visitor's own data: a file with columns of numbers becomes a table, or an error says what to change."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes.data.tables.csv_cells import SEPARATORS, Row, Sheet, sheet, thousands_in, thousands_or_columns
from landscapes.data.tables.csv_decode import MAX_BYTES, decode
from landscapes.data.tables.csv_error import AmbiguousNumbers, TableError, excerpt, printable
from landscapes.data.tables.csv_numbers import (
    MAX_MAGNITUDE,
    MISSING,
    decimal_mark,
    is_missing,
    is_name,
    is_number,
    not_a_number,
    ordinal,
    parse_number,
    values,
)
from landscapes.data.tables.table import Table

MIN_ROWS, MAX_ROWS = 3, 5_000
MAX_NAME_LENGTH = 40
"""The most letters of a column's name; the rest is cut off."""

NARROWEST, NARROWEST_SHARE = 1e-9, 1e-6
"""The least range of a feature, in its unit and as a share of its largest number.

In a smaller range, rounding would spoil the fit of a line.
"""

MARKS = {".": "a point", ",": "a comma"}

__all__ = [
    "MAX_BYTES",
    "MAX_MAGNITUDE",
    "MAX_ROWS",
    "MIN_ROWS",
    "MISSING",
    "AmbiguousNumbers",
    "TableError",
    "read_csv",
    "read_table",
]


def read_table(
    content: bytes | str,
    title: str = "Your own data",
    *,
    features: str | Sequence[str] | None = None,
    target: str | None = None,
    decimal: str | None = None,
) -> Table:
    """The table of a file: columns of numbers separated by commas, semicolons, tabs, bars or spaces.

    A first row of words names the columns, and a second one gives their units. Of several columns of numbers, the first
    is the feature and the second the target, unless they are named here. It leaves out columns of words, an unnamed
    counter, remarks (#), empty columns, and rows where a needed number is missing. Signs of money and per cent are
    dropped: 45 % is 45. `notes` on the table tells all this in sentences.

    The decimal mark may be a point or a comma. Thousands may be separated by the other mark, a blank or an apostrophe.
    Where three digits follow every mark, nothing is guessed: 250,000 can be a quarter of a million or 250.

    Args:
        content: the bytes of a file, UTF-8, UTF-16 or Windows-1252; or its text.
        title: what the table is called on the page.
        features: the name of one column or several; `columns` on the table lists what there is.
        target: the name of the column that is predicted.
        decimal: "." or ",", the decimal mark; if None, the numbers have to show it.

    Returns:
        A table with x (n, f) and y (n,), n from 3 to 5,000, all numbers within ±1e9; its slug is `own`.

    Raises:
        AmbiguousNumbers: if `decimal` is needed; the error has both readings of a number.
        TableError: for anything else; it names the row and what to change.

    >>> own = read_table("height (cm);weight (kg)\\n170,5;64\\n181;82,5\\n165;58")
    >>> own.features, own.target, own.y.tolist()
    (('height (cm)',), 'weight (kg)', [64.0, 82.5, 58.0])
    >>> read_table("sales;price\\n1200;250,000\\n900;180,000\\n700;90,000", decimal=".").y.tolist()
    [250000.0, 180000.0, 90000.0]
    """
    if decimal not in (None, ".", ","):
        raise TableError(f'`decimal` must be ".", "," or None. Received: {decimal!r}. Try None.')
    contents = sheet(decode(content))
    columns = _columns(contents)
    # too many rows are refused before any number in them is read
    _check_count(len(columns.rows))
    chosen = _chosen(columns, features, target)
    # one mark for the whole file, so that a doubtful number is settled by a clear one elsewhere
    mark, thousands = _marks(columns, contents.separator, decimal, chosen)
    rows = [row for row in columns.rows if not any(is_missing(row.cells[column]) for column in chosen)]
    left_out = contents.empty + len(columns.rows) - len(rows)
    _check_count(len(rows), left_out)
    cells = [[(row.number, row.cells[column]) for row in rows] for column in chosen]
    numbers = [values(part, column, mark, columns.header_advice) for part, column in zip(cells, chosen, strict=True)]
    for column, sizes in zip(chosen[:-1], numbers[:-1], strict=True):
        _check_spread(np.array(sizes), column)
    *named, named_target = (columns.names[column] for column in chosen)
    return Table(
        slug="own",
        title=title,
        story="Your own numbers: see whether what you learned holds for them.",
        source="Your own",
        features=tuple(named),
        target=named_target,
        x=np.array(numbers[:-1]).T,
        y=np.array(numbers[-1]),
        columns=tuple(columns.names[column] for column in columns.numeric),
        notes=tuple(_notes(contents, columns, mark, thousands, len(rows), left_out)),
    )


read_csv = read_table
"""An earlier name of `read_table`."""


class Columns(NamedTuple):
    """The columns of a file, by their index from 0.

    `names` has a name for each column and `rows` are those below the header. `numeric`, `words` and `empty` are the
    columns of each kind; `counter` is one that counts the rows, or None. `labels` is the first row if it is read as
    names although it has numbers; else it is empty.
    """

    names: list[str]
    rows: list[Row]
    numeric: list[int]
    words: list[int]
    empty: list[int]
    counter: int | None
    has_header: bool
    has_units: bool
    labels: tuple[str, ...]

    @property
    def header_advice(self) -> str:
        """What an error adds about a word where a number should be, if the file has no header."""
        return "" if self.has_header else f"; a header has words in {'both' if len(self.names) == 2 else 'all'} columns"


def _columns(contents: Sheet) -> Columns:
    """The columns of a sheet: their names, and which of them hold numbers."""
    rows = contents.rows
    has_header = _has_header(rows)
    header = rows[0].cells if has_header else None
    # "1,5,2,7" without names may be four columns or two with decimal commas
    if header is None and contents.separator == "," and contents.width in (4, 6, 8) and not _has_points(rows):
        received = f"Received: {contents.width}, separated by commas, or {contents.width // 2} with decimal commas"
        advice = "Try a first row with their names; for decimal commas, separate the columns by semicolons"
        raise TableError(f"How many columns are these? {received}. {advice}.", rows[0].number)
    header = header or _remarked(contents)
    has_thousands = contents.separator == "," and contents.width > 2 and all(thousands_in(row.cells) for row in rows)
    if header is None and has_thousands:
        raise thousands_or_columns(rows[0], "without names in the first row")
    body = rows[1:] if has_header else rows
    units = body[0].cells if has_header and body and _are_second_names(body, rows[0].cells) else None
    body = body[1:] if units else body
    filled = [column for column in range(contents.width) if any(row.cells[column] for row in body)]
    if len(filled) < 2 or (not body and contents.width == 2):
        filled = list(range(min(contents.width, 2))) if contents.width <= 2 else filled
    names = _names(contents.width, filled, header, units)
    numeric = [column for column in filled if _is_numeric(body, column)]
    # an index column, as pandas and R write it; with only two columns of numbers it may be the feature
    counter = next((c for c in numeric if header is not None and _is_counter(header[c], body, c)), None)
    if counter is not None and len(numeric) > 2:
        numeric.remove(counter)
    else:
        counter = None
    left = [column for column in range(contents.width) if column not in numeric and column != counter]
    words = [column for column in left if any(not is_missing(row.cells[column]) for row in body)]
    empty = [column for column in left if column not in words and header and header[column]]
    labels = rows[0].cells if has_header and any(map(is_number, rows[0].cells)) else ()
    return Columns(names, body, numeric, words, empty, counter, has_header, units is not None, labels)


def _has_header(rows: list[Row]) -> bool:
    """Whether the first row holds names: words and no numbers, or numbers that can only be names, as years are."""
    if len(rows) < 2 or not any(map(is_number, rows[0].cells)):
        return bool(rows) and any(map(is_name, rows[0].cells))
    first, body = rows[0].cells, rows[1:]
    labels = [cell for cell in first if is_number(cell)]
    if not all(label.isdecimal() and len(label) < 9 for label in labels):
        return False
    # pandas writes a table without names: 0, 1, 2, … above, an unnamed index at the left
    if first[0] in ("", "Unnamed: 0") and _counts_rows([row.cells[0] for row in body]):
        return True
    columns = [column for column, cell in enumerate(first) if is_number(cell)]
    ascending = all(int(one) < int(other) for one, other in itertools.pairwise(labels))
    if any(is_name(cell) and _is_numeric(body, column) for column, cell in enumerate(first)):
        return ascending and (len(labels) > 1 or _is_year(labels[0]))  # Year, 1, 2, 3 over numbers
    if any(map(is_name, first)) and ascending and all(map(_is_year, labels)):
        # country, 1990, 2000: below years that name columns there is something else than years
        return not any(_is_year(row.cells[column]) for row in body for column in columns)
    # 0, 1, 2, … are pandas's names of columns; below there must be decimals, or it could be a row of counts
    counted = [str(number) for number in range(len(first))]
    return len(first) > 2 and list(first) == counted and any("." in cell for row in body for cell in row.cells)


def _is_year(cell: str) -> bool:
    return cell.isdecimal() and 1500 <= int(cell[:9]) <= 2200


def _counts_rows(cells: list[str]) -> bool:
    """Whether cells can be numbers of rows: whole and no two equal. They may have gaps, where rows were selected."""
    return bool(cells) and all(cell.isdecimal() for cell in cells) and len(set(cells)) == len(cells)


def _has_points(rows: list[Row]) -> bool:
    """Whether some cell is more than plain digits.

    Then commas separate columns, since a decimal comma splits digits.
    """
    return not all(cell.isdecimal() for row in rows for cell in row.cells)


def _remarked(contents: Sheet) -> tuple[str, ...] | None:
    """The names of columns from the last remark that fits, as NumPy's `savetxt` writes it; None if none fits."""
    # the last remark is the nearest to the table
    for remark in reversed(contents.remarks):
        text = remark.lstrip("# \t")
        cells = text.split() if contents.separator == " " else [cell.strip() for cell in text.split(contents.separator)]
        if len(cells) == contents.width and all(map(is_name, cells)):
            return tuple(cells)
    return None


def _are_second_names(body: list[Row], header: tuple[str, ...]) -> bool:
    """Whether the row below the header holds units or further names: other words, with numbers below them."""
    cells, below = body[0].cells, body[1:2]
    words = [cell for cell in cells if not is_missing(cell)]
    are_words = bool(words) and cells != header and not any(map(is_number, words))
    are_short = all(len(cell) <= 15 for cell in words) or sum(map(bool, words)) > 1
    return are_words and are_short and any(is_number(cell) for row in below for cell in row.cells)


def _names(width: int, filled: list[int], header: tuple[str, ...] | None, units: tuple[str, ...] | None) -> list[str]:
    """A name for each column, no two equal. Two columns without names are x and y."""
    # x and y only if neither is the name of the other column
    plain = [name for name in ("x", "y") if name not in (header or ())] if len(filled) == 2 else []
    plain = plain if len(plain) == 2 else []
    names: list[str] = []
    for column in range(width):
        name = _name(header[column]) if header else ""
        unit = _name(units[column].strip("()[] ")) if units and not is_missing(units[column]) else ""
        if name and unit:
            name = f"{name} ({unit})"[:MAX_NAME_LENGTH].strip()
        name = name or (plain[filled.index(column)] if plain and column in filled else f"column {column + 1}")
        # the first of name, name (2), name (3) … that is free
        same = next(
            f"{name} ({i})" if i > 1 else name
            for i in itertools.count(1)
            if (f"{name} ({i})" if i > 1 else name) not in names
        )
        names.append(same)
    return names


def _name(cell: str) -> str:
    return " ".join(printable(cell, len(cell)).split())[:MAX_NAME_LENGTH].strip()


def _is_numeric(rows: list[Row], column: int) -> bool:
    """Whether at least half of a column's filled cells are numbers. The others are errors, where they are needed."""
    present = [row.cells[column] for row in rows if not is_missing(row.cells[column])]
    return bool(present) and 2 * sum(map(is_number, present)) >= len(present)


def _is_counter(name: str, rows: list[Row], column: int) -> bool:
    """Whether a column without a name counts the rows."""
    return (not name or name.startswith("Unnamed:")) and _counts_rows([row.cells[column] for row in rows])


_COUNTERS = frozenset(("id", "index", "idx", "no", "no.", "nr", "nr.", "#", "row", "rownames", "obs", "observation"))


def _names_rows(columns: Columns, column: int) -> bool:
    """Whether a named column counts the rows, as "id" does. Such a column is not chosen unless it is asked for."""
    return columns.names[column].lower() in _COUNTERS and _counts_rows([row.cells[column] for row in columns.rows])


def _chosen(columns: Columns, features: str | Sequence[str] | None, target: str | None) -> list[int]:
    """The indices of the columns that are used: the features, then the target."""
    if len(columns.numeric) < 2:
        raise _too_few(columns)
    wanted = [features] if isinstance(features, str) else list(features or ())
    for name in (*wanted, *([target] if target is not None else [])):
        if name not in [columns.names[column] for column in columns.numeric]:
            known = ", ".join(excerpt(columns.names[column], 12) for column in columns.numeric[:6])
            raise TableError(f"There is no column of numbers {excerpt(str(name))}. Try one of: {known}.")
    of = {columns.names[column]: column for column in columns.numeric}
    first = [of[name] for name in wanted]
    last = of[target] if target is not None else None
    # a counter comes last: no line is fitted to the numbers of the rows
    in_order = sorted(columns.numeric, key=lambda column: len(columns.numeric) > 2 and _names_rows(columns, column))
    if not first:
        first = [next(column for column in in_order if column != last)]
    if last is None:
        last = next((column for column in in_order if column not in first), first[0])
    return [*first, last]


def _too_few(columns: Columns) -> TableError:
    """The error for fewer than two columns of numbers: it names the first cell that should be a number."""
    candidates = [*columns.numeric, *columns.words]
    for row in columns.rows:
        for column in sorted(candidates)[:2] if len(candidates) <= 2 else sorted(columns.words):
            cell = row.cells[column]
            if not is_number(cell) and not is_missing(cell):
                return not_a_number(cell, column, row.number, columns.header_advice)
    advice = "Try to add some, or to delete the column"
    empty = next((column for column in range(2) if column not in columns.numeric), 0)
    return TableError(f"The {ordinal(empty)} column has no number. Received: only empty cells. {advice}.")


def _marks(columns: Columns, separator: str, decimal: str | None, chosen: list[int]) -> tuple[str, bool]:
    """The decimal mark, and whether the other mark separates thousands, judged by all columns of numbers."""
    order = [*chosen, *(column for column in columns.numeric if column not in chosen)]
    cells = [(row.number, row.cells[column]) for row in columns.rows for column in order]
    mark = decimal_mark(cells, separator) if decimal is None else decimal
    other = "," if mark == "." else "."
    return mark, any(other in parsed.digits for _, cell in cells if (parsed := parse_number(cell)))


def _check_count(count: int, left_out: int = 0) -> None:
    allowed = f"A table must have {MIN_ROWS} to {MAX_ROWS:,} rows of numbers"
    if count < MIN_ROWS:
        received = count or "none" if left_out else count or "none, the file is empty or has only a header"
        without = f", and {left_out:,} without a number" if left_out else ""
        raise TableError(f"{allowed}. Received: {received}{without}. Try to add some.")
    if count > MAX_ROWS:
        raise TableError(f"{allowed}. Received: {count:,}. Try to keep one row in {-(-count // MAX_ROWS)}.")


def _check_spread(x: np.ndarray, column: int) -> None:
    least = max(NARROWEST, NARROWEST_SHARE * np.abs(x).max())
    if np.ptp(x) < least:
        allowed = f"The {ordinal(column)} column must have different numbers, at least {least:.0e} apart"
        advice = "Try to put the feature first; if it is, take another unit or subtract what all have in common"
        raise TableError(f"{allowed}, for a line to be fitted. Received: {x.min():g} to {x.max():g}. {advice}.")


def _notes(contents: Sheet, columns: Columns, mark: str, thousands: bool, used: int, left_out: int) -> list[str]:
    """How the file was read, in sentences for the page."""
    notes = [f"Columns are separated by {SEPARATORS[contents.separator]}."]
    cells = [row.cells[column] for row in columns.rows for column in columns.numeric]
    if any(letter in cell for cell in cells for letter in ".,"):
        between = f", and {MARKS['.' if mark == ',' else ',']} separates thousands" if thousands else ""
        notes.append(f"The decimal mark is {MARKS[mark]}{between}.")
    notes.append(f"Columns of numbers: {', '.join(columns.names[column] for column in columns.numeric)}.")
    if columns.words:
        notes.append(f"Left out, since they are words: {', '.join(columns.names[column] for column in columns.words)}.")
    if columns.empty:
        notes.append(f"Left out, since no row has a number: {', '.join(columns.names[c] for c in columns.empty)}.")
    if columns.counter is not None:
        notes.append("Left out: a column that counts the rows.")
    if columns.labels:
        notes.append(f"The first row is read as names: {', '.join(filter(None, columns.labels))}.")
    first = columns.rows[0].cells if columns.rows and not columns.has_header else ()
    if first and list(first) == [str(number) for number in range(len(first))]:
        notes.append(f"The first row is read as numbers: {', '.join(first)}. If these are names, leave it out.")
    if columns.has_units:
        notes.append("The second row is read as units or further names, in brackets behind the first.")
    if contents.titles:
        notes.append(f"Left out, since it is a title: {'; '.join(excerpt(title) for title in contents.titles)}.")
    if contents.remarks:
        count = len(contents.remarks)
        notes.append(f"Left out: {count} {'line that begins' if count == 1 else 'lines that begin'} with #.")
    if any((size := parse_number(cell)) and size.dressed for cell in cells):
        notes.append("Signs of money and per cent are left out: 45 % is 45.")
    rows = f"{used:,} rows are used"
    notes.append(
        f"{rows}; {left_out:,} left out, without a number in one of the two columns." if left_out else f"{rows}."
    )
    return notes
