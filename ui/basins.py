"""Basins of two racers: coarse maps while a slider moves, fine ones when it rests, and what they show in words."""

import dataclasses
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from figures.basins import colours, pace
from landscapes import Landscape
from optimizers import Batch, Optimizer
from optimizers.batch import is_noisy
from player.basins_view import Layer, basins_feed, basins_view, pack_basins
from player.packet import waiting
from studies import Basins, basins
from ui.basins_words import basins_sentence, goal, named
from ui.job import job_for
from ui.settings import Racer, Settings
from ui.state import current

COARSE, FINE = 64, 256
"""Starts along each axis while a slider moves, and when it rests."""

LIVE_PATIENCE, PATIENCE, GLANCE = 0.25, 0.25, 0.02
"""Seconds that a move waits for its coarse maps, the first question for fine ones, and each further question; then it
is told how far they are."""

_COARSE_JOB, _FINE_JOB = "descent.basins.coarse", "descent.basins.fine"


@dataclasses.dataclass(frozen=True)
class Task:
    """What a map depends on, so that it is made once; who waits for it is no part of that."""

    surface: Landscape
    optimizer: Optimizer
    steps: int
    batch: Batch | None
    resolution: int
    progress: Callable[[float], Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = dataclasses.field(default=None, compare=False, repr=False)


def task(settings: Settings, racer: Racer, resolution: int, **waiting: Any) -> Task:
    """The map of one racer; without noise, neither seed nor batch size changes it, and the start never does."""
    seen = settings.batch(racer) if _is_noisy(settings, racer) else None
    return Task(settings.landscape, settings.optimizer(racer), settings.steps, seen, resolution, **waiting)


def _is_noisy(settings: Settings, racer: Racer) -> bool:
    return is_noisy(settings.landscape, settings.batch(racer))


@lru_cache(maxsize=48)
def made(wanted: Task) -> Basins:
    """The map itself; one that was cancelled raises `CancelledError`, and is not kept."""
    return basins(
        wanted.surface,
        wanted.optimizer,
        resolution=wanted.resolution,
        steps=wanted.steps,
        batch=wanted.batch,
        exact=False,  # one program for both resolutions
        progress=wanted.progress,
        cancelled=wanted.cancelled,
    )


def coarse(settings: Settings) -> bytes:
    """A coarse pair of the first two racers, packed; nothing if there are fewer."""
    return _pair(settings, COARSE)


def fine(
    settings: Settings,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The same, fine.

    Args:
        settings: what is shown; playhead and start do not matter.
        progress: called with the finished part of both maps, from 0 to 1.
        cancelled: asked again and again; once it says True, `CancelledError` is raised and nothing is kept.
    """
    return _pair(settings, FINE, progress, cancelled)


def _pair(settings: Settings, resolution: int, progress: Any = None, cancelled: Any = None) -> bytes:
    racers = settings.racers[:2]
    if len(racers) < 2:
        return b""
    one, other = (
        made(task(settings, racer, resolution, progress=_half(progress, part), cancelled=cancelled))
        for part, racer in enumerate(racers)
    )
    return packed(settings, one, other)


def _half(progress: Callable[[float], Any] | None, part: int) -> Callable[[float], Any] | None:
    return None if progress is None else lambda share: progress((part + share) / 2)


def packed(settings: Settings, one: Basins, other: Basins) -> bytes:
    """Both maps as the page is sent them."""
    looks = settings.looks()[:2]
    layers = [
        Layer(
            map.index, map.steps, {"name": racer.name, "look": look, "twin": twin, "noisy": _is_noisy(settings, racer)}
        )
        for map, racer, (look, twin) in zip((one, other), settings.racers, looks, strict=False)
    ]
    about = {
        "stamp": stamp(settings),
        "fine": len(one.x) == FINE,
        "domain": settings.landscape.domain,
        "pace": pace(one.steps, other.steps),
        "colours": colours(),
        "goal": goal(settings.landscape),
        "sentence": basins_sentence(settings, one, other),
    }
    return pack_basins(layers, named(settings.landscape), about)


def stamp(settings: Settings) -> str:
    """Which maps belong to the settings: two of the same stamp look the same."""
    seen = [task(settings, racer, FINE) for racer in settings.racers[:2]], settings.looks()[:2]
    names = [racer.name for racer in settings.racers[:2]]
    return hashlib.sha256(repr((seen, names)).encode()).hexdigest()[:16]


def basins_live(settings: Settings) -> None:
    """What belongs beside the feed: the coarse pair, or word that the maps shown are behind."""
    if len(settings.racers) < 2:
        return
    job = st.session_state.get(_FINE_JOB)
    if job is not None and not job.serves(stamp(settings)):
        job.give_up()
    basins_feed(_quick(settings) or waiting(stamp(settings), None))


def _quick(settings: Settings) -> bytes | None:
    """The coarse pair, if it is quick; while one for older settings is still under way, no other is begun."""
    before = st.session_state.get(_COARSE_JOB)
    if before is not None and not before.done:
        return None
    job = job_for(_COARSE_JOB, stamp(settings), lambda told, cancelled: _pair(settings, COARSE, told, cancelled))
    return job.result(LIVE_PATIENCE)


@st.fragment
def basins_panel() -> None:
    """The three maps; the browser asks again until the fine ones are there."""
    settings = current()
    if len(settings.racers) < 2:
        st.caption("Add a second racer: the maps compare two.")
        return
    before = st.session_state.get(_FINE_JOB)
    job = job_for(_FINE_JOB, stamp(settings), lambda told, cancelled: fine(settings, told, cancelled))
    basins_view(job.result(GLANCE if job is before else PATIENCE) or waiting(job.stamp, job.share))
