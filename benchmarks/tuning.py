"""How quick a tuning map is: `python -m benchmarks.tuning`.

Himmelblau, 64 × 64 settings, 500 steps, in float64: learning rate and momentum for SGD, learning rate and β₁ for Adam.
All give the last loss, whether it blew up, and since when the loss stays below the level that counts as there.

* ours, `tuning_map`: the same records as everywhere, the gradient by JAX; another start each round. It also tells the
  kind of end and the minimum.
* NumPy: written for this one surface and one method, the gradient by hand, arrays in place, in chunks that fit the
  cache. Ours should be three times as fast.
* single runs: `descend` for each of the 4,096 settings, of which 256 are drawn anew each round and timed, × 16. Ours
  should be fifty times as fast.

All take turns in an order drawn anew each round.
"""

import os

import numpy as np

from benchmarks.studies import medians, numpy_slope
from landscapes import LANDSCAPES
from optimizers import SGD, Adam, descend
from studies import tuning_map
from studies.sweeps.fields import put

STEPS, CELLS, CHUNK, SINGLE, ROUNDS = 500, 64, 1024, 256, 15
SURFACE = LANDSCAPES["himmelblau"]()
TOLERANCE = 1e-3
RATES = {"momentum": np.geomspace(1e-4, 0.1, CELLS), "beta_1": np.geomspace(1e-3, 1.0, CELLS)}
DECAYS = np.linspace(0, 0.98, CELLS)
METHODS = {"momentum": SGD(), "beta_1": Adam()}


def start_of(number):
    """A start for each round."""
    return (0.5 + 1e-4 * number, -0.5)


def ours(field, number):
    """A map by `tuning_map`."""
    names = ("learning_rate", field)
    start = start_of(number)
    return tuning_map(SURFACE, METHODS[field], *names, x=RATES[field], y=DECAYS, steps=STEPS, start=start)


def by_numpy(field, number):
    """Loss, steps and whether it blew up, by NumPy; (4096,) each."""
    rate, decay = np.tile(RATES[field], CELLS), np.repeat(DECAYS, CELLS)
    parts = [slice(first, first + CHUNK) for first in range(0, CELLS**2, CHUNK)]
    with np.errstate(all="ignore"):
        made = [numpy_chunk(field, rate[part], decay[part], start_of(number)) for part in parts]
    return [np.concatenate(column) for column in zip(*made, strict=True)]


def numpy_chunk(field, rate, decay, start):
    """The same for some of the settings."""
    x, y = (np.full(rate.shape, part) for part in start)
    state = [np.zeros_like(x) for _ in range(4)]
    first = float(SURFACE(start))
    last, worst, above, level = np.zeros_like(x), np.zeros_like(x), np.full(x.shape, -1), TOLERANCE * first
    for step in range(STEPS + 1):
        loss, slope_x, slope_y = numpy_slope(x, y)
        np.copyto(last, loss, where=np.isfinite(loss))
        np.maximum(worst, np.abs(loss - first), out=worst)
        above[loss > level] = step
        UPDATES[field](rate, decay, step, x, y, slope_x, slope_y, state)
    blown = ~(worst <= 1e6 * (1 + abs(first)))
    return last, np.where(blown | (above == STEPS), -1, above + 1), blown


def numpy_momentum(rate, decay, step, x, y, slope_x, slope_y, state):
    """Momentum, in place."""
    for at, slope, velocity in ((x, slope_x, state[0]), (y, slope_y, state[1])):
        velocity *= decay
        velocity -= rate * slope
        at += velocity


def numpy_adam(rate, decay, step, x, y, slope_x, slope_y, state):
    """Adam, in place."""
    alpha = rate * (1 - 0.999 ** (step + 1)) ** 0.5 / (1 - decay ** (step + 1))
    for at, slope, mean, square in ((x, slope_x, state[0], state[2]), (y, slope_y, state[1], state[3])):
        mean += (1 - decay) * (slope - mean)
        square *= 0.999
        square += 0.001 * slope * slope
        at -= alpha * mean / (np.sqrt(square) + 1e-7)


UPDATES = {"momentum": numpy_momentum, "beta_1": numpy_adam}


def singly(field, number):
    """Some of the settings, one after the other."""
    draw = np.random.default_rng(number)
    for row, column in draw.integers(CELLS, size=(SINGLE, 2)):
        optimizer = put(METHODS[field], field, float(DECAYS[row]))
        descend(
            SURFACE,
            put(optimizer, "learning_rate", float(RATES[field][column])),
            start=start_of(number),
            steps=STEPS,
        )


def agree(field):
    """The share of cells in which NumPy and ours say the same step."""
    _, steps, _ = by_numpy(field, 0)
    return float(np.mean(ours(field, 0).steps.ravel() == steps))


def main():
    """Print a line for each method."""
    print(f"load before: {os.getloadavg()[0]:.1f}; medians of {ROUNDS} rounds, ms")
    print(f"{CELLS} × {CELLS} × {STEPS}              ours   NumPy  ratio (≥ 3)   single runs  ratio (≥ 50)")
    for field in METHODS:
        same = agree(field)
        assert same > 0.97, same  # where a path is chaotic they part by rounding
        ways = (("ours", ours), ("numpy", by_numpy), ("single", singly))
        taken = medians({name: lambda number, way=way, field=field: way(field, number) for name, way in ways}, ROUNDS)
        singles = taken["single"] * CELLS**2 / SINGLE
        ratios = taken["numpy"] / taken["ours"], singles / taken["ours"]
        print(
            f"  learning rate × {field:8} {taken['ours']:7.1f} {taken['numpy']:7.1f} {ratios[0]:12.1f}"
            f" {singles:13.0f} {ratios[1]:13.0f}"
        )


if __name__ == "__main__":
    main()
