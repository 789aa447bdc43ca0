"""The energy of each racer as the player draws it, and the lines that say why it cannot get out again."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from landscapes import Landscape
from studies.energy import Energy, energy
from ui.race import Run
from ui.words import brief

DERIVED = (
    r"v^+ = \beta v - \eta g,\qquad x^+ = x + v^+,\qquad E = f(x) + \frac{\beta}{2\eta}\lvert v\rvert^2",
    r"f(x^+) \le f(x) + g\cdot v^+ + \frac{\lambda}{2}\lvert v^+\rvert^2"
    r",\qquad g\cdot v^+ \le \frac{\beta}{2\eta}\lvert v\rvert^2 - \frac{2-\beta}{2\eta}\lvert v^+\rvert^2",
    r"E^+ \le E - \left(\frac{1-\beta}{\eta} - \frac{\lambda}{2}\right)\lvert v^+\rvert^2"
    r"\quad\Rightarrow\quad E \text{ never rises while } \eta \le \frac{2(1-\beta)}{\lambda}",
)
"""Why the energy never rises, in three lines of LaTeX."""


@lru_cache(maxsize=128)
def energy_of(surface: Landscape, run: Run) -> Energy:
    """The energy of a run, kept for the next view of it."""
    return energy(surface, run.optimizer, run.path)


def energy_column(surface: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The kinetic energy at each point; the potential is the loss."""
    return {"kinetic": energy_of(surface, run).kinetic}


def about_energy(surface: Landscape, run: Run) -> dict[str, Any]:
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


def derivation() -> None:
    """The bound in three lines, folded."""
    with st.expander("Why it can never get out again"):
        st.caption(
            "Let no curvature on the way be above λ. Taylor's bound, then 2v·v⁺ ≤ |v|² + |v⁺|², then the sum of both. "
            "The same lines hold for any part of a step, so none can leap over a barrier above E."
        )
        for line in DERIVED:
            st.latex(rf"\small {line}")
        st.caption("Ochs, Chen, Brox and Pock, 2014. Looked up on a fine grid; not for noise, schedules or Nesterov.")
