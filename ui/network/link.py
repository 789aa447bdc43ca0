"""An experiment to a query and back; each visitor's own is kept between reruns."""

from collections.abc import Mapping

import streamlit as st

from ui.link import read_fields, record_query
from ui.network.experiment import Experiment
from ui.parse import Reader

_KEPT, _PROBLEMS = "network.experiment", "network.problems"
PREFIX = "network"


def to_query(experiment: Experiment) -> dict[str, str]:
    """What is not as at first."""
    return record_query(PREFIX, experiment)


def from_query(query: Mapping[str, str], problems: list[str]) -> Experiment:
    """The experiment that a query describes; what is wrong is noted, and the default stands."""
    read = Reader(query, problems)
    experiment = read_fields(read, PREFIX, Experiment())
    read.note_unknown()
    return experiment


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
