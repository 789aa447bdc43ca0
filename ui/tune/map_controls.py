"""The controls of the tuning map: its two fields, its colours, and when a descent counts as arrived."""

import streamlit as st

from experiment.race.settings import MEASURES, TOLERANCES, Settings
from experiment.tuning.tuned import axes, fields
from experiment.words import brief, in_words, listed
from ui.common import widgets
from ui.common.state import change, current

CHAOS = "Where a path is chaotic, as across a kink, rounding decides: there the race may end elsewhere than its cell."
"""The caveat on the cells of the map."""


def map_controls(settings: Settings) -> None:
    """Draw the choices of the two fields, the measure, the tolerance, and the range of learning rates."""
    names, offered = axes(settings), list(fields(settings))
    left, right = st.columns(2)
    for place, column, label in ((0, left, "Across"), (1, right, "Up")):
        with column:
            _axis(label, f"axis{place}", names, place, offered)
    widgets.keep("measure", settings.measure)
    st.segmented_control(
        "Colour",
        list(MEASURES),
        key="measure",
        required=True,
        help=f"{listed(list(MEASURES.values())).capitalize()}. {CHAOS}",
        on_change=widgets.changed("measure", settings.measure, lambda measure: change(measure=measure)),
    )
    left, right = st.columns(2)
    with left:
        _tolerance(settings)
    with right:
        widgets.keep("wide", settings.wide)
        st.toggle(
            "All rates",
            key="wide",
            help="The whole slider of the learning rate, not only the part around what suits",
            on_change=widgets.changed("wide", settings.wide, lambda wide: change(wide=wide)),
        )


def _axis(label: str, key: str, names: tuple[str, str], place: int, offered: list[str]) -> None:
    def chosen(name: str) -> None:
        before = axes(current())
        other = before[1 - place]
        other = before[place] if name == other else other  # what is asked for twice changes places
        change(axes=(name, other) if place == 0 else (other, name))

    widgets.keep(key, names[place])
    st.selectbox(
        label,
        offered,
        format_func=in_words,
        key=key,
        on_change=widgets.changed(key, names[place], chosen),
    )


def _tolerance(settings: Settings) -> None:
    choices = sorted({*TOLERANCES, settings.tolerance}, reverse=True)
    widgets.keep("tolerance", settings.tolerance)
    st.selectbox(
        "There within",
        choices,
        format_func=lambda part: f"{brief(100 * part)} %",
        key="tolerance",
        help="The part of the way down to the lowest minimum that may be left, for good",
        on_change=widgets.changed("tolerance", settings.tolerance, lambda part: change(tolerance=part)),
    )
