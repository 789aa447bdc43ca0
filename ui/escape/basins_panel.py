"""The basins of two racers: coarse maps while a slider moves, fine ones when it rests."""

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
    """Send the coarse maps with the race, or that the maps on the page are out of date."""
    if len(settings.racers) < 2:
        return
    job = st.session_state.get(_FINE_JOB)
    if job is not None and not job.serves(basins_stamp(settings)):
        job.give_up()
    basins_feed(_quick(settings) or waiting(basins_stamp(settings), None))


def _quick(settings: Settings) -> bytes | None:
    """The coarse maps, if they are ready soon; else None. No second job begins while one for older settings runs."""
    before = st.session_state.get(_COARSE_JOB)
    if before is not None and not before.done:
        return None
    make = partial(pair, settings, COARSE)
    return result_of(_COARSE_JOB, basins_stamp(settings), make, later=FIRST_TIMEOUT_S)[1]


@st.fragment
def basins_panel() -> None:
    """Draw the three maps. The browser asks again until the fine ones are ready."""
    settings = current()
    if len(settings.racers) < 2:
        st.caption("Add a second racer: the maps compare two.")
        return
    job, maps = result_of(_FINE_JOB, basins_stamp(settings), partial(fine, settings))
    basins_view(maps or waiting(job.stamp, job.share))
