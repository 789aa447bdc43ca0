"""The fair comparison: all methods, each at its best settings on this landscape, and how robust these are."""

import hashlib
import html
from functools import partial

import streamlit as st

from experiment.race.methods import COURSE, KERAS, METHODS
from experiment.race.settings import MAX_RACERS, Settings
from experiment.tuning.comparison import at_best, entry, make, second
from experiment.tuning.tuned import batch_of
from experiment.tuning.words import settings_of
from experiment.words import brief
from optimizers.batch import is_noisy
from player.payloads.race import race_stamp
from studies.sweeps.method_comparison import RATES, SEEDS, TunedMethod
from ui.common.slow_panel import slow_panel
from ui.common.state import current, store

_OPEN, _OPTAX = "contest", "contest_optax"

QUIET_MS = 600
"""The milliseconds for which a race must have rested: the map comes first."""


@st.fragment
def comparison_panel() -> None:
    """Draw the comparison. It is computed beside the script once it is asked for and the race rests."""
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
    slow_panel(
        "comparison",
        settings,
        stamp=stamp,
        race_stamp=race_stamp(settings),
        make=partial(make, settings, methods),
        working=f"{len(methods)} methods, thousands of descents each …",
        show=_show,
        quiet_ms=QUIET_MS,
    )


def _show(settings: Settings, results: list[tuple[str, TunedMethod]]) -> None:
    st.html(table(results))
    noisy = is_noisy(settings.landscape, batch_of(settings))
    draws = f" Medians over {SEEDS} draws of the batches." if noisy else ""
    st.caption(
        f"At fixed rates, from this start, {settings.steps} steps, within {brief(100 * settings.tolerance)} % of the "
        f"way down, to stay. Robust: how many of {RATES} learning rates, evenly in ratios over the whole slider, get "
        f"there, all else at its best.{draws}"
    )
    there = [pair for pair in results if pair[1].steps is not None] or results
    best = there[: MAX_RACERS - 2]
    if st.button(f"Race the best {len(best)} against each other", key="contest_race"):
        store(current().replace(racers=tuple(at_best(*pair) for pair in best), playhead=None))
        st.rerun()  # all of the page, not this panel alone


def table(results: list[tuple[str, TunedMethod]]) -> str:
    """The methods as a table in HTML, with a bar for how robust each is."""
    head = "<tr><th>Method</th><th>Best settings</th><th>Steps</th><th>Robust</th></tr>"
    return f'<table class="descent-contest">{head}{"".join(_row(*pair) for pair in results)}</table>'


def _row(method: str, tuned: TunedMethod) -> str:
    names = [name for name in ("learning_rate", second(method)) if name]
    steps = "–" if tuned.steps is None else f"{tuned.steps:,}"
    share = 100 * tuned.robust / RATES
    return (
        f'<tr class="-of-{method}-0"><th><b></b>{html.escape(METHODS[method].title)}</th>'
        f"<td>{html.escape(settings_of(tuned.optimizer, names))}</td><td>{steps}</td>"
        f'<td><i style="--share: {share:.1f}%"></i>{tuned.robust}</td></tr>'
    )
