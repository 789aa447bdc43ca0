"""The stored numbers are the published ones, and a table never changes."""

import copy
import csv
import dataclasses
import pickle

import numpy as np
import pytest

from landscapes.data.best_fit import least_absolute, most_likely
from landscapes.data.tables import TABLES, table
from landscapes.data.tables.stored import FOLDER
from landscapes.data.tables.table import Table

ROWS = {"old_faithful": 272, "galton": 928, "anscombe_1": 11, "anscombe_3": 11, "diabetes": 442, "penguins": 146}

# Slope, intercept, correlation, mean of x and of y, as they are cited for each set, to the last digit given.
# Anscombe, 1973, page 18; R's lm on faithful and Galton; lars on diabetes (949.435 for the scaled column).
CITED = {
    "old_faithful": ("10.7296", "33.4744", "0.9008", "3.4878", "70.8971"),
    "galton": ("0.6463", "23.9415", "0.4588", "68.3082", "68.0885"),
    "anscombe_1": ("0.5001", "3.0001", "0.816", "9.0", "7.50"),
    "anscombe_3": ("0.4997", "3.0025", "0.816", "9.0", "7.50"),
    "diabetes": ("10.233", "-117.77", "0.5865", "26.3758", "152.1335"),
}


def line(rows):
    """Slope, intercept and correlation of a table with one feature, and the means."""
    x = rows.x[:, 0]
    slope, intercept = np.polyfit(x, rows.y, 1)
    return slope, intercept, np.corrcoef(x, rows.y)[0, 1], x.mean(), rows.y.mean()


def small(**changes):
    """A table of two rows."""
    fields = {"slug": "a", "title": "A", "story": "s", "source": "t", "features": ("x",), "target": "y"}
    return Table(**{**fields, "x": [[1.0], [2.0]], "y": [3.0, 5.0], **changes})


def header(slug):
    """The names in the first line of a file, and the number of lines below it."""
    with (FOLDER / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return names, rows


def test_the_tables_are_listed_in_teaching_order():
    assert list(TABLES) == list(ROWS)


@pytest.mark.parametrize("slug", ROWS)
def test_rows(slug):
    rows = table(slug)
    assert rows.rows == len(rows.y) == len(rows.x) == ROWS[slug]
    assert rows.x.shape == (ROWS[slug], len(rows.features))
    assert np.isfinite(rows.x).all()
    assert np.isfinite(rows.y).all()


@pytest.mark.parametrize("slug", CITED)
def test_a_line_has_the_cited_numbers(slug):
    for value, cited in zip(line(table(slug)), CITED[slug], strict=True):
        assert f"{value:.{len(cited.partition('.')[2])}f}" == cited


@pytest.mark.parametrize("slug", ["anscombe_1", "anscombe_3"])
def test_anscombe_made_two_sets_with_one_summary(slug):
    rows = table(slug)
    assert rows.x.var(ddof=1) == pytest.approx(11)
    assert rows.y.var(ddof=1) == pytest.approx(4.125, abs=0.004)
    assert line(rows)[:2] == pytest.approx((0.5, 3), abs=0.003)


def test_anscombe_3_is_a_line_but_for_one_row():
    rows = table("anscombe_3")
    errors = np.abs(rows.y - (4.0 + 0.346 * rows.x[:, 0]))
    assert np.flatnonzero(errors > 0.02).tolist() == [2]
    assert (rows.x[2, 0], rows.y[2]) == (13, 12.74)
    parameters = least_absolute(np.column_stack([rows.x, np.ones(11)]), rows.y)
    assert parameters == pytest.approx((0.345, 4.0), abs=0.01)


def test_anscombe_1_has_the_value_of_the_paper():
    rows = table("anscombe_1")
    assert rows.y[rows.x[:, 0] == 7].tolist() == [4.82]


def test_diabetes_has_the_slope_that_is_cited_for_the_scaled_column():
    rows = table("diabetes")
    assert line(rows)[0] * rows.x.std() * np.sqrt(442) == pytest.approx(949.435, abs=5e-4)
    assert (rows.x.min(), rows.x.max(), rows.y.min(), rows.y.max()) == (18.0, 42.2, 25, 346)


def test_galton_recorded_classes_one_inch_wide():
    rows = table("galton")
    assert len(np.unique(rows.x)) == 11
    assert len(np.unique(rows.y)) == 14


@pytest.mark.parametrize(("sex", "length", "mass"), [(0, 37.3, 3368.8), (1, 40.4, 4043.5)])
def test_penguins_have_the_cited_means(sex, length, mass):
    rows = table("penguins")
    means = rows.x[rows.y == sex].mean(axis=0)
    assert means == pytest.approx((length, mass), abs=0.05)


def test_penguins_are_balanced_and_overlap():
    rows = table("penguins")
    assert rows.classes == ("female", "male")
    assert [int((rows.y == sex).sum()) for sex in (0, 1)] == [73, 73]
    standard = (rows.x - rows.x.mean(axis=0)) / rows.x.std(axis=0)
    right = (standard @ most_likely(standard, rows.y) > 0) == rows.y
    assert 0.8 < right.mean() < 0.95


@pytest.mark.parametrize("slug", TABLES)
def test_a_file_has_the_columns_that_the_registry_says(slug):
    names, rows = header(slug)
    assert names == [*TABLES[slug].features, TABLES[slug].target]
    assert {len(row) for row in rows} == {len(names)}


@pytest.mark.parametrize("slug", TABLES)
def test_a_table_says_what_the_registry_says(slug):
    rows = table(slug)
    assert rows.slug == slug
    for field in dataclasses.fields(TABLES[slug]):
        assert getattr(rows, field.name) == getattr(TABLES[slug], field.name)


@pytest.mark.parametrize("slug", TABLES)
def test_words_for_the_page(slug):
    made = TABLES[slug]
    assert made.story.endswith(".")
    assert len(made.features) in (1, 2)
    assert any(map(str.isdigit, made.source))


def test_each_file_has_its_source_and_its_table():
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    files = {path.name for path in FOLDER.glob("*.csv")}
    assert files == {f"{slug}.csv" for slug in TABLES}
    assert {name for name in files if f"`{name}`" not in sources} == set()


@pytest.mark.parametrize("slug", TABLES)
def test_the_source_states_the_number_of_rows(slug):
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    (found,) = [each for each in sources if each.startswith("|") and f"`{slug}.csv`" in each]
    assert str(ROWS[slug]) in found.split("|")[2]


def test_a_table_is_read_once():
    assert table("galton") is table("galton")


def test_an_unknown_table():
    with pytest.raises(ValueError, match=r"must be one of: old_faithful, galton, .*Received: 'iris'"):
        table("iris")


def test_nobody_can_change_a_table():
    rows = table("old_faithful")
    with pytest.raises(ValueError, match="read-only"):
        rows.x[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        rows.y += 1
    with pytest.raises(ValueError, match="cannot set WRITEABLE"):
        rows.y.flags.writeable = True
    with pytest.raises(dataclasses.FrozenInstanceError):
        rows.title = "Another"


def test_a_table_keeps_its_numbers_when_the_arrays_that_made_it_change():
    x, y = np.array([[1.0], [2.0]]), np.array([3.0, 5.0])
    made = small(x=x, y=y)
    x[0], y[0] = 9, 9
    assert (made.x[0, 0], made.y[0]) == (1, 3)
    assert x.flags.writeable


def test_numbers_are_float64_and_in_rows():
    made = small(x=np.array([[1, 2], [3, 4]], dtype=np.int32).T, y=[0, 1], features=("a", "b"))
    assert made.x.dtype == made.y.dtype == np.float64
    assert made.x.tolist() == [[1, 3], [2, 4]]


def test_equal_content_is_equal():
    assert small() == small()
    assert hash(small()) == hash(small())
    assert len({small(), small(), small(slug="b")}) == 2
    assert small() != "a"


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "b"},
        {"title": "B"},
        {"story": "b"},
        {"source": "b"},
        {"features": ("z",)},
        {"target": "z"},
        {"x": [[1.0], [2.5]]},
        {"y": [3.0, 4.0]},
        {"classes": ("no", "yes")},
        {"x": [[1.0]], "y": [2.0]},
    ],
    ids=str,
)
def test_another_content_is_not_equal(changes):
    assert small(**changes) != small()
    assert hash(small(**changes)) != hash(small())


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])
def test_a_copy_is_equal_and_as_fixed(copied):
    made = small(classes=("no", "yes"))
    assert copied(made) == made
    assert not copied(made).x.flags.writeable


def test_a_table_is_shown_in_short():
    assert repr(table("penguins")) == "Table('penguins', 146 rows of bill length (mm), body mass (g), sex)"


@pytest.mark.parametrize("changes", [{"x": [1.0, 2.0]}, {"y": [1.0]}, {"y": [[1.0], [2.0]]}, {"features": ("a", "b")}])
def test_arrays_must_fit(changes):
    with pytest.raises(ValueError, match=r"x \(n, k\), y \(n,\) and k names of features. Received: x "):
        small(**changes)
