"""A visitor's file is read as it was meant, or refused with words that help, and nothing else ever happens."""

import codecs
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landscapes.data.tables.csv_text import (
    MAX_BYTES,
    MAX_MAGNITUDE,
    MAX_ROWS,
    MIN_ROWS,
    TableError,
    read_csv,
)
from landscapes.data.tables.table import Table

X, Y = [1.5, 2.0, -3.25], [10.0, 0.001, 2e3]
PLAIN = "1.5,10\n2,0.001\n-3.25,2e3\n"


def written(pairs, separator=",", mark=".", quote="", end="\n", header=""):
    """A table as a program would write it."""

    def cell(value):
        return quote + repr(float(value)).replace(".", mark) + quote

    lines = [header] * bool(header) + [separator.join(map(cell, pair)) for pair in pairs]
    return end.join(lines) + end


def same(rows, x=X, y=Y):
    """Whether a table holds just these numbers."""
    return rows.x.tolist() == [[value] for value in x] and rows.y.tolist() == list(y)


def test_a_plain_file():
    rows = read_csv(PLAIN)
    assert isinstance(rows, Table)
    assert same(rows)
    assert (rows.slug, rows.title, rows.features, rows.target) == ("own", "Your own data", ("x",), "y")
    assert rows.classes is None
    assert not rows.x.flags.writeable


def test_the_title_is_an_argument():
    assert read_csv(PLAIN, "Runs").title == "Runs"


GOOD = {
    "bytes": PLAIN.encode(),
    "no last line end": PLAIN.strip(),
    "CRLF": PLAIN.replace("\n", "\r\n"),
    "CR": PLAIN.replace("\n", "\r"),
    "blank lines": "\n\n" + PLAIN.replace("\n", "\n\n  \n"),
    "semicolons": "1.5;10\n2;0.001\n-3.25;2e3",
    "tabs": "1.5\t10\n2\t0.001\n-3.25\t2e3",
    "decimal commas, semicolons": "1,5;10\n2;0,001\n-3,25;2e3",
    "decimal commas, tabs": "1,5\t10\n2\t0,001\n-3,25\t2e3",
    "blanks": " 1.5 , 10\n2,  0.001 \n -3.25 , 2e3\t",
    "no-break spaces": "1.5,\u00a010\n2,0.001\n-3.25,2e3",
    "quotes": '"1.5","10"\n"2", "0.001"\n-3.25,"2e3"',
    "quoted decimal commas": '"1,5";"10"\n"2";"0,001"\n"-3,25";"2e3"',
    "signs": "+1.5,+10\n2.,.001\n-3.25,+2.0E+03",
    "UTF-8 with mark": codecs.BOM_UTF8 + PLAIN.encode(),
    "text with mark": "\ufeff" + PLAIN,
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16, little end first": codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_read_as_it_was_meant(content):
    assert same(read_csv(content))


HEADERS = {
    "height (cm),weight (kg)\n": ("height (cm)", "weight (kg)"),
    "x1,x2\n": ("x1", "x2"),
    '"width, mm","height, mm"\n': ("width, mm", "height, mm"),
    '"a ""b""",c\n': ('a "b"', "c"),
    '"two\nlines",b\n': ("two lines", "b"),
    ",weight\n": ("x", "weight"),
    "height,\n": ("height", "y"),
    "%,°C\n": ("%", "°C"),
    "Höhe,Größe\n": ("Höhe", "Größe"),
    "a\u202eb\u200b,<b>c</b>\n": ("a b", "<b>c</b>"),
    "e,E\n": ("e", "E"),
    f"{'long ' * 40},{'w' * 99}\n": (("long " * 8).strip(), "w" * 40),
    "1st,2nd\n": ("1st", "2nd"),
}


@pytest.mark.parametrize(("header", "names"), HEADERS.items(), ids=HEADERS)
def test_a_first_row_of_words_names_the_columns(header, names):
    rows = read_csv(header + PLAIN)
    assert same(rows)
    assert (*rows.features, rows.target) == names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_header_with_umlauts_in_the_usual_encodings(encoding):
    rows = read_csv("Höhe (µm);Größe\n1,5;10\n2;0,001\n-3,25;2e3".encode(encoding))
    assert same(rows)
    assert (*rows.features, rows.target) == ("Höhe (µm)", "Größe")


def test_the_header_does_not_decide_what_parts_the_columns():
    rows = read_csv("width, mm\theight; mm\n1,5\t10\n2\t0,001\n-3,25\t2e3")
    assert same(rows)
    assert rows.features == ("width, mm",)


def test_a_comma_is_decimal_where_one_number_shows_it():
    assert same(read_csv("1,500;2\n2,25;3\n3;4"), [1.5, 2.25, 3], [2, 3, 4])


def test_a_constant_target_is_fine():
    assert same(read_csv("1,5\n2,5\n3,5"), [1, 2, 3], [5, 5, 5])


@pytest.mark.parametrize("count", [MIN_ROWS, MAX_ROWS])
def test_the_fewest_and_the_most_rows(count):
    assert read_csv("a,b\n" + "".join(f"{i},{i}\n" for i in range(count))).rows == count


def test_the_largest_numbers():
    assert same(read_csv("1e9,-1e9\n-1e9,1000000000\n0,0"), [1e9, -1e9, 0], [-1e9, 1e9, 0])
    assert MAX_MAGNITUDE == 1e9


def fails(content, *parts, row=0):
    """Check that a file is refused at that row, with those words in the message."""
    with pytest.raises(TableError) as caught:
        read_csv(content)
    message = str(caught.value)
    assert [part for part in (*parts, "Try ") if part not in message] == [], message
    assert caught.value.row == row
    assert message.startswith(f"Row {row}: ") == bool(row)
    assert message.isprintable()
    assert len(message) < 260


BAD_ROWS = {
    "one column": ("1\n2\n3", 1, "two columns", 'Received: one, "1"', "commas, semicolons or tabs"),
    "one column later": ("1;2\n\n2\n3;4", 3, "two columns", "one"),
    "many columns later": ("1\t2\n2\t3\n1\t2\t3\t4\t5", 3, "Received: 5, separated by tabs"),
    "decimal commas parted by commas": ("1,5,2,5\n2,5,3,5\n3,5,4,5", 1, "4, separated by commas", "by semicolons"),
    "words": ("a,b\n1,2\n2,three\n3,4", 3, "second column must have a number", 'Received: "three"', "1.5"),
    "a word beside a number at first": ("1,b\n2,3\n3,4\n5,6", 1, '"b"', "a header has words in both"),
    "a unit": ("1,2\n2 kg,3\n3,4", 2, "first column", '"2 kg"', "without unit"),
    "a second header": ("a,b\na,b\n1,2\n2,3\n3,4", 2, '"a"'),
    "a date": ("2024-01-02,1\n2024-01-03,2\n2024-01-04,3", 1, '"2024-01-02"'),
    "hexadecimal": ("1,2\n0x10,3\n3,4", 2, '"0x10"'),
    "underscores": ("1_0,2\n2_0,3\n3_0,4", 1, '"1_0"'),
    "digits of another script": ("1,2\n٣,3\n3,4", 2, '"٣"'),
    "a formula": ("1,2\n=A1,3\n3,4", 2, '"=A1"'),
    "infinity": ("1,2\n2,-inf\n3,4", 2, "finite", '"-inf"'),
    "overflow": ("1,2\n2,1e400\n3,4", 2, "second column", "from -1000000000 to 1000000000", '"1e400"', "unit"),
    "too large": ("1,2\n-1000000001,3\n3,4", 2, "first column", "to 1000000000", '"-1000000001"'),
    "a very long number": (f"1,2\n{'9' * 5000},3\n3,4", 2, "…"),
    "an open quote": ('a,b\n1,2\n"2,3\n3,4', 3, "not closed"),
    "a letter after a quote": ('1,2\n"2"x,3\n3,4', 2, "not closed"),
    "a very long cell": (f"1,2\n{'x' * 200_000},3\n3,4", 2, "very long"),
    "script": ("a,b\n__import__('os'),2\n2,3\n3,4", 2, "must have a number"),
}


@pytest.mark.parametrize(("content", "row", "parts"), [(c, r, p) for c, r, *p in BAD_ROWS.values()], ids=BAD_ROWS)
def test_a_bad_row_is_named(content, row, parts):
    fails(content, *parts, row=row)


def test_rows_count_blank_lines_and_lines_in_quotes_as_a_spreadsheet_does():
    fails('"two\nlines",b\n\n1,2\n2,x\n3,4', row=4)


SAME = "The first column must have different numbers"
BAD_FILES = {
    "empty": ("", "3 to 5,000 rows", "none"),
    "empty bytes": (b"", "none"),
    "a mark and no more": (codecs.BOM_UTF8, "none"),
    "blank": (" \n\r\n\t\n", "none"),
    "only a header": ("a,b\n", "none", "header"),
    "one row": ("1,2", "3 to 5,000", "Received: 1"),
    "two rows": ("a;b\n1;2\n2;3", "Received: 2"),
    "too many rows": ("1,2\n" * (MAX_ROWS + 1), "Received: 5,001", "one row in 2"),
    "one number": ("5,1\n5,2\n5,3", SAME, "5 to 5"),
    "zeros": ("0,1\n0,2\n-0.0,3", SAME),
    "nearly one number": ("5,1\n5.000001,2\n5,3", SAME, "subtract"),
    "too small a unit": ("1e-12,1\n2e-12,2\n3e-12,3", SAME, "another unit"),
    "underflow": ("1e-400,1\n2e-400,2\n3e-400,3", SAME),
    "a byte too many": (b"1" * (MAX_BYTES + 1), "1 MB (1,000,000 bytes)", "1,000,001 bytes"),
    "10 MB": (b"1,2\n" * 2_500_000, "1 MB", "10.0 MB"),
    "10 MB of text": ("1,2\n" * 2_500_000, "1 MB", "10.0 MB"),
    "a workbook": (b"PK\x03\x04" + bytes(60), "spreadsheet", "save the sheet as CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(60), "spreadsheet"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text", "UTF-8"),
    "zeros bytes": (bytes(100), "not text"),
    "all bytes": (bytes(range(256)) * 4, "not text"),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), "not text", "UTF-8"),
    "half a letter of UTF-16": (codecs.BOM_UTF16_LE + b"1", "not text in UTF-8"),
    "no encoding": (b"H\x81he,b\n1,2\n2,3\n3,4", "not text in UTF-8", "Windows-1252"),
    "UTF-32": (PLAIN.encode("utf-32"), "not text"),
    "NUL in a text": ("1,2\n2,\0\n3,4", "control characters"),
    "a form feed": ("1,2\f2,3\f3,4", "control characters"),
}


@pytest.mark.parametrize(("content", "parts"), [(c, p) for c, *p in BAD_FILES.values()], ids=BAD_FILES)
def test_a_bad_file_is_explained(content, parts):
    fails(content, *parts)


@pytest.mark.parametrize("content", [None, 3, ["1,2"], bytearray(b"1,2")], ids=str)
def test_only_text_and_bytes_are_read(content):
    with pytest.raises(TableError, match=r"must be text or the bytes of a file. Received: \w+\."):
        read_csv(content)


def test_an_error_is_a_value_error_and_says_its_row():
    error = TableError("Too large.", 7)
    assert isinstance(error, ValueError)
    assert (str(error), error.row) == ("Row 7: Too large.", 7)


SLOW = {
    "10 MB": b"1,2\n" * 2_500_000,
    "1 MB of rows": "1,2\n" * 249_999,
    "1 MB of line ends": "\n" * MAX_BYTES,
    "1 MB of separators": ",\n" * (MAX_BYTES // 2),
    "1 MB of quotes": '"' * MAX_BYTES,
    "1 MB of digits": "1" * MAX_BYTES,
    "a long number that is none": f"1,2\n{'1' * 130_000}x,3\n3,4",
    "thousands without end": f"1;2\n1{'.000' * 30_000}x;3\n3;4",
    "many long cells": "\n".join(f"{'1' * 180}x,2" for _ in range(5000)),
}


@pytest.mark.parametrize("content", SLOW.values(), ids=SLOW)
def test_refused_in_bounded_time(content):
    start = time.perf_counter()
    with pytest.raises(TableError):
        read_csv(content)
    assert time.perf_counter() - start < 10


VALUE = st.floats(-MAX_MAGNITUDE, MAX_MAGNITUDE, allow_nan=False)
PAIRS = st.lists(st.tuples(VALUE, VALUE), min_size=MIN_ROWS, max_size=20).filter(
    lambda pairs: np.ptp([x for x, _ in pairs]) > 1e-6 * max(1, *(abs(x) for x, _ in pairs))
)
STYLES = st.sampled_from([(",", "."), (";", "."), ("\t", "."), (";", ","), ("\t", ",")])


@given(
    pairs=PAIRS,
    style=STYLES,
    quote=st.sampled_from(["", '"']),
    end=st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    named=st.booleans(),
    encoding=st.sampled_from([None, "utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_what_is_written_in_any_style_reads_back(pairs, style, quote, end, named, encoding):
    separator, mark = style
    header = f"Höhe{separator}Größe" if named else ""
    text = written(pairs, separator, mark, quote, end, header)
    rows = read_csv(text if encoding is None else text.encode(encoding))
    assert same(rows, *zip(*pairs, strict=True))
    assert (*rows.features, rows.target) == (("Höhe", "Größe") if named else ("x", "y"))


def read_or_refused(content):
    """Read a file; a table that keeps its promises or a TableError in plain words are the only outcomes."""
    rows = read_or_error(content)
    if isinstance(rows, TableError):
        assert str(rows).isprintable()
        assert len(str(rows)) < 260
        return
    assert MIN_ROWS <= rows.rows <= MAX_ROWS
    assert np.abs([rows.x[:, 0], rows.y]).max() <= MAX_MAGNITUDE
    assert rows.x.std() > 0
    assert all(name and name.isprintable() and len(name) <= 40 for name in (*rows.features, rows.target))


def read_or_error(content):
    """The table, or the TableError in its place."""
    try:
        return read_csv(content)
    except TableError as error:
        return error


@given(st.binary(max_size=200))
@example(codecs.BOM_UTF16_LE + b"\x00\xd8,\x00")
def test_random_bytes_do_no_harm(content):
    read_or_refused(content)


@given(st.text(max_size=200))
@example("\ud800,\ud800\n1,2\n2,3\n3,4")
@example("\ud800,1\n1,2\n2,3\n3,4")
def test_random_text_does_no_harm(content):
    read_or_refused(content)


CELLS = ["1", "-2.5", "3,5", "1e9", "1e400", "nan", "inf", "a", ""]
MARKS = ['"', " ", ",", ";", "\t", "\n", "\r", "\ufeff", "\ud800"]


@given(st.lists(st.sampled_from(CELLS + MARKS), max_size=60).map("".join))
def test_what_is_nearly_a_table_does_no_harm(content):
    read_or_refused(content)
