"""The tuning map: computed beside the script for the present settings, and sent with the race."""

from functools import partial

import streamlit as st

from experiment.race.settings import Settings
from experiment.tuning.tuned import placed
from player.components.tuning_view import tuning_feed, tuning_view
from player.payloads.tuning import map_stamp, picture
from player.wire.packet import waiting
from ui.common.state import current, store
from ui.server.job import FIRST_TIMEOUT_S, result_of

_JOB = "descent.tuning"


def tuning_live(settings: Settings) -> None:
    """Send the map of the settings with the race, or that the map on the page is out of date."""
    job, packed = result_of(_JOB, map_stamp(settings), partial(picture, settings), later=FIRST_TIMEOUT_S)
    tuning_feed(packed or waiting(job.stamp, job.share))


@st.fragment
def tuning_panel() -> None:
    """Draw the map. The browser asks again until it is ready."""
    settings = current()
    job, packed = result_of(_JOB, map_stamp(settings), partial(picture, settings))
    tuning_view(packed or waiting(job.stamp, job.share))


def place(x: float, y: float) -> None:
    """Store the settings at a place on the map, given by the values of its two fields."""
    store(placed(current().replace(playhead=None), x, y))
