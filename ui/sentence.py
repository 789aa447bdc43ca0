"""One sentence under everything, made from the run and always true."""

from collections.abc import Sequence

import numpy as np

from landscapes import Landscape
from landscapes.flow import basin_of
from landscapes.minima import known_minima
from ui.race import Run
from ui.words import listed

MOST_CLAUSES = 3


def sentence(surface: Landscape, runs: Sequence[Run]) -> tuple[str, str]:
    """What is seen, as a lead and a rest: "X is stuck in a local minimum since step 41", "; Y carried over …"."""
    clauses = [
        _diverged(_of_kind(runs, "diverged")),
        _stuck(_of_kind(runs, "local_minimum")),
        _held_up(_of_kind(runs, "saddle")),
        _arrived(surface, runs),
        _hovering(surface, [run for run in _of_kind(runs, "converged") if run.path.outcome.hovers]),
        _moving(_of_kind(runs, "still_moving"), len(runs)),
    ]
    lead, *rest = [clause for clause in clauses if clause][:MOST_CLAUSES]
    return lead, "".join(f"; {clause}" for clause in rest) + "."


def _of_kind(runs: Sequence[Run], kind: str) -> list[Run]:
    return [run for run in runs if run.path.outcome.kind == kind]


def names(runs: Sequence[Run]) -> str:
    """The racers' names as a list in words."""
    return listed([run.racer.name for run in runs])


def _steps(steps: Sequence[int]) -> str:
    return f"step{'s' if len(steps) > 1 else ''} {listed([str(step) for step in steps])}"


def _are(runs: Sequence[Run]) -> str:
    return "is" if len(runs) == 1 else "are"


def _ends(runs: Sequence[Run]) -> list[int]:
    return [run.path.outcome.step for run in runs]


def _diverged(out: Sequence[Run]) -> str:
    if len(out) == 1:
        told = out[0].path.outcome.sentence.rstrip(".")
        return f"{out[0].racer.name} {told[0].lower()}{told[1:]}"
    return f"{names(out)} diverged, at {_steps(_ends(out))}" if out else ""


def _stuck(stuck: Sequence[Run]) -> str:
    if not stuck:
        return ""
    ends = np.stack([run.path.positions[-1] for run in stuck])
    together = len(stuck) > 1 and np.ptp(ends, axis=0).max() < 0.2
    where = "the same local minimum" if together else "a local minimum" if len(stuck) == 1 else "local minima"
    since = f"since {_steps(_ends(stuck))}" if len(stuck) < 3 else f"by step {max(_ends(stuck))}"
    return f"{names(stuck)} {_are(stuck)} stuck in {where} {since}"


def _held_up(held: Sequence[Run]) -> str:
    return f"{names(held)} {_are(held)} held up at a saddle" if held else ""


def crossing(surface: Landscape, run: Run) -> int | None:
    """The step at which a run came for good into the basin it ends in, if it began in another; None if it did not.

    A basin is all from where the slope leads down to one minimum.
    """
    if len(known_minima(surface)) < 2:
        return None
    basins = basin_of(surface, run.path.positions)
    other = np.flatnonzero(basins != basins[-1])
    return int(other[-1]) + 1 if basins[0] != basins[-1] else None


def _arrived(surface: Landscape, runs: Sequence[Run]) -> str:
    at_rest = [run for run in _of_kind(runs, "converged") if not run.path.outcome.hovers]
    there = sorted(at_rest, key=lambda run: run.path.outcome.step)
    if not there:
        return ""
    if _of_kind(runs, "local_minimum"):
        over = [(run, crossing(surface, run)) for run in there]
        if all(step is not None for _, step in over):
            return f"{names(there)} carried over the barrier at {_steps([step for _, step in over if step])}"
    where = _global(surface)
    first = there[0]
    if len(there) == 1:
        return f"{first.racer.name} reached {where} at step {first.path.outcome.step}"
    others = "all" if len(there) == len(runs) else f"{len(there)} of {len(runs)}"
    return f"{first.racer.name} was first at {where}, at step {first.path.outcome.step}, and {others} got there"


def _hovering(surface: Landscape, around: Sequence[Run]) -> str:
    if not around:
        return ""
    within = listed([f"{run.path.outcome.hovers:.2g}" for run in around])
    return (
        f"{names(around)} {'hovers' if len(around) == 1 else 'hover'} around {_global(surface)}, within {within} of it"
    )


def _global(surface: Landscape) -> str:
    return "the global minimum" if len(surface.global_minima) == 1 else "a global minimum"


def _moving(moving: Sequence[Run], racers: int) -> str:
    if not moving:
        return ""
    steps = max(run.path.steps for run in moving)
    if len(moving) == racers > 2:
        return f"Nobody has settled after {steps} steps"
    return f"{names(moving)} {_are(moving)} still on the way after {steps} steps"
