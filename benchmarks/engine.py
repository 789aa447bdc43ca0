"""How much faster one compiled loop is than what one would write: a slider move with six optimizers.

Run `python -m benchmarks.engine`. Each move has new learning rates.

* ours, `descend`: rates and batch noise are inputs for each step; gives positions, losses, gradients and states of
  each step, and the outcome in words, for which it looks at the path's end and the curvature there.
* ours, arrays only: the same without the outcome, which is the work that optax is given.
* optax, bare: a constant rate, no noise; gives positions and losses only. The least that could be called a descent.
* optax, the same work: rates and batch noise are inputs for each step; gives positions, losses, gradients and
  states of each step. No outcome. Twice: as one would write it, and carrying one flat array as ours does.
* NumPy and torch loops: a constant rate, no noise; positions and losses only.

All give NumPy arrays and take turns in an order drawn anew each round, for whoever follows the NumPy loop finds
the caches cold. Ours should be 20 times faster than the NumPy loop, and not slower than optax at the same work.
"""

import importlib.util
import random
import time
from functools import partial

import jax
import numpy as np
import optax
from jax.flatten_util import ravel_pytree

from landscapes import LANDSCAPES
from optimizers import SGD, Adagrad, Adam, RMSprop, descend
from optimizers.descent import walk

STEPS, ROUNDS = 1024, 100
SURFACE = LANDSCAPES["rosenbrock"]()
START = np.array(SURFACE.start)

METHODS = {
    "SGD": (SGD(), 5e-4),
    "momentum": (SGD(momentum=0.9), 1e-4),
    "Nesterov": (SGD(momentum=0.9, nesterov=True), 1e-4),
    "Adagrad": (Adagrad(), 0.3),
    "RMSprop": (RMSprop(), 0.005),
    "Adam": (Adam(), 0.02),
}
"""Each with a learning rate that leads down the valley."""


def rates(move):
    """The learning rates of one move: never the same twice."""
    return {name: rate * (1 + 1e-4 * move) for name, (_, rate) in METHODS.items()}


# ours


def ours(move):
    """Six descents by `descend`."""
    for name, rate in rates(move).items():
        one(name, rate)


def one(name, rate):
    """One descent by `descend`."""
    return descend(SURFACE, METHODS[name][0].replace(learning_rate=rate), steps=STEPS)


def ours_arrays(move):
    """Six descents by `walk`: checked and sliced as in `descend`, but no outcome."""
    for name, rate in rates(move).items():
        walk(SURFACE, METHODS[name][0].replace(learning_rate=rate), START, STEPS, None)


# optax, one compiled scan for each optimizer


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


# NumPy, a loop with the gradient worked out by hand


def loss_and_slope(xy):
    """Rosenbrock's loss and gradient."""
    x, y = xy.tolist()
    wall = y - x * x
    return (1 - x) ** 2 + 100 * wall * wall, np.array([-2 * (1 - x) - 400 * x * wall, 200 * wall])


def numpy_sgd(rate, momentum=0.0, nesterov=False):
    """The update of SGD, as a function of the gradient."""
    velocity = np.zeros(2)

    def update(slope):
        nonlocal velocity
        velocity = momentum * velocity - rate * slope
        return momentum * velocity - rate * slope if nesterov else velocity

    return update


def numpy_adagrad(rate):
    """The update of Adagrad, as a function of the gradient."""
    accumulator = np.full(2, 0.1)

    def update(slope):
        nonlocal accumulator
        accumulator = accumulator + slope * slope
        return -rate * slope / np.sqrt(accumulator + 1e-7)

    return update


def numpy_rmsprop(rate, rho=0.9):
    """The update of RMSprop, as a function of the gradient."""
    second = np.zeros(2)

    def update(slope):
        nonlocal second
        second = rho * second + (1 - rho) * slope * slope
        return -rate * slope / np.sqrt(second + 1e-7)

    return update


def numpy_adam(rate, beta_1=0.9, beta_2=0.999):
    """The update of Adam, as a function of the gradient."""
    first, second, t = np.zeros(2), np.zeros(2), 0

    def update(slope):
        nonlocal first, second, t
        t += 1
        first = beta_1 * first + (1 - beta_1) * slope
        second = beta_2 * second + (1 - beta_2) * slope * slope
        alpha = rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
        return -alpha * first / (np.sqrt(second) + 1e-7)

    return update


NUMPY_UPDATES = {
    "SGD": numpy_sgd,
    "momentum": partial(numpy_sgd, momentum=0.9),
    "Nesterov": partial(numpy_sgd, momentum=0.9, nesterov=True),
    "Adagrad": numpy_adagrad,
    "RMSprop": numpy_rmsprop,
    "Adam": numpy_adam,
}


def numpy_run(name, rate):
    """Positions and losses of one descent."""
    update, xy = NUMPY_UPDATES[name](rate), START
    positions, losses = np.empty((STEPS + 1, 2)), np.empty(STEPS + 1)
    for step in range(STEPS):
        positions[step] = xy
        losses[step], slope = loss_and_slope(xy)
        xy = xy + update(slope)
    positions[-1], losses[-1] = xy, loss_and_slope(xy)[0]
    return positions, losses


def numpy_loop(move):
    """Six descents in plain NumPy."""
    for name, rate in rates(move).items():
        numpy_run(name, rate)


# torch, the loop of its tutorials


def torch_optimizer(torch, name, xy, rate):
    """The torch optimizer of that name."""
    optim = torch.optim
    return {
        "SGD": partial(optim.SGD),
        "momentum": partial(optim.SGD, momentum=0.9),
        "Nesterov": partial(optim.SGD, momentum=0.9, nesterov=True),
        "Adagrad": partial(optim.Adagrad, initial_accumulator_value=0.1),
        "RMSprop": partial(optim.RMSprop, alpha=0.9),
        "Adam": partial(optim.Adam),
    }[name]([xy], lr=rate)


def torch_run(torch, name, rate):
    """Positions and losses of one descent."""
    xy = torch.tensor(START, requires_grad=True)
    optimizer, positions, losses = torch_optimizer(torch, name, xy, rate), [START], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = SURFACE(xy)
        loss.backward()
        optimizer.step()
        positions.append(xy.detach().numpy().copy())
        losses.append(loss.item())
    return np.array(positions), np.array(losses)


def torch_loop(move):
    """Six descents in torch."""
    import torch

    for name, rate in rates(move).items():
        torch_run(torch, name, rate)


# the race


def milliseconds(work, *arguments):
    """How long one call takes."""
    began = time.perf_counter()
    work(*arguments)
    return 1000 * (time.perf_counter() - began)


def check_all_do_the_same(steps=60):
    """The NumPy loop and optax walk our path, so it is one work that is timed.

    Compared at the beginning only: later RMSprop hops across the valley and multiplies rounding.
    """
    for name, rate in rates(0).items():
        expected = one(name, rate).positions[:steps]
        np.testing.assert_allclose(numpy_run(name, rate)[0][:steps], expected, rtol=1e-9, err_msg=name)
        np.testing.assert_allclose(optax_bare(name, rate, START)[0][:steps], expected, rtol=1e-6, err_msg=name)
        inputs = SURFACE, START, np.full(STEPS, rate), NO_NOISE
        np.testing.assert_allclose(optax_full(name, *inputs)[0][:steps], expected, rtol=1e-6, err_msg=name)
        np.testing.assert_allclose(optax_flat(name, *inputs)[:steps, :2], expected, rtol=1e-6, err_msg=name)


def race(ways, rounds=ROUNDS):
    """Median milliseconds of each way, in a random order each round; a slow one takes part in every tenth."""
    times = {name: [milliseconds(work, -1)] for name, work in ways.items()}
    slow = {name for name, taken in times.items() if milliseconds(ways[name], -2) > 50}
    times, draw = {name: [] for name in ways}, random.Random(0)
    for move in range(rounds):
        for name in draw.sample(list(ways), len(ways)):
            if name not in slow or move % 10 == 0:
                times[name].append(milliseconds(ways[name], move))
    return {name: float(np.median(taken)) for name, taken in times.items()}


def table(medians):
    """One line a way: name, median, ratio to ours."""
    print(f"{'one slider move, 6 optimizers × 1,024 steps':50} {'median ms':>10} {'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:50} {median:10.2f} {median / medians['ours, descend']:8.1f}")


def main():
    """Compile, check, race, print."""
    first = milliseconds(one, "Adam", 0.02)
    check_all_do_the_same()
    ways = {
        "ours, descend": ours,
        "ours, arrays only": ours_arrays,
        "optax in lax.scan, bare": optax_bare_move,
        "optax in lax.scan, the same work": partial(optax_same_work, optax_full),
        "optax in lax.scan, the same work, one flat array": partial(optax_same_work, optax_flat),
        "NumPy loop, gradient by hand": numpy_loop,
    }
    if importlib.util.find_spec("torch"):
        ways["torch loop"] = torch_loop
    table(race(ways))
    if "torch loop" not in ways:
        print("torch: not installed")
    single = np.median([milliseconds(one, "Adam", 0.02 * (1 + 1e-4 * move)) for move in range(200)])
    print(f"one descent (Adam): {single:.2f} ms; the first call, with its compilation: {first:.0f} ms")


if __name__ == "__main__":
    main()
