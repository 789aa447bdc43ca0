"""What the page on schedules adds: handles that are dragged, and schedules to race."""

from typing import Any

import streamlit as st

from optimizers import SCHEDULES
from records import rounded
from ui.best import BEST, best, fixed
from ui.link import RATE
from ui.schedule_presets import scheduled
from ui.settings import SHARED, Racer, Settings, free_name
from ui.state import change, current
from ui.widgets import within


def handles(settings: Settings, racer: Racer) -> dict[str, Any]:
    """The handles of a racer's schedule, as the player is sent them."""
    schedule = started(settings, racer)
    return {"handles": [list(map(float, handle)) for handle in schedule.handles], "handle_words": schedule.handle_words}


def started(settings: Settings, racer: Racer) -> Any:
    """A racer's schedule from the rate it starts at, its own or the shared one."""
    rate: Any = racer.optimizer.learning_rate if "learning_rate" in racer.apart else settings.learning_rate
    return settings.schedule(racer).starting_at(rate)


def dragged(index: int, handle: int, step: float, rate: float) -> None:
    """A hand moved a handle: the racer gets that schedule for its own, and its own rate if it starts elsewhere."""
    settings = current()
    if index not in range(len(settings.racers)):
        return
    racer = settings.racers[index]
    before = started(settings, racer)
    if handle not in range(len(before.handles)):
        return
    moved = before.dragged(handle, step, rate)
    changes: dict[str, Any] = {}
    apart = {*racer.apart, "decay_schedule"}
    if moved.initial != before.initial:
        moved = before.dragged(handle, step, min(max(rate, RATE.low), RATE.high))
        changes["optimizer"] = racer.optimizer.replace(learning_rate=rounded(moved.initial))
        apart.add("learning_rate")
    changes["decay_schedule"] = within(moved)
    racers = list(settings.racers)
    racers[index] = racer.replace(apart=tuple(name for name in SHARED if name in apart), **changes)
    change(racers=tuple(racers))


def add_schedule() -> None:
    """A racer for each schedule there is, and one at the best fixed rate, to choose from."""
    for slug, made in SCHEDULES.items():
        st.button(made.title, key=f"add.{slug}", on_click=_add, args=(scheduled(made()),), width="stretch")
    st.button("best fixed rate", key="add.best", on_click=_add, args=(fixed(0.1),), width="stretch")


def _add(runner: Racer) -> None:
    st.session_state["add"] = False
    settings = current()
    if runner.name == BEST:  # it is set to the best rate when it is stored
        runner = fixed(best(settings) or 0.1)
    change(racers=(*settings.racers, runner.replace(name=free_name(runner.name, settings.racers))))
