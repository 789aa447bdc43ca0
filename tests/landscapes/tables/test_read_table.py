"""Tables as people have them: several columns, remarks, units, money, gaps, and thousands that are never decimals."""

import numpy as np
import pytest

from landscapes import AmbiguousNumbers, TableError, read_table
from landscapes.data.line import Line
from landscapes.data.tables.csv_numbers import parse_number, settled, value

ADVERTISING = (
    ",TV,Radio,Newspaper,Sales\n1,230.1,37.8,69.2,22.1\n2,44.5,39.3,45.1,10.4\n"
    "3,17.2,45.9,69.3,9.3\n4,151.5,41.3,58.5,18.5\n"
)
SALARIES = (
    "Position,Level,Salary\nBusiness Analyst,1,45000\nJunior Consultant,2,50000\nManager,4,80000\nCEO,10,1000000\n"
)
HOUSES = "2104,3,399900\n1600,3,329900\n2400,3,369000\n1416,2,232000\n3000,4,539900\n"

X, Y = [1.5, 2.0, -3.25], [10.0, 250.5, 2000.0]

# Every text is the same table: a feature X and a target Y.
SAME = {
    "a line that says sep": "sep=;\n1,5;10\n2;250,5\n-3,25;2000",
    "a quoted line that says sep": '"sep=,"\n1.5,10\n2,250.5\n-3.25,2000',
    "a line that says sep and a tab": "sep=\t\n1.5\t10\n2\t250.5\n-3.25\t2000",
    "a line that says sep, as a spreadsheet saves it again": "sep=;;\n1,5;10\n2;250,5\n-3,25;2000",
    "remarks": "# measured on Monday\n1.5,10\n2,250.5\n# a pause\n-3.25,2000",
    "a remark with a quote": "# it's 5\" wide\n1.5,10\n2,250.5\n-3.25,2000",
    "blanks between": "1.5 10\n2 250.5\n-3.25 2000",
    "many blanks between": "  1.5      10\n  2.0   250.5\n -3.25   2000\n",
    "blanks, decimal commas": "1,5 10\n2 250,5\n-3,25 2000",
    "commas and a blank": "1.5, 10\n2, 250.5\n-3.25, 2000",
    "an empty last column": "1.5,10,\n2,250.5,\n-3.25,2000,",
    "two empty last columns": "1,5;10;;\n2;250,5;;\n-3,25;2000;;",
    "an empty first column": ",1.5,10\n,2,250.5\n,-3.25,2000",
    "a minus from a text": "1.5,10\n2,250.5\n−3.25,2000",
    "an en dash as a minus": "1.5;10\n2;250.5\n–3.25;2000",
    "money in front": "1.5,$10\n2,$250.50\n-3.25,$2000",
    "money with thousands": '1.5,"$10"\n2,$250.50\n-3.25,"$2,000"',
    "money behind": "1,5;10 €\n2;250,50 €\n-3,25;2.000 €",
    "money in letters": "1.5\tEUR 10\n2\tEUR 250.5\n-3.25\t2000 EUR",
    "negative money": "$1.5,10\n$2,250.5\n-$3.25,2000",
    "negative money, the sign inside": "$1.5,10\n$2,250.5\n$-3.25,2000",
    "per cent": "1.5 %,10\n2 %,250.5\n-3.25 %,2000",
    "per cent, no blank": "1.5%,10%\n2%,250.5%\n-3.25%,2000%",
    "a question mark": "1.5,10\n?,7\n2,250.5\n8,?\n-3.25,2000",
    "NA": "1.5,10\nNA,7\n2,250.5\n8,NaN\n-3.25,2000",
    "empty cells": "1.5,10\n,7\n2,250.5\n8,\n-3.25,2000",
    "empty rows": "1.5,10\n,\n2,250.5\n,\n-3.25,2000\n,\n",
    "dashes": "1.5;10\n-;7\n2;250.5\n8;–\n-3.25;2000",
    "errors of a spreadsheet": "1.5,10\n#DIV/0!,7\n2,250.5\n8,#N/A\n-3.25,2000",
    "thousands, English": '1.5,10\n2,250.5\n-3.25,"2,000"',
    "thousands, German": "1,5;10\n2;250,5\n-3,25;2.000",
    "thousands, German, with decimals": "1,5;10\n2;250,5\n-3,25;2.000,0",
    "thousands, English, with tabs": "1.5\t10\n2\t250.5\n-3.25\t2,000.00",
    "thousands, Swiss": "1.5;10\n2;250.5\n-3.25;2'000",
    "thousands, Swiss, typographic": "1.5\t10\n2\t250.5\n-3.25\t2’000",
    "thousands, French": "1,5;10\n2;250,5\n-3,25;2\u202f000",
    "thousands, no-break blank": "1,5;10\n2;250,5\n-3,25;2\u00a0000",
    "thousands, blank": "1,5;10\n2;250,5\n-3,25;2 000",
    "bars, as in Markdown": "| a | b |\n|---|---:|\n| 1.5 | 10 |\n| 2 | 250.5 |\n| -3.25 | 2000 |",
    "CR-LF and a mark": "\ufeff1.5;10\r\n2;250.5\r\n-3.25;2000\r\n",
    "quotes everywhere": '"a";"b"\n"1,5";"10"\n"2";"250,5"\n"-3,25";"2000"',
    "a row of units": "time,distance\n(s),(m)\n1.5,10\n2,250.5\n-3.25,2000",
    "exponents": "1.5,1e1\n2,2.505E2\n-3.25,2.0E+03",
    "UTF-16": "a\tb\n1,5\t10\n2\t250,5\n-3,25\t2000".encode("utf-16"),
    "Latin-1": "Höhe;Größe\n1,5;10\n2;250,5\n-3,25;2000".encode("latin-1"),
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_read_as_it_was_meant(content):
    table = read_table(content)
    assert table.x.tolist() == [[value] for value in X]
    assert table.y.tolist() == Y


COLUMNS = {
    "Advertising": (ADVERTISING, ("TV", "Radio"), ("TV", "Radio", "Newspaper", "Sales"), 4),
    "Position_Salaries": (SALARIES, ("Level", "Salary"), ("Level", "Salary"), 4),
    "ex1data2": (HOUSES, ("column 1", "column 2"), ("column 1", "column 2", "column 3"), 5),
    "a counter of pandas": ("Unnamed: 0,a,b\n0,1,2\n1,2,5\n2,4,9", ("a", "b"), ("a", "b"), 3),
    "a counter without a name in the header": ("a b\n1 1.5 2\n2 2.5 5\n3 4.5 9", ("a", "b"), ("a", "b"), 3),
    "a named counter is a column": ("day,a,b\n1,5,2\n2,6,5\n3,9,9", ("day", "a"), ("day", "a", "b"), 3),
    "words first": (
        "who;height;weight\nAnn;1,70;64\nBob;1,81;82,5\nEve;1,65;58",
        ("height", "weight"),
        ("height", "weight"),
        3,
    ),
    "words between": ("a,what,b\n1,x,2\n2,y,5\n4,z,9", ("a", "b"), ("a", "b"), 3),
    "the same name twice": ("a,a,b\n1,2,3\n2,5,4\n4,9,6", ("a", "a (2)"), ("a", "a (2)", "b"), 3),
    "names in a remark": ("# hours score\n1.5 52\n2.5 61\n4.0 70", ("hours", "score"), ("hours", "score"), 3),
    "names with blanks": (
        "hours slept   score\n1.5   52\n2.5   61\n4.0   70",
        ("hours slept", "score"),
        ("hours slept", "score"),
        3,
    ),
    "a name that is a number sign": ("#,a,b\nA,1,2\nB,2,5\nC,4,9", ("a", "b"), ("a", "b"), 3),
    "units": ("t;h;m\ns;m;kg\n1;2,5;3\n2;5;4\n4;9;6", ("t (s)", "h (m)"), ("t (s)", "h (m)", "m (kg)"), 3),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_first_two_columns_of_numbers_are_taken(name):
    content, taken, columns, rows = COLUMNS[name]
    table = read_table(content)
    assert (*table.features, table.target) == taken
    assert table.columns == columns
    assert (table.rows, table.x.shape, table.y.shape) == (rows, (rows, 1), (rows,))


@pytest.mark.parametrize(
    ("feature", "target"), [("TV", "Sales"), ("Sales", "TV"), ("Radio", "Newspaper"), ("Newspaper", "TV")]
)
def test_other_columns_can_be_chosen(feature, target):
    names = ADVERTISING.split("\n")[0].split(",")
    rows = [line.split(",") for line in ADVERTISING.split("\n")[1:-1]]
    table = read_table(ADVERTISING, features=feature, target=target)
    assert (table.features, table.target) == ((feature,), target)
    assert table.x[:, 0].tolist() == [float(row[names.index(feature)]) for row in rows]
    assert table.y.tolist() == [float(row[names.index(target)]) for row in rows]
    assert Line.through(table).sample_count == 4


def test_several_features():
    table = read_table(ADVERTISING, features=("TV", "Newspaper"), target="Sales")
    assert table.features == ("TV", "Newspaper")
    assert table.x.tolist()[0] == [230.1, 69.2]
    assert table.x.shape == (4, 2)


def test_only_the_target_is_chosen():
    table = read_table(ADVERTISING, target="TV")
    assert (table.features, table.target) == (("Radio",), "TV")


def test_a_row_is_left_out_only_where_a_chosen_column_needs_it():
    content = "a,b,c\n1,2,NA\n2,5,7\n4,9,8\n5,3,1\n"
    assert read_table(content).rows == 4
    assert read_table(content, features="a", target="c").rows == 3


@pytest.mark.parametrize("name", ["", "tv", "Position", "column 9"])
def test_a_column_that_is_not_there(name):
    with pytest.raises(TableError, match=r"There is no column of numbers .* Try one of"):
        read_table(ADVERTISING, features=name)


# Both readings are possible: the file says of none of its marks what it means.
ASKED = {
    "tabs": (
        "1200\t250,000\n900\t180,500\n700\t90,250",
        "250,000",
        {".": 250000.0, ",": 250.0},
        [250000.0, 180500.0, 90250.0],
    ),
    "quoted in a comma file": (
        'area,price\n1200,"250,000"\n900,"180,500"\n700,"90,250"',
        "250,000",
        {".": 250000.0, ",": 250.0},
        [250000.0, 180500.0, 90250.0],
    ),
    "a point beside a semicolon": (
        "1200;1.250\n900;2.375\n700;3.125",
        "1.250",
        {".": 1.25, ",": 1250.0},
        [1.25, 2.375, 3.125],
    ),
    "blanks": ("12 1.250\n9 2.375\n7 3.125", "1.250", {".": 1.25, ",": 1250.0}, [1.25, 2.375, 3.125]),
    "negative": ("12;-1.250\n9;2.375\n7;3.125", "-1.250", {".": -1.25, ",": -1250.0}, [-1.25, 2.375, 3.125]),
    "money": ("12;$1,250\n9;$2,375\n7;$3,125", "$1,250", {".": 1250.0, ",": 1.25}, [1250.0, 2375.0, 3125.0]),
}


@pytest.mark.parametrize("name", ASKED)
def test_thousands_or_decimals_is_asked(name):
    content, cell, readings, by_point = ASKED[name]
    with pytest.raises(AmbiguousNumbers) as asked:
        read_table(content)
    assert (asked.value.cell, asked.value.readings) == (cell, readings)
    assert "Thousands or decimals?" in str(asked.value)
    assert read_table(content, decimal=".").y.tolist() == by_point
    assert sorted({abs(read_table(content, decimal=mark).y[0]) for mark in ".,"}) == sorted(map(abs, readings.values()))


@pytest.mark.parametrize("mark", [".", ","])
def test_a_file_with_both_marks_and_nothing_that_settles_them_is_asked_about(mark):
    content = "1.250;2,500\n3.125;1,125\n4.000;3,000"
    with pytest.raises(AmbiguousNumbers):
        read_table(content)
    table = read_table(content, decimal=mark)
    assert (table.x[0, 0], table.y[0]) == ((1.25, 2500.0) if mark == "." else (1250.0, 2.5))


# One number shows what the marks mean in all others.
SETTLED = {
    "a second decimal": ("1,500;2\n2,25;3\n3;4", [1.5, 2.25, 3]),
    "a leading zero": ("0,250;2\n1,500;3\n3;4", [0.25, 1.5, 3]),
    "both marks in one number": ("1,250.5;2\n1,500;3\n3;4", [1250.5, 1500, 3]),
    "both marks, German": ("1.250,5;2\n1.500;3\n3;4", [1250.5, 1500, 3]),
    "millions": ("1,000,000;2\n1,500;3\n3;4", [1e6, 1500, 3]),
    "millions, German": ("1.000.000;2\n1.500;3\n3;4", [1e6, 1500, 3]),
    "four digits in front": ("1234,567;2\n1,500;3\n3;4", [1234.567, 1.5, 3]),
    "another column": ("1,500;2.5\n2,250;3\n3;4", [1500, 2250, 3]),
    "another column, German": ("1.500;2,5\n2.250;3\n3;4", [1500, 2250, 3]),
    "a column that is not chosen": ("a;b;c\n1,500;2;0.5\n2,250;3;1\n3;4;2", [1500, 2250, 3]),
    "points where commas part": ("1.500,2\n2.250,3\n3.125,4", [1.5, 2.25, 3.125]),
    "an exponent": ("1,500e0;2\n2,250;3\n3;4", [1.5, 2.25, 3]),
}


@pytest.mark.parametrize("name", SETTLED)
def test_one_number_settles_the_marks(name):
    content, x = SETTLED[name]
    assert read_table(content).x[:, 0].tolist() == x


@pytest.mark.parametrize("cell", ["1,2345", "12,34,567", "1.2.3", "1'00", "1 00"])
def test_groups_that_are_no_thousands_are_no_numbers(cell):
    with pytest.raises(TableError):
        read_table(f"1.5;2\n{cell};3.5\n3;4\n5;6", decimal=".")


@pytest.mark.parametrize("mark", ["", ";", "point", 3])
def test_a_decimal_mark_is_a_point_or_a_comma(mark):
    with pytest.raises(TableError, match="`decimal` must be"):
        read_table("1;2\n2;3\n3;5", decimal=mark)


NOTES = {
    ADVERTISING: [
        "separated by commas",
        "decimal mark is a point",
        "TV, Radio, Newspaper, Sales",
        "counts the rows",
        "4 rows are used.",
    ],
    SALARIES: ["separated by commas", "since they are words: Position", "4 rows are used."],
    "sep=;\n1,5;10\n?;7\n2.000;250,5\n-3,25;2000": [
        "separated by semicolons",
        "is a comma, and a point separates thousands",
        "3 rows are used; 1 left out",
    ],
    "# a\n# b\n1 $2\n2 $3\n3 $5": ["separated by spaces", "2 lines that begin with #", "Signs of money and per cent"],
    "a;b\n1;1.250,00 €\n2;1.400,50 €\n4;900,00 €": ["is a comma, and a point separates thousands"],
    "a,b,c,d\n1,NA,2,\n2,NA,3,\n3,NA,5,": ["since no row has a number: b, d"],
    "# once\n1 2\n2 3\n3 5": ["1 line that begins with #"],
    "a\tb\ns\tm\n1\t2\n2\t3\n3\t5": ["separated by tabs", "second row is read as units"],
}


@pytest.mark.parametrize("content", NOTES, ids=range(len(NOTES)))
def test_what_was_understood_is_said(content):
    said = " ".join(read_table(content).notes)
    assert [part for part in NOTES[content] if part not in said] == []


def test_notes_are_no_part_of_what_makes_tables_equal():
    assert read_table("1,2\n2,3\n3,5") == read_table("1;2\n2;3\n3;5")


REFUSED = {
    "decimal commas parted by commas": ("1,5,2,5\n2,5,3,5\n3,5,4,5", "by semicolons"),
    "rows of other lengths": ("a,b,c\n1,2,3\n2,3\n4,5,6", "three columns as in the other rows"),
    "only words": ("a,b\nx,y\nz,w\nu,v", "must have a number"),
    "one column of numbers": ("a,b,c\nx,1,p\ny,2,q\nz,3,r", "must have a number"),
    "too many columns": ("\n".join([",".join("1" * 201)] * 3), "200 columns"),
    "nothing but gaps": ("a,b\nNA,NA\nNA,NA\nNA,NA", "has no number"),
    "too few are left": ("a,b\n1,2\nNA,3\n4,NA", "1, and 2 without a number"),
    "a word in a chosen column": ("a,b,c\n1,2,3\n2,x,4\n4,5,6\n5,6,7", "second column must have a number"),
    "another sep": ("sep=x\n1x2\n2x3\n3x5", "cannot separate the columns"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused(name):
    content, part = REFUSED[name]
    with pytest.raises(TableError) as refused:
        read_table(content)
    assert not isinstance(refused.value, AmbiguousNumbers)
    assert part in str(refused.value)
    assert "Try " in str(refused.value)


THOUSANDS_OR_COLUMNS = {
    "in the first column": ("x,y\n1,000,2\n2,000,3\n3,000,5", 2),
    "in the second column": ("x,y\n12,1,000\n13,2,500\n14,3,000", 2),
    "in both columns": ("x,y\n1,000,2,500\n2,000,3,500\n3,000,5,500", 2),
    "in some rows": ("x,y\n200,3\n1,000,2\n3,000,5\n400,7", 3),
    "millions": ("x,y\n1,000,000,2\n2,500,000,3\n3,000,000,5", 2),
    "with decimals": ("x,y\n1,000.5,2\n2,000.5,3\n3,000.5,5", 2),
    "negative, with money": ("x,y\n-$1,000,2\n-$2,000,3\n-$3,000,5", 2),
    "no names, like a counter": ("1,250,2\n2,300,3\n3,400,7", 1),
    "no names, two numbers of thousands": ("1,250,2,100.5\n2,300,3,200\n3,400,7,300", 1),
    "a blank behind the commas": ("x, y\n1, 000, 2\n2, 000, 3\n3, 000, 5", 2),
}


@pytest.mark.parametrize("name", THOUSANDS_OR_COLUMNS)
def test_thousands_are_not_cut_in_two_columns(name):
    content, row = THOUSANDS_OR_COLUMNS[name]
    with pytest.raises(TableError, match="separate columns or thousands, not both") as refused:
        read_table(content)
    assert refused.value.row == row


COLUMNS_AND_NO_THOUSANDS = {
    "a name for each": ("a,b,c\n1,250,2\n2,300,3\n3,400,7", [1, 2, 3]),
    "a counter, an empty name": (",a,b\n1,250,2\n2,300,3\n3,400,7", [250, 300, 400]),
    "a counter without a name, not in threes": ("a,b\n1,25,2\n2,300,3\n3,400,7", [25, 300, 400]),
    "names of rows": ("a,b\nu,250,2\nv,300,3\nw,400,7", [250, 300, 400]),
    "two columns": ("1,250\n2,300\n3,400", [1, 2, 3]),
    "quoted thousands": ('x,y\n"1,000",2\n"2,500",3.5\n3000,5', [1000, 2500, 3000]),
}


@pytest.mark.parametrize("name", COLUMNS_AND_NO_THOUSANDS)
def test_columns_that_are_named_are_columns(name):
    content, x = COLUMNS_AND_NO_THOUSANDS[name]
    assert read_table(content).x.ravel().tolist() == x


@pytest.mark.parametrize("seed", range(20))
def test_grouped_numbers_come_back(seed):
    """Thousands are written between groups of three in many ways; the decimals settle what the marks mean."""
    draw = np.random.default_rng(seed)
    numbers = np.round(draw.uniform(-2e6, 2e6, (5, 2)), 2) + 0.01
    thousands, decimal = [(",", "."), (".", ","), ("'", "."), ("\u202f", ","), (" ", ","), ("", ".")][seed % 6]
    written = [
        [f"{size:,.2f}".replace(",", "t").replace(".", decimal).replace("t", thousands) for size in row]
        for row in numbers
    ]
    table = read_table("\n".join("\t".join(row) for row in written))
    np.testing.assert_array_equal(
        np.column_stack([table.x, table.y]), [[float(f"{size:.2f}") for size in row] for row in numbers]
    )


@pytest.mark.parametrize(
    ("digits", "mark"),
    [("1,250.5", "."), ("2,5", ","), ("0,250", ","), ("1.000.000", ","), ("250,000", ""), ("12", ""), ("1.", ".")],
)
def test_what_a_number_shows_of_its_marks(digits, mark):
    assert settled(digits) == mark


def test_a_cell_of_any_length_is_refused_fast():
    assert parse_number("1" + ",000" * 100_000) is None
    assert parse_number("$" * 100_000) is None
    assert value(parse_number("-1,000"), ".") == -1000


HEADERS = {
    "years": ("country,1990,2000\nNorway,1.5,2\nChad,3,4\nPeru,5,7.5", "1990", "2000"),
    "a year beside numbers": ("Year;1;2;3\n2000;1;2;3\n2001;2;3;4\n2002;3;4;5", "Year", "1"),
    "a data frame's numbers": (",0,1\n0,1.5,2.5\n1,2.5,3.5\n2,4,5", "0", "1"),
    "numbers without an index": ("0,1,2\n1.5,2.5,3\n2.5,3.5,4\n4,5,9", "0", "1"),
    "an index with gaps": ("Unnamed: 0,x,y\n3,1,2\n7,2,3\n12,4,5", "x", "y"),
    "a shuffled index": (",x,y\n17,1,2\n4,2,3\n9,4,5", "x", "y"),
    "an index beside x": (",x\n0,5\n1,7\n2,9", "column 1", "x"),
    "an Id": ("Id,height,weight\n1,150,50\n2,160,60\n3,170,72", "height", "weight"),
    "an Id and one column": ("id,height\n1,150\n2,160\n3,170", "id", "height"),
    "a title in its line": ("My report\nx,y\n1,2\n2,3\n4,5", "x", "y"),
    "a title over columns": ("Report 2020,,\nx,y,z\n1,2,3\n2,3,4\n4,5,6", "x", "y"),
    "two rows of names": (
        "size,mass\nheight of a person,weight of a person\n150,50\n160,60\n170,72",
        "size (height of a person)",
        "mass (weight of a person)",
    ),
    "years that are data": ("a,1990,2000\nb,1991,2001\nc,1992,2003", "column 2", "column 3"),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_first_rows_and_counters_of_many_programs(kind):
    content, feature, target = HEADERS[kind]
    table = read_table(content)
    assert (table.features, table.target) == ((feature,), target)
    assert len(table.y) == 3


@pytest.mark.parametrize(
    "content", ["x,y\n45%,1\n0.3,2\n20%,3", "x,y\n1,$45\n2,€3\n3,$20", "x;y\n1;0,3\n2;45 %\n3;0,2"]
)
def test_two_units_in_one_column_are_refused(content):
    with pytest.raises(TableError, match="all numbers in one unit"):
        read_table(content)


def test_nothing_is_nothing_in_every_unit():
    assert read_table("x,y\n45%,$1\n0,2\n20%,$3").x[:, 0].tolist() == [45, 0, 20]


def test_a_first_row_that_may_be_names_is_told():
    assert any("The first row is read as numbers: 0, 1." in note for note in read_table("0,1\n1.5,2\n3,4\n5,6").notes)
    assert any(
        "The first row is read as names: Year, 1, 2." in note
        for note in read_table("Year,1,2\n1,2,3\n2,3,4\n3,4,6").notes
    )
