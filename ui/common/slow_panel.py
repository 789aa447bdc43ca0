"""A panel whose work takes seconds. It runs beside the script, and until it is done the last result stays."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from experiment.race.settings import Settings
from player import idle_callback
from ui.server.job import Make, result_of

TIMEOUT_S = 0.1
"""The seconds that a run of the panel waits. After that it shows the progress, and is run again later."""


def slow_panel(
    name: str,
    settings: Settings,
    *,
    stamp: str,
    race_stamp: str,
    make: Make,
    working: str,
    show: Callable[[Settings, Any], None],
    quiet_ms: int,
    heading: str = "",
) -> None:
    """Draw the result for these settings; or the last result, with the progress above it.

    Args:
        name: the panel's name in the session.
        settings: the settings.
        stamp: the stamp of their result.
        race_stamp: the stamp of their race. Once another race has come to rest, the panel runs again.
        make: computes the result.
        working: the text while it is computed.
        show: draws a result, given the settings that it was computed for.
        quiet_ms: the milliseconds for which a race must have rested.
        heading: the heading above it.
    """
    job, result = result_of(f"descent.{name}.job", stamp, make, TIMEOUT_S, TIMEOUT_S)
    idle_callback(race_stamp, waiting=result is None, on_settled=lambda: None, quiet=quiet_ms, key=f"{name}_settled")
    last = f"descent.{name}.last"
    if result is not None:
        st.session_state[last] = settings, result
    with st.container(key=name):
        if heading:
            st.markdown(heading)
        place = st.empty()  # always there, so that what follows keeps its place
        if result is None:
            place.progress(job.share, text=working)
        if last in st.session_state:
            show(*st.session_state[last])
