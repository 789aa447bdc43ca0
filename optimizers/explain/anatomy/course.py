"""The course's methods taken apart: SGD, Adagrad, RMSprop and Adam."""

from collections.abc import Callable
from typing import Any

from optimizers.explain.anatomy.latex import latex_number, vector
from optimizers.explain.anatomy.parts import Parts, Vector, divided_by
from optimizers.explain.effective import corrections
from optimizers.methods.adagrad import Adagrad
from optimizers.methods.adam import Adam
from optimizers.methods.adamw import AdamW
from optimizers.methods.nadam import Nadam
from optimizers.methods.rmsprop import RMSprop
from optimizers.methods.sgd import SGD
from optimizers.trajectory import Trajectory


def _sgd(optimizer: SGD, path: Trajectory, at: int) -> Parts:
    g, rate, beta = path.gradients[at], path.learning_rates[at], float(optimizer.momentum)
    push = -rate * g
    if beta == 0:
        return Parts((rf"\Delta = -\eta g = -{latex_number(rate)}\,{vector(g)} = {vector(push)}",), push=push)
    before, after = path.slots["velocity"][at], path.slots["velocity"][at + 1]
    sum_of_both = rf"{beta:g}\,{vector(before)} - {latex_number(rate)}\,{vector(g)}"
    line = rf"v \leftarrow \beta v - \eta g = {sum_of_both} = {vector(after)}"
    if not optimizer.nesterov:
        return Parts((line, rf"\Delta = v = {vector(after)}"), velocity=beta * before, push=push)
    ahead = rf"\Delta = \beta v - \eta g = {beta:g}\,{vector(after)} - {latex_number(rate)}\,{vector(g)}"
    # Nesterov steps by β·(new velocity) − ηg: the new velocity already holds this gradient
    return Parts((line, rf"{ahead} = {vector(beta * after + push)}"), velocity=beta * after, push=push)


def _adagrad(optimizer: Adagrad, path: Trajectory, at: int) -> Parts:
    g, rate = path.gradients[at], path.learning_rates[at]
    before, after = path.slots["accumulator"][at], path.slots["accumulator"][at + 1]
    divisor = divided_by(optimizer, path, at)
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
    divisor = divided_by(optimizer, path, at)
    push, beta = -rate * g / divisor, float(optimizer.momentum)
    if beta == 0:
        return Parts((*lines, _scaled(rate, g, divisor, symbol)), divisor=divisor)
    carried = -beta * path.slots["velocity"][at]
    lines.append(
        rf"\Delta = -\beta v - \frac{{\eta g}}{{{symbol}}} = {vector(carried)} + {vector(push)}"
        rf" = {vector(carried + push)}"
    )
    return Parts(tuple(lines), velocity=carried, push=push, divisor=divisor)


def _scaled(rate: float, g: Vector, divisor: Vector, symbol: str) -> str:
    quotient = rf"-\frac{{\eta g}}{{{symbol}}}"
    worked = rf"-\frac{{{latex_number(rate)}}}{{{vector(divisor)}}}\odot{vector(g)}"
    return rf"\Delta = {quotient} = {worked} = {vector(-rate * g / divisor)}"


def moment_lines(optimizer: Adam | AdamW | Nadam, path: Trajectory, at: int) -> tuple[str, str]:
    """The lines in LaTeX for both running means."""
    return mean_line(optimizer, path, at), mean_line(optimizer, path, at, power=2)


def mean_line(optimizer: Any, path: Trajectory, at: int, power: int = 1) -> str:
    """The line in LaTeX for the running mean of the gradient (`power` 1) or of its square (`power` 2)."""
    symbol, slot, averaged = {1: ("m", "first_moment", "g"), 2: ("s", "second_moment", "g^2")}[power]
    beta, values = float(getattr(optimizer, f"beta_{power}")), path.slots[slot]
    rule = rf"{symbol} \leftarrow \beta_{power} {symbol} + (1-\beta_{power}) {averaged}"
    worked = rf"{beta:g}\,{vector(values[at])} + {1 - beta:.3g}\,{vector(path.gradients[at] ** power)}"
    return rf"{rule} = {worked} = {vector(values[at + 1])}"


def adam(optimizer: Adam | AdamW, path: Trajectory, at: int) -> Parts:
    """The parts of Adam's step, and of AdamW's without its decay."""
    g, rate, t = path.gradients[at], path.learning_rates[at], at + 1
    beta_1, m = float(optimizer.beta_1), path.slots["first_moment"]
    divisor = divided_by(optimizer, path, at)
    alpha = rate * float(corrections(optimizer, t)[-1])
    lines = (
        *moment_lines(optimizer, path, at),
        rf"\alpha = \eta\,\frac{{\sqrt{{1-\beta_2^{{{t}}}}}}}{{1-\beta_1^{{{t}}}}} = {latex_number(alpha)}",
        rf"\Delta = -\frac{{\alpha\,m}}{{\sqrt{{s}} + \epsilon}}"
        rf" = -{latex_number(alpha)}\,\frac{{{vector(m[at + 1])}}}{{{vector(divisor)}}}"
        rf" = {vector(-alpha * m[at + 1] / divisor)}",
    )
    # m = β₁m + (1 − β₁)g: the first term is carried over, the second is this gradient's push
    return Parts(
        lines, velocity=-alpha * beta_1 * m[at] / divisor, push=-alpha * (1 - beta_1) * g / divisor, divisor=divisor
    )


COURSE: dict[type, Callable[..., Parts]] = {SGD: _sgd, Adagrad: _adagrad, RMSprop: _rmsprop, Adam: adam}
