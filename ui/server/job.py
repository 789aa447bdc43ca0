"""Long work beside the script, since Streamlit does not interrupt a fragment's run for another fragment's."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import streamlit as st

_POOL = ThreadPoolExecutor(2, "job")

Make = Callable[[Callable[[float], Any], Callable[[], bool]], Any]
"""Makes something: it is called with where to report the share that is done, and whom to ask whether to stop; then it
raises `CancelledError`."""


class Job:
    """Something in the making; `share` says how much of it is done.

    Args:
        stamp: what it is made for.
        make: called with where to tell the share, and whom to ask whether to stop; then it raises.
    """

    def __init__(self, stamp: str, make: Make) -> None:
        self.stamp = stamp
        self.share = 0.0
        self._given_up = threading.Event()
        self._future = _POOL.submit(make, self._on_progress, self._given_up.is_set)

    def _on_progress(self, share: float) -> None:
        self.share = share

    def serves(self, stamp: str) -> bool:
        """Whether it makes what goes by that stamp, and was not given up."""
        return self.stamp == stamp and not self._given_up.is_set()

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._future.done()

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        self._given_up.set()

    def result(self, seconds: float) -> Any:
        """What it made, if that takes no longer; else None."""
        try:
            return self._future.result(seconds)
        except TimeoutError:
            return None


FIRST_TIMEOUT_S, LATER_TIMEOUT_S = 0.25, 0.02
"""Seconds that a panel waits for its job: when it has just begun it, and each time it asks again."""


def result_of(slot: str, stamp: str, make: Make, first: float = FIRST_TIMEOUT_S, later: float = LATER_TIMEOUT_S) -> Any:
    """The job in a slot for that stamp, and what it made, None if that is not there yet."""
    before = st.session_state.get(slot)
    job = job_for(slot, stamp, make)
    return job, job.result(later if job is before else first)


def job_for(slot: str, stamp: str, make: Make) -> Job:
    """The visitor's job in a slot of the session, for that stamp; one for another stamp is given up."""
    job = st.session_state.get(slot)
    if job is None or not job.serves(stamp):
        if job is not None:
            job.give_up()
        job = st.session_state[slot] = Job(stamp, make)
    return job


_moved_at = 0.0


def moved() -> None:
    """Note that a visitor's settings change."""
    global _moved_at
    _moved_at = time.monotonic()


def quiet_for() -> float:
    """Seconds since any visitor's settings changed."""
    return time.monotonic() - _moved_at
