"""Basins of two racers: coarse maps while a slider moves, fine ones when it rests, and what they show in words."""

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from figures.basins import colours, pace
from landscapes import Landscape, losses_at
from optimizers import Batch, Optimizer
from optimizers.batch import is_noisy
from player.basins_view import Layer, basins_feed, basins_view, difference, is_best, pack_basins, pack_waiting
from studies import DIVERGED, Basins, basins, known_minima
from ui.settings import Racer, Settings
from ui.state import current
from ui.words import listed

COARSE, FINE = 64, 256
"""Starts along each axis while a slider moves, and when it rests."""

LIVE_PATIENCE, PATIENCE = 0.25, 0.12
"""Seconds that a move waits for its coarse maps, and a question for its fine ones; then it is told how far they are."""

_POOL = ThreadPoolExecutor(2, "basins")
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
    return pack_basins(layers, _named(settings.landscape), about)


def stamp(settings: Settings) -> str:
    """Which maps belong to the settings: two of the same stamp look the same."""
    seen = [task(settings, racer, FINE) for racer in settings.racers[:2]], settings.looks()[:2]
    names = [racer.name for racer in settings.racers[:2]]
    return hashlib.sha256(repr((seen, names)).encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def best(surface: Landscape) -> np.ndarray:
    """Which of the known minima are global; where none is listed, which are the lowest found: (k,) bool."""
    minima = known_minima(surface)
    if not len(minima):
        return np.zeros(0, dtype=bool)
    if surface.global_minima:
        gaps = minima[:, None] - np.asarray(surface.global_minima)
        return (np.hypot(gaps[..., 0], gaps[..., 1]) < 1e-4).any(axis=1)
    losses = losses_at(surface, minima)
    return losses <= losses.min() + 1e-6 * max(np.ptp(losses), abs(losses.min()), 1e-300)


def goal(surface: Landscape) -> str:
    """What the best minima are called."""
    one = best(surface).sum() == 1
    if surface.global_minima:
        return "the global minimum" if one else "a global minimum"
    return "the lowest minimum found" if one else "one of the lowest minima found"


def _named(surface: Landscape) -> list[dict[str, Any]]:
    lead = "global minimum" if surface.global_minima else "lowest minimum found"
    alone = best(surface).sum() == 1
    return [
        {
            "xy": [float(f"{x:.7g}"), float(f"{y:.7g}")],
            "label": lead if top and alone else f"{lead if top else 'local minimum'} {_place(x, y)}",
            "best": bool(top),
        }
        for (x, y), top in zip(known_minima(surface), best(surface), strict=True)
    ]


def _place(x: float, y: float) -> str:
    return f"({round(x, 2) + 0:g}, {round(y, 2) + 0:g})".replace("-", "−")


def basins_sentence(settings: Settings, one: Basins, other: Basins) -> str:
    """How often each of the two racers reaches the best minimum, whence only one does, and how often it diverges."""
    names = [racer.name for racer in settings.racers[:2]]
    top = best(settings.landscape)
    if not len(top):
        return "No minimum is known here, so no start leads to one."
    there = [is_best(map.index, top) for map in (one, other)]
    ends = difference(one.index, other.index, top)
    alone = [(ends == end).mean() for end in (1, 0)]
    clauses = [
        _reaching(names, [reached.mean() for reached in there], not any(alone), goal(settings.landscape)),
        _alone(names, alone) if min(mask.any() for mask in there) else "",
        _apart((one.index != other.index)[there[0] & there[1]].sum() / ends.size),
        _diverging(names, [(map.index == DIVERGED).mean() for map in (one, other)]),
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _reaching(names: Sequence[str], shares: Sequence[float], same: bool, what: str) -> str:
    if not any(shares):
        return f"Neither {names[0]} nor {names[1]} reaches {what} from any start on this map"
    if same:
        from_all = shares[0] == 1
        whence = "every start" if from_all else f"the same {percent(shares[0])} of the starts"
        return f"{listed(names)} reach {what} from {whence}"
    first = int(shares[1] >= shares[0])
    last = 1 - first
    return f"{names[first]} reaches {what} from {percent(shares[first])} of the starts, {names[last]} from " + (
        percent(shares[last]) if shares[last] else "none"
    )


def _alone(names: Sequence[str], shares: Sequence[float]) -> str:
    told = sorted(zip(shares, names, strict=True), reverse=True)
    return ", ".join(f"from {percent(share)} only {name} gets there" for share, name in told if share)


def _apart(share: float) -> str:
    return f"from {percent(share)} they reach different ones" if share else ""


def _diverging(names: Sequence[str], shares: Sequence[float]) -> str:
    if shares[0] and all(share == 1 for share in shares):
        return "both diverge from everywhere"
    return ", ".join(
        f"{name} diverges from {percent(share)}" for name, share in zip(names, shares, strict=True) if share
    )


def percent(share: float) -> str:
    """A share in words that are true: what is not nothing, or not all, does not read so.

    >>> percent(0.831), percent(0.0004), percent(0.9999)
    ('83 %', 'less than 1 %', 'more than 99 %')
    """
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "less than 1 %"
    if rounded == 100 and share < 1:
        return "more than 99 %"
    return f"{rounded} %"


class Job:
    """A pair of maps in the making, beside the script: a fragment's rerun does not interrupt another one's."""

    def __init__(self, settings: Settings, make: Callable[[Settings, Any, Any], bytes]) -> None:
        self.stamp = stamp(settings)
        self.share = 0.0
        self._given_up = threading.Event()
        self._future = _POOL.submit(make, settings, self._told, self._given_up.is_set)

    def _told(self, share: float) -> None:
        self.share = share

    def serves(self, settings: Settings) -> bool:
        """Whether it makes what these settings show, and was not given up."""
        return self.stamp == stamp(settings) and not self._given_up.is_set()

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        self._given_up.set()

    def result(self, seconds: float) -> bytes | None:
        """What it made, if that takes no longer."""
        try:
            return self._future.result(seconds)
        except TimeoutError:
            return None


def _job(slot: str, settings: Settings, make: Callable[[Settings, Any, Any], bytes]) -> Job:
    """The visitor's job for these settings; one for older settings is given up."""
    job = st.session_state.get(slot)
    if job is None or not job.serves(settings):
        if job is not None:
            job.give_up()
        job = st.session_state[slot] = Job(settings, make)
    return job


def basins_live(settings: Settings) -> None:
    """What belongs beside the feed: the coarse pair, or word that the maps shown are behind."""
    if len(settings.racers) < 2:
        return
    job = st.session_state.get(_FINE_JOB)
    if job is not None and not job.serves(settings):
        job.give_up()
    quick = _job(_COARSE_JOB, settings, lambda now, _, cancelled: _pair(now, COARSE, None, cancelled))
    basins_feed(quick.result(LIVE_PATIENCE) or pack_waiting(quick.stamp, None))


@st.fragment
def basins_panel() -> None:
    """The three maps; the browser asks again until the fine ones are there."""
    settings = current()
    if len(settings.racers) < 2:
        st.caption("Add a second racer: the maps compare two.")
        return
    job = _job(_FINE_JOB, settings, fine)
    basins_view(job.result(PATIENCE) or pack_waiting(job.stamp, job.share))
