"""optax, one compiled scan for each optimizer."""

from functools import partial

import jax
import numpy as np
import optax
from jax.flatten_util import ravel_pytree

from benchmarks.references.move import START, STEPS, SURFACE, rates


def optax_optimizer(name, rate):
    """The optax optimizer of that name; its rate may be traced."""
    return {
        "SGD": partial(optax.sgd),
        "momentum": partial(optax.sgd, momentum=0.9),
        "Nesterov": partial(optax.sgd, momentum=0.9, nesterov=True),
        "Adagrad": partial(optax.adagrad),
        "RMSprop": partial(optax.rmsprop, eps=1e-7),
        "Adam": partial(optax.adam, eps=1e-7),
    }[name](rate)


def optax_update(name, rate, slope, state, xy):
    """One step: the next point and state."""
    updates, state = optax_optimizer(name, rate).update(slope, state, xy)
    return optax.apply_updates(xy, updates), state


@partial(jax.jit, static_argnames="name")
def optax_bare(name, rate, start):
    """Positions and losses of one descent at a constant rate."""

    def step(carry, _):
        xy, state = carry
        loss, slope = jax.value_and_grad(SURFACE)(xy)
        return optax_update(name, rate, slope, state, xy), (xy, loss)

    return jax.lax.scan(step, (start, optax_optimizer(name, rate).init(start)), length=STEPS)[1]


@partial(jax.jit, static_argnames="name")
def optax_full(name, surface, start, rates, noise):
    """Positions, losses, gradients and states of one descent, rates and noise given for each step."""

    def step(carry, inputs):
        (xy, state), (rate, push) = carry, inputs
        loss, slope = jax.value_and_grad(lambda xy: surface(xy))(xy)
        gradient = slope + push
        return optax_update(name, rate, gradient, state, xy), (xy, loss, gradient, state)

    return jax.lax.scan(step, (start, optax_optimizer(name, 1.0).init(start)), (rates, noise))[1]


@partial(jax.jit, static_argnames="name")
def optax_flat(name, surface, start, rates, noise):
    """`optax_full` with one flat array carried and one flat row stored, which XLA runs as one kernel."""
    first, unpack = ravel_pytree((start, optax_optimizer(name, 1.0).init(start)))

    def step(packed, inputs):
        (xy, state), (rate, push) = unpack(packed), inputs
        loss, slope = jax.value_and_grad(lambda xy: surface(xy))(xy)
        gradient = slope + push
        moved = optax_update(name, rate, gradient, state, xy)
        return ravel_pytree(moved)[0], ravel_pytree((xy, loss, gradient, state))[0]

    return jax.lax.scan(step, first, (rates, noise))[1]


NO_NOISE = jax.numpy.zeros((STEPS, 2))


def optax_bare_move(move):
    """Six descents by `optax_bare`."""
    for name, rate in rates(move).items():
        jax.device_get(optax_bare(name, np.float64(rate), START))


def optax_same_work(run, move):
    """Six descents by `optax_full` or `optax_flat`."""
    for name, rate in rates(move).items():
        jax.device_get(run(name, SURFACE, START, np.full(STEPS, rate), NO_NOISE))
