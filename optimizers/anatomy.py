"""One update taken apart: every term of the rule with the numbers of this very step."""

import dataclasses
import inspect
import math
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

from optimizers.adadelta import Adadelta
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.adamax import Adamax
from optimizers.adamw import AdamW
from optimizers.effective import corrections, divisor
from optimizers.ftrl import Ftrl
from optimizers.lion import Lion
from optimizers.nadam import Nadam, momenta
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
    if not path.steps:
        return None
    at = min(max(index, 0), path.steps - 1)
    position, after = path.positions[at], path.positions[at + 1]
    parts = TAKEN_APART.get(type(optimizer), _whole)(optimizer, path, at)
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
    divided = divisor(optimizer, path, at)
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


def _moment_lines(optimizer: Adam | AdamW | Nadam, path: Trajectory, at: int) -> tuple[str, str]:
    return _mean_line(optimizer, path, at), _mean_line(optimizer, path, at, power=2)


def _mean_line(optimizer: Any, path: Trajectory, at: int, power: int = 1) -> str:
    """The running mean of the gradient (power 1) or of its square (2)."""
    symbol, slot, seen = {1: ("m", "first_moment", "g"), 2: ("s", "second_moment", "g^2")}[power]
    beta, values = float(getattr(optimizer, f"beta_{power}")), path.slots[slot]
    rule = rf"{symbol} \leftarrow \beta_{power} {symbol} + (1-\beta_{power}) {seen}"
    worked = rf"{beta:g}\,{vector(values[at])} + {1 - beta:.3g}\,{vector(path.gradients[at] ** power)}"
    return rf"{rule} = {worked} = {vector(values[at + 1])}"


def _adam(optimizer: Adam | AdamW, path: Trajectory, at: int) -> Parts:
    g, rate, t = path.gradients[at], path.learning_rates[at], at + 1
    beta_1, m = float(optimizer.beta_1), path.slots["first_moment"]
    divisor = _divisor(optimizer, path, at)
    alpha = rate * float(corrections(optimizer, t)[-1])
    lines = (
        *_moment_lines(optimizer, path, at),
        rf"\alpha = \eta\,\frac{{\sqrt{{1-\beta_2^{{{t}}}}}}}{{1-\beta_1^{{{t}}}}} = {number(alpha)}",
        rf"\Delta = -\frac{{\alpha\,m}}{{\sqrt{{s}} + \epsilon}}"
        rf" = -{number(alpha)}\,\frac{{{vector(m[at + 1])}}}{{{vector(divisor)}}}"
        rf" = {vector(-alpha * m[at + 1] / divisor)}",
    )
    return Parts(
        lines, velocity=-alpha * beta_1 * m[at] / divisor, push=-alpha * (1 - beta_1) * g / divisor, divisor=divisor
    )


def _adamw(optimizer: AdamW, path: Trajectory, at: int) -> Parts:
    parts = _adam(optimizer, path, at)
    decay = -path.learning_rates[at] * float(optimizer.weight_decay) * path.positions[at]
    adams = parts.velocity + parts.push  # type: ignore[operator]
    last = (
        rf"\Delta = -\eta\lambda p - \frac{{\alpha\,m}}{{\sqrt{{s}} + \epsilon}}"
        rf" = {vector(decay)} + {vector(adams)} = {vector(decay + adams)}"
    )
    return dataclasses.replace(parts, lines=(*parts.lines[:-1], last))


def _nadam(optimizer: Nadam, path: Trajectory, at: int) -> Parts:
    g, rate, m = path.gradients[at], path.learning_rates[at], path.slots["first_moment"]
    beta_1, divisor = float(optimizer.beta_1), _divisor(optimizer, path, at)
    mu = momenta(optimizer, at + 2)
    carries, adds = mu[-1] / (1 - mu.prod()), (1 - mu[-2]) / (1 - mu[:-1].prod())
    ahead = carries * m[at + 1] + adds * g
    lines = (
        *_moment_lines(optimizer, path, at),
        rf"\hat m = {number(carries)}\, m + {number(adds)}\, g = {vector(ahead)}",
        rf"\Delta = -\frac{{\eta\,\hat m}}{{\sqrt{{\hat s}} + \epsilon}}"
        rf" = -{number(rate)}\,\frac{{{vector(ahead)}}}{{{vector(divisor)}}} = {vector(-rate * ahead / divisor)}",
    )
    velocity = -rate * carries * beta_1 * m[at] / divisor
    return Parts(lines, velocity=velocity, push=-rate * ahead / divisor - velocity, divisor=divisor)


def _adamax(optimizer: Adamax, path: Trajectory, at: int) -> Parts:
    g, m, u = path.gradients[at], path.slots["first_moment"], path.slots["largest_gradient"]
    beta_1, divisor = float(optimizer.beta_1), _divisor(optimizer, path, at)
    alpha = path.learning_rates[at] * float(corrections(optimizer, at + 1)[-1])
    lines = (
        _mean_line(optimizer, path, at),
        rf"u \leftarrow \max(\beta_2 u, |g|) = \max\left({float(optimizer.beta_2):g}\,{vector(u[at])},"
        rf" {vector(np.abs(g))}\right) = {vector(u[at + 1])}",
        rf"\alpha = \frac{{\eta}}{{1-\beta_1^{{{at + 1}}}}} = {number(alpha)}",
        rf"\Delta = -\frac{{\alpha\,m}}{{u + \epsilon}} = -{number(alpha)}\,\frac{{{vector(m[at + 1])}}}"
        rf"{{{vector(divisor)}}} = {vector(-alpha * m[at + 1] / divisor)}",
    )
    return Parts(
        lines, velocity=-alpha * beta_1 * m[at] / divisor, push=-alpha * (1 - beta_1) * g / divisor, divisor=divisor
    )


def _adadelta(optimizer: Adadelta, path: Trajectory, at: int) -> Parts:
    g, rate, rho = path.gradients[at], path.learning_rates[at], float(optimizer.rho)
    squares, steps = path.slots["second_moment"], path.slots["squared_step"]
    divisor = _divisor(optimizer, path, at)
    lines = (
        rf"s \leftarrow \rho s + (1-\rho) g^2 = {rho:g}\,{vector(squares[at])} + {1 - rho:.3g}\,{vector(g**2)}"
        rf" = {vector(squares[at + 1])}",
        rf"\Delta = -\eta d = -\eta\,\frac{{\sqrt{{a + \epsilon}}}}{{\sqrt{{s + \epsilon}}}}\, g"
        rf" = -{number(rate)}\,\frac{{{vector(np.sqrt(steps[at] + optimizer.epsilon))}}}"
        rf"{{{vector(np.sqrt(squares[at + 1] + optimizer.epsilon))}}}\odot{vector(g)} = {vector(-rate * g / divisor)}",
    )
    return Parts(lines, divisor=divisor)


def _lion(optimizer: Lion, path: Trajectory, at: int) -> Parts:
    g, rate, beta_1 = path.gradients[at], path.learning_rates[at], float(optimizer.beta_1)
    before = path.slots["first_moment"][at]
    mix = beta_1 * before + (1 - beta_1) * g
    line = (
        rf"c = \beta_1 m + (1-\beta_1) g = {beta_1:g}\,{vector(before)} + {1 - beta_1:.3g}\,{vector(g)} = {vector(mix)}"
    )
    step = path.positions[at + 1] - path.positions[at]
    return Parts(
        (line, rf"\Delta = -\eta\,\mathrm{{sign}}(c) = -{number(rate)}\,{vector(np.sign(mix))} = {vector(step)}")
    )


def _ftrl(optimizer: Ftrl, path: Trajectory, at: int) -> Parts:
    n, z = path.slots["accumulator"], path.slots["linear"]
    before, after = path.positions[at], path.positions[at + 1]
    quadratic = _divisor(optimizer, path, at) / path.learning_rates[at]
    lines = (
        rf"n \leftarrow n + g^2 = {vector(n[at])} + {vector(path.gradients[at] ** 2)} = {vector(n[at + 1])}",
        rf"z = {vector(z[at])} \to {vector(z[at + 1])}",
        rf"q = (\beta + n^{{-k}}) / \eta + 2\lambda_2 = {vector(quadratic)}",
        rf"\Delta = \frac{{\mathrm{{clip}}(z, -\lambda_1, \lambda_1) - z}}{{q}} - p"
        rf" = {vector(after)} - {vector(before)} = {vector(after - before)}",
    )
    return Parts(lines)


def _whole(optimizer: Optimizer, path: Trajectory, at: int) -> Parts:
    """A step that is not taken apart."""
    return Parts((rf"\Delta = {vector(path.positions[at + 1] - path.positions[at])}",))


TAKEN_APART: dict[type, Callable[..., Parts]] = {
    SGD: _sgd,
    Adagrad: _adagrad,
    RMSprop: _rmsprop,
    Adam: _adam,
    AdamW: _adamw,
    Nadam: _nadam,
    Adamax: _adamax,
    Adadelta: _adadelta,
    Lion: _lion,
    Ftrl: _ftrl,
}
"""How a step is taken apart, by method; any other is shown whole."""
