"""The visitor's own landscape: a formula is typed, shown as it was understood, and raced on."""

import html
from typing import Any

import streamlit as st

from experiment.race.settings import Settings
from landscapes import FormulaError, from_formula
from landscapes.formula.formula import DOMAIN, Formula
from landscapes.formula.syntax import read
from records import rounded
from ui.common import widgets
from ui.common.state import change, current

EXAMPLE = "sin(3x) cos(y) + 0.1 (x^2 + y^2)"
_TEXT, _ERROR, _NOTES = "formula.text", "formula.error", "formula.notes"
_DOMAIN = ("x from", "x to", "y from", "y to")
_START = ("start x", "start y")


def example() -> Formula:
    """The formula before anything is typed."""
    return from_formula(EXAMPLE)


def formula_controls(settings: Settings) -> None:
    """Draw the text field, the error if there is one, the formula as it was understood, and its domain and start."""
    landscape = settings.landscape
    assert isinstance(landscape, Formula)
    error = st.session_state.get(_ERROR)
    if error is None:
        widgets.keep(_TEXT, landscape.text)
    st.text_input("Formula in x and y", key=_TEXT, on_change=_typed, label_visibility="collapsed", max_chars=600)
    if error is not None:
        _explain(*error)
    st.latex(rf"\small f = {landscape.formula}")
    text, notes = st.session_state.get(_NOTES) or ("", ())
    if notes and text == landscape.text:
        st.html(f'<p class="descent-note">{html.escape(" ".join(notes))}</p>')
    with st.popover("Domain and start", key="formula.place"):
        _numbers(_DOMAIN, [end for range in landscape.domain for end in range], _domain_typed)
        _numbers(_START, list(settings.resolved_start), _start_typed)


def _typed() -> None:
    text = st.session_state[_TEXT]
    before = current().landscape
    _try(text, before.domain if isinstance(before, Formula) else DOMAIN)


def _try(text: str, domain: tuple[Any, ...]) -> None:
    """Show the landscape of a typed formula. If it can't be read, keep the error and the last good one."""
    try:
        landscape = from_formula(text, domain)
        change(landscape=landscape, start=None)
        if text != landscape.text:  # the text is written out again once it is understood, and the notes stay
            st.session_state[_NOTES] = (landscape.text, read(text).notes)
        st.session_state[_ERROR] = None
    except FormulaError as wrong:
        st.session_state[_ERROR] = (str(wrong), wrong.pointed() if text.strip() else "")
    except ValueError as wrong:
        st.session_state[_ERROR] = (str(wrong), "")


def _explain(message: str, pointed: str) -> None:
    """Draw the error, and the place in the text that it is about."""
    place = f"<pre>{html.escape(pointed)}</pre>" if pointed else ""
    st.html(f'<div class="descent-error" role="alert">{html.escape(message)}{place}</div>')


def _numbers(labels: tuple[str, ...], values: list[float], on_change: Any) -> None:
    for columns in zip(labels[::2], labels[1::2], values[::2], values[1::2], strict=True):
        for column, label, value in zip(st.columns(2), columns[:2], columns[2:], strict=True):
            widgets.keep(f"formula.{label}", float(value))
            with column:
                st.number_input(label, key=f"formula.{label}", step=0.5, format="%.6g", on_change=on_change)


def _domain_typed() -> None:
    left, right, low, high = (st.session_state[f"formula.{label}"] for label in _DOMAIN)
    _try(st.session_state[_TEXT], ((left, right), (low, high)))


def _start_typed() -> None:
    x, y = (rounded(st.session_state[f"formula.{label}"]) for label in _START)
    change(start=(x, y))
