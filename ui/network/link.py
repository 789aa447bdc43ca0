"""An experiment to a query and back; each visitor's own is kept between reruns."""

from collections.abc import Callable, Mapping

import streamlit as st

from records import choice_fields, number_fields
from ui import parse
from ui.network.experiment import Experiment

_KEPT, _PROBLEMS = "network.experiment", "network.problems"
HARMLESS = ("embed", "embed_options", "playhead")


def to_query(experiment: Experiment) -> dict[str, str]:
    """What is not as at first."""
    first, fields = Experiment(), (*number_fields(experiment), *choice_fields(experiment))
    changed = [name for name in fields if getattr(experiment, name) != getattr(first, name)]
    return {name: _text(getattr(experiment, name)) for name in changed}


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{float(value):.15g}"


def from_query(query: Mapping[str, str], problems: list[str]) -> Experiment:
    """The experiment that a query describes; what is wrong is noted, and the default stands."""
    known = {key: text for key, text in query.items() if key not in HARMLESS}
    read, first = parse.Reader(known, problems), Experiment()
    values = {name: read.take(name, _number(name), getattr(first, name)) for name in number_fields(first)}
    for name, shown in choice_fields(first).items():
        values[name] = read.take(name, parse.choice(name, shown.options), getattr(first, name))
    problems += [f"`{key[:40]}` is not known. Received: {key[:40]}={query[key][:40]}." for key in read.unknown()]
    return Experiment(**values)


def _number(name: str) -> Callable[[str], float]:
    slid = number_fields(Experiment)[name]
    if slid.integer:
        return parse.whole(name, int(slid.low), int(slid.high))
    return parse.number(name, slid.low, slid.high)


def current() -> Experiment:
    """The visitor's experiment, at first the link's."""
    if _KEPT not in st.session_state:
        problems: list[str] = []
        st.session_state[_KEPT] = from_query(st.query_params.to_dict(), problems)
        st.session_state[_PROBLEMS] = problems
    return st.session_state[_KEPT]


def problems() -> list[str]:
    """What in the link could not be used."""
    return st.session_state.get(_PROBLEMS, [])


def store(experiment: Experiment) -> None:
    """Put another experiment in its place."""
    st.session_state[_KEPT] = experiment
