"""The ensemble panel: 256 seeds, where they end, and how often each racer gets out of the basin it starts in."""

import streamlit as st

from experiment.race.ensemble import SEEDS, SHOWN, Made, ensemble_sentence, make
from experiment.race.settings import Settings
from figures.ensemble import cloud, escape_curves
from figures.looks import looks
from figures.theme import GROUNDS, look
from landscapes import grid
from player import settled_view
from player.payloads.race import stamp
from ui.common.state import current
from ui.server.job import job_for

QUIET = 700
"""Milliseconds that a race has rested before: the maps of the basins come first."""

PATIENCE = 0.1
"""Seconds that a run of the panel waits; then it says how far it is, and is asked again."""


_JOB, _LAST = "descent.ensemble.job", "descent.ensemble.last"


@st.fragment
def ensemble_panel() -> None:
    """Computed beside the script once the race has settled; until it is there, the last one stays."""
    settings = current()
    job = job_for(_JOB, stamp(settings), lambda told, cancelled: make(settings, told, cancelled))
    made = job.result(PATIENCE)
    settled_view(job.stamp, waiting=made is None, on_settled=lambda: None, quiet=QUIET, key="ensemble_settled")
    if made is not None:
        st.session_state[_LAST] = settings, made
    with st.container(key="ensemble"):
        st.markdown(f"##### Other luck: {SEEDS} seeds")
        place = st.empty()  # always there, so that what follows keeps its place
        if made is None:
            place.progress(job.share, text=f"{SEEDS} seeds for each setting …")
        if _LAST in st.session_state:
            _show(*st.session_state[_LAST])


def _show(settings: Settings, made: Made) -> None:
    found, curves = made
    theme = st.context.theme.type or "light"
    ground, racers = GROUNDS[theme], settings.racers[:SHOWN]
    colours = [look(*which, theme)[0] for which in looks(settings)[:SHOWN]]
    ends = [
        {"xy": one.ends, "name": racer.name, "colour": colour}
        for one, racer, colour in zip(found, racers, colours, strict=True)
    ]
    dressed = [
        {**curve, "racers": [{**line, **end} for line, end in zip(curve["racers"], ends, strict=True)]}
        for curve in curves
    ]
    left, right = st.columns([1, 2.4])
    left.plotly_chart(cloud(*grid(settings.landscape, 80), ends, ground), config=STILL, key="cloud", theme=None)
    if dressed:
        right.plotly_chart(escape_curves(dressed, ground), config=STILL, key="curves", theme=None)
    st.markdown(ensemble_sentence(settings, racers, found))


STILL = {"displayModeBar": False}
