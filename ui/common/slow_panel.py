"""A panel whose work takes seconds: it is done beside the script, and until it is there the last result stays."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from experiment.race.settings import Settings
from player import idle_callback
from ui.server.job import Make, result_of

TIMEOUT_S = 0.1
"""Seconds that a run of the panel waits; then it says how far it is, and is asked again."""


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
    """Show the result for these settings, or how far it is above the last one.

    Args:
        name: what the panel is called in the session.
        settings: what is shown.
        stamp: which result belongs to them.
        race_stamp: which race belongs to them; the panel is asked again once another one has come to rest.
        make: makes the result.
        working: said while it is made.
        show: draws a result, beside the settings that it was made for.
        quiet_ms: milliseconds that a race has rested before.
        heading: stands above it.
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
