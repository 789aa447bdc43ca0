"""The energy of each racer as the player draws it, and what it says of a run."""

from typing import Any

import numpy as np

from caching import cached
from experiment.race.runs import Run
from experiment.words import brief
from landscapes import Landscape
from studies.escape.energy import Energy, energy


@cached(128)
def energy_of(surface: Landscape, run: Run) -> Energy:
    """The energy of a run, kept for the next view of it."""
    return energy(surface, run.optimizer, run.path)


def energy_column(surface: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The kinetic energy at each point; the potential is the loss."""
    return {"kinetic": energy_of(surface, run).kinetic}


def energy_facts(surface: Landscape, run: Run) -> dict[str, Any]:
    """What the energy chart marks: barriers by step, passes and turns, and the step from which on it is trapped."""
    made = energy_of(surface, run)
    shown = np.where(np.isfinite(made.barriers), made.barriers, np.nan)
    changes = [0, *(1 + np.flatnonzero(~np.isclose(shown[1:], shown[:-1], equal_nan=True)))]
    barriers = [[int(step), None if np.isnan(shown[step]) else float(shown[step])] for step in changes]
    return {
        "energy": {
            "barriers": barriers,
            "passes": made.passes.tolist(),
            "turns": made.turns.tolist(),
            "trapped": made.trapped,
            "said": energy_sentence(run, made),
        },
        "marks": [] if made.trapped is None else [[made.trapped, "trapped for certain"]],
    }


def energy_sentence(run: Run, made: Energy) -> str:
    """What the energy says of a run, in one sentence made of its numbers."""
    name = run.racer.name
    crossed = (
        f"{name} passes a barrier at step {_steps(made.passes)}" if len(made.passes) else f"{name} passes no barrier"
    )
    if made.trapped is None:
        return f"{crossed}. Nothing is certain here: {made.reason[0].lower()}{made.reason[1:]}"
    total, height = made.total[made.trapped], made.barrier
    assert height is not None
    rim = {"saddle": "the saddle", "edge": "the edge of the map", "pass": "the lowest way out"}[made.over or "pass"]
    return (
        f"{crossed}; from step {made.trapped} on its energy {brief(total)} is below {rim} at {brief(height)}: "
        "it can never get out again."
    )


def _steps(steps: np.ndarray) -> str:
    told = [str(step) for step in steps[:3]]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told) + (" …" if len(steps) > 3 else "")
