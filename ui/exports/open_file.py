"""Opening a settings file: its view is shown on the page that it belongs to."""

import html
from typing import Any

import streamlit as st

from experiment.files.settings_file import MAX_LETTERS, query_of
from experiment.link.link import from_query
from experiment.pages import PAGES
from ui.common.state import open_link

_FILE, _ROUND, _READ, _REFUSED = "open.file", "open.round", "open.read", "open.refused"


def open_file() -> None:
    """Draw the box for the file. Its settings replace those of the page that they belong to."""
    key = f"{_FILE}.{st.session_state.get(_ROUND, 0)}"  # another one each time, so that it is empty again
    st.file_uploader("Open settings (JSON)", type=["json"], key=key, on_change=_take, args=(key,))
    if refused := st.session_state.get(_REFUSED):
        st.html(f'<div class="descent-error" role="alert">{html.escape(refused)}</div>')
    read: tuple[dict[str, str], list[str]] | None = st.session_state.pop(_READ, None)
    if read is not None:
        query, notes = read
        page = PAGES[from_query(query).page]
        open_link(page.slug, notes)
        st.switch_page(page.file, query_params=query)  # which says there what it can't use


def _take(key: str) -> None:
    uploaded: Any = st.session_state.get(key)
    if uploaded is None:
        return
    st.session_state[_REFUSED], st.session_state[_ROUND] = None, st.session_state.get(_ROUND, 0) + 1
    try:
        st.session_state[_READ] = query_of(uploaded.read(4 * MAX_LETTERS + 1))
    except ValueError as wrong:
        st.session_state[_REFUSED] = str(wrong).replace("`", "")
