"""The methods that a racer can use: an optimizer with the switches that give the method its name."""

import dataclasses

from optimizers import (
    OPTAX,
    OPTIMIZERS,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Ftrl,
    Lion,
    Nadam,
    Optimizer,
    RMSprop,
)


@dataclasses.dataclass(frozen=True)
class Method:
    """A method: its `title`, the `optimizer` it starts from, and the shared fields that it `overrides`."""

    title: str
    optimizer: Optimizer
    overrides: tuple[str, ...] = ()


COURSE: dict[str, Method] = {
    "descent": Method("Gradient descent", SGD(learning_rate=0.04), overrides=("momentum",)),
    "momentum": Method("Momentum", SGD(learning_rate=0.04, momentum=0.9)),
    "nesterov": Method("Nesterov", SGD(learning_rate=0.04, momentum=0.9, nesterov=True)),
    "adagrad": Method("Adagrad", Adagrad(learning_rate=0.2), overrides=("learning_rate",)),
    "rmsprop": Method("RMSprop", RMSprop(learning_rate=0.03), overrides=("learning_rate", "momentum")),
    "adam": Method("Adam", Adam(learning_rate=0.08), overrides=("learning_rate",)),
}
"""The methods that the playground opens with."""


def _alone(optimizer: Optimizer) -> Method:
    """A method under its optimizer's title, with a rate and, if it has one, a momentum of its own."""
    own = ("learning_rate", "momentum")
    return Method(optimizer.title, optimizer, tuple(field for field in own if hasattr(optimizer, field)))


KERAS: dict[str, Method] = {
    "adamw": _alone(AdamW(learning_rate=0.08)),
    "nadam": _alone(Nadam(learning_rate=0.08)),
    "adamax": _alone(Adamax(learning_rate=0.1)),
    "adadelta": _alone(Adadelta(learning_rate=1.0, epsilon=1e-3)),
    "lion": _alone(Lion(learning_rate=0.02)),
    "ftrl": _alone(Ftrl(learning_rate=0.3)),
}
"""Keras's other methods. Adadelta has an ε that lets it start within a few steps."""

RATES = {
    "adabelief": 0.05,
    "radam": 0.05,
    "yogi": 0.08,
    "adan": 0.3,
    "lamb": 0.02,
    "lars": 2.0,
    "novograd": 0.02,
    "fromage": 0.03,
    "signum": 0.03,
    "sm3": 0.3,
    "optimistic": 0.01,
    "prodigy": 1.0,
}
"""Learning rates at which optax's methods get down within 200 steps on most landscapes, and diverge on few."""

FROM_OPTAX: dict[str, Method] = {slug: _alone(cls(learning_rate=RATES[slug])) for slug, cls in OPTAX.items()}

_LISTED = {type(method.optimizer) for method in (*COURSE.values(), *KERAS.values(), *FROM_OPTAX.values())}

OTHERS: dict[str, Method] = {slug: _alone(cls()) for slug, cls in OPTIMIZERS.items() if cls not in _LISTED}
"""Optimizers that are not listed above. They race under their own title, from their default rate."""

METHODS: dict[str, Method] = {**COURSE, **KERAS, **FROM_OPTAX, **OTHERS}

MORE = {"More from Keras": KERAS, "From optax": FROM_OPTAX} | ({"Others": OTHERS} if OTHERS else {})
"""The methods beyond the course, in groups by title."""


def method_of(optimizer: Optimizer) -> str:
    """The slug of the method that an optimizer belongs to, whatever its numbers.

    >>> method_of(SGD(momentum=0.5)), method_of(Nadam())
    ('momentum', 'nadam')
    """
    if isinstance(optimizer, SGD):
        return "nesterov" if optimizer.nesterov else "momentum" if optimizer.momentum else "descent"
    return _BY_TYPE[type(optimizer)]


_BY_TYPE = {type(method.optimizer): slug for slug, method in METHODS.items()}
