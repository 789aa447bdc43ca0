"""A racer's schedule: its handles, what dragging one of them changes, and where a noisy run hovers."""

from typing import Any

from experiment.race.runs import Run
from experiment.race.settings import RATE, Racer, Settings, racer
from landscapes.landscape import diagonal
from optimizers import Adagrad, Constant, Schedule
from optimizers.explain.effective import stops
from records import rounded, within

STOPPED = 2e-4
"""A step shorter than this part of the map's diagonal is too short to be seen."""


def scheduled(schedule: Schedule, **changes: Any) -> Racer:
    """A racer with a decay schedule of its own: SGD with the shared learning rate and momentum."""
    name = schedule.title[0].upper() + schedule.title[1:]
    return racer("momentum", name=name, overrides=("decay_schedule",), decay_schedule=schedule).replace(**changes)


def started(settings: Settings, racer: Racer) -> Any:
    """A racer's schedule, starting at the rate that counts for it: its own or the shared one."""
    return settings.schedule(racer).starting_at(settings.value("learning_rate", racer))


def with_handle(settings: Settings, index: int, handle: int, step: float, rate: float) -> Settings:
    """The settings after `handle` of the schedule of racer `index` was dragged to (step, rate).

    The schedule becomes the racer's own, and so does the rate if it now starts at another one. An index of no racer or
    no handle changes nothing.
    """
    if index not in range(len(settings.racers)):
        return settings
    racer = settings.racers[index]
    before = started(settings, racer)
    if handle not in range(len(before.handles)):
        return settings
    moved = before.dragged(handle, step, rate)
    own = {*racer.overrides, "decay_schedule"}
    if moved.initial != before.initial:
        # the rate becomes the racer's own learning rate, so it must also be within that slider
        moved = before.dragged(handle, step, min(max(rate, RATE.low), RATE.high))
        racer = racer.with_own("learning_rate", rounded(moved.initial))
        own.add("learning_rate")
    racer = racer.replace(decay_schedule=within(moved)).with_overrides(*own)
    return settings.with_racer(index, racer)


def schedule_facts(settings: Settings, run: Run) -> dict[str, Any]:
    """Facts of a run for the pictures: its schedule's handles, where a noisy run hovers, and where Adagrad stops."""
    schedule = started(settings, run.racer)
    return {
        "handles": [list(map(float, handle)) for handle in schedule.handles],
        "handle_words": schedule.handle_words,
        **_ball(settings, run),
        "marks": _stops(settings, run),
    }


def _ball(settings: Settings, run: Run) -> dict[str, Any]:
    """The ball in which a run at a fixed rate hovers, and the mean loss of its last half; {} if it does not hover."""
    outcome = run.path.outcome
    if not outcome.place or not outcome.hovers or outcome.dies_out:
        return {}
    if not isinstance(settings.schedule(run.racer), Constant):
        return {}
    level = float(run.path.losses[run.path.steps // 2 :].mean())
    return {"noise_ball": [*outcome.place, outcome.hovers], "level": level}


def _stops(settings: Settings, run: Run) -> list[tuple[int, str]]:
    """The step from which on Adagrad's steps are too short to be seen, with a label; [] if there is none."""
    step = stops(run.path, STOPPED * diagonal(settings.landscape)) if isinstance(run.optimizer, Adagrad) else None
    return [] if step is None else [(step, "Adagrad stops here")]
