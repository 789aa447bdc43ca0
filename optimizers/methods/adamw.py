"""AdamW: Adam, with every point pulled a little towards zero before its step."""

from typing import Any

from optimizers.methods.adam import Adam, AdamState, beta_1_slider, beta_2_slider
from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record, slider, switch

ADAM: Any = Adam
"""Adam's class, whose rule is called with AdamW's fields. It has the type Any, since AdamW does not inherit from it."""


@record
class AdamW(Optimizer):
    """Shrink the parameters by the rate times `weight_decay`, then step as Adam does.

    The decay is not a part of the gradient, so Adam does not divide it ("decoupled").

    Source: Loshchilov and Hutter, 2019.
    """

    learning_rate: Rate = rate_slider(0.001)
    weight_decay: float = slider(
        0.004, 0, 0.5, step=0.002, symbol=r"\lambda", help="How strongly each step pulls towards zero", at_least=0
    )
    beta_1: float = beta_1_slider()
    beta_2: float = beta_2_slider()
    epsilon: float = epsilon_slider()
    amsgrad: bool = switch(False, help="Divide by the largest second moment so far, so a rate never grows again")

    title = "AdamW"
    formula = (
        r"p \leftarrow p - \eta \lambda p, \quad "
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) g^2, \quad "
        r"p \leftarrow p - \eta\,\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}\,\frac{m}{\sqrt{s} + \epsilon}"
    )
    story = "Adam that also pulls every parameter towards zero, by the same fraction whatever its gradients were."
    source = "Loshchilov and Hutter, 2019"

    def init(self, params: Any) -> AdamState:
        return ADAM.init(self, params)

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        decayed = params - params * self.weight_decay * learning_rate
        return ADAM.update(self, gradient, state, decayed, learning_rate)
