"""Sends packed paths to the player. Nothing else is sent when a slider moves."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from player.components.served import component

_feed = component("feed")


MAX_SENT = 1e15
"""Numbers from a browser must be below this; no handle is dragged so far."""

Drag = Callable[[int, int, float, float], None]


def feed(
    packed: bytes,
    *,
    on_start: Callable[[float, float], None] | None = None,
    on_drag: Drag | None = None,
    on_place: Callable[[float, float], None] | None = None,
    key: str = "feed",
) -> None:
    """Send a packed race to the views of the player.

    Args:
        packed: the bytes of `pack`.
        on_start: called with (x, y) at a click or drag on the map, after which the race must be run again. None for a
            fixed race.
        on_drag: called with racer, handle, step and rate while a schedule's handle is dragged. All four are finite, but
            not checked otherwise; a step may lie beyond the run.
        on_place: called with the values of the tuning map's two fields while someone drags on it. Both are finite, but
            not checked otherwise.
        key: the mount's name on the page.
    """

    def settled() -> None:
        sent = st.session_state[key].get("place")
        if on_place is not None and _are_numbers(sent, 2):
            on_place(float(sent[0]), float(sent[1]))

    def dragged() -> None:
        sent = st.session_state[key].get("drag")
        if on_drag is not None and _are_numbers(sent, 4):
            on_drag(int(sent[0]), int(sent[1]), float(sent[2]), float(sent[3]))

    def moved() -> None:
        point = st.session_state[key].get("start")
        if on_start is not None and isinstance(point, (list, tuple)) and len(point) == 2:
            on_start(float(point[0]), float(point[1]))

    _feed(key=key, data=packed, on_start_change=moved, on_drag_change=dragged, on_place_change=settled)


def _are_numbers(sent: Any, count: int) -> bool:
    """Whether a browser sent `count` numbers within ±MAX_SENT. NaN is not within."""
    if not isinstance(sent, (list, tuple)) or len(sent) != count:
        return False
    return all(isinstance(number, (int, float)) and abs(number) < MAX_SENT for number in sent)
