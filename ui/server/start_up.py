"""What runs once for each server: messages leave at once, programs are kept on disk, others are compiled ahead."""

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
"""The seconds for which the first visitor has the processor alone."""

QUIET_S = 1.0
"""The seconds after the last change of any visitor's settings before compiling goes on."""

CACHE = Path(__file__).parents[2] / ".cache" / "programs"


@st.cache_resource(show_spinner=False)
def start_up() -> threading.Thread:
    """Set the server up, and start the thread that compiles programs ahead. Returns the thread."""
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
    """Compile programs ahead, once the first page has had its time, and never while a visitor moves something."""
    if stop.wait(FIRST_VISIT_S):
        return
    for make in _ahead():
        while quiet_for() < QUIET_S and not stop.is_set():
            stop.wait(QUIET_S / 4)
        if stop.is_set():
            return
        make()


def _ahead() -> Iterator[Callable[[], Any]]:
    """What is computed ahead: the first views of all pages, then every racer on every landscape, with 200 steps.

    More would take memory for programs that few visitors need.
    """
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
    """Let the compilation under way end before the interpreter does."""
    stop.set()
    thread.join(10)
