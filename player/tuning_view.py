"""The tuning map: a plane of two settings, coloured by how the descent goes, on which a hand drags."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from player.packet import packet
from player.served import component, serve

_view = component("tuning")
_feed = component("tuning_feed")

KINDS = {"level": "u1", "region": "u1", "regime": "u1", "steps": "<i2", "loss": "<f4"}
"""In this order the arrays of a plane travel, and as these numbers."""


@dataclasses.dataclass(frozen=True, eq=False)
class Plane:
    """What is known of each cell, arrays (m, n), the row of the lowest y first: `level` on the scale, or a region;
    `region` (0 where it is there), `steps` (−1 if never), `loss`, and `regime`, a number in `about["regimes"]`."""

    level: np.ndarray
    region: np.ndarray
    steps: np.ndarray
    loss: np.ndarray
    regime: np.ndarray


def tuning_view(packed: bytes, *, on_settled: Callable[[], None] = lambda: None, key: str = "tuning") -> None:
    """The map with its legend and read-out. A hand on it moves the settings by way of the feed.

    Args:
        packed: what `pack_plane` or `waiting` made.
        on_settled: called when the settings have come to rest and the map that belongs to them is still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def tuning_feed(packed: bytes, *, key: str = "tuning_feed") -> None:
    """Brings the map that belongs to the present settings, or word that it is under way; shows nothing itself."""
    _feed(key=key, data=packed)


def pack_plane(plane: Plane, about: dict[str, Any]) -> bytes:
    """A packet of the arrays, each of its kind in KINDS.

    Args:
        plane: the cells.
        about: plain data that goes along: `stamp`, which settings it belongs to; `axes`, for each its `name`, `label`,
            `symbol`, `log`, `values`, `low` and `high`; `regimes`; `scale`, `colours`, `theory`, `best` …
    """
    rows, columns = plane.level.shape
    arrays = [getattr(plane, name).astype(kind) for name, kind in KINDS.items()]
    return packet({**about, "rows": rows, "columns": columns}, arrays)
