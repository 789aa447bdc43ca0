"""A slider that acts while it is dragged: log scale, marks, a value that can be typed.

Streamlit's own slider sends its value on release only, and has neither a log scale nor marks.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from player.components.served import component
from player.wire.messages import SliderPayload

_slider = component("live_slider")


def live_slider(
    label: str,
    value: float,
    *,
    low: float,
    high: float,
    default: float,
    on_change: Callable[[float], None],
    key: str,
    log: bool = False,
    step: float = 0.001,
    symbol: str = "",
    help: str = "",
    marks: Sequence[tuple[float, str, str]] = (),
    note: str = "",
) -> None:
    """Mount a native range input that sends its newest value as soon as the last one has been painted.

    Args:
        label: its accessible name.
        value: its value. While it is being dragged, the browser's value counts.
        low, high: its ends, also for a value that is typed.
        default: the value after a double click.
        on_change: called with the new value.
        key: the mount's name on the page.
        log: a logarithmic scale, with values of three significant digits.
        step: the grid on a linear scale.
        symbol: a letter behind the label.
        help: a tooltip.
        marks: marks on the scale, such as a stable limit: value, words, and the name of a style.
        note: the text in place of marks if there are none.
    """

    def moved() -> None:
        sent: Any = st.session_state[key].get("value")
        if isinstance(sent, (int, float)) and low <= sent <= high:
            on_change(float(sent))

    data: SliderPayload = {
        "label": label,
        "value": float(value),
        "low": low,
        "high": high,
        "default": default,
        "log": log,
        "step": step,
        "symbol": symbol,
        "help": help,
        "marks": list(marks),
        "note": note,
    }
    _slider(key=key, data=data, on_value_change=moved)
