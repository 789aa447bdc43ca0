"""One iteration in words, tables and formulas, under the race on the page on batches."""

import html
from typing import Any

import numpy as np
import streamlit as st

from experiment.race.runs import Run, race
from experiment.race.settings import Settings
from experiment.words import brief, plain
from landscapes.data.fitted import Fitted
from optimizers.explain.anatomy import anatomy
from optimizers.explain.anatomy.latex import latex_number
from optimizers.explain.iteration import Iteration, iteration
from player import anatomy_view
from ui.common.state import current
from ui.race.anatomy_panel import arrows

MAX_ROWS_SHOWN = 6
"""The most rows of a batch that are shown. The means are over all of them."""

MAX_TERMS = 2
"""The most terms of a sum that are written out."""

_ASKED = "descent.iteration"


@st.fragment
def iteration_panel() -> None:
    """Draw the iteration under the playhead, for the racer that is chosen beside the map."""
    settings = current()
    landscape = settings.landscape
    assert isinstance(landscape, Fitted)
    asked, chosen = st.session_state.get(_ASKED, (0, _first_small(settings)))
    index = min(chosen, len(settings.racers) - 1)
    run = race(settings)[index]
    parts = iteration(landscape, run.path, settings.batch(run.racer), asked)
    update = anatomy(run.optimizer, run.path, asked)
    with st.container(key="iteration"):
        if parts is None or update is None:
            st.caption("This racer took no step.")
        else:
            _head(parts, run)
            _passes(landscape, parts, update.lines, run)
    anatomy_view({**arrows(index, asked, update), "follow": True}, on_ask=_ask)


def _first_small(settings: Settings) -> int:
    """The index of the racer that is shown at first: the first one that does not see all rows, as beside the map."""
    small = (settings.batch(racer).samples_a_step < settings.landscape.sample_count for racer in settings.racers)
    return next((index for index, is_small in enumerate(small) if is_small), 0)


def _ask(step: int | None, racer: int | None) -> None:
    st.session_state[_ASKED] = (step or 0, racer or 0)


def _head(parts: Iteration, run: Run) -> None:
    where = f"iteration {parts.index + 1} · epoch {parts.epoch}, batch {parts.place} of {parts.places}"
    st.markdown("##### One iteration, opened up")
    st.caption(
        f"{plain(run.racer.name)}: {where}, {len(parts.rows)} {'row' if len(parts.rows) == 1 else 'rows'}. "
        "Pause or move the playhead, and this follows; an epoch is once through all rows."
    )


def _passes(landscape: Fitted, parts: Iteration, update: tuple[str, ...], run: Run) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**1 · Forward pass**: predict")
        st.latex(rf"\small {forward(landscape, parts)}")
        st.html(table(landscape, parts))
        loss = landscape.loss_function
        st.latex(rf"\small L = \frac1m \sum_i \ell_i, \qquad \ell_i = {loss.formula}")
        st.caption(loss.story)
    with right:
        st.markdown("**2 · Backward pass**: which way does the loss rise?")
        for line in backward(landscape, parts):
            st.latex(rf"\small {line}")
        st.markdown(f"**3 · Update**: {type(run.optimizer).title}")
        for line in update:
            st.latex(rf"\small {line}")


def forward(landscape: Fitted, parts: Iteration) -> str:
    """The prediction in LaTeX, with the parameters of this step."""
    inputs = _inputs(landscape)
    sum_of_products = _weighted([_symbol(axis) for axis in landscape.axes], inputs)
    filled = _weighted([latex_number(float(value)) for value in parts.xy], inputs)
    return (
        rf"p = \sigma({sum_of_products}) = \sigma({filled})"
        if _is_class(landscape)
        else rf"\hat y = {sum_of_products} = {filled}"
    )


def _weighted(factors: list[str], inputs: tuple[str, str]) -> str:
    """A sum of products in LaTeX: a x + b, or a x_1 + b x_2."""
    terms = [rf"{factor}\,{x}" if x else factor for factor, x in zip(factors, inputs, strict=True)]
    return f"{terms[0]} + {terms[1]}".replace("+ -", "- ")


def _is_class(landscape: Fitted) -> bool:
    return bool(landscape.loss == "cross_entropy")


def _inputs(landscape: Fitted) -> tuple[str, str]:
    """The factors of the two parameters in LaTeX; "" for an intercept."""
    if landscape.axes[1] == "b":
        return ("x'", "") if landscape.standardise else ("x", "")  # type: ignore[attr-defined]
    return "x_1", "x_2"


def _symbol(axis: str) -> str:
    """The name of a parameter in LaTeX, as w_1 for w₁."""
    return axis.replace("₁", "_1").replace("₂", "_2")


def backward(landscape: Fitted, parts: Iteration) -> list[str]:
    """The chain rule with its numbers, as lines of LaTeX: one for the loss, then one for each parameter."""
    loss = landscape.loss_function
    output = "z_i" if _is_class(landscape) else r"\hat y_i"
    rule = rf"\frac{{\partial \ell_i}}{{\partial {output}}} = {loss.derivative}"
    lines = [rule if _is_class(landscape) else rf"{rule}, \qquad e_i = \hat y_i - y_i"]
    inputs = zip(landscape.axes, _inputs(landscape), parts.inputs.T, parts.gradient, strict=True)
    for axis, x, column, total in inputs:
        factor = rf"\,{x}_i" if x in ("x", "x'") else rf"\,x_{{i{x[-1]}}}" if x else r"\cdot 1"
        chain = rf"\frac1m \sum_i \frac{{\partial \ell_i}}{{\partial {output}}}{factor}"
        lines.append(
            rf"\frac{{\partial L}}{{\partial {_symbol(axis)}}} = {chain} = {_sum(parts.derivatives, column)}"
            rf" = {latex_number(float(total))}"
        )
    return lines


def _sum(derivatives: np.ndarray, column: np.ndarray) -> str:
    """A mean of products in LaTeX, with its first terms written out."""
    terms = [
        rf"({latex_number(float(derivative))})({latex_number(float(x))})"
        for derivative, x in zip(derivatives[:MAX_TERMS], column[:MAX_TERMS], strict=True)
    ]
    more = r" + \cdots" if len(derivatives) > MAX_TERMS else ""
    text = " + ".join(terms) + more
    return text if len(derivatives) == 1 else rf"\tfrac{{1}}{{{len(derivatives)}}}\left({text}\right)"


def table(landscape: Fitted, parts: Iteration) -> str:
    """The rows of the batch as a table in HTML: features, actual, predicted and errors; the means below."""
    samples = landscape.rows
    heads = [*samples.features, "actual", "predicted", "error", "absolute error"]
    first_rows = list(zip(parts.rows, parts.targets, parts.predictions, parts.errors, strict=True))[:MAX_ROWS_SHOWN]
    rows = [
        [*samples.x[row], _class(samples, actual), predicted, error, abs(error)]
        for row, actual, predicted, error in first_rows
    ]
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    more = len(parts.rows) - len(first_rows)
    if more:
        body += f'<tr class="descent-more"><td colspan="{len(heads)}">and {more} more</td></tr>'
    means = [("MAE", np.abs(parts.errors).mean()), ("MSE", (parts.errors**2).mean())]
    if landscape.loss not in ("mae", "mse"):
        means = [
            (landscape.loss_function.title, _mean_loss(landscape, parts)),
            *([] if _is_class(landscape) else means),
        ]
    feet = "".join(
        f'<tr><th colspan="{len(heads) - 1}">{name} of this batch</th><td>{_text(value)}</td></tr>'
        for name, value in means
    )
    head = "".join(f"<th>{html.escape(name)}</th>" for name in heads)
    return (
        f'<div class="descent-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        f"<tfoot>{feet}</tfoot></table></div>"
    )


def _mean_loss(landscape: Fitted, parts: Iteration) -> float:
    return float(np.mean(landscape.loss_function.of(parts.outputs, parts.targets, float(landscape.delta))))


def _class(samples: Any, target: float) -> Any:
    return f"{samples.classes[int(target)]} ({target:g})" if samples.classes else target


def _cell(value: Any) -> str:
    return f"<td>{html.escape(value) if isinstance(value, str) else _text(value)}</td>"


def _text(value: float) -> str:
    return brief(value, 4)
