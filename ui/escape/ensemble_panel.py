"""The ensemble panel: where 256 seeds end, and how often each racer escapes from the basin of the start."""

from functools import partial

import streamlit as st

from experiment.race.ensemble import MAX_RACERS_COMPARED, SEEDS, Made, ensemble_sentence, make
from experiment.race.settings import Settings
from figures.ensemble import cloud, escape_curves
from figures.styles import styles
from figures.theme import GROUNDS, style
from landscapes import grid
from player.payloads.race import race_stamp
from ui.common.slow_panel import slow_panel
from ui.common.state import current

QUIET_MS = 700
"""The milliseconds for which a race must have rested: the maps of the basins come first."""


@st.fragment
def ensemble_panel() -> None:
    """Draw the ensembles. They are computed beside the script once the race rests; until then the last ones stay."""
    settings = current()
    slow_panel(
        "ensemble",
        settings,
        stamp=race_stamp(settings),
        race_stamp=race_stamp(settings),
        make=partial(make, settings),
        working=f"{SEEDS} seeds for each setting …",
        show=_show,
        quiet_ms=QUIET_MS,
        heading=f"##### Other luck: {SEEDS} seeds",
    )


def _show(settings: Settings, result: Made) -> None:
    ensembles, curves = result
    theme = st.context.theme.type or "light"
    ground, racers = GROUNDS[theme], settings.racers[:MAX_RACERS_COMPARED]
    colours = [style(*which, theme)[0] for which in styles(settings)[:MAX_RACERS_COMPARED]]
    ends = [
        {"xy": one.ends, "name": racer.name, "colour": colour}
        for one, racer, colour in zip(ensembles, racers, colours, strict=True)
    ]
    dressed = [
        {**curve, "racers": [{**line, **end} for line, end in zip(curve["racers"], ends, strict=True)]}
        for curve in curves
    ]
    left, right = st.columns([1, 2.4])
    left.plotly_chart(cloud(*grid(settings.landscape, 80), ends, ground), config=STILL, key="cloud", theme=None)
    if dressed:
        right.plotly_chart(escape_curves(dressed, ground), config=STILL, key="curves", theme=None)
    st.markdown(ensemble_sentence(settings, racers, ensembles))


STILL = {"displayModeBar": False}
