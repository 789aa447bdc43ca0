"""The energy of each racer for the player, and a sentence on it."""

from typing import Any

import numpy as np

from caching import cached
from experiment.race.runs import Run
from experiment.words import brief
from landscapes import Landscape
from studies.escape.energy import Energy, energy


@cached(128)
def energy_of(landscape: Landscape, run: Run) -> Energy:
    """The energy of a run, cached for the next view of it."""
    return energy(landscape, run.optimizer, run.path)


def energy_column(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The kinetic energy at each point, (steps + 1,). The potential energy is the loss."""
    return {"kinetic": energy_of(landscape, run).kinetic}


def energy_facts(landscape: Landscape, run: Run) -> dict[str, Any]:
    """Facts for the energy chart: barriers by step, passes and turns, and the step from which on the run is trapped."""
    energies = energy_of(landscape, run)
    heights = np.where(np.isfinite(energies.barriers), energies.barriers, np.nan)
    # a barrier is sent once for all steps until it changes
    changes = [0, *(1 + np.flatnonzero(~np.isclose(heights[1:], heights[:-1], equal_nan=True)))]
    barriers = [[int(step), None if np.isnan(heights[step]) else float(heights[step])] for step in changes]
    return {
        "energy": {
            "barriers": barriers,
            "passes": energies.passes.tolist(),
            "turns": energies.turns.tolist(),
            "trapped": energies.trapped,
            "summary": energy_sentence(run, energies),
        },
        "marks": [] if energies.trapped is None else [[energies.trapped, "trapped for certain"]],
    }


def energy_sentence(run: Run, energies: Energy) -> str:
    """One sentence on the energy of a run, made from its numbers."""
    name = run.racer.name
    crossed = (
        f"{name} passes a barrier at step {_steps(energies.passes)}"
        if len(energies.passes)
        else f"{name} passes no barrier"
    )
    if energies.trapped is None:
        return f"{crossed}. Nothing is certain here: {energies.reason[0].lower()}{energies.reason[1:]}"
    total, height = energies.total[energies.trapped], energies.barrier
    assert height is not None
    rim = {"saddle": "the saddle", "edge": "the edge of the map", "pass": "the lowest way out"}[energies.over or "pass"]
    return (
        f"{crossed}; from step {energies.trapped} on its energy {brief(total)} is below {rim} at {brief(height)}: "
        "it can never get out again."
    )


def _steps(steps: np.ndarray) -> str:
    words = [str(step) for step in steps[:3]]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) + (
        " …" if len(steps) > 3 else ""
    )
