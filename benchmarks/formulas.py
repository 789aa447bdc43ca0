"""What a typed formula costs: time for each new one, memory after many, and time to refuse a hostile text.

Run `python -m benchmarks.formulas`. Each formula is new, so each compiles: the grid, the search for stationary points,
two descents, the curvature at the end. 500 of them may add 200 MB at most; refusing a text may take 50 ms at most.
"""

import os
import random
import time

import numpy as np

from landscapes import FormulaError, from_formula, grid, stationary_points
from landscapes.formula.words import LONGEST
from optimizers import SGD, Adam, descend

FORMULAS, WARM_UP = 500, 1
PARTS = ["sin({}*x)*cos(y)", "{}*(x**2 + y**2)", "exp(-{}*x**2)", "tanh({}x y)", "abs(x - {})", "log(1 + {}*y^2)"]

HOSTILE = {
    "a tower of powers": "9**9**9**9**9**9*x",
    "a long tower": "2**" * 160 + "x",
    "a tower of 20s": "(" * 30 + "x" + "**20)" * 30,
    "deep brackets": "(" * 250 + "x" + ")" * 250,
    "deep, just allowed": "sin(" * 39 + "x" + ")" * 39,
    "deep products, all constant": "x+" + "(2*" * 39 + "pi" + ")" * 39,
    "deep and without a value": "log(-x*x-" * 39 + "1" + ")" * 39,
    "many minus signs": "-" * 499 + "x",
    "many sums": "x+" * 249,
    "many products": "(x)" * 166,
    "many constants": "x" + "+2*3" * 124,
    "a wide sum without a value": "log(-1-x^2)" + "+tan(x)" * 69,
    "a long name": "_" * LONGEST,
    "too long by far": "x+" * 1_000_000,
    "a huge number": "9" * 499,
    "an import": "__import__('os').system('true')",
}

NAMES = ("read and checked", "first grid", "stationary points", "SGD", "Adam")


def resident_megabytes():
    """Memory that this process holds."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def formula(number):
    """A formula of two to six parts, never the same one twice."""
    draw = random.Random(number)
    return " + ".join(draw.choice(PARTS).format(round(draw.uniform(0.1, 2), 6)) for _ in range(draw.randint(2, 6)))


def seconds(action):
    """How long an action takes, and what it returns."""
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def new_formula(number):
    """Milliseconds for reading a formula, its first grid, its stationary points, its first two descents."""
    reading, surface = seconds(lambda: from_formula(formula(number)))
    drawing, _ = seconds(lambda: grid(surface))
    searching, _ = seconds(lambda: stationary_points(surface))
    first, _ = seconds(lambda: descend(surface, SGD(0.01, momentum=0.9)))
    second, _ = seconds(lambda: descend(surface, Adam(0.02)))
    return [1000 * part for part in (reading, drawing, searching, first, second)]


def refusing(text):
    """Milliseconds until a text is refused, or understood."""

    def attempt():
        try:
            from_formula(text)
        except FormulaError as refused:
            return str(refused)
        return "understood"

    taken, result = seconds(attempt)
    return 1000 * taken, result


def main():
    """Print the three tables."""
    for number in range(WARM_UP):
        new_formula(-1 - number)
    held = [resident_megabytes()]
    times = []
    for number in range(FORMULAS):
        times.append(new_formula(number))
        held.append(resident_megabytes())
    print(f"{FORMULAS} new formulas, milliseconds each          median     p99")
    for name, column in zip(NAMES, np.transpose(times), strict=True):
        print(f"  {name:40} {np.median(column):8.2f} {np.quantile(column, 0.99):7.1f}")
    print(f"memory: {held[0]:.0f} MB, then {held[-1]:.0f}, at most {max(held):.0f}; allowed are {held[0] + 200:.0f}")
    print("milliseconds to refuse")
    for name, text in HOSTILE.items():
        taken, result = refusing(text)
        print(f"  {name:40} {taken:8.2f}  {result[:70]}")


if __name__ == "__main__":
    main()
