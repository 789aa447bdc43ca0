"""How quick the studies are: `python -m benchmarks.studies`.

Basins of Himmelblau, 256 × 256 starts, 500 steps, for three methods. All give which minimum was reached, and since
when; all look out for runs that blow up.

* ours, `basins` in float32: the same records as everywhere, the gradient by JAX; a new learning rate each round.
* NumPy: written for this one surface and one method, float32, the gradient by hand, arrays in place, the starts in
  chunks that fit the cache. Ours should be twice as fast.
* numba, where it is installed: the same by hand, compiled, a start after the other, on all cores. Ours should take
  at most four times as long.

All take turns in an order drawn anew each round. Then an ensemble and the ways out, on the surfaces of that page.
"""

import importlib.util
import random
import time

import numpy as np

from landscapes import LANDSCAPES, stationary_points
from landscapes.minima import arrival_distance
from optimizers import SGD, Adam, Batch, descend
from studies import barriers, basins, energy, ensemble, known_minima
from studies.draws import _noise_of_all

STEPS, RESOLUTION, CHUNK, ROUNDS = 500, 256, 2048, 9
SURFACE = LANDSCAPES["himmelblau"]()
MINIMA = known_minima(SURFACE).astype(np.float32)
REACH = np.float32(arrival_distance(SURFACE) ** 2)
METHODS = {"descent": (SGD(), 0.005), "momentum": (SGD(momentum=0.9), 0.002), "adam": (Adam(), 0.05)}


def medians(tries, rounds=ROUNDS):
    """Median milliseconds of each action, called with the number of the round; the first round is not counted."""
    times = {name: [] for name in tries}
    for number in range(rounds + 1):
        for name in random.sample(list(tries), len(tries)):
            began = time.perf_counter()
            tries[name](number)
            times[name].append(1000 * (time.perf_counter() - began))
    return {name: float(np.median(taken[1:])) for name, taken in times.items()}


# ours


def ours(name, number):
    """A map by `basins`."""
    method, rate = METHODS[name]
    return basins(SURFACE, method.replace(learning_rate=rate * (1 + 1e-4 * number)), steps=STEPS).index


# NumPy


def numpy_basins(name, number):
    """A map by NumPy."""
    rate = np.float32(METHODS[name][1] * (1 + 1e-4 * number))
    axis = np.linspace(-5.5, 5.5, RESOLUTION, dtype=np.float32)
    x, y = (part.ravel() for part in np.meshgrid(axis, axis))
    parts = [slice(first, first + CHUNK) for first in range(0, len(x), CHUNK)]
    with np.errstate(all="ignore"):
        return np.concatenate([numpy_chunk(name, rate, x[part].copy(), y[part].copy()) for part in parts])


def numpy_chunk(name, rate, x, y):
    """Which minimum each start reaches."""
    state = [np.zeros_like(x) for _ in range(4)]
    since, worst, first = np.zeros(x.shape, np.int32), np.zeros_like(x), None
    for step in range(STEPS):
        loss, slope_x, slope_y = numpy_slope(x, y)
        first = loss if first is None else first
        np.maximum(worst, np.abs(loss - first), out=worst)
        since[numpy_away(x, y).min(axis=0) > REACH] = step + 1
        NUMPY_UPDATES[name](rate, step, x, y, slope_x, slope_y, state)
    away = numpy_away(x, y)
    index = np.where(away.min(axis=0) <= REACH, away.argmin(axis=0), -2)
    return np.where(worst <= 1e6 * (1 + first), index, -1)


def numpy_slope(x, y):
    """Himmelblau's loss and gradient."""
    a, b = x * x, y * y
    a += y
    a -= 11
    b += x
    b -= 7
    return a * a + b * b, 4 * x * a + 2 * b, 2 * a + 4 * y * b


def numpy_away(x, y):
    """Squared distances to the minima, (4, n)."""
    return (x - MINIMA[:, :1]) ** 2 + (y - MINIMA[:, 1:]) ** 2


def numpy_descent(rate, step, x, y, slope_x, slope_y, state):
    """Plain descent, in place."""
    x -= rate * slope_x
    y -= rate * slope_y


def numpy_momentum(rate, step, x, y, slope_x, slope_y, state):
    """Momentum, in place."""
    for at, slope, velocity in ((x, slope_x, state[0]), (y, slope_y, state[1])):
        velocity *= np.float32(0.9)
        velocity -= rate * slope
        at += velocity


def numpy_adam(rate, step, x, y, slope_x, slope_y, state):
    """Adam, in place."""
    alpha = np.float32(rate * (1 - 0.999 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1)))
    for at, slope, mean, square in ((x, slope_x, state[0], state[2]), (y, slope_y, state[1], state[3])):
        mean *= np.float32(0.9)
        mean += np.float32(0.1) * slope
        square *= np.float32(0.999)
        square += np.float32(0.001) * slope * slope
        at -= alpha * mean / (np.sqrt(square) + np.float32(1e-7))


NUMPY_UPDATES = {"descent": numpy_descent, "momentum": numpy_momentum, "adam": numpy_adam}


# numba


def numba_basins():
    """A function of method and round, compiled; None where numba is not installed."""
    if importlib.util.find_spec("numba") is None:
        return None
    import numba

    f = np.float32

    @numba.njit(parallel=True, fastmath={"contract", "arcp", "nsz"})
    def run(kind, rate, axis, minima, reach, index):
        for cell in numba.prange(axis.size * axis.size):
            x, y = axis[cell % axis.size], axis[cell // axis.size]
            vx, vy, sx, sy, p, q = f(0), f(0), f(0), f(0), f(1), f(1)
            first, worst, since, found = f(0), f(0), 0, -2
            for step in range(STEPS + 1):
                a, b = x * x + y - f(11), x + y * y - f(7)
                loss = a * a + b * b
                first = loss if step == 0 else first
                worst = max(worst, abs(loss - first))
                found = -2
                for k in range(len(minima)):
                    if (x - minima[k, 0]) ** 2 + (y - minima[k, 1]) ** 2 <= reach:
                        found = k
                since = step + 1 if found < 0 else since
                gx, gy = f(4) * x * a + f(2) * b, f(2) * a + f(4) * y * b
                if step == STEPS:
                    break
                if kind == 0:
                    x, y = x - rate * gx, y - rate * gy
                elif kind == 1:
                    vx, vy = f(0.9) * vx - rate * gx, f(0.9) * vy - rate * gy
                    x, y = x + vx, y + vy
                else:
                    p, q = p * f(0.9), q * f(0.999)
                    alpha = rate * np.sqrt(f(1) - q) / (f(1) - p)
                    vx, vy = f(0.9) * vx + f(0.1) * gx, f(0.9) * vy + f(0.1) * gy
                    sx, sy = f(0.999) * sx + f(0.001) * gx * gx, f(0.999) * sy + f(0.001) * gy * gy
                    x, y = x - alpha * vx / (np.sqrt(sx) + f(1e-7)), y - alpha * vy / (np.sqrt(sy) + f(1e-7))
            index[cell, 0] = found if worst <= f(1e6) * (f(1) + first) else -1
            index[cell, 1] = since
        return index

    def made(name, number):
        rate = f(METHODS[name][1] * (1 + 1e-4 * number))
        axis, index = np.linspace(-5.5, 5.5, RESOLUTION, dtype=f), np.empty((RESOLUTION**2, 2), np.int32)
        return run(list(METHODS).index(name), rate, axis, MINIMA, REACH, index)[:, 0]

    return made


def compare_basins():
    """A line for each method."""
    by_numba = numba_basins()
    print(f"basins, {RESOLUTION} × {RESOLUTION} × {STEPS}, ms        ours   NumPy   ratio (≥ 2)   numba   ratio (≤ 4)")
    for name in METHODS:
        tries = {"ours": lambda number, name=name: ours(name, number)}
        tries["numpy"] = lambda number, name=name: numpy_basins(name, number)
        if by_numba is not None:
            tries["numba"] = lambda number, name=name: by_numba(name, number)
        same = [np.mean(tries["ours"](0).ravel() == other(0)) for other in list(tries.values())[1:]]
        assert min(same) > 0.99, same
        taken = medians(tries)
        numba = f"{taken['numba']:7.1f} {taken['ours'] / taken['numba']:13.1f}" if by_numba else "  not installed"
        print(f"  {name:26} {taken['ours']:9.1f} {taken['numpy']:7.1f} {taken['numpy'] / taken['ours']:13.1f} {numba}")


def difference(number):
    """Both maps that a difference is made of."""
    return ours("momentum", number) != ours("descent", number)


def other_maps():
    """Maps of other sizes and surfaces."""
    ball = SGD(0.03, momentum=0.9)
    tries = {"difference of two methods, Himmelblau, 256 × 256": difference}
    for slug in ("himmelblau", "double_well", "six_hump_camel", "wells"):
        surface = LANDSCAPES[slug]()
        tries[f"coarse map, {slug}, 64 × 64, float64"] = lambda _, surface=surface: basins(surface, ball, resolution=64)
    for name, taken in medians(tries, 5).items():
        print(f"  {name:55} {taken:9.1f}")


def one_ensemble(number, slug="wells", batch=None, fresh=False):
    """256 runs of 500 steps."""
    if fresh:
        _noise_of_all.cache_clear()
    return ensemble(LANDSCAPES[slug](), SGD(0.1 + 1e-5 * number), batch=batch or Batch(size=4, noise=2.0))


def one_energy(surface, number):
    """The energy of a path; the way out is known."""
    ball = SGD(0.05 + 1e-5 * number, momentum=0.9)
    return energy(surface, ball, descend(surface, ball, steps=STEPS))


def the_others():
    """Ensembles, ways out and energies."""
    tries = {
        "ensemble, 256 seeds, luck as before": one_ensemble,
        "ensemble, 256 seeds, new luck": lambda number: one_ensemble(number, fresh=True),
        "ensemble, 256 seeds, a line through data": lambda number: one_ensemble(number, "line", Batch(size=4)),
    }
    for slug in ("double_well", "wells", "himmelblau", "rastrigin"):
        surface = LANDSCAPES[slug]()
        stationary_points(surface)
        tries[f"ways out, {slug}"] = lambda _, surface=surface: barriers.__wrapped__(surface)
    wells = LANDSCAPES["wells"]()
    tries["a descent and its energy, wells"] = lambda number: one_energy(wells, number)
    for name, taken in medians(tries, 5).items():
        print(f"  {name:55} {taken:9.1f}")


def main():
    """Print the tables."""
    compare_basins()
    print("median milliseconds")
    other_maps()
    the_others()


if __name__ == "__main__":
    main()
