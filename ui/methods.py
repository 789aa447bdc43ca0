"""The methods a racer can use: an optimizer with the switches that give it its name."""

import dataclasses

from optimizers import SGD, Adagrad, Adam, Optimizer, RMSprop


@dataclasses.dataclass(frozen=True)
class Method:
    """`title` as it is shown, the `optimizer` it starts from, and the shared fields it keeps `apart`."""

    title: str
    optimizer: Optimizer
    apart: tuple[str, ...] = ()


METHODS: dict[str, Method] = {
    "descent": Method("Gradient descent", SGD(learning_rate=0.04), apart=("momentum",)),
    "momentum": Method("Momentum", SGD(learning_rate=0.04, momentum=0.9)),
    "nesterov": Method("Nesterov", SGD(learning_rate=0.04, momentum=0.9, nesterov=True)),
    "adagrad": Method("Adagrad", Adagrad(learning_rate=0.2), apart=("learning_rate",)),
    "rmsprop": Method("RMSprop", RMSprop(learning_rate=0.03), apart=("learning_rate", "momentum")),
    "adam": Method("Adam", Adam(learning_rate=0.08), apart=("learning_rate",)),
}
