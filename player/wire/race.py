"""Packs a race into a few kilobytes: 16 bits for each number, scaled to each racer's range, as differences.

Positions are sent as their arcsinh around the middle of the domain, so that a path that goes a thousand times further
out still has its precision inside. Losses are sent as the logarithm of their height above the lowest known loss.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from player.wire.messages import Domain, RaceAbout, RaceHeader, RacerAbout, RacerHeader
from player.wire.packet import packet

LEVELS = 65535
SMALLEST = 1e-16
"""The least value before the logarithm, relative to the largest; smaller ones are raised to it."""
FLATTEST = 1e-6
"""The least value, relative to the largest, for further columns, which may also be negative."""


@dataclasses.dataclass(frozen=True)
class RacerArrays:
    """One racer's arrays for n steps: `positions` (n + 1, 2), all others (n + 1,).

    `columns` are further curves for charts, by name. `about` has further facts for the header.
    """

    positions: np.ndarray
    losses: np.ndarray
    gradient_norms: np.ndarray
    learning_rates: np.ndarray
    about: RacerAbout
    columns: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)


def pack(racers: Sequence[RacerArrays], domain: Domain, floor: float, about: RaceAbout) -> bytes:
    """The packet of a race: all columns as little-endian uint16.

    A column holds differences modulo 65536, which compress better than the numbers.

    Args:
        racers: the racers' arrays.
        domain: ((x_low, x_high), (y_low, y_high)), the frame for packing positions.
        floor: the loss from which heights are counted.
        about: further facts of the race for the header.
    """
    frame = [((low + high) / 2, (high - low) / 2) for low, high in domain]
    columns: list[np.ndarray] = []
    headers: list[RacerHeader] = []
    for racer in racers:
        ranges: dict[str, tuple[float, float]] = {}
        for name, values in _columns(racer, frame, floor).items():
            low, high = ranges[name] = _short(float(values.min())), _short(float(values.max()))
            # a constant column is known from its range alone
            if high > low:
                columns.append(_quantised(values, low, high))
        headers.append({**racer.about, "steps": len(racer.losses) - 1, "ranges": ranges})
    header: RaceHeader = {**about, "frame": frame, "floor": floor, "racers": headers}
    return packet(header, columns)


def _columns(racer: RacerArrays, frame: Sequence[tuple[float, float]], floor: float) -> dict[str, np.ndarray]:
    x, y = (np.arcsinh((racer.positions[:, i] - centre) / half) for i, (centre, half) in enumerate(frame))
    columns = {
        "x": x,
        "y": y,
        "height": _log(racer.losses - floor),
        "gradient": _log(racer.gradient_norms),
        "rate": _log(racer.learning_rates),
    }
    return columns | {name: _log(values, FLATTEST) for name, values in racer.columns.items()}


def _log(values: np.ndarray, smallest: float = SMALLEST) -> np.ndarray:
    smallest = smallest * max(1.0, float(values.max()))
    return np.asarray(np.log10(np.maximum(values, smallest)))


def _quantised(values: np.ndarray, low: float, high: float) -> np.ndarray:
    share = (values - low) / (high - low)
    levels = np.clip(np.rint(share * LEVELS), 0, LEVELS).astype("<u2")
    # unsigned differences wrap around, which the browser's sum undoes
    return np.diff(levels, prepend=levels.dtype.type(0))


def _short(value: float) -> float:
    return float(f"{value:.7g}")
