"""The tuning map as a packet of arrays."""

import dataclasses
from typing import Any

import numpy as np

from player.wire.packet import packet

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
