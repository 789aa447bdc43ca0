"""The tuning map: made beside the script for the settings at hand, and brought along with the race."""

from typing import Any

import streamlit as st

from experiment.race.settings import Settings
from experiment.tuning.tuned import placed
from player.components.tuning_view import tuning_feed, tuning_view
from player.payloads.tuning import picture, stamp
from player.wire.packet import waiting
from ui.common.state import current, store
from ui.server.job import job_for

LIVE_PATIENCE, PATIENCE, GLANCE = 0.25, 0.25, 0.02
"""Seconds that a move waits for its map, the first question for it, and each further one."""

_JOB = "descent.tuning"


def _job(settings: Settings) -> Any:
    return job_for(_JOB, stamp(settings), lambda told, cancelled: picture(settings, progress=told, cancelled=cancelled))


def tuning_live(settings: Settings) -> None:
    """What belongs beside the feed: the map of these settings, or word that the one shown is behind."""
    job = _job(settings)
    tuning_feed(job.result(LIVE_PATIENCE) or waiting(job.stamp, job.share))


@st.fragment
def tuning_panel() -> None:
    """The map; the browser asks again until it is there."""
    settings = current()
    before = st.session_state.get(_JOB)
    job = _job(settings)
    tuning_view(job.result(GLANCE if job is before else PATIENCE) or waiting(job.stamp, job.share))


def place(x: float, y: float) -> None:
    """A hand chose a place on the map."""
    store(placed(current().replace(playhead=None), x, y))
