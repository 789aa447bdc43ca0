"""Every cell of a map is what `descend` would have done from there."""

import threading

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES, Landscape
from landscapes.minima import arrival_distance
from optimizers import SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop, descend
from records import record
from studies import DIVERGED, NOT_SETTLED, CancelledError, basin_of, basins, known_minima

CASES = {
    "descent": ("himmelblau", SGD(0.005)),
    "momentum": ("double_well", SGD(0.03, momentum=0.9)),
    "nesterov": ("six_hump_camel", SGD(0.01, momentum=0.8, nesterov=True)),
    "adam": ("wells", Adam(0.05)),
    "rmsprop": ("styblinski_tang", RMSprop(0.02)),
    "adagrad, decaying": ("himmelblau", Adagrad(ExponentialDecay(0.5, 100, 0.7))),
    "many minima": ("rastrigin", SGD(0.002, momentum=0.5)),
    "divergence": ("himmelblau", SGD(0.02)),
    "to infinity": ("saddle", SGD(0.05)),
    "unsettled": ("rosenbrock", SGD(0.001, momentum=0.5)),
}


def by_hand(surface, optimizer, start, steps, batch=None):
    """Index and steps of one start, from the path of `descend`."""
    path = descend(surface, optimizer, start=start, steps=steps, batch=batch)
    if path.outcome.kind == "diverged":
        return DIVERGED, -1
    away = np.hypot(*np.moveaxis(path.positions[:, None] - known_minima(surface), -1, 0))
    if away[-1].min() > arrival_distance(surface):
        return NOT_SETTLED, -1
    outside = np.flatnonzero(away.min(axis=1) > arrival_distance(surface))
    return int(away[-1].argmin()), int(outside[-1]) + 1 if len(outside) else 0


@pytest.mark.parametrize("case", CASES)
def test_each_start_does_what_descend_does(case):
    slug, optimizer = CASES[case]
    surface = LANDSCAPES[slug]()
    made = basins(surface, optimizer, resolution=24, steps=300)
    for j, i in np.random.default_rng(0).integers(0, 24, (40, 2)):
        expected = by_hand(surface, optimizer, (made.x[i], made.y[j]), 300)
        assert (made.index[j, i], made.steps[j, i]) == expected


def test_the_cases_hold_every_kind_of_end():
    maps = {case: basins(LANDSCAPES[slug](), rule, resolution=24, steps=300) for case, (slug, rule) in CASES.items()}
    assert (maps["divergence"].index == DIVERGED).any()
    assert (maps["divergence"].index >= 0).any()
    assert (maps["unsettled"].index == NOT_SETTLED).any()


@pytest.mark.parametrize(
    "optimizer", [SGD(0.005), SGD(0.005, momentum=0.9), Adam(0.05)], ids=["sgd", "momentum", "adam"]
)
def test_float32_agrees_away_from_the_borders(optimizer):
    surface = LANDSCAPES["himmelblau"]()
    rough, exact = (basins(surface, optimizer, resolution=64, exact=exact) for exact in (False, True))
    inner = np.ones_like(exact.index, dtype=bool)
    for j in (-1, 0, 1):
        for i in (-1, 0, 1):
            inner &= exact.index == np.roll(exact.index, (j, i), (0, 1))
    assert (rough.index == exact.index)[inner].mean() >= 0.99
    assert (np.abs(rough.steps - exact.steps) <= 1)[inner].mean() >= 0.99


def test_rows_are_y_and_columns_are_x():
    made = basins(LANDSCAPES["double_well"](), SGD(0.03), resolution=16)
    assert (made.index[:, made.x < -0.3] == 0).all()
    assert (made.index[:, made.x > 0.3] == 1).all()
    assert made.index.shape == made.steps.shape == (16, 16)


def test_a_resolution_that_fills_no_block():
    fine, coarse = (basins(LANDSCAPES["himmelblau"](), SGD(0.005), resolution=n, exact=True) for n in (73, 37))
    np.testing.assert_array_equal(fine.index[::2, ::2], coarse.index)
    np.testing.assert_array_equal(fine.steps[::2, ::2], coarse.steps)


def test_a_noisy_run_counts_for_the_basin_where_it_is():
    surface, batch = LANDSCAPES["double_well"](), Batch(size=4, noise=3.0, seed=5)
    made = basins(surface, SGD(0.03), resolution=16, steps=200, batch=batch)
    assert (made.index >= 0).all()
    for j, i in [(0, 0), (3, 9), (15, 8), (7, 7)]:
        path = descend(surface, SGD(0.03), start=(made.x[i], made.y[j]), steps=200, batch=batch)
        assert made.index[j, i] == basin_of(surface, path.positions[-1])[0]


@record
class Half(Landscape):
    """log²x + y²: nothing where x ≤ 0."""

    domain = ((-2.0, 2.0), (-2.0, 2.0))
    minima = ((1.0, 0.0),)

    def __call__(self, xy):
        return jnp.log(xy[0]) ** 2 + xy[1] ** 2


def test_where_the_loss_is_not_finite_it_diverged():
    made = basins(Half(), SGD(0.05), resolution=4)
    assert (made.index[:, made.x <= 0] == DIVERGED).all()
    assert (made.index[:, made.x > 0] == 0).all()


def test_progress_is_told_and_a_cancelled_map_ends():
    told = []
    basins(LANDSCAPES["bowl"](), SGD(0.1), resolution=128, steps=10, progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]
    asked = iter([False, False, True])
    with pytest.raises(CancelledError):
        basins(LANDSCAPES["bowl"](), SGD(0.1), resolution=128, steps=10, cancelled=lambda: next(asked))


@pytest.mark.parametrize("resolution", [1, 2000, 64.5, "64"])
def test_a_wrong_resolution(resolution):
    with pytest.raises(ValueError, match=r"`resolution` must be a whole number from 2 to 1024. Received"):
        basins(LANDSCAPES["bowl"](), SGD(0.1), resolution=resolution)


def test_other_numbers_compile_nothing():
    compiled, here = [], threading.get_ident()  # pages that were tested before may still compile theirs

    def listen(event, duration, **_):
        compiled.append(event == "/jax/core/compile/backend_compile_duration" and threading.get_ident() == here)

    def move(barrier, rate, momentum, steps, resolution):
        basins(
            LANDSCAPES["double_well"](barrier=barrier), SGD(rate, momentum=momentum), steps=steps, resolution=resolution
        )

    move(1.1, 0.03, 0.5, 300, 48)  # no other test asks for this barrier, so its minima are searched for here
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        move(1.3, 0.02, 0.9, 500, 64)
        move(0.7, 0.01, 0.0, 999, 33)
        assert not sum(compiled)
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
