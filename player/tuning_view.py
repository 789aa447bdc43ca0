"""The tuning map: a plane of two settings, coloured by how the descent goes, on which a hand drags."""

import dataclasses
import json
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from player.served import component, serve

_view = component("tuning")
_feed = component("tuning_feed")


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
        packed: what `pack_plane` or `pack_plane_waiting` made.
        on_settled: called when the settings have come to rest and the map that belongs to them is still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def tuning_feed(packed: bytes, *, key: str = "tuning_feed") -> None:
    """Brings the map that belongs to the present settings, or word that it is under way; shows nothing itself."""
    _feed(key=key, data=packed)


def pack_plane(plane: Plane, about: dict[str, Any]) -> bytes:
    """Header length (4 bytes, little-endian), header (JSON), then level, region, regime (bytes), steps (int16) and loss
    (float32), all little-endian; by zlib.

    Args:
        plane: the cells.
        about: plain data that goes along: `stamp`, which settings it belongs to; `axes`, for each its `name`, `label`,
            `symbol`, `log`, `values`, `low` and `high`; `regimes`; `scale`, `colours`, `theory`, `best` …
    """
    rows, columns = plane.level.shape
    numbers = b"".join(
        part.astype(kind).tobytes()
        for part, kind in (
            (plane.level, "u1"),
            (plane.region, "u1"),
            (plane.regime, "u1"),
            (plane.steps, "<i2"),
            (plane.loss, "<f4"),
        )
    )
    return _packed({**about, "rows": rows, "columns": columns}, numbers)


def pack_plane_waiting(stamp: str, share: float | None) -> bytes:
    """A header alone: the map for these settings is under way, so much of it is done; None: nobody works on it.

    >>> len(pack_plane_waiting("settings", 0.5)) < 100
    True
    """
    return _packed({"stamp": stamp, "working": share}, b"")


def _packed(header: dict[str, Any], numbers: bytes) -> bytes:
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return zlib.compress(len(text).to_bytes(4, "little") + text + numbers)
