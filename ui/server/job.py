"""Long work in other threads, since Streamlit does not interrupt a fragment's run for that of another fragment."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import streamlit as st

_POOL = ThreadPoolExecutor(2, "job")

Make = Callable[[Callable[[float], Any], Callable[[], bool]], Any]
"""A function that computes a result, given a function that takes the finished share and one that returns whether to
stop. If it is to stop, it raises `CancelledError`.
"""


class Job:
    """A result that is being computed in another thread; `share` is the finished part, 0 to 1.

    Args:
        stamp: the stamp of what the result is for.
        make: computes the result, see `Make`.
    """

    def __init__(self, stamp: str, make: Make) -> None:
        self.stamp = stamp
        self.share = 0.0
        self._given_up = threading.Event()
        self._future = _POOL.submit(make, self._on_progress, self._given_up.is_set)

    def _on_progress(self, share: float) -> None:
        self.share = share

    def serves(self, stamp: str) -> bool:
        """Whether it computes the result of that stamp, and was not given up."""
        return self.stamp == stamp and not self._given_up.is_set()

    @property
    def done(self) -> bool:
        """Whether it has ended, with a result or not."""
        return self._future.done()

    def give_up(self) -> None:
        """Tell the job to stop, since nobody waits for it any more."""
        self._given_up.set()

    def result(self, seconds: float) -> Any:
        """The result, if it is ready within that many seconds; else None. Raises what the job raised."""
        try:
            return self._future.result(seconds)
        except TimeoutError:
            return None


FIRST_TIMEOUT_S, LATER_TIMEOUT_S = 0.25, 0.02
"""The seconds that a panel waits for its job: when it has just begun, and each time the panel asks again."""


def result_of(slot: str, stamp: str, make: Make, first: float = FIRST_TIMEOUT_S, later: float = LATER_TIMEOUT_S) -> Any:
    """The job for that stamp in a slot of the session, and its result; None if it is not ready yet."""
    before = st.session_state.get(slot)
    job = job_for(slot, stamp, make)
    return job, job.result(later if job is before else first)


def job_for(slot: str, stamp: str, make: Make) -> Job:
    """The visitor's job for that stamp in a slot of the session. A job for another stamp is given up and replaced."""
    job = st.session_state.get(slot)
    if job is None or not job.serves(stamp):
        if job is not None:
            job.give_up()
        # one job a slot: the one before stops at its next question
        job = st.session_state[slot] = Job(stamp, make)
    return job


_moved_at = 0.0


def moved() -> None:
    """Note that some visitor's settings change now."""
    global _moved_at
    _moved_at = time.monotonic()


def quiet_for() -> float:
    """The seconds since any visitor's settings changed."""
    return time.monotonic() - _moved_at
