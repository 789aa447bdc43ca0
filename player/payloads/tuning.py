"""The tuning map as bytes for the page."""

import dataclasses
import hashlib
from collections.abc import Callable
from typing import Any, Literal, cast

import numpy as np

from caching import cached
from experiment.race.runs import lowest_loss
from experiment.race.settings import Settings
from experiment.summary.basins import minima_labels
from experiment.tuning.maps import Task, best_cell, map_of, task
from experiment.tuning.theory import regimes, theory
from experiment.tuning.tuned import axes, fields
from experiment.words import in_words, letter
from figures.tuning import NOT_YET_REGION, colours, loss_levels, regions, step_levels
from landscapes import losses_at
from player.wire.messages import Axis, BestCell, PlaneAbout, Theory, TuningColours
from player.wire.tuning import Plane, pack_plane
from studies import TuningMap
from studies.quadratic import REGIMES


def packed(settings: Settings, plane: TuningMap) -> bytes:
    """The map as bytes for the page."""
    lowest = lowest_loss(settings.landscape)
    first = float(losses_at(settings.landscape, settings.resolved_start)[0])
    floor = float(plane.loss.min()) if lowest is None else lowest
    region = regions(plane.kind, plane.steps)
    level, scale = _levels(settings, plane, region, floor, first)
    best = best_cell(plane)
    across, up = axes(settings)
    about: PlaneAbout = {
        "stamp": map_stamp(settings),
        "axes": (_axis(settings, across, plane.x), _axis(settings, up, plane.y)),
        "measure": cast(Literal["steps", "loss", "minimum"], settings.measure),
        "steps": settings.steps,
        "tolerance": settings.tolerance,
        "known": bool(np.isfinite(plane.level)),
        "scale": scale,
        "minima": [minimum["label"] for minimum in minima_labels(settings.landscape)],
        "regimes": REGIMES,
        "best": None if best is None else _best(plane, best),
        "theory": cast(Theory | None, theory(settings, plane)),
        "colours": cast(TuningColours, colours()),
    }
    # a method that comes back may be further up than a float of 32 bits tells
    heights = np.clip(plane.loss - floor, 0, np.finfo(np.float32).max).astype(np.float32)
    return pack_plane(Plane(level, region, plane.steps, heights, regimes(settings, plane)), about)


def _levels(
    settings: Settings, plane: TuningMap, region: np.ndarray, floor: float, first: float
) -> tuple[np.ndarray, Any]:
    """The level of each cell (m, n) uint8, and the values at the ends of the scale; None for a map of minima."""
    if settings.measure == "minimum":
        return np.where(plane.index >= 0, np.minimum(plane.index, NOT_YET_REGION - 1), region).astype(np.uint8), None
    if settings.measure == "loss":
        level, ends = loss_levels(plane.loss - floor, max(first - floor, np.finfo(float).tiny))
        return np.where(plane.kind == "diverged", region, level).astype(np.uint8), ends
    level, ends = step_levels(plane.steps, settings.steps)
    return np.where(region > 0, region, level).astype(np.uint8), ends


def _axis(settings: Settings, name: str, column: np.ndarray) -> Axis:
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


def _best(plane: TuningMap, cell: tuple[int, int]) -> BestCell:
    row, column = cell
    return {"cell": cell, "place": (float(plane.x[column]), float(plane.y[row]))}


def map_stamp(settings: Settings) -> str:
    """The stamp of the map that belongs to the settings. Maps with one stamp look the same."""
    return hashlib.sha256(repr((task(settings), settings.measure)).encode()).hexdigest()[:16]


@dataclasses.dataclass(frozen=True)
class View:
    """What a packed map depends on: the key of the cache. The settings are carried along and do not count."""

    task: Task
    measure: str
    settings: Settings = dataclasses.field(compare=False, repr=False)

    @property
    def visitors_table(self) -> Any:
        """The visitor's own table that the map is computed from, or None: see `caching`."""
        return self.task.visitors_table


def picture(
    settings: Settings,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The packed map of the settings. It is cached, since dragging on the map asks for it at each move.

    Args:
        settings: the settings; playhead and place on the map do not matter.
        progress, cancelled: as for `tuning_map`.
    """
    return _picture(View(task(settings, progress=progress, cancelled=cancelled), settings.measure, settings))


@cached(16)
def _picture(view: View) -> bytes:
    return packed(view.settings, map_of(view.task))
