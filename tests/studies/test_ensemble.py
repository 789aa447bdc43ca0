"""An ensemble is `descend`, seed by seed."""

import dataclasses
import math

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import SGD, Adam, Batch, ExponentialDecay, descend
from studies import DIVERGED, Ensemble, basin_of, ensemble, escape, floor

CASES = {
    "momentum in wells": ("wells", SGD(0.1, momentum=0.8), Batch(size=4, noise=2.0, seed=7)),
    "adam, single samples": ("double_well", Adam(0.05), Batch(size=1, noise=3.0)),
    "a schedule": ("double_well", SGD(ExponentialDecay(0.05, 100, 0.5)), Batch(size=8, noise=4.0)),
    "a line": ("line", SGD(0.05), Batch(size=3, seed=1)),
    "a classifier": ("classifier", SGD(0.5, momentum=0.5), Batch(size=8)),
    "some diverge": ("himmelblau", SGD(0.008), Batch(size=1, noise=250.0)),
}


def seed_by_seed(slug, optimizer, batch, seeds, steps):
    """The paths of some seeds."""
    every = [dataclasses.replace(batch, seed=(batch.seed + seed) % 2**32) for seed in seeds]
    return [descend(LANDSCAPES[slug](), optimizer, steps=steps, batch=one) for one in every]


@pytest.mark.parametrize("case", CASES)
def test_each_seed_is_one_descent(case):
    slug, optimizer, batch = CASES[case]
    runs = ensemble(LANDSCAPES[slug](), optimizer, seeds=100, steps=40, batch=batch)
    seeds = [0, 1, 63, 64, *np.random.default_rng(0).integers(0, 100, 8), 99]
    paths = seed_by_seed(slug, optimizer, batch, seeds, 40)
    np.testing.assert_allclose(runs.ends[seeds], [path.positions[-1] for path in paths], rtol=0, atol=1e-12)
    np.testing.assert_allclose(runs.losses[seeds], [path.losses[-1] for path in paths], rtol=1e-11)
    gone = np.array([path.outcome.kind == "diverged" for path in paths])
    np.testing.assert_array_equal(runs.index[seeds] == DIVERGED, gone)
    floors = [math.inf if out else path.losses[-10:].mean() for path, out in zip(paths, gone, strict=True)]
    np.testing.assert_allclose(runs.floors[seeds], floors, rtol=1e-11)


def test_some_of_a_case_diverge():
    slug, optimizer, batch = CASES["some diverge"]
    runs = ensemble(LANDSCAPES[slug](), optimizer, seeds=100, steps=40, batch=batch)
    assert (runs.index == DIVERGED).sum() > 0
    assert np.isfinite(runs.ends).all()
    assert floor(LANDSCAPES[slug](), optimizer, seeds=100, steps=40, batch=batch) == math.inf


def test_a_full_batch_without_noise_is_one_path():
    for batch in (None, Batch(), Batch(size=None, noise=3.0), Batch(size=8)):
        runs = ensemble(LANDSCAPES["double_well"](), SGD(0.03), seeds=20, batch=batch)
        assert (runs.ends == runs.ends[0]).all()
        assert (runs.index == 1).all()
        assert escape(runs, 1).share == 0
        assert escape(runs, 0).share == 1


def test_a_run_counts_for_the_basin_where_it_ends():
    surface = LANDSCAPES["wells"]()
    runs = ensemble(surface, SGD(0.3), seeds=40, batch=Batch(size=2, noise=2.0))
    assert len(np.unique(runs.index)) > 1
    np.testing.assert_array_equal(runs.index, basin_of(surface, runs.ends))


def test_the_floor_is_the_mean_of_the_last_quarter():
    batch = Batch(size=4, noise=2.0)
    paths = seed_by_seed("bowl", SGD(0.05), batch, range(6), 200)
    expected = np.mean([path.losses[151:] for path in paths])
    assert floor(LANDSCAPES["bowl"](), SGD(0.05), seeds=6, steps=200, batch=batch) == pytest.approx(expected, rel=1e-12)


def test_the_floor_of_a_bowl_falls_with_the_learning_rate():
    """In proportion to it, to first order (Robbins and Monro, 1951, is why one lets it decay)."""
    surface, batch = LANDSCAPES["bowl"](condition=1), Batch(size=1, noise=1.0)
    high, low = (floor(surface, SGD(rate), steps=1000, seeds=64, batch=batch) for rate in (0.02, 0.01))
    assert 1.5 < high / low < 6


def test_seeds_go_on_from_zero():
    batch = Batch(size=1, noise=2.0, seed=2**32 - 1)
    runs = ensemble(LANDSCAPES["bowl"](), SGD(0.05), seeds=2, steps=20, batch=batch)
    path = descend(LANDSCAPES["bowl"](), SGD(0.05), steps=20, batch=dataclasses.replace(batch, seed=0))
    np.testing.assert_array_equal(runs.ends[1], path.positions[-1])


def test_one_that_diverged_has_not_escaped():
    nothing = np.zeros(4)
    runs = Ensemble(np.zeros((4, 2)), nothing, np.array([-1, -2, 0, 1]), np.zeros((2, 2)), nothing)
    assert escape(runs, 0).share == 0.25


@pytest.mark.parametrize("seeds", [0, 5000, 2.5])
def test_wrong_seeds(seeds):
    with pytest.raises(ValueError, match="`seeds` must be a whole number from 1 to 4096"):
        ensemble(LANDSCAPES["bowl"](), SGD(0.1), seeds=seeds, batch=None)


@pytest.mark.parametrize("start", [(0, math.nan), "here", (1, 2, 3), (1e200, 0)])
def test_wrong_starts_are_those_of_descend(start):
    with pytest.raises(ValueError, match="`start` must be"):
        ensemble(LANDSCAPES["bowl"](), SGD(0.1), start=start, batch=Batch(size=1, noise=1.0))
