"""The tuning map: made beside the script for the settings at hand, packed, and brought along with the race."""

import dataclasses
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from figures.tuning import NOT_YET, colours, loss_levels, regions, step_levels
from landscapes import Landscape, losses_at
from optimizers import Batch, Optimizer
from player.packet import waiting
from player.tuning_view import Plane, pack_plane, tuning_feed, tuning_view
from records import rounded
from studies import TuningMap, tuning_map
from studies.fields import put
from studies.quadratic import REGIMES
from ui.basins_words import named
from ui.job import job_for
from ui.race import lowest_loss
from ui.settings import Settings
from ui.state import current
from ui.theory import regimes, theory
from ui.tuned import axes, batch_of, fields, noisy, optimizer_of, values
from ui.words import in_words, letter

LIVE_PATIENCE, PATIENCE, GLANCE = 0.25, 0.25, 0.02
"""Seconds that a move waits for its map, the first question for it, and each further one."""

_JOB = "descent.tuning"


@dataclasses.dataclass(frozen=True)
class Task:
    """What a map depends on: not on the values of the two fields that it is over."""

    surface: Landscape
    optimizer: Optimizer
    names: tuple[str, str]
    values: tuple[tuple[float, ...], tuple[float, ...]]
    start: tuple[float, float]
    steps: int
    tolerance: float
    batch: Batch | None
    progress: Callable[[float], Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = dataclasses.field(default=None, compare=False, repr=False)


def task(settings: Settings, **waiting: Any) -> Task:
    """The map of the tuned racer; without noise neither seed nor batch size changes it."""
    names = axes(settings)
    along = tuple(tuple(values(settings, name).tolist()) for name in names)
    optimizer = optimizer_of(settings)
    for name, column in zip(names, along, strict=True):
        optimizer = optimizer if name == "batch_size" else put(optimizer, name, rounded(column[0]))
    batch = batch_of(settings) if noisy(settings) or "batch_size" in names else None
    if batch is not None and "batch_size" in names:
        batch = dataclasses.replace(batch, size=None)
    return Task(
        settings.landscape,
        optimizer,
        names,
        (along[0], along[1]),
        settings.begin,
        settings.steps,
        settings.tolerance,
        batch,
        **waiting,
    )


@lru_cache(maxsize=24)
def made(wanted: Task) -> TuningMap:
    """The map itself; one that was cancelled raises `CancelledError`, and is not kept."""
    return tuning_map(
        wanted.surface,
        wanted.optimizer,
        *wanted.names,
        x=wanted.values[0],
        y=wanted.values[1],
        steps=wanted.steps,
        tolerance=wanted.tolerance,
        start=wanted.start,
        batch=wanted.batch,
        turns=True,
        progress=wanted.progress,
        cancelled=wanted.cancelled,
    )


def best_cell(found: TuningMap) -> tuple[int, int] | None:
    """Row and column of the cell that is there first, of equals the one that gets lowest; of a map in which nobody gets
    there the lowest one; None if all diverge."""
    sound = found.kind != "diverged"
    if not sound.any():
        return None
    steps = np.where(found.steps >= 0, found.steps, np.inf)
    order = np.lexsort((np.where(sound, found.loss, np.inf).ravel(), steps.ravel(), ~sound.ravel()))
    row, column = np.unravel_index(order[0], found.loss.shape)
    return int(row), int(column)


def packed(settings: Settings, found: TuningMap) -> bytes:
    """The map as the page is sent it."""
    lowest = lowest_loss(settings.landscape)
    first = float(losses_at(settings.landscape, settings.begin)[0])
    floor = float(found.loss.min()) if lowest is None else lowest
    region = regions(found.kind, found.steps)
    level, scale = _levels(settings, found, region, floor, first)
    best = best_cell(found)
    about = {
        "stamp": stamp(settings),
        "axes": [
            _axis(settings, name, column) for name, column in zip(axes(settings), (found.x, found.y), strict=True)
        ],
        "measure": settings.measure,
        "steps": settings.steps,
        "tolerance": settings.tolerance,
        "known": bool(np.isfinite(found.level)),
        "scale": scale,
        "minima": [minimum["label"] for minimum in named(settings.landscape)],
        "regimes": REGIMES,
        "best": None if best is None else {"cell": best, "place": [float(found.x[best[1]]), float(found.y[best[0]])]},
        "theory": theory(settings, found),
        "colours": colours(),
    }
    # a method that comes back may be further up than a float of 32 bits tells
    heights = np.clip(found.loss - floor, 0, np.finfo(np.float32).max).astype(np.float32)
    return pack_plane(Plane(level, region, found.steps, heights, regimes(settings, found)), about)


def _levels(
    settings: Settings, found: TuningMap, region: np.ndarray, floor: float, first: float
) -> tuple[np.ndarray, Any]:
    """The level of each cell, and the ends of the scale."""
    if settings.measure == "minimum":
        return np.where(found.index >= 0, np.minimum(found.index, NOT_YET - 1), region).astype(np.uint8), None
    if settings.measure == "loss":
        level, ends = loss_levels(found.loss - floor, max(first - floor, np.finfo(float).tiny))
        return np.where(found.kind == "diverged", region, level).astype(np.uint8), ends
    level, ends = step_levels(found.steps, settings.steps)
    return np.where(region > 0, region, level).astype(np.uint8), ends


def _axis(settings: Settings, name: str, column: np.ndarray) -> dict[str, Any]:
    slid = fields(settings)[name]
    return {
        "name": name,
        "label": in_words(name),
        "symbol": letter(slid.symbol),
        "log": bool(slid.log),
        "whole": bool(slid.integer),
        "values": column.tolist(),
        "low": slid.low,
        "high": slid.high,
    }


def stamp(settings: Settings) -> str:
    """Which map belongs to the settings: two of the same stamp look the same."""
    return hashlib.sha256(repr((task(settings), settings.measure)).encode()).hexdigest()[:16]


@dataclasses.dataclass(frozen=True)
class View:
    """What a packed map depends on; the settings add nothing to that."""

    task: Task
    measure: str
    settings: Settings = dataclasses.field(compare=False, repr=False)


def picture(settings: Settings, **waiting: Any) -> bytes:
    """The map of these settings, packed; kept, since a hand that drags on it asks for it at each move.

    Args:
        settings: what is shown; playhead and place on the map do not matter.
        waiting: `progress` and `cancelled`, as for `tuning_map`.
    """
    return _picture(View(task(settings, **waiting), settings.measure, settings))


@lru_cache(maxsize=16)
def _picture(view: View) -> bytes:
    return packed(view.settings, made(view.task))


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
