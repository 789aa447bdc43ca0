"""What the page on schedules adds: handles that are dragged, the best fixed rate, and the lines to type."""

from typing import Any

import streamlit as st

from optimizers import SGD
from studies.best_rate import best_rate
from ui.race import Run
from ui.schedule_presets import fixed
from ui.settings import MOST_RACERS, Racer, Settings, rounded
from ui.snippets import keras_optimizer
from ui.state import change, current
from ui.widgets import within
from ui.words import plain


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
    after = within(before.dragged(handle, step, rate))
    changes: dict[str, Any] = {"decay_schedule": after}
    apart = {*racer.apart, "decay_schedule"}
    if after.initial != before.initial:
        changes["optimizer"] = racer.optimizer.replace(learning_rate=rounded(after.initial))
        apart.add("learning_rate")
    racers = list(settings.racers)
    racers[index] = racer.replace(apart=tuple(name for name in APART_ORDER if name in apart), **changes)
    change(racers=tuple(racers))


APART_ORDER = ("learning_rate", "momentum", "decay_schedule", "batch_size")


def best_fixed(settings: Settings) -> None:
    """The fixed rate that descent does best at, and a racer that runs at it."""
    batch = settings.batch(settings.racers[0])
    rate = best_rate(settings.landscape, SGD(), start=settings.begin, steps=settings.steps, batch=batch)
    if rate is None:
        st.caption("Plain descent diverges here at every fixed rate from 0.001 to 1.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="best"):
        st.caption(f"Best fixed rate here: η = {rate:g}, of 31 between 0.001 and 1, over 16 seeds.", width="content")
        full = len(settings.racers) >= MOST_RACERS and _best_racer(settings) is None
        st.button("Race it", key="best.race", on_click=_race_best, args=(rate,), disabled=full)


def _best_racer(settings: Settings) -> int | None:
    names = [racer.name for racer in settings.racers]
    return names.index(fixed(0.1).name) if fixed(0.1).name in names else None


def _race_best(rate: float) -> None:
    settings = current()
    at = _best_racer(settings)
    racers = list(settings.racers)
    if at is None:
        racers.append(fixed(rate))
    else:
        racers[at] = fixed(rate)
    change(racers=tuple(racers))


def keras_lines(runs: tuple[Run, ...]) -> None:
    """Each racer's optimizer as it would be typed in Keras."""
    with st.expander("In Keras", expanded=True):
        for columns in zip(*[iter([*runs, *[None] * (-len(runs) % 2)])] * 2, strict=True):
            for column, run in zip(st.columns(2), columns, strict=True):
                if run is not None:
                    column.caption(plain(run.racer.name))
                    column.code(keras_optimizer(run.optimizer), language="python")
