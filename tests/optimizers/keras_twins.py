"""The real Keras object for each of our records, so that a learner's line of Keras is what is compared."""

from contextlib import ExitStack, contextmanager
from functools import partial
from unittest.mock import patch

import jax
import jax.numpy as jnp
import keras
import numpy as np

from landscapes import LANDSCAPES
from optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Ftrl,
    InverseTimeDecay,
    Lion,
    Nadam,
    Optimizer,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    WarmupCosineDecay,
)
from records import number_fields, switch_fields

keras.config.set_floatx("float64")

OPTIMIZERS = {
    "sgd": SGD(),
    "sgd-momentum": SGD(momentum=0.9),
    "sgd-nesterov": SGD(momentum=0.9, nesterov=True),
    "adagrad": Adagrad(),
    "adagrad-epsilon": Adagrad(epsilon=1e-3, initial_accumulator_value=0.5),
    "rmsprop": RMSprop(),
    "rmsprop-epsilon": RMSprop(epsilon=1e-3, rho=0.8),
    "rmsprop-centered": RMSprop(centered=True, epsilon=1e-3),
    "rmsprop-momentum": RMSprop(momentum=0.9),
    "adam": Adam(),
    "adam-epsilon": Adam(epsilon=1e-3, beta_1=0.8, beta_2=0.99),
    "adam-amsgrad": Adam(amsgrad=True, epsilon=1e-3),
    "adamw": AdamW(),
    "adamw-amsgrad": AdamW(weight_decay=0.3, beta_1=0.8, beta_2=0.99, epsilon=1e-3, amsgrad=True),
    "nadam": Nadam(),
    "nadam-epsilon": Nadam(epsilon=1e-3, beta_1=0.8, beta_2=0.99),
    "adamax": Adamax(),
    "adamax-epsilon": Adamax(epsilon=1e-3, beta_1=0.8, beta_2=0.99),
    "adadelta": Adadelta(),
    "adadelta-epsilon": Adadelta(epsilon=1e-3, rho=0.8),
    "lion": Lion(),
    "lion-betas": Lion(beta_1=0.8, beta_2=0.9),
    "ftrl": Ftrl(),
    "ftrl-power": Ftrl(learning_rate_power=-0.7, initial_accumulator_value=0.5, beta=0.3),
    "ftrl-penalties": Ftrl(
        l1_regularization_strength=0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.05
    ),
}

FEW_LANDSCAPES = ("bowl", "himmelblau", "beale", "rastrigin")
"""Where the second variant of a method is compared: arithmetic that holds on the others for the first holds for it."""

SECOND = ("adamw", "nadam", "adamax", "adadelta", "lion", "ftrl", "ftrl-penalties")
"""Variants that are compared on few landscapes, to save time; others with more of their arguments are on all."""

SCHEDULES = {
    "constant": Constant(0.05),
    "exponential": ExponentialDecay(0.05, 20, 0.7),
    "exponential-staircase": ExponentialDecay(0.05, 20, 0.7, staircase=True),
    "piecewise": PiecewiseConstantDecay((20, 50), (0.05, 0.02, 0.04)),
    "polynomial": PolynomialDecay(0.05, 40, 0.001, power=2),
    "polynomial-cycle": PolynomialDecay(0.05, 30, 0.001, power=0.5, cycle=True),
    "inverse-time": InverseTimeDecay(0.05, 20, 0.5),
    "inverse-time-staircase": InverseTimeDecay(0.05, 20, 0.5, staircase=True),
    "cosine": CosineDecay(0.05, 70, 0.2),
    "restarts": CosineDecayRestarts(0.05, 20, 1.5, 0.7, 0.05),
    "warm-up": WarmupCosineDecay(0.001, 60, 0.1, 0.05, 15),
}

SGD_SCALE = {
    "rosenbrock": 0.005,
    "beale": 0.02,
    "goldstein_price": 0.0002,
    "himmelblau": 0.05,
    "rastrigin": 0.02,
    "easom": 20.0,
}
"""What SGD's rates are multiplied by where 0.025 is too fast or too slow: no path blows up, turns chaotic or stands."""

RMSPROP_SCALE = 0.2
"""RMSprop hops to and fro across a minimum once it is there, and every hop multiplies rounding."""


ADADELTA_SCALE = {1e-7: 30.0, 1e-3: 3.0}
"""Adadelta's first steps are the rate times √ε: by ε, rates at which it moves, and does not hop."""


def ours(slug, optimizer_id, schedule_id):
    """One of our surfaces, and one of our optimizers under a schedule whose rates suit the two."""
    optimizer, schedule = OPTIMIZERS[optimizer_id], SCHEDULES[schedule_id]
    return LANDSCAPES[slug](), optimizer.replace(learning_rate=scaled(schedule, _scale(slug, optimizer)))


def _scale(slug, optimizer):
    if isinstance(optimizer, SGD):
        return SGD_SCALE.get(slug, 0.5)
    if isinstance(optimizer, Adadelta):
        return ADADELTA_SCALE[float(optimizer.epsilon)]
    return RMSPROP_SCALE if isinstance(optimizer, RMSprop) else 1.0


def scaled(schedule, factor):
    """A schedule with every rate multiplied."""
    if isinstance(schedule, PolynomialDecay):
        schedule = schedule.replace(end_learning_rate=factor * schedule.end_learning_rate)
    return schedule.starting_at(factor * schedule.initial)


def keras_optimizer(optimizer):
    """Keras's optimizer of the same name with the same arguments."""
    arguments = keras_arguments(optimizer) | {"learning_rate": keras_rate(optimizer.learning_rate)}
    return getattr(keras.optimizers, type(optimizer).__name__)(**arguments)


def keras_rate(schedule):
    """Keras's schedule with the same arguments; a constant is a number to Keras, and its cosine decay can warm up."""
    if isinstance(schedule, Constant):
        return float(schedule.initial)
    name = "CosineDecay" if isinstance(schedule, WarmupCosineDecay) else type(schedule).__name__
    return getattr(keras.optimizers.schedules, name)(**keras_arguments(schedule))


def keras_arguments(record):
    """Every field as a plain Python number, list or boolean, by its own name; what is off is None in Keras.

    `l2` is no argument there, but a regularizer of the layer.
    """
    off = record.inactive_fields if isinstance(record, Optimizer) else ()
    return {
        name: None if name in off else _plain(getattr(record, name))
        for name in (*number_fields(record), *switch_fields(record))
        if name not in ("learning_rate", "l2")
    }


def _plain(value):
    if isinstance(value, tuple):
        return [float(entry) for entry in value]
    return value if isinstance(value, bool) else float(value)


@contextmanager
def in_double():
    """Keras rounds cosines and logarithms to float32 even where it is set to float64; in here it does not."""
    with ExitStack() as patches:
        for name in ("cos", "log"):
            patches.enter_context(patch(f"keras.src.ops.{name}", getattr(jnp, name)))
        yield


def keras_path(surface, optimizer, start, steps):
    """The points a Keras optimizer visits, with our gradient at Keras's own point: (steps + 1, 2)."""
    twin = keras_optimizer(optimizer)
    weights = keras.Variable(np.asarray(start), dtype="float64")
    twin.build([weights])
    penalty = keras.regularizers.L2(float(optimizer.l2) / 2)
    slope = jax.grad(lambda xy: surface(xy) + penalty(xy))

    def step(carry, _):
        xy, state = carry
        (new,), state = twin.stateless_apply(state, [slope(xy)], [xy])
        return (new, state), new

    state = [variable.value for variable in twin.variables]
    with in_double():
        visited = _scan(step, (weights.value, state), steps)
    return np.vstack([start, visited])


@partial(jax.jit, static_argnames=("step", "steps"))
def _scan(step, carry, steps):
    return jax.lax.scan(step, carry, jnp.arange(steps))[1]
