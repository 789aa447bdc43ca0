"""The controls beside the map: the landscape, the racers, and the values that they share."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from experiment.race.limits import limits, marks, note
from experiment.race.runs import race_view
from experiment.race.settings import MAX_NOISE, MAX_STEPS, MOMENTUM, RATE, SURFACES, Settings, slug_of
from experiment.words import letter
from figures.styles import styles
from landscapes import LANDSCAPES
from player import feed, live_slider
from player.payloads.race import packed_race
from records import Slider, rounded, slider, within
from ui.common import widgets
from ui.common.state import change, current, current_page, store, write_link
from ui.controls.formula import example, formula_controls
from ui.controls.racers import add_method, batch_size, choose_schedule, racers, schedule_fields

NOISE: Slider = slider(
    0.0, 0, MAX_NOISE, step=0.5, help="How far the gradients of single samples differ; the full batch averages it out"
).metadata["slider"]


Fold = tuple[str, Callable[[Settings], None]]
"""A section of the controls that can be folded: its title, and the function that draws it."""


@dataclasses.dataclass(frozen=True)
class LiveParts:
    """What a page adds to the fragment that reruns while a slider is dragged.

    Args:
        beside_feed: draws further components that are sent with a race.
        on_drag: called with racer, handle, step and rate while a schedule's handle is dragged.
        on_place: called with the values of the two fields while someone drags on the tuning map.
    """

    beside_feed: Callable[[Settings], None] = lambda settings: None
    on_drag: Callable[[int, int, float, float], None] | None = None
    on_place: Callable[[float, float], None] | None = None


def presets() -> None:
    """Draw the page's question and its presets, each a button."""
    page = current_page()
    with st.container(key="presets", horizontal=True, gap="xsmall"):
        if page.question:
            st.markdown(f"**{page.question}**", width="content")
        st.markdown("Try", width="content")
        for name, settings in page.presets.items():
            st.button(name, key=f"preset.{name}", on_click=store, args=(settings,), width="content")


def controls(
    settings: Settings,
    ground: Fold | None = None,
    *,
    more: Sequence[Fold] = (),
    adding: Callable[[], None] = add_method,
    parts: LiveParts = LiveParts(),
) -> None:
    """Draw the controls: the landscape, the racers, and the values that they share.

    Args:
        settings: the settings.
        ground: the section that chooses the landscape; the list of landscapes if None.
        more: further sections of a page.
        adding: draws the racers that can be added.
        parts: what the page adds to the live race.
    """
    for title, draw in (ground or ("Landscape", landscape_controls), *more):
        with st.expander(title, expanded=True):
            draw(settings)
    with st.expander("Race", expanded=True):
        racers(settings, adding)
    with st.expander("For all racers", expanded=True):
        _shared(parts)


def landscape_controls(settings: Settings) -> None:
    """Draw the choice of landscape, its story and its sliders."""
    slug = slug_of(settings.landscape, SURFACES)
    offered = {slug: SURFACES[slug], **current_page().landscapes}
    widgets.choice("Landscape", slug, offered, "landscape", _pick, label_visibility="collapsed")
    st.caption(settings.landscape.story)
    if slug == "own":
        formula_controls(settings)
        return
    widgets.fields(settings.landscape, f"landscape.{slug}", lambda landscape: change(landscape=landscape), columns=2)


def _pick(slug: str) -> None:
    """Show another landscape, from its own start and at its own learning rate."""
    landscape = example() if slug == "own" else LANDSCAPES[slug]()
    change(landscape=landscape, start=None, learning_rate=landscape.learning_rate)


@st.fragment
def _shared(parts: LiveParts) -> None:
    """Draw the shared values: rate and momentum act live, the others on release. None of them reruns the page."""
    settings = current()
    live(parts)
    left, right = st.columns(2)
    with left:
        samples = settings.landscape.sample_count
        batch_size("Batch size", settings.batch_size, samples, "batch_size", lambda size: change(batch_size=size))
    with right:
        if settings.landscape.samples is None:
            widgets.number_slider("Noise", settings.noise, NOISE, "noise", lambda noise: change(noise=rounded(noise)))
        else:
            _seed(settings)
    if settings.noise and settings.landscape.samples is None:
        _seed(settings)
    left, right = st.columns(2)
    with left:
        _steps(settings)
    with right:
        choose_schedule("Decay schedule", settings.decay_schedule, "decay_schedule", _decay)
    schedule = settings.decay_schedule.starting_at(settings.learning_rate)
    schedule_fields(schedule, "decay_schedule", _decay)
    write_link()


def _decay(schedule: Any) -> None:
    """Store the shared schedule, with numbers that a link can hold."""
    change(decay_schedule=within(schedule))


def _steps(settings: Settings) -> None:
    choices = sorted({*range(10, 100, 10), *range(100, 500, 20), *range(500, MAX_STEPS + 1, 100), settings.steps})
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
def live(parts: LiveParts = LiveParts()) -> None:
    """Draw the two live sliders and the feed. They rerun alone, and only packed paths are sent.

    The player writes the address itself, since Streamlit would add an entry to the history for each move.
    """
    settings = current()
    view = race_view(settings)
    limits_shown, racer_styles = limits(view), styles(settings)
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
        marks=[
            (rate, words, f"{racer_styles[racer][0]}-{racer_styles[racer][1]}")
            for rate, words, racer in marks(limits_shown)
        ],
        note=note(view, limits_shown),
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
        packed_race(view),
        on_start=lambda x, y: change(start=(rounded(x), rounded(y))),
        on_drag=parts.on_drag,
        on_place=parts.on_place,
    )
    parts.beside_feed(settings)
