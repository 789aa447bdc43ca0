"""The tuning map as a packet of arrays."""

import dataclasses

import numpy as np

from player.wire.messages import PlaneAbout, PlaneHeader
from player.wire.packet import packet

KINDS = {"level": "u1", "region": "u1", "regime": "u1", "steps": "<i2", "loss": "<f4"}
"""The arrays of a plane in the order in which they are sent, and the type of each."""


@dataclasses.dataclass(frozen=True, eq=False)
class Plane:
    """The cells of a tuning map, arrays (m, n) with the row of the lowest y first.

    `level`: the level on the scale, or the region; `region`: 0 where the cell arrives; `steps`: −1 if it never does;
    `loss`; `regime`: an index of `about["regimes"]`.
    """

    level: np.ndarray
    region: np.ndarray
    steps: np.ndarray
    loss: np.ndarray
    regime: np.ndarray


def pack_plane(plane: Plane, about: PlaneAbout) -> bytes:
    """The packet of a tuning map: its arrays in the order and the types of KINDS.

    Args:
        plane: the cells.
        about: further facts for the header.
    """
    rows, columns = plane.level.shape
    arrays = [getattr(plane, name).astype(kind) for name, kind in KINDS.items()]
    header: PlaneHeader = {**about, "rows": rows, "columns": columns}
    return packet(header, arrays)
