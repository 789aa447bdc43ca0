"""The one place where settings live between reruns; everything else is handed them and hands them back."""

from typing import Any

import streamlit as st

from landscapes import Landscape
from ui.link import from_query, to_query
from ui.race import race
from ui.settings import Settings

_SETTINGS, _ADDRESS, _PROBLEMS = "descent.settings", "descent.address", "descent.problems"


def current() -> Settings:
    """The settings of this visitor."""
    return st.session_state[_SETTINGS]


def opened_on(landscape: Landscape) -> dict[str, str]:
    """The link to the visitor's race on another landscape, from its own start and at a rate that suits it."""
    settings = st.session_state.get(_SETTINGS, Settings())
    rate = landscape.learning_rate
    return to_query(settings.replace(landscape=landscape, start=None, learning_rate=rate, playhead=None))


def change(**changes: Any) -> None:
    """Change some of them; the link's playhead has done its work by then."""
    store(current().replace(playhead=None, **changes))


def store(settings: Settings) -> None:
    """Put other settings in their place; a start where the loss has no value is not taken, and the visitor told."""
    try:
        race(settings)
    except ValueError as refused:
        st.toast(str(refused))
        before = st.session_state.get(_SETTINGS)
        kept = before.start if before is not None and before.landscape == settings.landscape else None
        settings = settings.replace(start=kept)
    st.session_state[_SETTINGS] = settings


def read_link() -> list[str]:
    """Take the settings from the address bar at the first visit, or when it was changed from outside.

    Returns:
        What in the link could not be used, one sentence each.
    """
    query = {key: st.query_params[key] for key in st.query_params}
    known = st.session_state.get(_ADDRESS)
    changed = bool(query) and _without_playhead(query) != known  # an empty one comes from the bar: nothing is lost
    if _SETTINGS not in st.session_state or changed:
        problems: list[str] = []
        store(from_query(query, problems))
        st.session_state[_PROBLEMS] = problems
    remember()
    return st.session_state.get(_PROBLEMS, [])


def remember() -> None:
    """Note the address that the browser is about to show, so that a change of it from outside is noticed."""
    st.session_state[_ADDRESS] = _without_playhead(to_query(current()))


def write_link() -> None:
    """Put the settings into the address bar, unless they are there already."""
    query = to_query(current())
    remember()
    if _without_playhead(query) != _without_playhead(st.query_params.to_dict()):
        st.query_params.from_dict(query)


def _without_playhead(query: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != "playhead"}
