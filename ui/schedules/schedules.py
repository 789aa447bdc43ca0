"""What the page on schedules adds: handles that can be dragged, and schedules to race."""

import streamlit as st

from experiment.race.best_fixed_rate import BEST, best_fixed_rate, fixed
from experiment.race.schedules import scheduled, with_handle
from experiment.race.settings import Racer, free_name
from optimizers import SCHEDULES
from ui.common.state import change, current, store


def drag_handle(index: int, handle: int, step: float, rate: float) -> None:
    """Store the settings after a handle of racer `index` was dragged to (step, rate)."""
    settings = current()
    moved = with_handle(settings, index, handle, step, rate)
    if moved is not settings:
        store(moved.replace(playhead=None))


def add_schedule() -> None:
    """Draw the racers that can be added: one for each schedule, and one at the best fixed rate."""
    for slug, schedule in SCHEDULES.items():
        st.button(schedule.title, key=f"add.{slug}", on_click=_add, args=(scheduled(schedule()),), width="stretch")
    st.button("best fixed rate", key="add.best", on_click=_add, args=(fixed(0.1),), width="stretch")


def _add(runner: Racer) -> None:
    st.session_state["add"] = False
    settings = current()
    if runner.name == BEST:  # it is set to the best rate when it is stored
        runner = fixed(best_fixed_rate(settings) or 0.1)
    change(racers=(*settings.racers, runner.replace(name=free_name(runner.name, settings.racers))))
