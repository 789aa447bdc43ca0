"""Streamlit widgets made from the records: sliders, choices and switches for the fields of a record."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from experiment.words import in_words
from records import Choice, Record, Slider, choice_fields, number_fields, rounded, switch_fields

Made = TypeVar("Made", bound=Record)

NOTCHES = 80
MAX_SIDE_BY_SIDE = 4
ENTRIES = {"boundaries": "Boundary", "values": "Value"}


def keep(key: str, value: Any) -> None:
    """Set a widget's value, if it was changed elsewhere."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def changed(key: str, value: Any, on_change: Callable[[Any], None]) -> Callable[[], None]:
    """A callback for a widget, which calls `on_change` with the widget's value if that differs from `value`.

    Streamlit also calls back for a widget that has just left the page, if the browser still has it and asks for another
    fragment meanwhile. Its old value must not undo the change that removed it.
    """

    def called() -> None:
        if st.session_state[key] != value:
            on_change(st.session_state[key])

    return called


def number_slider(
    label: str, value: float, slid: Slider, key: str, on_change: Callable[[float], None], **options: Any
) -> None:
    """Draw a slider for a number field. On a log scale it has 81 notches and the present value."""
    if slid.log:
        _log_slider(label, float(value), slid, key, on_change, **options)
        return
    keep(key, float(value))
    st.slider(
        label,
        min(float(slid.low), float(value)),
        max(float(slid.high), float(value)),
        step=float(slid.step),
        key=key,
        format="%d" if slid.integer else None,
        help=slid.help or None,
        on_change=changed(key, float(value), on_change),
        **options,
    )


def _log_slider(
    label: str, value: float, slid: Slider, key: str, on_change: Callable[[float], None], **options: Any
) -> None:
    written = ".0f" if slid.integer else ".3g"
    notches = [float(f"{notch:{written}}") for notch in np.geomspace(slid.low, slid.high, NOTCHES + 1)]
    choices = sorted({*notches, value})
    keep(key, value)
    st.select_slider(
        label,
        choices,
        key=key,
        help=slid.help or None,
        format_func=lambda notch: f"{notch:{written}}",
        on_change=changed(key, value, on_change),
        **options,
    )


def fields(
    record: Made, key: str, on_change: Callable[[Made], None], *, skip: tuple[str, ...] = (), columns: int = 1
) -> None:
    """Draw choices, sliders and switches for the fields of a record, without those in `skip` and inactive ones.

    `on_change` is called with the changed record. `key` is the prefix of the widgets' keys.
    """
    skip = (*skip, *record.inactive_fields)
    for name, choices in choice_fields(record).items():
        if name not in skip:
            _choose(record, name, choices, f"{key}.{name}", on_change)
    slots = _slots(columns)
    for name, slid in number_fields(record).items():
        if name in skip:
            continue
        value = getattr(record, name)
        if isinstance(value, tuple):
            _entries(record, name, slid, key, on_change, slots)
            continue
        with next(slots):
            number_slider(in_words(name), value, slid, f"{key}.{name}", _setter(record, name, on_change))
    for name, switch in switch_fields(record).items():
        if name in skip:
            continue
        with next(slots):
            _toggle(record, name, switch.help, f"{key}.{name}", on_change)


def amounts(
    record: Made, key: str, names: tuple[str, ...], on_change: Callable[[Made], None], *, one_of: tuple[str, ...] = ()
) -> None:
    """Draw a box for a number for each of the named fields. Setting one of `one_of` sets the others to 0."""
    slid = number_fields(record)

    def setter(name: str) -> Callable[[Any], None]:
        others = {other: 0.0 for other in one_of if name in one_of and other != name}
        return lambda value: on_change(record.replace(**others, **{name: rounded(value)}))

    slots = _slots(2)
    for name in names:
        value = float(getattr(record, name))
        keep(f"{key}.{name}", value)
        with next(slots):
            st.number_input(
                in_words(name),
                float(slid[name].reach[0]),
                float(slid[name].reach[1]),
                step=float(slid[name].step),
                format="%g",
                key=f"{key}.{name}",
                help=slid[name].help,
                on_change=changed(f"{key}.{name}", value, setter(name)),
            )


def _slots(columns: int) -> Iterator[Any]:
    while True:
        yield from st.columns(columns) if columns > 1 else [st.container()]


def _setter(record: Made, name: str, on_change: Callable[[Made], None]) -> Callable[[Any], None]:
    return lambda value: on_change(record.replace(**{name: value}))


def _choose(record: Made, name: str, field: Choice, key: str, on_change: Callable[[Made], None]) -> None:
    """Draw a choice: side by side if there are few options, else as a list to open."""
    options = {slug: option for slug, option in field.options.items() if slug != "own"}  # those need data first
    put = _setter(record, name, on_change)
    if len(options) > MAX_SIDE_BY_SIDE:
        choice(in_words(name), getattr(record, name), options, key, put, help=field.help or None)
        return
    keep(key, getattr(record, name))
    st.segmented_control(
        in_words(name),
        list(options),
        format_func=lambda slug: options[slug].title,
        key=key,
        required=True,
        help=field.help or None,
        on_change=changed(key, getattr(record, name), put),
    )


def _toggle(record: Made, name: str, help: str, key: str, on_change: Callable[[Made], None]) -> None:
    keep(key, getattr(record, name))
    st.toggle(
        in_words(name),
        key=key,
        help=help,
        on_change=changed(key, getattr(record, name), _setter(record, name, on_change)),
    )


def _entries(
    record: Made, name: str, slid: Slider, key: str, on_change: Callable[[Made], None], slots: Iterator[Any]
) -> None:
    """Draw a slider for each entry of a tuple. Boundaries are kept in order by moving their neighbours."""
    values = [float(value) for value in getattr(record, name)]

    def moved(index: int, value: float) -> None:
        entries = [*values[:index], rounded(value), *values[index + 1 :]]
        on_change(record.replace(**{name: tuple(rising(entries, index, slid) if name == "boundaries" else entries)}))

    for index, value in enumerate(values):
        if name == "values" and index == 0:
            continue  # the learning-rate slider's own
        label = f"{ENTRIES[name]} {index + 1}"
        with next(slots):
            number_slider(label, value, slid, f"{key}.{name}.{index}", partial(moved, index))


def rising(entries: list[float], moved: int, slid: Slider) -> list[float]:
    """The entries in rising order around the moved one (its index is `moved`): at least 1 apart, within the slider."""
    last = len(entries) - 1
    place = min(max(entries[moved], slid.low + moved), slid.high - (last - moved))
    after = [max(entry, place + at - moved) for at, entry in enumerate(entries) if at > moved]
    before = [min(entry, place - moved + at) for at, entry in enumerate(entries) if at < moved]
    return [*before, place, *after]


def choice(
    label: str,
    slug: str,
    registry: Mapping[str, Any],
    key: str,
    on_change: Callable[[str], None],
    title: Callable[[Any], str] = lambda entry: entry.title,
    **options: Any,
) -> None:
    """Draw a list of a registry's entries. `on_change` is called with the chosen slug."""
    keep(key, slug)
    st.selectbox(
        label,
        list(registry),
        format_func=lambda slug: title(registry[slug]),
        key=key,
        on_change=changed(key, slug, on_change),
        **options,
    )
