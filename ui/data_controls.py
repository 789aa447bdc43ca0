"""The data that a model is fitted to: a choice of tables, and a box for one's own."""

import html
from typing import Any

import streamlit as st

from landscapes import LANDSCAPES, Landscape
from landscapes.classifier import TWO_CLASSES, Classifier
from landscapes.fitted import Fitted
from landscapes.line import CHOICES, Line
from landscapes.tables import Table
from landscapes.tables.csv_text import MOST_ROWS, TableError, read_csv
from ui import widgets
from ui.batch_presets import SIZE
from ui.settings import Settings
from ui.state import change, current

SURFACES: dict[str, Any] = {
    **{slug: (Line, {"data": slug}) for slug in CHOICES if slug != "own"},
    "rare": (LANDSCAPES["rare_feature"], {}),
    **{slug: (Classifier, {"data": slug}) for slug in TWO_CLASSES},
    "own": (Line, {}),
}
"""What can be picked: a landscape and the fields that make it."""

_PICKED, _OWN, _ERROR, _PASTED, _FILE = "data.picked", "data.own", "data.error", "data.pasted", "data.file"


def title(slug: str) -> str:
    """How a table is called in the list."""
    if slug == "own":
        return "Your own data"
    cls, fields = SURFACES[slug]
    table = cls(**fields).rows
    return f"{table.title}: two classes" if table.classes else table.title


def picked(surface: Landscape) -> str:
    """What of the list a landscape shows."""
    return getattr(surface, "data", "rare")


def data_controls(settings: Settings) -> None:
    """The table, what it is, its own box, and the fields of the landscape."""
    surface = settings.landscape
    assert isinstance(surface, Fitted)
    asked = picked(surface) in ("own", st.session_state.get(_OWN))
    widgets.keep(_PICKED, "own" if asked else picked(surface))
    st.selectbox("Data", list(SURFACES), format_func=title, key=_PICKED, on_change=_pick, label_visibility="collapsed")
    if asked:
        _own_box(surface)
    if picked(surface) != "own":
        table = surface.table
        st.caption(f"{_plain(table.story)} {table.rows} rows. {_plain(table.source)}.")
    widgets.fields(surface, f"data.{picked(surface)}", _suit, skip=("data",), columns=2)


def _plain(text: str) -> str:
    return text.replace("$", r"\$")


def _pick() -> None:
    """Another table; one's own has to be given first."""
    slug = st.session_state[_PICKED]
    st.session_state[_OWN], st.session_state[_ERROR] = None, None
    cls, fields = SURFACES[slug]
    if slug != "own":
        _take(cls(**fields))
    elif isinstance(made := st.session_state.get("data.table"), Table):
        _take(Line.through(made))
    else:
        st.session_state[_OWN] = picked(current().landscape)  # which stays until there is something to show


def _take(surface: Fitted) -> None:
    """Show a landscape from its own start, at a rate that suits it, with batches that it has rows for."""
    size = min(SIZE, max(1, surface.sample_count // 3))
    change(landscape=surface, start=None, learning_rate=surface.learning_rate, batch_size=size)


def _suit(surface: Any) -> None:
    """The landscape with another loss or scale: its slopes are others, so its rate and start are too."""
    before = current().landscape
    another = surface.learning_rate != before.learning_rate or surface.samples != before.samples
    change(landscape=surface, **({"learning_rate": surface.learning_rate, "start": None} if another else {}))


def _own_box(surface: Fitted) -> None:
    st.text_area(
        "Two columns",
        key=_PASTED,
        height=96,
        placeholder="hours, score\n1.5, 52\n2.5, 61\n4, 70",
        help="The feature, then what is predicted; a header line may come first. Commas, semicolons or tabs between.",
        on_change=widgets.changed(_PASTED, st.session_state.get(_PASTED, ""), _pasted),
    )
    uploaded = widgets.changed(_FILE, st.session_state.get(_FILE), _uploaded)
    st.file_uploader("or a CSV file", type=["csv", "tsv", "txt"], key=_FILE, on_change=uploaded)
    st.caption(f"3 to {MOST_ROWS:,} rows, kept in the server's memory for this visit only, and not in the link.")
    if error := st.session_state.get(_ERROR):
        st.html(f'<div class="descent-error" role="alert">{html.escape(error)}</div>')


def _pasted(text: str) -> None:
    if text.strip():
        _try(text)


def _uploaded(file: Any) -> None:
    if file is not None:
        _try(file.getvalue())


def _try(content: bytes | str) -> None:
    """Take a table on, or say what is wrong with it; the last good one stays."""
    try:
        table = read_csv(content)
    except TableError as wrong:
        st.session_state[_ERROR] = str(wrong)
        return
    st.session_state[_OWN], st.session_state[_ERROR], st.session_state["data.table"] = None, None, table
    _take(Line.through(table))
