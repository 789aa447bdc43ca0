"""Where optax's conventions meet Keras's, paths equal optax's too; each case says under which arguments."""

import jax
import numpy as np
import optax
import pytest

from landscapes import LANDSCAPES
from optimizers import SGD, Adagrad, Adam, RMSprop, descend

STEPS = 80

CASES = {
    "sgd, constant rate": (SGD(0.003), optax.sgd(0.003)),
    "sgd, momentum, constant rate": (SGD(0.003, momentum=0.9), optax.sgd(0.003, momentum=0.9)),
    "sgd, nesterov, constant rate": (
        SGD(0.003, momentum=0.9, nesterov=True),
        optax.sgd(0.003, momentum=0.9, nesterov=True),
    ),
    "adagrad, optax's defaults": (Adagrad(0.1), optax.adagrad(0.1)),
    "rmsprop, eps 1e-7 in the root": (RMSprop(0.01), optax.rmsprop(0.01, eps=1e-7, eps_in_sqrt=True)),
    "rmsprop, centered, eps 1e-3 in the root": (
        RMSprop(0.01, centered=True, epsilon=1e-3),
        optax.rmsprop(0.01, eps=1e-3, eps_in_sqrt=True, centered=True),
    ),
    "adam, eps 0": (Adam(0.05, epsilon=0), optax.adam(0.05, eps=0)),
}


def optax_path(surface, optimizer, steps):
    """The points an optax optimizer visits from the surface's start: (steps + 1, 2)."""
    start = jax.numpy.array(surface.start)
    slope = jax.grad(lambda xy: surface(xy))

    def step(carry, _):
        xy, state = carry
        updates, state = optimizer.update(slope(xy), state, xy)
        xy = optax.apply_updates(xy, updates)
        return (xy, state), xy

    visited = jax.jit(lambda: jax.lax.scan(step, (start, optimizer.init(start)), length=steps)[1])()
    return np.vstack([start, visited])


@pytest.mark.parametrize("slug", ["himmelblau", "beale"])
@pytest.mark.parametrize(("ours", "theirs"), CASES.values(), ids=CASES)
def test_same_path(slug, ours, theirs):
    surface = LANDSCAPES[slug]()
    path = descend(surface, ours, steps=STEPS).positions
    expected = optax_path(surface, theirs, STEPS)
    assert np.ptp(expected, axis=0).max() > 0.01
    assert np.abs(path - expected).max() <= 1e-12 * np.abs(expected).max()


def test_adam_epsilon_is_not_optaxs():
    """Keras adds ε before the bias correction, optax after it: the two part at a large ε."""
    surface = LANDSCAPES["himmelblau"]()
    path = descend(surface, Adam(0.05, epsilon=0.1), steps=STEPS).positions
    assert np.abs(path - optax_path(surface, optax.adam(0.05, eps=0.1), STEPS)).max() > 1e-3
