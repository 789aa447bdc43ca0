"""The fair comparison: all methods side by side, each at its best on this landscape, and how robust that is."""

import hashlib
import html

import streamlit as st

from experiment.race.methods import COURSE, KERAS, METHODS
from experiment.race.settings import MOST_RACERS, Settings
from experiment.tuning.comparison import at_best, entry, make, second
from experiment.tuning.tuned import batch_of
from experiment.tuning.words import settings_of
from experiment.words import brief
from optimizers.batch import is_noisy
from player import settled_view
from player.payloads.race import stamp as race_stamp
from studies.sweeps.method_comparison import RATES, SEEDS, Contender
from ui.common.state import current, store
from ui.server.job import job_for

_JOB, _OPEN, _OPTAX, _LAST = "descent.contest.job", "contest", "contest_optax", "descent.contest.last"

QUIET = 600
"""Milliseconds that a race has rested before: the map comes first."""

PATIENCE = 0.1
"""Seconds that a run of the panel waits; then it says how far it is, and is asked again."""


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
