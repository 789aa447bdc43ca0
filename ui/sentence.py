"""One sentence under everything, made from the run and always true."""

from collections.abc import Sequence

import numpy as np

from landscapes import Landscape
from ui.race import Run, minima


def sentence(surface: Landscape, runs: Sequence[Run]) -> tuple[str, str]:
    """What is seen, as a lead and a rest: "X is stuck in a local minimum since step 41" and "; momentum …"."""
    told = [_diverged(runs), _stuck(runs), _saddle(runs), _crossed(surface, runs), _arrived(surface, runs), _moving(runs)]
    clauses = [clause for clause in told if clause][:3]
    return clauses[0], "".join(f"; {clause}" for clause in clauses[1:]) + "."


def _of_kind(runs: Sequence[Run], kind: str) -> list[Run]:
    return sorted((run for run in runs if run.path.outcome.kind == kind), key=lambda run: run.path.outcome.step)


def names(runs: Sequence[Run]) -> str:
    """The racers' names as a list in words."""
    said = [run.racer.name for run in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _steps(steps: Sequence[int]) -> str:
    said = list(map(str, steps))
    return f"step {said[0]}" if len(said) == 1 else f"steps {', '.join(said[:-1])} and {said[-1]}"


def _is(runs: Sequence[Run]) -> str:
    return "is" if len(runs) == 1 else "are"


def _diverged(runs: Sequence[Run]) -> str:
    out = _of_kind(runs, "diverged")
    if len(out) == 1:
        told = out[0].path.outcome.sentence.rstrip(".")
        return f"{out[0].racer.name} d{told[1:]}"
    return f"{names(out)} diverged, at {_steps([run.path.outcome.step for run in out])}" if out else ""


def _stuck(runs: Sequence[Run]) -> str:
    stuck = _of_kind(runs, "local_minimum")
    if not stuck:
        return ""
    steps = [run.path.outcome.step for run in stuck]
    since = f"since {_steps(steps)}" if len(stuck) < 3 else f"by step {steps[-1]}"
    where = "a local minimum" if len(stuck) == 1 else "local minima" if _apart(stuck) else "the same local minimum"
    return f"{names(stuck)} {_is(stuck)} stuck in {where} {since}"


def _apart(runs: Sequence[Run]) -> bool:
    ends = np.stack([run.path.positions[-1] for run in runs])
    return bool(np.ptp(ends, axis=0).max() > 0.5)


def _saddle(runs: Sequence[Run]) -> str:
    held = _of_kind(runs, "saddle")
    return f"{names(held)} {_is(held)} held up at a saddle" if held else ""


def crossing(surface: Landscape, run: Run) -> int | None:
    """The step at which a run that settled came for good into the region of another minimum than its start's."""
    if run.path.outcome.kind not in ("converged", "local_minimum") or len(minima(surface)) < 2:
        return None
    nearest = np.argmin(np.hypot(*(run.path.positions[:, None] - minima(surface)).transpose(2, 0, 1)), axis=1)
    other = np.flatnonzero(nearest != nearest[-1])
    return int(other[-1]) + 1 if len(other) and nearest[0] != nearest[-1] else None


def _crossed(surface: Landscape, runs: Sequence[Run]) -> str:
    if not _of_kind(runs, "local_minimum"):
        return ""
    over = [(crossing(surface, run), run) for run in _of_kind(runs, "converged")]
    over = sorted(((step, run) for step, run in over if step is not None), key=lambda pair: pair[0])
    if not over:
        return ""
    return f"{names([run for _, run in over])} carried over the barrier at {_steps([step for step, _ in over])}"


def _arrived(surface: Landscape, runs: Sequence[Run]) -> str:
    there = _of_kind(runs, "converged")
    if not there or _crossed(surface, runs):
        return ""
    where = "the global minimum" if len(surface.global_minima) == 1 else "a global minimum"
    first = there[0]
    if len(there) == 1:
        return f"{first.racer.name} reached {where} at step {first.path.outcome.step}"
    who = "all" if len(there) == len(runs) else f"{len(there)} of {len(runs)}"
    return f"{first.racer.name} was first at {where}, at step {first.path.outcome.step}; {who} got there"


def _moving(runs: Sequence[Run]) -> str:
    moving = _of_kind(runs, "still_moving")
    if not moving:
        return ""
    steps = max(run.path.steps for run in moving)
    if len(moving) == len(runs) > 2:
        return f"Nobody has settled after {steps} steps"
    return f"{names(moving)} {_is(moving)} still on the way after {steps} steps"
