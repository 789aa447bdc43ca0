"""The tuning map as a packet of arrays."""

import dataclasses

import numpy as np

from player.wire.messages import PlaneAbout, PlaneHeader
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


def pack_plane(plane: Plane, about: PlaneAbout) -> bytes:
    """A packet of the arrays, each of its kind in KINDS.

    Args:
        plane: the cells.
        about: what goes along.
    """
    rows, columns = plane.level.shape
    arrays = [getattr(plane, name).astype(kind) for name, kind in KINDS.items()]
    header: PlaneHeader = {**about, "rows": rows, "columns": columns}
    return packet(header, arrays)
