"""Batches of real rows: every epoch sees each row once, nothing is added, and the full batch is the whole."""

import dataclasses

import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.data.line import Line
from optimizers import SGD, Batch, descend
from optimizers.batch import batch_masks, is_noisy, orders

SIZES = [1, 7, 32, 271, 272, None]


@pytest.mark.parametrize("size", SIZES)
def test_every_epoch_sees_each_row_once(size):
    batch = Batch(size, seed=5, samples=272)
    seen = np.asarray(batch_masks(batch, 512, 3 * batch.steps_an_epoch))
    assert not seen[:, 272:].any()
    epochs = seen[:, :272].reshape(3, batch.steps_an_epoch, 272)
    assert (epochs.sum(axis=1) == 1).all()
    assert (epochs[:, :-1].sum(axis=2) == batch.samples_a_step).all()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("steps", [1, 9, 100])
def test_evaluations_are_the_rows_that_were_seen(size, steps):
    batch = Batch(size, seed=5, samples=272)
    assert batch.evaluations(steps) == np.asarray(batch_masks(batch, 512, steps)).sum()


def test_orders_are_permutations_that_never_change():
    drawn = orders(0, 3, 6)
    assert (np.sort(drawn, axis=1) == np.arange(6)).all()
    assert drawn.tolist() == ORDERS


ORDERS = [[0, 2, 1, 5, 4, 3], [5, 3, 2, 4, 1, 0], [2, 1, 3, 5, 0, 4]]
"""As they came when a link was first sent: it must replay."""


def test_a_batch_of_rows_has_the_gradient_of_their_mean():
    surface = Line(standardise=False)
    batch = Batch(3, seed=9, samples=272)
    path = descend(surface, SGD(1e-3), steps=20, batch=batch)
    rows, targets = surface.samples.rows, surface.samples.targets
    for step, seen in enumerate(np.asarray(batch_masks(batch, 512, 20))):
        error = rows[seen] @ path.positions[step] - targets[seen]
        np.testing.assert_allclose(path.gradients[step], 2 * (error[:, None] * rows[seen]).mean(axis=0), rtol=1e-12)


def test_the_full_batch_is_the_whole_and_noise_is_not_added():
    surface = Line()
    plain = descend(surface, SGD(0.1), steps=30).positions
    for batch in (Batch(272, samples=272), Batch(None, noise=5.0), Batch(None, 5.0, samples=272)):
        np.testing.assert_array_equal(descend(surface, SGD(0.1), steps=30, batch=batch).positions, plain)
    noisy = [descend(surface, SGD(0.1), steps=30, batch=Batch(8, noise)).positions for noise in (0.0, 9.0)]
    np.testing.assert_array_equal(*noisy)


def test_the_same_seed_is_the_same_path_and_another_is_not():
    surface = Line()

    def path(seed):
        batch_masks.cache_clear()
        return descend(surface, SGD(0.1), steps=50, batch=Batch(4, seed=seed, samples=272)).positions

    np.testing.assert_array_equal(path(1), path(1))
    assert np.abs(path(1) - path(2)).max() > 0.1


def test_a_landscape_brings_its_own_number_of_samples():
    surface = Line(data="anscombe_1")
    few = descend(surface, SGD(0.1), steps=22, batch=Batch(1))
    same = descend(surface, SGD(0.1), steps=22, batch=Batch(1, samples=11))
    np.testing.assert_array_equal(few.positions, same.positions)
    with pytest.raises(ValueError, match=r"`size` must be a whole number from 1 to 11, or None for all. Received: 12"):
        descend(surface, SGD(0.1), batch=Batch(12))


def test_rows_make_noise_without_being_told_to():
    line, bowl = Line(), LANDSCAPES["bowl"]()
    assert is_noisy(line, Batch(8, samples=272))
    assert not is_noisy(line, Batch(None, samples=272))
    assert not is_noisy(bowl, Batch(8))
    assert is_noisy(bowl, dataclasses.replace(Batch(8), noise=1.0))
