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

import numpy as np

from benchmarks.references.by_numpy import numpy_loop, numpy_run
from benchmarks.references.by_optax import (
    NO_NOISE,
    optax_bare,
    optax_bare_move,
    optax_flat,
    optax_full,
    optax_same_work,
)
from benchmarks.references.move import METHODS, START, STEPS, SURFACE, rates
from optimizers import descend
from optimizers.descent import walk

ROUNDS = 100


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
        from benchmarks.references.by_torch import torch_loop

        ways["torch loop"] = torch_loop
    table(race(ways))
    if "torch loop" not in ways:
        print("torch: not installed")
    single = np.median([milliseconds(one, "Adam", 0.02 * (1 + 1e-4 * move)) for move in range(200)])
    print(f"one descent (Adam): {single:.2f} ms; the first call, with its compilation: {first:.0f} ms")


if __name__ == "__main__":
    main()
