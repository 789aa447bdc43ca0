"""The basins of two racers as bytes for the page: coarse while a slider moves, fine when it rests."""

import hashlib
from collections.abc import Callable
from typing import Any, cast

from experiment.race.basins import COARSE, FINE, basins_of, sees_noise, task
from experiment.race.settings import Settings
from experiment.summary.basins import basins_sentence, goal, minima_labels
from figures.basins import colours, pace
from figures.styles import styles
from player.wire.basins import Layer, pack_basins
from player.wire.messages import BasinsAbout, BasinsColours, Minimum
from studies import Basins


def coarse(settings: Settings) -> bytes:
    """The packed coarse maps of the first two racers; b"" if there are fewer."""
    return pair(settings, COARSE)


def fine(
    settings: Settings,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The packed fine maps of the first two racers; b"" if there are fewer.

    Args:
        settings: the settings; playhead and start do not matter.
        progress: called with the finished part of both maps, from 0 to 1.
        cancelled: called repeatedly; if it returns True, `CancelledError` is raised and nothing is cached.
    """
    return pair(settings, FINE, progress, cancelled)


def pair(settings: Settings, resolution: int, progress: Any = None, cancelled: Any = None) -> bytes:
    """The packed maps of the first two racers with `resolution` starts along each axis; b"" if there are fewer."""
    racers = settings.racers[:2]
    if len(racers) < 2:
        return b""
    one, other = (
        basins_of(task(settings, racer, resolution, progress=_half(progress, part), cancelled=cancelled))
        for part, racer in enumerate(racers)
    )
    return packed(settings, one, other)


def _half(progress: Callable[[float], Any] | None, part: int) -> Callable[[float], Any] | None:
    return None if progress is None else lambda share: progress((part + share) / 2)


def packed(settings: Settings, one: Basins, other: Basins) -> bytes:
    """Both maps as bytes for the page."""
    layers = [
        Layer(
            map.index,
            map.steps,
            {"name": racer.name, "style": style, "variant": variant, "noisy": sees_noise(settings, racer)},
        )
        for map, racer, (style, variant) in zip((one, other), settings.racers, styles(settings), strict=False)
    ]
    about: BasinsAbout = {
        "stamp": basins_stamp(settings),
        "fine": len(one.x) == FINE,
        "domain": settings.landscape.domain,
        "pace": pace(one.steps, other.steps),
        "colours": cast(BasinsColours, colours()),
        "goal": goal(settings.landscape),
        "sentence": basins_sentence(settings, one, other),
    }
    return pack_basins(layers, cast(list[Minimum], minima_labels(settings.landscape)), about)


def basins_stamp(settings: Settings) -> str:
    """The stamp of the maps that belong to the settings. Maps with one stamp look the same."""
    maps = [task(settings, racer, FINE) for racer in settings.racers[:2]], styles(settings)[:2]
    names = [racer.name for racer in settings.racers[:2]]
    return hashlib.sha256(repr((maps, names)).encode()).hexdigest()[:16]
