"""What an optimizer is: two pure functions `init` and `update` in Keras's arithmetic, and facts for a learner."""

import inspect
from typing import Any, ClassVar

import jax.numpy as jnp

from optimizers.schedules import Schedule
from records import Record, is_off, slider

Rate = float | Schedule


def rate_slider(default: float) -> Any:
    """The field of an optimizer's learning rate: a number above 0, or a schedule."""
    return slider(
        default,
        1e-4,
        10,
        log=True,
        symbol=r"\eta",
        help="How far one step goes for a gradient of 1",
        above=0,
        advice="Zero never moves and a negative rate climbs; try 0.01.",
        rate=True,
        reach=(1e-6, 10),
    )


def epsilon_slider() -> Any:
    """The field of ε, the small number under or beside a square root, with Keras's default."""
    return slider(1e-7, 1e-8, 1e-1, log=True, symbol=r"\epsilon", help="Keeps the division finite", at_least=0)


def _clip_slider(symbol: str, help: str) -> Any:
    advice = "0 turns it off; try 1."
    return slider(
        0.0, 0, 100, step=0.1, symbol=symbol, help=help, at_least=0, advice=advice, zero_is_off=True, reach=(0, 1e6)
    )


def common_sliders() -> dict[str, Any]:
    """The fields that every optimizer has after its own, by name, in Keras's order. 0 turns each of them off.

    The parameters here are one variable, like the weights of one layer in Keras. `clipnorm` limits the length of each
    variable's gradient, and `global_clipnorm` that of all gradients together; for one variable they are the same.
    `clipvalue` limits each coordinate by itself. `l2` is PyTorch's `weight_decay` of SGD, Adam and their kin; in Keras
    it is the layer's `kernel_regularizer=keras.regularizers.L2(l2 / 2)`.
    """
    return {
        "weight_decay": slider(
            0.0,
            0,
            0.5,
            step=0.002,
            symbol=r"\lambda",
            help="Before each step the parameters shrink by this part of the learning rate; 0 is off",
            at_least=0,
            zero_is_off=True,
        ),
        "clipnorm": _clip_slider("c_n", "The gradient of each variable is cut to at most this length; 0 is off"),
        "clipvalue": _clip_slider("c_v", "Each coordinate of the gradient is cut to at most this; 0 is off"),
        "global_clipnorm": _clip_slider("c_g", "All gradients together are cut to at most this length; 0 is off"),
        "l2": slider(
            0.0,
            0,
            1,
            step=0.001,
            symbol="L_2",
            help="This times the parameters joins the gradient; 0 is off",
            at_least=0,
            zero_is_off=True,
        ),
    }


COMMON = tuple(common_sliders())
"""The names of the fields that every optimizer has besides its own."""

CLIPPING = ("clipnorm", "clipvalue", "global_clipnorm")
"""The three ways to clip a gradient. At most one of them may be on, as in Keras."""


class Optimizer(Record):
    """An update rule with Keras 3's arguments, defaults and order of operations.

    `formula` is the rule in LaTeX, `story` one sentence for a learner, `source` the paper. Every optimizer has the
    fields of `common_sliders` after its own; `common` names those that are not part of its own rule.
    """

    formula: ClassVar[str]
    story: ClassVar[str]
    source: ClassVar[str]
    common: ClassVar[tuple[str, ...]] = ()
    offered: ClassVar[tuple[str, ...]] = COMMON
    learning_rate: Rate
    weight_decay: float
    clipnorm: float
    clipvalue: float
    global_clipnorm: float
    l2: float

    def __init_subclass__(cls) -> None:
        """Add the common fields after the class's own fields.

        If they were inherited, a dataclass would put them first.
        """
        own = inspect.get_annotations(cls)
        if "learning_rate" not in own:
            return
        sliders = common_sliders()
        # AdamW has a `weight_decay` of its own, with another default
        cls.common = tuple(name for name in cls.offered if name not in own)
        cls.__annotations__ = own | dict.fromkeys(cls.common, float)
        for name in cls.common:
            setattr(cls, name, sliders[name])

    def _checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """The checked values. Keras's None for a common field becomes 0, which is off."""
        off = {name: 0.0 for name, value in values.items() if value is None and name in COMMON}
        return super()._checked(values | off if off else values)

    def check_together(self) -> None:
        """Raise ValueError if the gradient would be clipped in two ways."""
        # stacked or traced values are no floats: their records were checked one by one
        in_force = {name: value for name in CLIPPING if isinstance(value := vars(self)[name], float) and value > 0}
        if len(in_force) > 1:
            received = ", ".join(f"{name}={float(value):g}" for name, value in in_force.items())
            raise ValueError(
                f"At most one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: {received}. "
                "Set the others to 0."
            )

    @property
    def inactive_fields(self) -> tuple[str, ...]:
        """The names of the common fields that are off."""
        return tuple(name for name in self.common if is_off(getattr(self, name)))

    def init(self, params: Any) -> Any:
        """The state before the first step: a named tuple of arrays, shaped like `params`, and scalars."""
        raise NotImplementedError

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> tuple[Any, Any]:
        """The new parameters and the new state after one step of the method's own rule.

        Args:
            gradient: shaped like `params`.
            state: what `init` or the last `update` returned.
            params: a point (2,) or a network's weights (n,).
            learning_rate: this step's rate, a scalar. The field of that name may hold a schedule.
        """
        raise NotImplementedError

    def apply(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> tuple[Any, Any]:
        """One whole step, in Keras's order: the gradient is clipped, the parameters decay, the rule updates them."""
        gradient = self.regularized(self.clipped(gradient), params)
        return self.update(gradient, state, self.decayed(params, learning_rate), learning_rate)

    def clipped(self, gradient: Any) -> Any:
        """The clipped gradient, of the same shape. The gradient is that of one variable of any length."""
        if not is_off(self.clipnorm):
            norm = jnp.sqrt(jnp.sum(gradient**2))
            # in Keras's order of operations, so that paths agree to the last digit
            cut = gradient * self.clipnorm / jnp.maximum(norm, self.clipnorm)
            gradient = jnp.where(self.clipnorm > 0, cut, gradient)
        if not is_off(self.global_clipnorm):
            norm = jnp.sqrt(jnp.sum(gradient**2))
            # Keras's formula again; of a gradient of 0 the minimum takes 1/c, not 1/0
            scale = self.global_clipnorm * jnp.minimum(1 / norm, 1 / self.global_clipnorm)
            gradient = jnp.where(self.global_clipnorm > 0, gradient * scale, gradient)
        if not is_off(self.clipvalue):
            cut = jnp.clip(gradient, -self.clipvalue, self.clipvalue)
            gradient = jnp.where(self.clipvalue > 0, cut, gradient)
        return gradient

    def regularized(self, gradient: Any, params: Any) -> Any:
        """The gradient plus that of l2/2 · |params|². Clipping comes before, as in PyTorch."""
        return gradient if is_off(self.l2) else gradient + self.l2 * params

    def decayed(self, params: Any, learning_rate: Any) -> Any:
        """The parameters after weight decay, params · (1 − weight_decay · learning_rate).

        It does not change the gradient.
        """
        if "weight_decay" not in self.common or is_off(self.weight_decay):
            return params
        return params - params * self.weight_decay * learning_rate
