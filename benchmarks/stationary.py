"""How long it takes to find every stationary point of each landscape: `python -m benchmarks.stationary`."""

import time

import numpy as np

from landscapes import LANDSCAPES, stationary

ROUNDS = 9
WANTED = 150


def milliseconds(surface):
    """The median time of one search, without its cache and without its compilation."""
    times = []
    for _ in range(ROUNDS + 1):
        stationary._points.cache_clear()
        began = time.perf_counter()
        stationary.stationary_points(surface)
        times.append(1000 * (time.perf_counter() - began))
    return float(np.median(times[1:])), times[0]


def main():
    """One line a landscape."""
    print(f"{'landscape':18} {'points':>6} {'median ms':>10} {'first ms':>9}     wanted <= {WANTED} ms")
    for slug, landscape in LANDSCAPES.items():
        median, first = milliseconds(landscape())
        print(f"{slug:18} {len(stationary.stationary_points(landscape())):6} {median:10.1f} {first:9.0f}")


if __name__ == "__main__":
    main()
