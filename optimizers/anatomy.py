"""One update taken apart: every term of the rule with the numbers of this very step."""

import dataclasses
import inspect
import math
import textwrap
from collections.abc import Callable

import numpy as np

from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.effective import corrections, divisor
from optimizers.optimizer import Optimizer
from optimizers.rmsprop import RMSprop
from optimizers.sgd import SGD
from optimizers.trajectory import Trajectory

Vector = np.ndarray


@dataclasses.dataclass(frozen=True, eq=False)
class Anatomy:
    """The update from `index` to `index + 1`, all vectors of shape (2,).

    `velocity` is the part of the step that was carried over from earlier ones, `push` the part that this gradient
    adds, `divisor` what each coordinate is divided by; None where the method has no such thing. `lines` is the rule
    in LaTeX, a line a term, with numbers filled in; `code` the source of the `update` that ran.
    """

    index: int
    position: Vector
    gradient: Vector
    step: Vector
    velocity: Vector | None
    push: Vector | None
    divisor: Vector | None
    lines: tuple[str, ...]
    code: str


def number(value: float) -> str:
    """Three significant digits in LaTeX, in powers of ten if very large or small."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    exponent = math.floor(math.log10(abs(value)))
    if -4 < exponent < 5:
        return f"{value:.3g}"
    return rf"{value / 10.0**exponent:.2f}\cdot10^{{{exponent}}}"


def vector(values: Vector) -> str:
    """A column of two numbers in LaTeX."""
    x, y = map(number, map(float, values))
    return rf"\begin{{pmatrix}}{x}\\{y}\end{{pmatrix}}"


def anatomy(optimizer: Optimizer, path: Trajectory, index: int) -> Anatomy | None:
    """The update that a path took at step `index` (the last one, if it is beyond); None if it took none.

    Args:
        optimizer: the one that made the path.
        path: what `descend` returned.
        index: 0 is the first update.
    """
    taken = TAKEN_APART.get(type(optimizer))
    if taken is None or not path.steps:
        return None
    at = min(max(index, 0), path.steps - 1)
    position, after = path.positions[at], path.positions[at + 1]
    parts = taken(optimizer, path, at)
    lines = (
        *parts.lines,
        rf"p \leftarrow p + \Delta = {vector(position)} + {vector(after - position)} = {vector(after)}",
    )
    return Anatomy(
        at,
        position,
        path.gradients[at],
        after - position,
        parts.velocity,
        parts.push,
        parts.divisor,
        lines,
        code(optimizer),
    )


def code(optimizer: Optimizer) -> str:
    """The source of the `update` that runs."""
    return textwrap.dedent(inspect.getsource(type(optimizer).update))


@dataclasses.dataclass(frozen=True, eq=False)
class Parts:
    """What a method adds to an anatomy: its lines, and what of carried part, push and divisor it has."""

    lines: tuple[str, ...]
    velocity: Vector | None = None
    push: Vector | None = None
    divisor: Vector | None = None


def _sgd(optimizer: SGD, path: Trajectory, at: int) -> Parts:
    g, rate, beta = path.gradients[at], path.learning_rates[at], float(optimizer.momentum)
    push = -rate * g
    if beta == 0:
        return Parts((rf"\Delta = -\eta g = -{number(rate)}\,{vector(g)} = {vector(push)}",), push=push)
    before, after = path.slots["velocity"][at], path.slots["velocity"][at + 1]
    line = (
        rf"v \leftarrow \beta v - \eta g = {beta:g}\,{vector(before)} - {number(rate)}\,{vector(g)} = {vector(after)}"
    )
    if not optimizer.nesterov:
        return Parts((line, rf"\Delta = v = {vector(after)}"), velocity=beta * before, push=push)
    ahead = rf"\Delta = \beta v - \eta g = {beta:g}\,{vector(after)} - {number(rate)}\,{vector(g)}"
    return Parts((line, rf"{ahead} = {vector(beta * after + push)}"), velocity=beta * after, push=push)


def _scaled(rate: float, g: Vector, divisor: Vector, symbol: str) -> str:
    quotient = rf"-\frac{{\eta g}}{{{symbol}}}"
    worked = rf"-\frac{{{number(rate)}}}{{{vector(divisor)}}}\odot{vector(g)}"
    return rf"\Delta = {quotient} = {worked} = {vector(-rate * g / divisor)}"


def _divisor(optimizer: Optimizer, path: Trajectory, at: int) -> Vector:
    divided = divisor(optimizer, {name: values[at + 1] for name, values in path.slots.items()})
    assert divided is not None
    return divided


def _adagrad(optimizer: Adagrad, path: Trajectory, at: int) -> Parts:
    g, rate = path.gradients[at], path.learning_rates[at]
    before, after = path.slots["accumulator"][at], path.slots["accumulator"][at + 1]
    divisor = _divisor(optimizer, path, at)
    line = rf"a \leftarrow a + g^2 = {vector(before)} + {vector(g**2)} = {vector(after)}"
    return Parts((line, _scaled(rate, g, divisor, r"\sqrt{a + \epsilon}")), divisor=divisor)


def _rmsprop(optimizer: RMSprop, path: Trajectory, at: int) -> Parts:
    g, rate, rho = path.gradients[at], path.learning_rates[at], float(optimizer.rho)
    before, after = path.slots["second_moment"][at], path.slots["second_moment"][at + 1]
    symbol = r"\sqrt{s + \epsilon}"
    lines = [
        rf"s \leftarrow \rho s + (1-\rho) g^2 = {rho:g}\,{vector(before)} + {1 - rho:.3g}\,{vector(g**2)}"
        rf" = {vector(after)}"
    ]
    if optimizer.centered:
        mean = path.slots["first_moment"][at + 1]
        symbol = r"\sqrt{s - m^2 + \epsilon}"
        lines.append(rf"m \leftarrow \rho m + (1-\rho) g = {vector(mean)}")
    divisor = _divisor(optimizer, path, at)
    push, beta = -rate * g / divisor, float(optimizer.momentum)
    if beta == 0:
        return Parts((*lines, _scaled(rate, g, divisor, symbol)), divisor=divisor)
    carried = -beta * path.slots["velocity"][at]
    lines.append(
        rf"\Delta = -\beta v - \frac{{\eta g}}{{{symbol}}} = {vector(carried)} + {vector(push)}"
        rf" = {vector(carried + push)}"
    )
    return Parts(tuple(lines), velocity=carried, push=push, divisor=divisor)


def _adam(optimizer: Adam, path: Trajectory, at: int) -> Parts:
    g, rate, t = path.gradients[at], path.learning_rates[at], at + 1
    beta_1, beta_2 = float(optimizer.beta_1), float(optimizer.beta_2)
    m, s = path.slots["first_moment"], path.slots["second_moment"]
    divisor = _divisor(optimizer, path, at)
    alpha = rate * float(corrections(optimizer, t)[-1])
    mean = r"m \leftarrow \beta_1 m + (1-\beta_1) g"
    square = r"s \leftarrow \beta_2 s + (1-\beta_2) g^2"
    lines = (
        rf"{mean} = {beta_1:g}\,{vector(m[at])} + {1 - beta_1:.3g}\,{vector(g)} = {vector(m[at + 1])}",
        rf"{square} = {beta_2:g}\,{vector(s[at])} + {1 - beta_2:.3g}\,{vector(g**2)} = {vector(s[at + 1])}",
        rf"\alpha = \eta\,\frac{{\sqrt{{1-\beta_2^{{{t}}}}}}}{{1-\beta_1^{{{t}}}}} = {number(alpha)}",
        rf"\Delta = -\frac{{\alpha\,m}}{{\sqrt{{s}} + \epsilon}}"
        rf" = -{number(alpha)}\,\frac{{{vector(m[at + 1])}}}{{{vector(divisor)}}}"
        rf" = {vector(-alpha * m[at + 1] / divisor)}",
    )
    return Parts(
        lines, velocity=-alpha * beta_1 * m[at] / divisor, push=-alpha * (1 - beta_1) * g / divisor, divisor=divisor
    )


TAKEN_APART: dict[type, Callable[..., Parts]] = {SGD: _sgd, Adagrad: _adagrad, RMSprop: _rmsprop, Adam: _adam}
