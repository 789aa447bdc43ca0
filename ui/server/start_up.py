"""Once for each server: messages leave at once, programs are found on disk, and the rest is compiled meanwhile."""

import atexit
import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from experiment.network.experiment import Experiment
from experiment.pages import PAGES
from experiment.race.runs import race_view
from experiment.race.settings import Settings
from landscapes import LANDSCAPES
from optimizers.programs import keep_programs
from player.no_delay import send_at_once
from player.payloads.basins import coarse
from player.payloads.network import packed as packed_network
from player.payloads.race import packed_race
from player.payloads.tuning import picture
from ui.server.job import quiet_for

FIRST_VISIT_S = 3.0
"""Seconds that the first visitor has the processor alone."""

QUIET_S = 1.0
"""So many seconds after the last change of any visitor's settings it goes on."""

CACHE = Path(__file__).parents[2] / ".cache" / "programs"


@st.cache_resource(show_spinner=False)
def start_up() -> threading.Thread:
    """Start compiling the programs behind every landscape, the one on the first page first."""
    send_at_once()
    keep_programs(CACHE)
    gc.collect()
    gc.freeze()  # what was imported stays: the collector need not look at it again
    stop = threading.Event()
    thread = threading.Thread(target=_compile, args=(stop,), daemon=True, name="compile")
    thread.start()
    atexit.register(_finish, thread, stop)
    return thread


def _compile(stop: threading.Event) -> None:
    """When the first page has had its time, make what is asked for first; never while somebody moves something."""
    if stop.wait(FIRST_VISIT_S):
        return
    for make in _ahead():
        while quiet_for() < QUIET_S and not stop.is_set():
            stop.wait(QUIET_S / 4)
        if stop.is_set():
            return
        make()


def _ahead() -> Iterator[Callable[[], Any]]:
    """The first views of the other pages, then every racer on every landscape, at the usual number of steps:
    more would hold memory that few visitors need."""
    first = {slug: page.first for slug, page in PAGES.items() if page.first is not None}
    yield from (partial(_race, settings) for settings in first.values())
    yield partial(coarse, first["escape"])
    yield partial(picture, first["tune"])
    yield partial(packed_network, Experiment())
    for kind in LANDSCAPES.values():
        for racer in Settings().racers:
            landscape = kind()
            first_view = Settings(landscape=landscape, racers=(racer,), learning_rate=landscape.learning_rate)
            yield partial(_race, first_view)


def _race(settings: Settings) -> bytes:
    return packed_race(race_view(settings))


def _finish(thread: threading.Thread, stop: threading.Event) -> None:
    """Let the program under way end before the interpreter does."""
    stop.set()
    thread.join(10)
