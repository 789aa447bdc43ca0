"""Packs a race into a few kilobytes: 16 bits a number, scaled to each racer's own range, as differences, deflated.

Positions go through arcsinh around the middle of the domain, so that a path that leaves the picture a thousandfold
still has all its precision inside. Losses go as the logarithm of their height above the lowest known loss.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from player.wire.messages import Domain, RaceAbout, RaceHeader, RacerAbout, RacerHeader
from player.wire.packet import packet

LEVELS = 65535
SMALLEST = 1e-16
"""What is packed in place of a smaller positive number, relative to the largest."""
FLATTEST = 1e-6
"""The same for the columns of one's own, which may also be negative."""


@dataclasses.dataclass(frozen=True)
class RacerArrays:
    """One racer's arrays: positions (n + 1, 2), losses, gradient norms and learning rates (n + 1,), further columns
    (n + 1,) that a chart shows by name, and what else goes along of the racer."""

    positions: np.ndarray
    losses: np.ndarray
    gradient_norms: np.ndarray
    learning_rates: np.ndarray
    about: RacerAbout
    columns: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)


def pack(racers: Sequence[RacerArrays], domain: Domain, floor: float, about: RaceAbout) -> bytes:
    """All columns as one packet of little-endian uint16.

    A column holds differences modulo 65536, which deflate better than the numbers.

    Args:
        racers: the racers.
        domain: ((x_low, x_high), (y_low, y_high)), the frame that positions are packed in.
        floor: the loss that heights are counted from.
        about: what goes along of the race.
    """
    frame = [((low + high) / 2, (high - low) / 2) for low, high in domain]
    columns: list[np.ndarray] = []
    headers: list[RacerHeader] = []
    for racer in racers:
        ranges: dict[str, tuple[float, float]] = {}
        for name, values in _columns(racer, frame, floor).items():
            low, high = ranges[name] = _short(float(values.min())), _short(float(values.max()))
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
    return np.diff(levels, prepend=levels.dtype.type(0))


def _short(value: float) -> float:
    return float(f"{value:.7g}")
