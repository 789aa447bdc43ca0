"""The anatomy of one update: the rule with its numbers, the code that ran, and the arrows on the map."""

import streamlit as st

from experiment.race.runs import Run, race
from optimizers.explain.anatomy import Anatomy, anatomy
from optimizers.explain.anatomy.latex import vector
from optimizers.explain.anatomy.parts import Vector
from player import anatomy_view
from player.wire.messages import AnatomyPayload, Point
from ui.common.state import current

_ASKED, _RACER = "descent.anatomy", "anatomy.racer"


@st.fragment
def anatomy_panel() -> None:
    """Draw the update under the playhead if the player asks for it, else nothing."""
    asked = st.session_state.get(_ASKED)
    if asked is None:
        anatomy_view({}, on_ask=_ask)
        return
    runs = race(current())
    with st.container(key="anatomy"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            index = _choose(runs)
            update = anatomy(runs[index].optimizer, runs[index].path, asked)
            _rule(runs[index], update)
        with right:
            if update is not None:
                st.code(update.code, language="python", wrap_lines=True)
    anatomy_view(arrows(index, asked, update), on_ask=_ask)


def _ask(step: int | None, _: int | None) -> None:
    st.session_state[_ASKED] = step


def _choose(runs: tuple[Run, ...]) -> int:
    indices = list(range(len(runs)))
    if st.session_state.get(_RACER) not in indices:
        st.session_state[_RACER] = 0
    st.markdown("##### One update, taken apart")
    st.pills(
        "Racer",
        indices,
        format_func=lambda index: runs[index].racer.name,
        key=_RACER,
        label_visibility="collapsed",
        required=True,
    )
    return st.session_state[_RACER] or 0


def _rule(run: Run, update: Anatomy | None) -> None:
    if update is None:
        st.caption("This racer took no step.")
        return
    st.caption(f"Step {update.index} to {update.index + 1}. Arrow keys go back and forth.")
    st.latex(rf"\small {run.optimizer.formula}")
    st.latex(rf"\small g = \nabla f = {vector(update.gradient)}")
    for line in update.lines:
        st.latex(rf"\small {line}")


def arrows(index: int, asked: int, update: Anatomy | None) -> AnatomyPayload:
    """The vectors of an update for the map, each as (x, y) or None."""
    if update is None:
        return {"asked": asked}
    return {
        "asked": asked,
        "racer": index,
        "index": update.index,
        "position": _point(update.position),
        "gradient": _point(update.gradient),
        "step": _point(update.step),
        "velocity": None if update.velocity is None else _point(update.velocity),
        "push": None if update.push is None else _point(update.push),
        "divisor": None if update.divisor is None else _point(update.divisor),
    }


def _point(vector: Vector) -> Point:
    x, y = vector.tolist()
    return x, y
