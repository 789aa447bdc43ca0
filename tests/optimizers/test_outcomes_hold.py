"""What is said of how a run ended holds when the run goes on: random runs, continued ten to forty times as long."""

import collections

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula, losses_at
from landscapes.landscape import diagonal
from landscapes.minima import ARRIVED, is_lowest
from optimizers import OPTIMIZERS, SGD, Batch, descend
from optimizers.batch import batch_of

STEPS = 100
LONGER, LONGER_ON_DATA = 4096, 1024
"""So far a run of so few steps is continued when its outcome is judged: forty times, and ten times on data."""
FORMULAS = {
    "a floor": "(2x + y - 3)^2",
    "a ring": "(x^2 + y^2 - 1)^2",
    "a kink": "abs(x) + abs(y - 1)",
    "too flat for a curvature": "x^4 + y^4",
    "hills": "cos(2x) + cos(2y)",
    "a plain": "-exp(-20 (x^2 + y^2))",
    "ripples": "sin(20x)*0.05 + x^2 + y^2",
}
RUNS = dict.fromkeys(LANDSCAPES, 24) | dict.fromkeys(FORMULAS, 48)


SELDOM_SETTLED = {
    "rosenbrock",
    "beale",
    "dixon_price",
    "zakharov",
    "goldstein_price",
    "bukin",
    "cliff",
    "schaffer",
    "rare_feature",
    "too flat for a curvature",
}
"""Where most of these short runs are still on their way."""

MIN_JUDGED, MIN_JUDGED_SHARE = 4, 0.5
"""On every other surface: runs that are judged for good, and their share among those that are at a place; the rest is
said to be there so far, or to wander. Measured: 5 or more, and 0.57 or more."""


def surface_of(name):
    return LANDSCAPES[name]() if name in LANDSCAPES else from_formula(FORMULAS[name])


METHODS = [slug for slug in OPTIMIZERS if slug != "prodigy"]
"""Prodigy finds its own rate, so none is too large for it."""

A_SURFACE = 5
"""So many methods are tried on each surface, in turn: each is a program of its own there, and takes time to compile."""


def methods_on(name):
    """Plain descent and momentum, and the next ones in turn."""
    first = 4 * list(RUNS).index(name)
    return ["sgd", *(METHODS[(first + step) % len(METHODS)] for step in range(A_SURFACE - 1))]


def random_run(surface, slugs, draw):
    """An optimizer, a start and a batch: rates over four decades around what suits, one run in four with noise."""
    slug = str(draw.choice(slugs))
    around = surface.learning_rate if slug in ("sgd", "optimistic") else 0.03 * diagonal(surface) / 5
    optimizer = OPTIMIZERS[slug](around * 10.0 ** draw.uniform(-2, 1.3))
    if slug == "sgd":
        optimizer = SGD(optimizer.learning_rate, momentum=float(draw.choice([0, 0.5, 0.9, 0.97])))
    start = tuple(float(draw.uniform(low, high)) for low, high in surface.domain)
    noise = Batch(4, 1.0, int(draw.integers(100))) if draw.random() < 0.25 else None
    batch = batch_of(surface, noise)
    return optimizer, start, batch


def test_every_method_is_tried_on_several_surfaces():
    tried = collections.Counter(slug for name in RUNS for slug in methods_on(name))
    assert min(tried[slug] for slug in METHODS) >= 4
    assert sum(RUNS.values()) >= 1000


def test_most_surfaces_are_held_to_a_share_of_runs_that_are_judged():
    assert set(RUNS) >= SELDOM_SETTLED
    assert len(SELDOM_SETTLED) <= len(RUNS) / 4


@pytest.mark.parametrize("name", RUNS)
def test_what_is_said_holds_when_the_run_goes_on(name):
    surface, draw = surface_of(name), np.random.default_rng(sum(map(ord, name)))
    size, judged, unsure = diagonal(surface), 0, 0
    for _ in range(RUNS[name]):
        optimizer, start, batch = random_run(surface, methods_on(name), draw)
        path = descend(surface, optimizer, start=start, steps=STEPS, batch=batch)
        outcome = path.outcome
        if outcome.place is None or outcome.so_far or outcome.wanders:
            unsure += outcome.place is not None
            continue
        judged += 1
        told = (optimizer, start, batch, outcome)
        if outcome.kind == "converged":
            assert is_lowest(surface, losses_at(surface, [outcome.place]))[0], told
        steps = LONGER if surface.samples is None else LONGER_ON_DATA
        longer = descend(surface, optimizer, start=start, steps=steps, batch=batch)
        away = np.hypot(*(longer.positions[outcome.step :] - outcome.place).T)
        stated = max(outcome.hovers, ARRIVED * size)
        if outcome.leaves is not None:  # the reason is named: a saddle, or a rate that is too large
            assert away.max() > stated, told
        elif outcome.dies_out:
            assert away[-STEPS:].max() < stated, told
        elif batch.samples_a_step < batch.samples:  # the radius is one of chance: one step in eight thousand is beyond
            assert np.quantile(away, 0.99) <= stated, told
        else:
            assert away.max() <= 1.001 * stated, told
    if name not in SELDOM_SETTLED:
        assert judged >= MIN_JUDGED
        assert judged >= MIN_JUDGED_SHARE * (judged + unsure)
