"""The noise is honest: real batches of real samples, whose mean is the landscape and nothing else."""

import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import SGD, Adam, Batch, descend
from optimizers.batch import DIRECTIONS, SAMPLES, batch_noise, batch_weights, noise_array

SURFACE = LANDSCAPES["himmelblau"]()
SIZES = [1, 7, 8, 64]


def path(batch, optimizer=None):
    """Where a batch leads."""
    return descend(SURFACE, optimizer or SGD(0.005), steps=100, batch=batch).positions


def test_directions_sum_to_nothing_and_have_unit_covariance():
    assert DIRECTIONS.shape == (SAMPLES, 2)
    np.testing.assert_allclose(DIRECTIONS.sum(axis=0), 0, atol=1e-13)
    np.testing.assert_allclose(DIRECTIONS.T @ DIRECTIONS / SAMPLES, np.eye(2), atol=1e-14)


@pytest.mark.parametrize("size", SIZES)
def test_every_epoch_uses_each_sample_once(size):
    batches = -(-SAMPLES // size)
    chosen = np.asarray(batch_weights(3, size, 3 * batches)) > 0
    sizes = [size] * (SAMPLES // size) + [SAMPLES % size] * (SAMPLES % size > 0)
    for epoch in chosen.reshape(3, batches, SAMPLES):
        np.testing.assert_array_equal(epoch.sum(axis=0), 1)
        assert epoch.sum(axis=1).tolist() == sizes


@pytest.mark.parametrize("size", SIZES)
def test_weights_are_a_mean_over_the_batch(size):
    weights = np.asarray(batch_weights(3, size, 200))
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-15)
    for row in weights:
        assert np.unique(row[row > 0]).size == 1


def test_epochs_are_shuffled():
    first, second = np.asarray(batch_weights(3, 8, 16)).reshape(2, 8, SAMPLES)
    assert (first != second).any()


def test_noise_is_the_deviation_of_one_sample():
    """Exactly, over one epoch of single samples."""
    pushes = np.asarray(batch_noise(jnp.uint32(5), 1, 2.5, SAMPLES))
    np.testing.assert_allclose(pushes.std(axis=0), 2.5, rtol=1e-12)
    np.testing.assert_allclose(pushes.mean(axis=0), 0, atol=1e-13)


def test_gradients_carry_the_noise_and_losses_do_not():
    noisy = descend(SURFACE, SGD(0.005), steps=SAMPLES, batch=Batch(size=1, noise=2.5, seed=5))
    expected = np.asarray(batch_noise(jnp.uint32(5), 1, 2.5, SAMPLES))
    x, y = noisy.positions[:-1].T
    slopes = np.stack([4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7), 2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)])
    np.testing.assert_allclose(noisy.gradients - slopes.T, expected, atol=1e-11)
    x, y = noisy.positions.T
    np.testing.assert_allclose(noisy.losses, (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, rtol=1e-12)


@pytest.mark.parametrize("optimizer", [SGD(0.005), Adam(0.05)], ids=["sgd", "adam"])
@pytest.mark.parametrize("batch", [Batch(noise=2), Batch(size=64, noise=2, seed=9), Batch(size=4)], ids=repr)
def test_all_samples_or_no_noise_is_the_noiseless_path(batch, optimizer):
    np.testing.assert_array_equal(path(batch, optimizer), path(None, optimizer))


def test_same_seed_same_path():
    first = path(Batch(size=8, noise=2, seed=4))
    noise_array.cache_clear()
    np.testing.assert_array_equal(path(Batch(size=8, noise=2, seed=4)), first)


@pytest.mark.parametrize("other", [Batch(8, 2.0, 5), Batch(16, 2.0, 4), Batch(8, 1.0, 4), None], ids=repr)
def test_other_draws_lead_elsewhere(other):
    assert np.abs(path(other) - path(Batch(size=8, noise=2.0, seed=4))).max() > 1e-3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"size": 0}, "`size` must be a whole number from 1 to 64, or None for all. Received: 0."),
        ({"size": 65}, "`size` must be a whole number from 1 to 64, or None for all. Received: 65."),
        ({"size": 8.0}, "`size` must be a whole number from 1 to 64, or None for all. Received: 8.0."),
        ({"size": True}, "`size` must be a whole number from 1 to 64, or None for all. Received: True."),
        ({"noise": -1}, "`noise` must be at least 0. Received: -1. At 0 all samples agree."),
        ({"noise": float("nan")}, "`noise` must be at least 0. Received: nan. At 0 all samples agree."),
        ({"noise": "2"}, "`noise` must be at least 0. Received: '2'. At 0 all samples agree."),
        ({"seed": -1}, "`seed` must be a whole number from 0 to 2³² − 1. Received: -1."),
        ({"seed": 2**32}, "`seed` must be a whole number from 0 to 2³² − 1. Received: 4294967296."),
        ({"seed": 1.5}, "`seed` must be a whole number from 0 to 2³² − 1. Received: 1.5."),
    ],
    ids=repr,
)
def test_errors_say_what_is_allowed(arguments, words):
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        Batch(**arguments)
    assert str(error.value) == words
