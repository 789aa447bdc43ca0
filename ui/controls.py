"""The controls beside the map: landscape, racers, and what is shared by all of them."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from landscapes import LANDSCAPES
from player import feed, live_slider
from records import Slider, rounded, slider
from ui import widgets
from ui.basins import basins_live
from ui.escape_presets import SURFACES as OUT_OF
from ui.formula import example, formula_controls
from ui.limits import limits, marks, note
from ui.link import MOMENTUM, RATE
from ui.race import race
from ui.racers import add_method, batch_size, choose_schedule, racers, schedule_fields
from ui.schedules import add_schedule, dragged
from ui.settings import MOST_NOISE, MOST_STEPS, SURFACES, Settings, slug_of
from ui.state import change, current, store, write_link
from ui.tuned import placed
from ui.tuning import tuning_live
from ui.tuning_controls import map_controls
from ui.view import packed_race
from ui.words import letter

NOISE: Slider = slider(
    0.0, 0, MOST_NOISE, step=0.5, help="How far the gradients of single samples differ; the full batch averages it out"
).metadata["slider"]


QUESTIONS = {
    "escape": "Stuck in a local minimum, or out?",
    "batches": "What does a batch do?",
    "schedules": "Why decay the learning rate?",
    "tune": "Which learning rate and momentum?",
}


OFFERED = {"escape": OUT_OF}
"""The landscapes that a page offers, where not all."""

FOLDS: dict[str, tuple[str, Callable[[Settings], None]]] = {"tune": ("Map", map_controls)}
"""A fold of its own that a page has, and its title."""

BESIDE_FEED: dict[str, Callable[[Settings], None]] = {"escape": basins_live, "tune": tuning_live}
"""What else travels with a race."""


def presets(settings_by_name: dict[str, Settings]) -> None:
    """One-click races, named by what goes wrong or right."""
    with st.container(key="presets", horizontal=True, gap="xsmall"):
        if asked := QUESTIONS.get(current().page):
            st.markdown(f"**{asked}**", width="content")
        st.markdown("Try", width="content")
        for name, settings in settings_by_name.items():
            st.button(name, key=f"preset.{name}", on_click=store, args=(settings,), width="content")


def controls(settings: Settings, ground: Callable[[Settings], None]) -> None:
    """Three folds: what is descended, the racers, and what is shared by all of them."""
    with st.expander("Data" if settings.page == "batches" else "Landscape", expanded=True):
        ground(settings)
    if settings.page in FOLDS:
        title, fold = FOLDS[settings.page]
        with st.expander(title, expanded=True):
            fold(settings)
    with st.expander("Race", expanded=True):
        racers(settings, add_schedule if settings.page == "schedules" else add_method)
    with st.expander("For all racers", expanded=True):
        _shared()


def landscape_controls(settings: Settings) -> None:
    """The landscape, its story and its own sliders."""
    slug = slug_of(settings.landscape, SURFACES)
    offered = {slug: SURFACES[slug] for slug in OFFERED.get(settings.page, SURFACES)}
    widgets.choice(
        "Landscape", slug, {slug: SURFACES[slug], **offered}, "landscape", _pick, label_visibility="collapsed"
    )
    st.caption(settings.landscape.story)
    if slug == "own":
        formula_controls(settings)
        return
    widgets.fields(settings.landscape, f"landscape.{slug}", lambda made: change(landscape=made), columns=2)


def _pick(slug: str) -> None:
    """Another landscape, from its own start and at a rate that suits it."""
    surface = example() if slug == "own" else LANDSCAPES[slug]()
    change(landscape=surface, start=None, learning_rate=surface.learning_rate)


@st.fragment
def _shared() -> None:
    """What acts on every racer: learning rate and momentum live, the rest on release; none reruns the page."""
    settings = current()
    live()
    left, right = st.columns(2)
    with left:
        samples = settings.landscape.sample_count
        batch_size("Batch size", settings.batch_size, samples, "batch_size", lambda size: change(batch_size=size))
    with right:
        if settings.landscape.samples is None:
            widgets.number("Noise", settings.noise, NOISE, "noise", lambda noise: change(noise=rounded(noise)))
        else:
            _seed(settings)
    if settings.noise and settings.landscape.samples is None:
        _seed(settings)
    left, right = st.columns(2)
    with left:
        _steps(settings)
    with right:
        choose_schedule("Decay schedule", settings.decay_schedule, "decay_schedule", _decay)
    shown = settings.decay_schedule.starting_at(settings.learning_rate)
    schedule_fields(shown, "decay_schedule", _decay)
    write_link()


def _decay(made: Any) -> None:
    """The schedule as it is shown: it starts at the shared learning rate."""
    change(decay_schedule=widgets.within(made))


def _steps(settings: Settings) -> None:
    choices = sorted({*range(10, 100, 10), *range(100, 500, 20), *range(500, MOST_STEPS + 1, 100), settings.steps})
    widgets.keep("steps", settings.steps)
    st.select_slider("Steps", choices, key="steps", on_change=lambda: change(steps=st.session_state["steps"]))


def _seed(settings: Settings) -> None:
    st.button(
        f"Shuffle · seed {settings.seed}",
        key="seed",
        help="Draw the batches in another order; the same seed draws the same",
        on_click=lambda: change(seed=(current().seed + 1) % 2**32),
        width="stretch",
    )


@st.fragment
def live() -> None:
    """The hot path: these two sliders and the feed rerun alone, and only packed paths travel.

    The player shows the address itself: one entry in the history for each move would be too many.
    """
    settings = current()
    runs = race(settings)
    found = limits(settings, runs)
    live_slider(
        "Learning rate",
        settings.learning_rate,
        low=min(RATE.low, settings.learning_rate),
        high=RATE.high,
        default=settings.landscape.learning_rate,
        log=True,
        symbol=letter(RATE.symbol),
        help=RATE.help,
        on_change=lambda rate: change(learning_rate=rounded(rate)),
        key="learning_rate",
        marks=marks(found),
        note=note(settings, runs, found),
    )
    live_slider(
        "Momentum",
        settings.momentum,
        low=MOMENTUM.low,
        high=MOMENTUM.high,
        default=Settings().momentum,
        step=MOMENTUM.step,
        symbol=letter(MOMENTUM.symbol),
        help=MOMENTUM.help,
        on_change=lambda momentum: change(momentum=rounded(momentum)),
        key="momentum",
    )
    feed(
        packed_race(settings),
        on_start=lambda x, y: change(start=(rounded(x), rounded(y))),
        on_drag=dragged,
        on_place=lambda x, y: store(placed(current().replace(playhead=None), x, y)),
    )
    if settings.page in BESIDE_FEED:
        BESIDE_FEED[settings.page](settings)
