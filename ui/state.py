"""The one place where settings live between reruns; everything else is handed them and hands them back."""

from typing import Any

import streamlit as st

from landscapes import Landscape
from ui.link import from_query, to_query
from ui.race import race
from ui.settings import Settings

_SETTINGS, _PROBLEMS, _ELSEWHERE = "descent.settings", "descent.problems", "descent.elsewhere"


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
    """Take the settings from the address bar at the first visit, or when another page leads here with a link.

    Else the settings are ahead of the address, which follows them; going back in the history reloads the page.

    Returns:
        What in the link could not be used, one sentence each.
    """
    query = {key: st.query_params[key] for key in st.query_params}
    led_here = bool(query) and st.session_state.pop(_ELSEWHERE, False)
    if _SETTINGS not in st.session_state or led_here:
        problems: list[str] = []
        store(from_query(query, problems))
        st.session_state[_PROBLEMS] = problems
    return st.session_state.get(_PROBLEMS, [])


def leave() -> None:
    """Note that the visitor is on another page: the next link to the playground counts."""
    st.session_state[_ELSEWHERE] = True


def write_link() -> None:
    """Put the settings into the address bar, unless they are there already."""
    query = to_query(current())
    if _without_playhead(query) != _without_playhead(st.query_params.to_dict()):
        st.query_params.from_dict(query)


def _without_playhead(query: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != "playhead"}
