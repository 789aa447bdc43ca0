"""FTRL: each step goes to the best point for all gradients so far, instead of walking on from the last point."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, rate_slider
from records import record, slider


def _strength(symbol: str, help: str) -> Any:
    """The slider of a penalty, which is at least 0."""
    return slider(0.0, 0, 2, step=0.01, symbol=symbol, help=help, at_least=0)


class FtrlState(NamedTuple):
    """FTRL's state, shaped like the parameters.

    `accumulator` is the sum of g². `linear` is z, the sum of g minus the quadratic penalties' gradients at the points
    so far.
    """

    accumulator: Any
    linear: Any


@record
class Ftrl(Optimizer):
    """Follow the regularised leader: add up all gradients, then go where their sum and the penalties balance.

    It computes as if it had begun at zero. The larger `initial_accumulator_value` is compared with the first squared
    gradient, the further the first step jumps towards zero; at 0 it is Adagrad. `l1_regularization_strength` sets
    coordinates to exactly zero.

    Source: McMahan et al., 2013.
    """

    learning_rate: Rate = rate_slider(0.001)
    learning_rate_power: float = slider(
        -0.5,
        -1,
        0,
        step=0.05,
        symbol="k",
        help="How fast the rate fades with the sum of squares; at 0 not at all",
        at_most=0,
        advice="Above 0 the rate would grow with every step.",
    )
    initial_accumulator_value: float = slider(
        0.1, 0, 10, step=0.1, symbol="n_0", help="What the sum of squares starts from", at_least=0
    )
    l1_regularization_strength: float = _strength(r"\lambda_1", "Sets coordinates with little gradient to zero")
    l2_regularization_strength: float = _strength(r"\lambda_2", "Pulls towards zero and steadies the steps")
    l2_shrinkage_regularization_strength: float = _strength(r"\lambda_s", "Adds a shrunk towards zero to the gradient")
    beta: float = _strength(r"\beta", "Makes the first rates smaller")

    title = "FTRL"
    formula = (
        r"z \leftarrow z + g + 2\lambda_s p - \frac{(n + g^2)^{-k} - n^{-k}}{\eta}\, p, \quad "
        r"n \leftarrow n + g^2, \quad "
        r"p \leftarrow \frac{\mathrm{clip}(z, -\lambda_1, \lambda_1) - z}{(\beta + n^{-k}) / \eta + 2\lambda_2}"
    )
    story = "It adds up all gradients and goes where they balance with a pull to zero, as if it had begun there."
    source = "McMahan et al., 2013"

    def init(self, params: Any) -> FtrlState:
        return FtrlState(jnp.full_like(params, self.initial_accumulator_value), jnp.zeros_like(params))

    # The new point minimises z·p + λ₁|p| + ½q p². Where |z| ≤ λ₁ that is 0; else it is (±λ₁ − z)/q, which `clip`
    # writes for both signs.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        accumulator = state.accumulator + gradient**2
        before, after = (jnp.power(n, -self.learning_rate_power) for n in (state.accumulator, accumulator))
        shrunk = gradient + 2 * self.l2_shrinkage_regularization_strength * params
        linear = state.linear + shrunk - (after - before) / learning_rate * params
        quadratic = (after + self.beta) / learning_rate + 2 * self.l2_regularization_strength
        most = self.l1_regularization_strength
        return (jnp.clip(linear, -most, most) - linear) / quadratic, FtrlState(accumulator, linear)
