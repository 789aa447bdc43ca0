"""The fair comparison: all methods side by side, each at its best on this landscape, and how robust that is."""

import dataclasses
import hashlib
import html
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import lru_cache
from typing import Any

import streamlit as st

from landscapes import Landscape
from optimizers import Batch
from optimizers.batch import is_noisy
from player import settled_view
from records import number_fields, rounded
from studies.contest import RATES, SEEDS, Contender, contend
from ui.job import job_for
from ui.methods import COURSE, KERAS, METHODS
from ui.settings import MOST_RACERS, SHARED, Racer, Settings, racer
from ui.state import current, store
from ui.tuned import batch_of, second_of
from ui.tuned_words import settings_of
from ui.view import stamp as race_stamp
from ui.words import brief

_JOB, _OPEN, _OPTAX, _LAST = "descent.contest.job", "contest", "contest_optax", "descent.contest.last"

QUIET = 600
"""Milliseconds that a race has rested before: the map comes first."""

PATIENCE = 0.1
"""Seconds that a run of the panel waits; then it says how far it is, and is asked again."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """What a contender depends on; who waits for it is no part of that."""

    surface: Landscape
    method: str
    start: tuple[float, float]
    steps: int
    tolerance: float
    batch: Batch | None
    told: Callable[[float], Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = dataclasses.field(default=None, compare=False, repr=False)


def second(method: str) -> str | None:
    """What is tuned besides the learning rate: nothing for plain descent."""
    return None if method == "descent" else second_of(number_fields(METHODS[method].optimizer))


@lru_cache(maxsize=256)
def contender(entry: Entry) -> Contender:
    """A method at its best; one that was cancelled raises, and is not kept."""
    return contend(
        entry.surface,
        METHODS[entry.method].optimizer,
        second(entry.method),
        steps=entry.steps,
        tolerance=entry.tolerance,
        start=entry.start,
        batch=entry.batch,
        told=entry.told,
        cancelled=entry.cancelled,
    )


def entry(settings: Settings, method: str, **waiting: Any) -> Entry:
    """A method's entry: what the present racer is set to makes no difference but for the batches."""
    batch = batch_of(settings)
    seen = batch if is_noisy(settings.landscape, batch) else None
    return Entry(settings.landscape, method, settings.begin, settings.steps, settings.tolerance, seen, **waiting)


def make(
    settings: Settings, methods: tuple[str, ...], told: Callable[[float], Any], cancelled: Callable[[], bool]
) -> list[tuple[str, Contender]]:
    """All contenders, the quickest first; those that never get there last, by their loss."""
    found = []
    for place, method in enumerate(methods):
        if cancelled():
            raise CancelledError
        within = _part(told, place, len(methods))
        found.append((method, contender(entry(settings, method, told=within, cancelled=cancelled))))
        told((place + 1) / len(methods))
    return sorted(found, key=lambda pair: (pair[1].steps is None, pair[1].steps or 0, pair[1].loss))


def _part(told: Callable[[float], Any], place: int, count: int) -> Callable[[float], Any]:
    return lambda share: told((place + share) / count)


@st.fragment
def contest_panel() -> None:
    """Computed beside the script once it is asked for and the race has settled; until then the last one stays."""
    with st.container(key="contest_panel"):
        st.markdown("##### Fair comparison: every method at its best")
        with st.container(horizontal=True):
            asked = st.toggle("Compare all methods", key=_OPEN, help="Each is tuned on this landscape, from this start")
            more = st.toggle("With optax’s", key=_OPTAX, disabled=not asked)
        if asked:
            _compared(tuple(METHODS if more else {**COURSE, **KERAS}))


def _compared(methods: tuple[str, ...]) -> None:
    settings = current()
    wanted = repr([entry(settings, method) for method in methods])
    stamp = hashlib.sha256(wanted.encode()).hexdigest()[:16]
    job = job_for(_JOB, stamp, lambda told, cancelled: make(settings, methods, told, cancelled))
    made = job.result(PATIENCE)
    settled_view(
        race_stamp(settings), waiting=made is None, on_settled=lambda: None, quiet=QUIET, key="contest_settled"
    )
    if made is not None:
        st.session_state[_LAST] = settings, made
    place = st.empty()  # always there, so that what follows keeps its place
    if made is None:
        place.progress(job.share, text=f"{len(methods)} methods, thousands of descents each …")
    if _LAST in st.session_state:
        _show(*st.session_state[_LAST])


def _show(settings: Settings, made: list[tuple[str, Contender]]) -> None:
    st.html(table(made))
    noisy = is_noisy(settings.landscape, batch_of(settings))
    lots = f" Medians over {SEEDS} draws of the batches." if noisy else ""
    st.caption(
        f"At fixed rates, from this start, {settings.steps} steps, within {brief(100 * settings.tolerance)} % of the "
        f"way down, to stay. Robust: how many of {RATES} learning rates, evenly in ratios over the whole slider, get "
        f"there, all else at its best.{lots}"
    )
    there = [pair for pair in made if pair[1].steps is not None] or made
    best = there[: MOST_RACERS - 2]
    if st.button(f"Race the best {len(best)} against each other", key="contest_race"):
        store(current().replace(racers=tuple(at_best(*pair) for pair in best), playhead=None))
        st.rerun()  # all of the page, not this panel alone


def at_best(method: str, found: Contender) -> Racer:
    """The racer with its best settings, set apart from the shared ones."""
    names = [name for name in ("learning_rate", second(method)) if name]
    numbers = {name: rounded(getattr(found.optimizer, name)) for name in names}
    made = racer(method, optimizer=METHODS[method].optimizer.replace(**numbers))
    own = ("learning_rate", "momentum", "decay_schedule")
    return made.replace(apart=tuple(name for name in SHARED if name in own and made.has(name)))


def table(made: list[tuple[str, Contender]]) -> str:
    """The contenders as a table, with a bar for each one's robustness."""
    head = "<tr><th>Method</th><th>Best settings</th><th>Steps</th><th>Robust</th></tr>"
    return f'<table class="descent-contest">{head}{"".join(_row(*pair) for pair in made)}</table>'


def _row(method: str, found: Contender) -> str:
    names = [name for name in ("learning_rate", second(method)) if name]
    steps = "–" if found.steps is None else f"{found.steps:,}"
    share = 100 * found.robust / RATES
    return (
        f'<tr class="-of-{method}-0"><th><b></b>{html.escape(METHODS[method].title)}</th>'
        f"<td>{html.escape(settings_of(found.optimizer, names))}</td><td>{steps}</td>"
        f'<td><i style="--share: {share:.1f}%"></i>{found.robust}</td></tr>'
    )
