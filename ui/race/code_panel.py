"""The settings as a program in Keras, PyTorch or Optax, and a box that sets them from a pasted program."""

import dataclasses
import html
import re

import streamlit as st

from experiment.race.methods import METHODS, method_of
from experiment.race.settings import RATE, SHARED, Racer, Settings, free_name
from experiment.words import plain
from interop import LIBRARIES, Program, ProgramError, read_program, write_program
from interop.read.tree import MAX_CHARACTERS
from optimizers import Constant, Optimizer, Schedule
from player import idle_callback
from player.payloads.race import race_stamp
from ui.common.state import change, current

_LIBRARY, _RACER, _TEXT, _ANSWER = "code.library", "code.racer", "code.text", "code.answer"

SAME = "Step for step the path that is shown here."
PARTS = "Nearly the path that is shown here: the comment says where they part."


@dataclasses.dataclass(frozen=True)
class Answer:
    """The result of a pasted text: the `racer` that was set from it, None if it was refused, and a `summary`.

    `without` is the program of a refused text without the parts that have no counterpart here, or None.
    """

    text: str
    racer: Racer | None
    summary: str
    without: Program | None = None


@st.fragment
def code_panel(index: int = 0) -> None:
    """Draw the program of a racer, and the box for a pasted program. It follows a slider once that has come to rest.

    Args:
        index: the index of the racer that is shown at first.
    """
    settings = current()
    idle_callback(race_stamp(settings), on_settled=lambda: None, key="code_settled")
    with st.container(key="code"):
        st.markdown("##### Take it with you")
        with st.container(horizontal=True, key="code-choices"):
            library = _library()
            chosen = _racer(settings, index)
        _program(library, settings.optimizer(settings.racers[chosen]))
        with st.expander("Paste a line"):
            _paste(chosen)


def _library() -> str:
    st.session_state.setdefault(_LIBRARY, "Keras")
    st.segmented_control("Library", list(LIBRARIES.values()), key=_LIBRARY, required=True, label_visibility="collapsed")
    return next(slug for slug, title in LIBRARIES.items() if title == st.session_state[_LIBRARY])


def _racer(settings: Settings, first: int) -> int:
    """The index of the chosen racer. With a single racer there is no choice to draw."""
    indices = list(range(len(settings.racers)))
    if st.session_state.get(_RACER) not in indices:
        st.session_state[_RACER] = min(first, indices[-1])
    if len(indices) > 1:
        st.pills(
            "Racer",
            indices,
            format_func=lambda index: plain(settings.racers[index].name),
            key=_RACER,
            label_visibility="collapsed",
            required=True,
        )
    return st.session_state[_RACER]


def _program(library: str, optimizer: Optimizer) -> None:
    program = write_program(optimizer, library)
    if not program.source:
        st.caption(" ".join(program.notes))
        return
    st.code(program.source, language="python")
    st.caption(SAME if program.same else PARTS)


def _paste(index: int) -> None:
    text = st.text_area(
        "A line, or a whole cell, of Keras, PyTorch or Optax",
        key=_TEXT,
        placeholder="keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)",
        max_chars=MAX_CHARACTERS + 100,
        height=90,
    )
    if st.button("Use it", key="code.use"):
        answer = st.session_state[_ANSWER] = use(text, index)
        if answer.racer is not None:
            st.rerun()  # the race is in another fragment
    last: Answer | None = st.session_state.get(_ANSWER)
    if last is None or last.text != text:
        return
    _say(last)
    if last.without is not None and st.button(
        "Set it without", key="code.without", help="Leave out what is named above"
    ):
        answer = st.session_state[_ANSWER] = _set(text, last.without, index)
        if answer.racer is not None:
            st.rerun()
        _say(answer)


def _say(answer: Answer) -> None:
    """Draw why a text was refused; or what was set, as long as the racer is still in the race."""
    if answer.racer is not None:
        if answer.racer in current().racers:
            st.caption(answer.summary)
        return
    message = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(answer.summary))
    st.html(f'<div class="descent-error" role="alert">{message}</div>')


def use(text: str, index: int) -> Answer:
    """Set the racer at `index` to the optimizer of a pasted text, if it can be read."""
    try:
        program = read_program(text)
    except ProgramError as refused:
        return Answer(text, None, str(refused), refused.without)
    return _set(text, program, index)


def _set(text: str, program: Program, index: int) -> Answer:
    """Set the racer at `index` to a program, with the program's notes in the summary."""
    racers = current().racers
    try:
        runner = racer_of(program.optimizer, racers[index], (*racers[:index], *racers[index + 1 :]))
    except ProgramError as refused:
        return Answer(text, None, str(refused))
    change(racers=(*racers[:index], runner, *racers[index + 1 :]))
    return Answer(text, runner, " ".join([f"{plain(runner.name)} is set to it.", *program.notes]))


def racer_of(optimizer: Optimizer, before: Racer, others: tuple[Racer, ...]) -> Racer:
    """The racer `before` with another optimizer, whose values override the shared ones. It keeps its batches.

    Raises:
        ProgramError: if its first rate is beyond the learning-rate slider's reach.
    """
    rate = optimizer.learning_rate
    schedule = rate if isinstance(rate, Schedule) else Constant()
    initial = float(rate.initial if isinstance(rate, Schedule) else rate)
    low, high = RATE.reach
    if not low <= initial <= high:
        raise ProgramError(f"The rate must begin from {low:g} to {high:g} here. Received: {initial:g}.")
    method = method_of(optimizer)
    runner = before.replace(
        method=method,
        name=free_name(METHODS[method].title, others),
        optimizer=optimizer.replace(learning_rate=initial),
        decay_schedule=schedule,
    )
    own = {field for field in SHARED if field != "batch_size" and runner.has(field)}
    return runner.with_overrides(*own, *before.overrides)
