"""The sentence under a race, made from its runs so that it is always true."""

from collections.abc import Sequence

import numpy as np

from experiment.race.runs import Run
from experiment.words import listed
from landscapes import Landscape
from landscapes.flow import basin_of
from landscapes.landscape import diagonal
from landscapes.minima import ARRIVED, known_minima

MAX_CLAUSES = 3


def sentence(landscape: Landscape, runs: Sequence[Run]) -> tuple[str, str]:
    """The sentence on a race in two parts, lead and rest.

    As "X is stuck in a local minimum since step 41" and "; Y carried over the barrier at step 60.". It has at most
    MAX_CLAUSES clauses, in order of what a learner should notice first.
    """
    rest = [run for run in runs if run.path.outcome.shape and not run.path.outcome.hovers]
    # what moves on in a longer run is not called reached, stuck or held up
    leaving = [run for run in rest if run.path.outcome.leaves is not None]
    staying = [run for run in rest if run.path.outcome.leaves is None]
    swinging = [run for run in runs if run.path.outcome.hovers]
    clauses = [
        _diverged(_of_kind(runs, "diverged")),
        _stuck(landscape, _of_kind(staying, "local_minimum")),
        *(_at(_of_kind(rest, kind), verb) for kind, verb in HELD.items()),
        _arrived(landscape, runs, _of_kind(staying, "converged")),
        *(_leaving(run) for run in leaving if run.path.outcome.kind not in HELD),
        _swinging([run for run in swinging if not run.path.outcome.dies_out], "hovers", "hover"),
        _swinging([run for run in swinging if run.path.outcome.dies_out], "still swings", "still swing"),
        _resting(_of_kind(rest, "still_moving")),
        _moving([run for run in _of_kind(runs, "still_moving") if not run.path.outcome.shape], len(runs)),
    ]
    # there is always one: each run is in at least one clause
    lead, *others = [clause for clause in clauses if clause][:MAX_CLAUSES]
    return lead, "".join(f"; {clause}" for clause in others) + "."


HELD = {"saddle": "held up", "maximum": "at rest", "plain": "at rest"}
"""The verb for a racer that rests at another place than a minimum, by the kind of its outcome."""


def _of_kind(runs: Sequence[Run], kind: str) -> list[Run]:
    return [run for run in runs if run.path.outcome.kind == kind]


def racer_names(runs: Sequence[Run]) -> str:
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
        reason = out[0].path.outcome.sentence.rstrip(".")
        return f"{out[0].racer.name} {reason[0].lower()}{reason[1:]}"
    return f"{racer_names(out)} diverged, at {_steps(_ends(out))}" if out else ""


def _stuck(landscape: Landscape, stuck: Sequence[Run]) -> str:
    if not stuck:
        return ""
    ends = np.stack([run.path.positions[-1] for run in stuck])
    # each is within the arrival distance of its minimum
    together = len(stuck) > 1 and np.hypot(*np.ptp(ends, axis=0)) <= 2 * ARRIVED * diagonal(landscape)
    places = list(dict.fromkeys(run.path.outcome.where for run in stuck))
    where = places[0] if len(places) == 1 else "places that are not the lowest"
    if where == "a local minimum" and len(stuck) > 1:
        where = "the same local minimum" if together else "local minima"
    since = f"since {_steps(_ends(stuck))}" if len(stuck) < 3 else f"by step {max(_ends(stuck))}"
    preposition = "on" if "floor" in where else "in"
    return f"{racer_names(stuck)} {_are(stuck)} stuck {preposition} {where} {since}{_so_far(stuck)}"


def _so_far(runs: Sequence[Run]) -> str:
    """The words that are added where a longer run may end differently."""
    return ", so far" if any(run.path.outcome.so_far for run in runs) else ""


def _at(runs: Sequence[Run], verb: str) -> str:
    if not runs:
        return ""
    preposition = "on" if runs[0].path.outcome.kind != "saddle" else "at"
    leaves = any(run.path.outcome.leaves is not None for run in runs)
    place = f"{runs[0].path.outcome.where}{' for a while: a longer run leaves it' if leaves else ''}"
    return f"{racer_names(runs)} {_are(runs)} {verb} {preposition} {place}{'' if leaves else _so_far(runs)}"


def _leaving(run: Run) -> str:
    outcome = run.path.outcome
    return f"{run.racer.name} came to {outcome.where} at step {outcome.step}, but a longer run leaves it again"


def _resting(pulled: Sequence[Run]) -> str:
    """The clause on racers that rest where the loss slopes."""
    return f"{racer_names(pulled)} {_are(pulled)} at rest at {pulled[0].path.outcome.where}" if pulled else ""


def crossing(landscape: Landscape, run: Run) -> int | None:
    """The step at which a run came for good into the basin where it ends; None if it began in that basin.

    A basin is everything from where the gradient flow leads to one minimum.
    """
    if len(known_minima(landscape)) < 2:
        return None
    basins = basin_of(landscape, run.path.positions)
    other = np.flatnonzero(basins != basins[-1])
    return int(other[-1]) + 1 if basins[0] != basins[-1] else None


def _arrived(landscape: Landscape, runs: Sequence[Run], at_rest: Sequence[Run]) -> str:
    there = sorted(at_rest, key=lambda run: run.path.outcome.step)
    if not there:
        return ""
    if _of_kind(runs, "local_minimum"):
        over = [(run, crossing(landscape, run)) for run in there]
        if all(step is not None for _, step in over):
            steps = _steps([step for _, step in over if step])
            return f"{racer_names(there)} carried over the barrier at {steps}{_so_far(there)}"
    first = there[0]
    where = first.path.outcome.where
    if len(there) == 1:
        return f"{first.racer.name} reached {where} at step {first.path.outcome.step}{_so_far(there)}"
    others = "all" if len(there) == len(runs) else f"{len(there)} of {len(runs)}"
    same = all(run.path.outcome.where == where for run in there)
    got = f"{others} got there" if same else f"{others} got as low"
    return f"{first.racer.name} was first at {where}, at step {first.path.outcome.step}, and {got}{_so_far(there)}"


def _swinging(around: Sequence[Run], one: str, several: str) -> str:
    """The clauses on racers that hover or swing, one for each place; with "so far" where no more is known."""
    clauses = []
    for where in dict.fromkeys(run.path.outcome.where for run in around):
        here = [run for run in around if run.path.outcome.where == where]
        within = listed([f"{run.path.outcome.hovers:.2g}" for run in here])
        less = ", by less and less" if here[0].path.outcome.dies_out else ""
        verb = one if len(here) == 1 else several
        so_far = "so far " if any(run.path.outcome.so_far for run in here) else ""
        clauses.append(f"{racer_names(here)} {verb} around {where}{less}, {so_far}within {within} of it")
    return "; ".join(clauses)


def _moving(moving: Sequence[Run], racers: int) -> str:
    if not moving:
        return ""
    steps = max(run.path.steps for run in moving)
    if len(moving) == racers > 2:
        return f"Nobody has settled after {steps} steps"
    return f"{racer_names(moving)} {_are(moving)} still on the way after {steps} steps"
