"""Runs a produced program with the library it is written for, step by step, as its comments say."""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax

from tests.optimizers.keras_twins import in_double


def made(text, **names):
    """What a program leaves behind, by name."""
    exec(text, names)
    return names


@lru_cache
def slope_of(surface):
    return jax.jit(jax.grad(lambda xy: surface(xy)))


def keras_path(text, surface, steps):
    """The points that a Keras program visits from the surface's start: (steps + 1, 2)."""
    keras.config.set_floatx("float64")
    names = made(text)
    optimizer, penalty = names["optimizer"], jax.grad(names.get("regularizer", lambda xy: 0.0))
    weights = keras.Variable(np.asarray(surface.start), dtype="float64")
    optimizer.build([weights])

    def step(carry, _):
        xy, state = carry
        (new,), state = optimizer.stateless_apply(state, [slope_of(surface)(xy) + penalty(xy)], [xy])
        return (new, state), new

    with in_double():
        visited = _scan(step, (weights.value, [variable.value for variable in optimizer.variables]), steps)
    return np.vstack([surface.start, visited])


def optax_path(text, surface, steps):
    """The same for an Optax program."""
    optimizer = made(text)["optimizer"]
    start = jnp.array(surface.start)

    def step(carry, _):
        xy, state = carry
        updates, state = optimizer.update(slope_of(surface)(xy), state, xy)
        xy = optax.apply_updates(xy, updates)
        return (xy, state), xy

    return np.vstack([surface.start, _scan(step, (start, optimizer.init(start)), steps)])


@partial(jax.jit, static_argnames=("step", "steps"))
def _scan(step, carry, steps):
    return jax.lax.scan(step, carry, length=steps)[1]


def torch_path(text, surface, steps):
    """The same for a PyTorch program; the loss is one whose gradient is the surface's."""
    import torch

    class Point(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.xy = torch.nn.Parameter(torch.tensor(surface.start, dtype=torch.float64))

    model = Point()
    names = made(text, model=model)
    optimizer, scheduler, rate = (names.get(name) for name in ("optimizer", "scheduler", "rate"))
    visited = [np.array(surface.start)]
    for step in range(steps):
        slope = torch.tensor(np.asarray(slope_of(surface)(jnp.array(visited[-1]))))
        loss = (slope * model.xy).sum()
        optimizer.zero_grad()
        (loss if scheduler or not rate else rate(step) * loss).backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        visited.append(model.xy.detach().numpy().copy())
    return np.array(visited)


PATHS = {"keras": keras_path, "torch": torch_path, "optax": optax_path}
