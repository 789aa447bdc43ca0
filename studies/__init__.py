"""Many descents at once, and what decides them: pure JAX, no display."""

from landscapes.flow import basin_of
from landscapes.minima import DIVERGED, NOT_SETTLED, known_minima
from studies.basins.basins import Basins, CancelledError, basins
from studies.escape.barriers import Barrier, barriers
from studies.escape.energy import Energy, energy
from studies.escape.ensemble import Ensemble, Escape, ensemble, escape, floor
from studies.proportion import proportion
from studies.sweeps.tuning import TuningMap, tuning_map

__all__ = [
    "DIVERGED",
    "NOT_SETTLED",
    "Barrier",
    "Basins",
    "CancelledError",
    "Energy",
    "Ensemble",
    "Escape",
    "TuningMap",
    "barriers",
    "basin_of",
    "basins",
    "energy",
    "ensemble",
    "escape",
    "floor",
    "known_minima",
    "proportion",
    "tuning_map",
]
