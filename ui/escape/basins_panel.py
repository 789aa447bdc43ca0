"""Basins of two racers: coarse maps while a slider moves, fine ones when it rests."""

from functools import partial

import streamlit as st

from experiment.race.basins import COARSE
from experiment.race.settings import Settings
from player.components.basins_view import basins_feed, basins_view
from player.payloads.basins import basins_stamp, fine, pair
from player.wire.packet import waiting
from ui.common.state import current
from ui.server.job import FIRST_TIMEOUT_S, result_of

_COARSE_JOB, _FINE_JOB = "descent.basins.coarse", "descent.basins.fine"


def basins_live(settings: Settings) -> None:
    """What belongs beside the feed: the coarse pair, or word that the maps shown are behind."""
    if len(settings.racers) < 2:
        return
    job = st.session_state.get(_FINE_JOB)
    if job is not None and not job.serves(basins_stamp(settings)):
        job.give_up()
    basins_feed(_quick(settings) or waiting(basins_stamp(settings), None))


def _quick(settings: Settings) -> bytes | None:
    """The coarse pair, if it is quick; while one for older settings is still under way, no other is begun."""
    before = st.session_state.get(_COARSE_JOB)
    if before is not None and not before.done:
        return None
    make = partial(pair, settings, COARSE)
    return result_of(_COARSE_JOB, basins_stamp(settings), make, later=FIRST_TIMEOUT_S)[1]


@st.fragment
def basins_panel() -> None:
    """The three maps; the browser asks again until the fine ones are there."""
    settings = current()
    if len(settings.racers) < 2:
        st.caption("Add a second racer: the maps compare two.")
        return
    job, maps = result_of(_FINE_JOB, basins_stamp(settings), partial(fine, settings))
    basins_view(maps or waiting(job.stamp, job.share))
