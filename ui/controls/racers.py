"""The racers: a chip for each, which opens into the racer's own settings."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from experiment.race.methods import COURSE, METHODS, MORE, Method
from experiment.race.settings import (
    MAX_NAME_LENGTH,
    MAX_RACERS,
    RATE,
    SHARED,
    Racer,
    Settings,
    free_name,
    racer,
    slug_of,
)
from experiment.words import plain
from figures.styles import styles
from optimizers import SCHEDULES, SGD, Schedule
from optimizers.optimizer import CLIPPING
from records import number_fields
from ui.common import widgets
from ui.common.state import change, current

HALF = 136
"""The width in pixels of a button, so that two fit side by side on a phone."""

USUAL_SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024, 2048, 4096)


def racers(settings: Settings, adding: Callable[[], None]) -> None:
    """Draw all racers as chips, and the button that adds one."""
    with st.container(key="racers"):
        for index, (runner, (style, variant)) in enumerate(zip(settings.racers, styles(settings), strict=True)):
            with st.container(key=f"racer{index}-of-{style}-{variant}"):
                _chip(index, runner, settings)
    full = len(settings.racers) >= MAX_RACERS
    with st.popover("Add racer", icon=":material/add:", disabled=full, key="add", on_change="rerun") as unfolded:
        if unfolded.open:
            adding()


def add_method() -> None:
    """Draw the methods that can be added: the course's side by side, the others in lists by origin."""
    with st.container(horizontal=True, gap="small"):
        for method, entry in COURSE.items():
            st.button(entry.title, key=f"add.{method}", on_click=_add, args=(method,), width=HALF)
    for label, methods in MORE.items():
        _add_one_of(label, methods)


def _add_one_of(label: str, methods: Mapping[str, Method]) -> None:
    key = f"add.{label}"

    def chosen() -> None:
        if (method := st.session_state[key]) is not None:
            _add(method)

    st.selectbox(
        label,
        list(methods),
        index=None,
        format_func=lambda slug: methods[slug].title,
        placeholder=f"{len(methods)} methods",
        key=key,
        on_change=chosen,
    )


def _chip(index: int, runner: Racer, settings: Settings) -> None:
    key = f"racer{index}"
    with st.popover(plain(runner.name), width="stretch", key=key, on_change="rerun") as chip:
        if chip.open:
            _unfolded(index, runner, settings)
    if "learning_rate" in runner.overrides:
        st.html(f'<span class="descent-own">η {runner.optimizer.learning_rate:.3g}</span>')


def _unfolded(index: int, runner: Racer, settings: Settings) -> None:
    key = f"racer{index}."
    _name(index, runner, f"{key}name")
    widgets.choice("Method", runner.method, METHODS, f"{key}method", lambda method: _put(index, _remade(index, method)))
    st.caption(METHODS[runner.method].optimizer.story)
    _overrides(index, runner, f"{key}apart")
    _own(index, runner, key)
    named_by = ("nesterov",) if isinstance(runner.optimizer, SGD) else ()
    widgets.fields(
        runner.optimizer,
        f"{key}{runner.method}",
        lambda optimizer: _set(index, optimizer=optimizer),
        skip=("learning_rate", "momentum", *named_by, *runner.optimizer.common),
    )
    _clipping(index, runner, f"{key}{runner.method}")
    with st.container(horizontal=True):
        full = len(settings.racers) >= MAX_RACERS
        st.button("Duplicate", key=f"{key}duplicate", on_click=_duplicate, args=(index,), disabled=full)
        alone = len(settings.racers) == 1
        st.button("Remove", key=f"{key}remove", on_click=_remove, args=(index,), disabled=alone)


def _clipping(index: int, runner: Racer, key: str) -> None:
    """Draw clipping and weight decay, in a section that is open only if one of them is on."""
    optimizer = runner.optimizer
    with st.expander("Clipping and weight decay", expanded=len(optimizer.inactive_fields) < len(optimizer.common)):
        widgets.amounts(optimizer, key, optimizer.common, lambda record: _set(index, optimizer=record), one_of=CLIPPING)
        st.caption("At most one of the three clips: setting one turns the others off.")


def _name(index: int, runner: Racer, key: str) -> None:
    widgets.keep(key, runner.name)

    def renamed() -> None:
        name = "".join(letter for letter in st.session_state[key] if letter.isprintable()).strip()
        _set(index, name=name[:MAX_NAME_LENGTH] or METHODS[runner.method].title)
        st.session_state[f"racer{index}"] = True  # a new label is a new popover: leave it open

    st.text_input("Name", max_chars=MAX_NAME_LENGTH, key=key, on_change=renamed)


def _overrides(index: int, runner: Racer, key: str) -> None:
    fields = [field for field in SHARED if runner.has(field)]
    widgets.keep(key, [field for field in fields if field in runner.overrides])

    def chosen() -> None:
        overrides = tuple(field for field in fields if field in st.session_state[key])
        hidden = [field for field in runner.overrides if not runner.has(field)]
        _put(index, _taking_over(runner, current(), overrides).replace(overrides=(*overrides, *hidden)))

    st.pills(
        "Set apart: the shared controls leave it alone",
        fields,
        selection_mode="multi",
        format_func=lambda field: SHARED[field],
        key=key,
        on_change=chosen,
    )


def _taking_over(runner: Racer, settings: Settings, overrides: tuple[str, ...]) -> Racer:
    """A copy of the racer whose newly overridden fields begin at the shared values, so that nothing jumps."""
    shared: dict[str, Any] = {name: getattr(settings, name) for name in SHARED}
    new = [name for name in overrides if name not in runner.overrides]
    numbers = {name: shared[name] for name in new if name in ("learning_rate", "momentum")}
    rest = {name: shared[name] for name in new if name in ("decay_schedule", "batch_size")}
    return runner.replace(optimizer=runner.optimizer.replace(**numbers), **rest)


def _own(index: int, runner: Racer, key: str) -> None:
    """Draw the controls of the fields that the racer overrides."""
    for name in ("learning_rate", "momentum"):
        if name in runner.overrides and runner.has(name):
            slid = RATE if name == "learning_rate" else number_fields(runner.optimizer)[name]
            value = getattr(runner.optimizer, name)
            widgets.number_slider(
                f"Own {SHARED[name].lower()}", value, slid, f"{key}{name}", _optimizer_setter(index, name)
            )
    if "decay_schedule" in runner.overrides:
        put = _setter(index, "decay_schedule")
        choose_schedule("Own decay schedule", runner.decay_schedule, f"{key}decay_schedule", put)
        schedule_fields(runner.decay_schedule, f"{key}decay_schedule", put)
    if "batch_size" in runner.overrides:
        samples = current().landscape.sample_count
        batch_size("Own batch size", runner.batch_size, samples, f"{key}batch_size", _setter(index, "batch_size"))


def _optimizer_setter(index: int, name: str) -> Callable[[float], None]:
    def put(value: float) -> None:
        _set(index, optimizer=current().racers[index].optimizer.replace(**{name: value}))

    return put


def choose_schedule(label: str, schedule: Schedule, key: str, on_change: Callable[[Schedule], None]) -> None:
    """Draw the choice of a schedule. `on_change` is called with a new schedule."""
    widgets.choice(label, slug_of(schedule, SCHEDULES), SCHEDULES, key, lambda slug: on_change(SCHEDULES[slug]()))


def schedule_fields(schedule: Schedule, key: str, on_change: Callable[[Any], None]) -> None:
    """Draw the sliders of a schedule, except for the rate that it is named by, which the learning-rate slider sets."""
    own = f"{key}.{slug_of(schedule, SCHEDULES)}"
    widgets.fields(schedule, own, on_change, skip=(schedule.named_by,), columns=2)


def batch_size(label: str, size: int | None, samples: int, key: str, on_change: Callable[[int | None], None]) -> None:
    """Draw a slider of batch sizes from one sample to all of them, None."""
    size = None if size is None or size >= samples else size
    usual = [usual for usual in USUAL_SIZES if usual < samples]
    sizes = [*sorted({*usual, *([] if size is None else [size])}), None]
    widgets.keep(key, size)
    st.select_slider(
        label,
        sizes,
        key=key,
        format_func=lambda size: f"all {samples}" if size is None else str(size),
        help=f"Samples a step looks at: all {samples} is gradient descent, 1 is SGD in the strict sense",
        on_change=widgets.changed(key, size, on_change),
    )


def _setter(index: int, name: str) -> Callable[[Any], None]:
    return lambda value: _set(index, **{name: value})


def _put(index: int, runner: Racer) -> None:
    all_racers = current().racers
    change(racers=(*all_racers[:index], runner, *all_racers[index + 1 :]))


def _set(index: int, **changes: Any) -> None:
    _put(index, current().racers[index].replace(**changes))


def _remade(index: int, method: str) -> Racer:
    """The racer at `index` with another method. It keeps a name that was given by hand."""
    before = current().racers[index]
    fresh = racer(method)
    return fresh if before.name == METHODS[before.method].title else fresh.replace(name=before.name)


def _add(method: str) -> None:
    st.session_state["add"] = False
    change(racers=(*current().racers, racer(method, name=free_name(METHODS[method].title, current().racers))))


def _duplicate(index: int) -> None:
    before = current().racers
    variant = before[index].replace(name=free_name(before[index].name, before))
    change(racers=(*before[: index + 1], variant, *before[index + 1 :]))


def _remove(index: int) -> None:
    before = current().racers
    change(racers=before[:index] + before[index + 1 :])
