"""Keras's other methods taken apart."""

import dataclasses
from collections.abc import Callable

import numpy as np

from optimizers.explain.anatomy.course import adam, mean_line, moment_lines
from optimizers.explain.anatomy.latex import latex_number, vector
from optimizers.explain.anatomy.parts import Parts, divided_by
from optimizers.explain.effective import corrections
from optimizers.methods.adadelta import Adadelta
from optimizers.methods.adamax import Adamax
from optimizers.methods.adamw import AdamW
from optimizers.methods.ftrl import Ftrl
from optimizers.methods.lion import Lion
from optimizers.methods.nadam import Nadam, momenta
from optimizers.trajectory import Trajectory


def _adamw(optimizer: AdamW, path: Trajectory, at: int) -> Parts:
    parts = adam(optimizer, path, at)
    decay = -path.learning_rates[at] * float(optimizer.weight_decay) * path.positions[at]
    adams = parts.velocity + parts.push  # type: ignore[operator]
    last = (
        rf"\Delta = -\eta\lambda p - \frac{{\alpha\,m}}{{\sqrt{{s}} + \epsilon}}"
        rf" = {vector(decay)} + {vector(adams)} = {vector(decay + adams)}"
    )
    return dataclasses.replace(parts, lines=(*parts.lines[:-1], last))


def _nadam(optimizer: Nadam, path: Trajectory, at: int) -> Parts:
    g, rate, m = path.gradients[at], path.learning_rates[at], path.slots["first_moment"]
    beta_1, divisor = float(optimizer.beta_1), divided_by(optimizer, path, at)
    # μ₁ … μₜ₊₁, since Nadam looks one step ahead
    mu = momenta(optimizer, at + 2)
    carries, adds = mu[-1] / (1 - mu.prod()), (1 - mu[-2]) / (1 - mu[:-1].prod())
    ahead = carries * m[at + 1] + adds * g
    lines = (
        *moment_lines(optimizer, path, at),
        rf"\hat m = {latex_number(carries)}\, m + {latex_number(adds)}\, g = {vector(ahead)}",
        rf"\Delta = -\frac{{\eta\,\hat m}}{{\sqrt{{\hat s}} + \epsilon}}"
        rf" = -{latex_number(rate)}\,\frac{{{vector(ahead)}}}{{{vector(divisor)}}} = {vector(-rate * ahead / divisor)}",
    )
    # only the old mean is carried over; what the new mean holds of g is push
    velocity = -rate * carries * beta_1 * m[at] / divisor
    return Parts(lines, velocity=velocity, push=-rate * ahead / divisor - velocity, divisor=divisor)


def _adamax(optimizer: Adamax, path: Trajectory, at: int) -> Parts:
    g, m, u = path.gradients[at], path.slots["first_moment"], path.slots["largest_gradient"]
    beta_1, divisor = float(optimizer.beta_1), divided_by(optimizer, path, at)
    alpha = path.learning_rates[at] * float(corrections(optimizer, at + 1)[-1])
    lines = (
        mean_line(optimizer, path, at),
        rf"u \leftarrow \max(\beta_2 u, |g|) = \max\left({float(optimizer.beta_2):g}\,{vector(u[at])},"
        rf" {vector(np.abs(g))}\right) = {vector(u[at + 1])}",
        rf"\alpha = \frac{{\eta}}{{1-\beta_1^{{{at + 1}}}}} = {latex_number(alpha)}",
        rf"\Delta = -\frac{{\alpha\,m}}{{u + \epsilon}} = -{latex_number(alpha)}\,\frac{{{vector(m[at + 1])}}}"
        rf"{{{vector(divisor)}}} = {vector(-alpha * m[at + 1] / divisor)}",
    )
    return Parts(
        lines, velocity=-alpha * beta_1 * m[at] / divisor, push=-alpha * (1 - beta_1) * g / divisor, divisor=divisor
    )


def _adadelta(optimizer: Adadelta, path: Trajectory, at: int) -> Parts:
    g, rate, rho = path.gradients[at], path.learning_rates[at], float(optimizer.rho)
    squares, steps = path.slots["second_moment"], path.slots["squared_step"]
    divisor = divided_by(optimizer, path, at)
    lines = (
        rf"s \leftarrow \rho s + (1-\rho) g^2 = {rho:g}\,{vector(squares[at])} + {1 - rho:.3g}\,{vector(g**2)}"
        rf" = {vector(squares[at + 1])}",
        rf"\Delta = -\eta d = -\eta\,\frac{{\sqrt{{a + \epsilon}}}}{{\sqrt{{s + \epsilon}}}}\, g"
        rf" = -{latex_number(rate)}\,\frac{{{vector(np.sqrt(steps[at] + optimizer.epsilon))}}}"
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
        (line, rf"\Delta = -\eta\,\mathrm{{sign}}(c) = -{latex_number(rate)}\,{vector(np.sign(mix))} = {vector(step)}")
    )


def _ftrl(optimizer: Ftrl, path: Trajectory, at: int) -> Parts:
    n, z = path.slots["accumulator"], path.slots["linear"]
    before, after = path.positions[at], path.positions[at + 1]
    # q is the divisor over η: see `_ftrl` in `effective.py`
    quadratic = divided_by(optimizer, path, at) / path.learning_rates[at]
    lines = (
        rf"n \leftarrow n + g^2 = {vector(n[at])} + {vector(path.gradients[at] ** 2)} = {vector(n[at + 1])}",
        rf"z = {vector(z[at])} \to {vector(z[at + 1])}",
        rf"q = (\beta + n^{{-k}}) / \eta + 2\lambda_2 = {vector(quadratic)}",
        rf"\Delta = \frac{{\mathrm{{clip}}(z, -\lambda_1, \lambda_1) - z}}{{q}} - p"
        rf" = {vector(after)} - {vector(before)} = {vector(after - before)}",
    )
    return Parts(lines)


FURTHER: dict[type, Callable[..., Parts]] = {
    AdamW: _adamw,
    Nadam: _nadam,
    Adamax: _adamax,
    Adadelta: _adadelta,
    Lion: _lion,
    Ftrl: _ftrl,
}
