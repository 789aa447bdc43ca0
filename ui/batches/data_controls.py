"""The data that a model is fitted to: a choice of tables, and a box for the visitor's own."""

import html
from functools import partial
from typing import Any

import streamlit as st

from experiment.pages.batches import SIZE
from experiment.race.settings import Settings
from landscapes import LANDSCAPES, Landscape
from landscapes.data.classifier import TWO_CLASSES, Classifier
from landscapes.data.fitted import Fitted
from landscapes.data.line import CHOICES, Line
from landscapes.data.tables import Table
from landscapes.data.tables.csv_text import MAX_ROWS, AmbiguousNumbers, TableError, read_table
from ui.common import widgets
from ui.common.state import change, current

SURFACES: dict[str, Any] = {
    **{slug: (Line, {"data": slug}) for slug in CHOICES if slug != "own"},
    "rare": (LANDSCAPES["rare_feature"], {}),
    **{slug: (Classifier, {"data": slug}) for slug in TWO_CLASSES},
    "own": (Line, {}),
}
"""The entries of the list: for each the class of the landscape, and its fields."""

_PICKED, _OWN, _ERROR, _PASTED, _FILE = "data.picked", "data.own", "data.error", "data.pasted", "data.file"
_TABLE, _CONTENT, _ASKED, _DECIMAL = "data.table", "data.content", "data.asked", "data.decimal"
_SAID = "data.decimal.said"  # the one above is forgotten with the control
_COLUMNS = {"x": "data.column.x", "y": "data.column.y"}


def title(slug: str) -> str:
    """The name of a table in the list."""
    if slug == "own":
        return "Your own data"
    cls, fields = SURFACES[slug]
    table = cls(**fields).rows
    return f"{table.title}: two classes" if table.classes else table.title


def picked(landscape: Landscape) -> str:
    """The entry of the list that a landscape belongs to."""
    return getattr(landscape, "data", "rare")


def data_controls(settings: Settings) -> None:
    """Draw the choice of table, a description of it, the box for the visitor's own, and the landscape's fields."""
    landscape = settings.landscape
    assert isinstance(landscape, Fitted)
    asked = picked(landscape) in ("own", st.session_state.get(_OWN))
    widgets.keep(_PICKED, "own" if asked else picked(landscape))
    st.selectbox("Data", list(SURFACES), format_func=title, key=_PICKED, on_change=_pick, label_visibility="collapsed")
    if asked:
        _own_box(landscape)
    if picked(landscape) != "own":
        table = landscape.table
        st.caption(f"{_plain(table.story)} {table.rows} rows. {_plain(table.source)}.")
    widgets.fields(landscape, f"data.{picked(landscape)}", _suit, skip=("data",), columns=2)


def _plain(text: str) -> str:
    return text.replace("$", r"\$")


def _pick() -> None:
    """Show another table. The visitor's own must be given first."""
    slug = st.session_state[_PICKED]
    st.session_state[_OWN], st.session_state[_ERROR], st.session_state[_ASKED] = None, None, None
    cls, fields = SURFACES[slug]
    if slug != "own":
        _take(cls(**fields))
    elif isinstance(table := st.session_state.get(_TABLE), Table):
        _take(Line.through(table))
    else:
        st.session_state[_OWN] = picked(current().landscape)  # which stays until there is something to show


def _take(landscape: Fitted) -> None:
    """Show a landscape from its own start, at its own learning rate, with batches that it has enough rows for."""
    size = min(SIZE, max(1, landscape.sample_count // 3))
    change(landscape=landscape, start=None, learning_rate=landscape.learning_rate, batch_size=size)


def _suit(landscape: Any) -> None:
    """Show the landscape with changed fields. Where gradients change, so do the learning rate and the start."""
    before = current().landscape
    another = landscape.learning_rate != before.learning_rate or landscape.samples != before.samples
    change(landscape=landscape, **({"learning_rate": landscape.learning_rate, "start": None} if another else {}))


def _own_box(landscape: Fitted) -> None:
    st.text_area(
        "Two columns or more",
        key=_PASTED,
        height=96,
        placeholder="hours, score\n1.5, 52\n2.5, 61\n4, 70",
        help="Columns of numbers, separated by commas, semicolons, tabs or spaces; a row of names may come first.",
        on_change=widgets.changed(_PASTED, st.session_state.get(_PASTED, ""), _pasted),
    )
    uploaded = widgets.changed(_FILE, st.session_state.get(_FILE), _uploaded)
    st.file_uploader("or a CSV file", type=["csv", "tsv", "txt"], key=_FILE, on_change=uploaded)
    st.caption(f"3 to {MAX_ROWS:,} rows, kept in the server's memory for this visit only, and not in the link.")
    if error := st.session_state.get(_ERROR):
        st.html(f'<div class="descent-error" role="alert">{html.escape(error)}</div>')
    elif asked := st.session_state.get(_ASKED):
        _ask(*asked)
    elif isinstance(table := st.session_state.get(_TABLE), Table) and landscape.samples.whole == table:
        _understood(table)


def _ask(cell: str, readings: dict[str, float]) -> None:
    """Draw the question how to read a number whose marks may be decimal or separate thousands."""
    question = f"Thousands or decimals? What is {cell} in your table?"
    st.html(f'<div class="descent-error" role="alert">{html.escape(question)}</div>')
    larger, smaller = sorted(readings, key=lambda mark: -abs(readings[mark]))
    words = {larger: "thousands", smaller: "decimals"}
    st.segmented_control(
        "How the numbers are read",
        [larger, smaller],
        format_func=lambda mark: f"{readings[mark]:.12g} ({words[mark]})",
        key=_DECIMAL,
        on_change=_decided,
        label_visibility="collapsed",
    )


def _understood(table: Table) -> None:
    """Draw the columns to choose from, and how the file was read."""
    if len(table.columns) > 2:
        columns = {"x": table.features[0], "y": table.target}
        for column, (axis, key) in zip(st.columns(2), _COLUMNS.items(), strict=True):
            widgets.keep(key, columns[axis])
            with column:
                chosen = widgets.changed(key, columns[axis], partial(_choose_column, axis))
                st.selectbox(axis, table.columns, key=key, on_change=chosen)
    st.html(f'<p class="descent-note" data-testid="understood">{html.escape(" ".join(table.notes))}</p>')


def _pasted(text: str) -> None:
    if text.strip():
        _read_anew(text)


def _uploaded(file: Any) -> None:
    if file is not None:
        _read_anew(file.getvalue())


def _read_anew(content: bytes | str) -> None:
    """Read another table. Choices for the table before are forgotten."""
    st.session_state[_CONTENT], st.session_state[_DECIMAL], st.session_state[_SAID] = content, None, None
    _read()


def _decided() -> None:
    """Read the table with the chosen decimal mark. Without a choice the question stays."""
    if st.session_state.get(_DECIMAL):
        _read()


def _choose_column(axis: str, chosen: str) -> None:
    """Take another column for x or y. If the other axis has that column, the two are exchanged."""
    table = st.session_state[_TABLE]
    columns = {"x": table.features[0], "y": table.target}
    other = "y" if axis == "x" else "x"
    if chosen == columns[other]:
        columns[other] = columns[axis]
    columns[axis] = chosen
    _read(features=columns["x"], target=columns["y"])


def _read(**columns: str) -> None:
    """Read the content in this visit's memory. If it can't be read, keep the error and the last good table."""
    decimal = st.session_state.get(_DECIMAL) or st.session_state.get(_SAID)
    try:
        table = read_table(st.session_state[_CONTENT], decimal=decimal, **columns)
    except AmbiguousNumbers as asked:
        st.session_state[_ERROR], st.session_state[_ASKED] = None, (asked.cell, asked.readings)
        return
    except TableError as wrong:
        st.session_state[_ERROR], st.session_state[_ASKED] = str(wrong), None
        return
    st.session_state[_OWN], st.session_state[_ERROR], st.session_state[_ASKED] = None, None, None
    st.session_state[_SAID], st.session_state[_TABLE] = decimal, table
    _take(Line.through(table))
