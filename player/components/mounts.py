"""The parts of the player on a page: the map with its play bar, the linked curves and outcomes, the sentence."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import streamlit as st

from player.components.served import component, serve
from player.wire.messages import AnatomyPayload, Chart, ExportsPayload, IdlePayload, LandscapePayload, SidePayload

_map = component("map")
_side = component("side")
_sentence = component("sentence")
_copy_link = component("copy_link")
_exports = component("exports")
_anatomy = component("anatomy")
_energy = component("energy")
_idle_callback = component("idle_callback")


def map_view(landscape_payload: LandscapePayload, *, key: str = "map") -> None:
    """Mount the landscape with everything that moves on it, and the play bar.

    Args:
        landscape_payload: the landscape. If it has not changed, nothing is sent.
        key: the mount's name on the page.
    """
    serve()
    _map(key=key, data=landscape_payload)


def side_view(charts: Sequence[str] = ("rate", "sharpness"), *, key: str = "side") -> None:
    """Mount the loss curves, further charts to choose from, and the outcomes table. The feed fills them.

    Args:
        charts: some of `validation`, `rate`, `sharpness` and `effective`. The first one with columns of the racers is
            open.
        key: the mount's name on the page.
    """
    data: SidePayload = {"charts": cast(list[Chart], list(charts))}
    _side(key=key, data=data)


def sentence_view(*, key: str = "sentence") -> None:
    """Mount the sentence under the race. The feed fills it."""
    _sentence(key=key)


def energy_view(*, key: str = "energy") -> None:
    """Mount the energy of the chosen racer by step.

    The feed fills it: racers need the column `kinetic` and `energy`.
    """
    _energy(key=key)


def idle_callback(
    stamp: str, *, on_settled: Callable[[], None], waiting: bool = False, quiet: int = 250, key: str = "idle_callback"
) -> None:
    """Mount a component that shows nothing, and calls back once no new race has come for a moment.

    Args:
        stamp: the `stamp` of the race that the page around it was computed for. For that race it does not call back.
        waiting: whether the computation is still under way; then it calls back for that race too.
        on_settled: called so that the fragment runs again.
        quiet: the milliseconds without a new race.
        key: the mount's name on the page.
    """
    asked = st.session_state.get(f"{key}.asked", 0) + waiting
    st.session_state[f"{key}.asked"] = asked  # other data each time, so the browser asks again
    data: IdlePayload = {"stamp": stamp, "waiting": asked if waiting else 0, "quiet": quiet}
    _idle_callback(key=key, data=data, on_settled_change=on_settled)


def copy_link(*, key: str = "copy_link") -> None:
    """Mount a button that copies the address of the present view."""
    serve()
    _copy_link(key=key)


def exports_view(name: str, *, key: str = "exports_view") -> None:
    """Mount the exports: the view as PNG or SVG and the race as a film, made in the browser from the map.

    Args:
        name: the name of the files, without an ending.
        key: the mount's name on the page.
    """
    serve()
    data: ExportsPayload = {"name": name}
    _exports(key=key, data=data)


def anatomy_view(
    arrows: AnatomyPayload, *, on_ask: Callable[[int | None, int | None], None], key: str = "anatomy_view"
) -> None:
    """Mount the arrows of one update, which the map shows while Anatomy in the play bar is on.

    Args:
        arrows: the vectors; empty if no step was asked for.
        on_ask: called with the step under the playhead, None when the anatomy is closed; and with the racer that is
            chosen beside the map, or None.
        key: the mount's name on the page.
    """

    def asked() -> None:
        sent: Any = st.session_state[key].get("ask")
        if isinstance(sent, (list, tuple)) and len(sent) == 2 and all(isinstance(part, int) for part in sent):
            step, racer = (part if part >= 0 else None for part in sent)
            on_ask(step, racer)

    _anatomy(key=key, data=arrows, on_ask_change=asked)
