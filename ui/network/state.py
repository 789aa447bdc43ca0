"""Each visitor's own experiment, kept between reruns."""

import streamlit as st

from experiment.network.experiment import Experiment
from experiment.network.query import from_query

_KEPT, _PROBLEMS = "network.experiment", "network.problems"


def current() -> Experiment:
    """The visitor's experiment; at the first visit that of the link."""
    if _KEPT not in st.session_state:
        problems: list[str] = []
        st.session_state[_KEPT] = from_query(st.query_params.to_dict(), problems)
        st.session_state[_PROBLEMS] = problems
    return st.session_state[_KEPT]


def problems() -> list[str]:
    """A sentence for each value of the link that can't be used."""
    return st.session_state.get(_PROBLEMS, [])


def store(experiment: Experiment) -> None:
    """Replace the visitor's experiment."""
    st.session_state[_KEPT] = experiment
