"""Brings packed paths to the player; the only thing that travels when a slider moves."""

from collections.abc import Callable

import streamlit as st

from player.served import component

_feed = component("feed")


def feed(packed: bytes, *, on_start: Callable[[float, float], None], key: str = "feed") -> None:
    """Send a packed race to the views of the player.

    Args:
        packed: what `pack` made.
        on_start: called with (x, y) when a hand clicks or drags on the map; the race has to be run again.
        key: the mount's name on the page.
    """

    def moved() -> None:
        point = st.session_state[key].get("start")
        if isinstance(point, (list, tuple)) and len(point) == 2:
            on_start(float(point[0]), float(point[1]))

    _feed(key=key, data=packed, on_start_change=moved)
