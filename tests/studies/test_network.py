"""A real network, trained as Keras trains it; and the plane that its loss is drawn on."""

import keras
import numpy as np
import pytest

from optimizers import SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop
from optimizers.batch import batch_masks
from studies.network import HELD_OUT, KINDS, MAX_DIGITS, digits, plane, train
from studies.network.perceptron import accuracy, initial, layers, loss, outputs, weights_of
from studies.network.plane import _random

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:keras")

METHODS = {
    "descent": (SGD(0.5), lambda: keras.optimizers.SGD(0.5)),
    "momentum": (
        SGD(ExponentialDecay(0.2, 10, 0.7), momentum=0.9),
        lambda: keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.2, 10, 0.7), momentum=0.9),
    ),
    "adagrad": (Adagrad(0.1), lambda: keras.optimizers.Adagrad(0.1)),
    "rmsprop": (RMSprop(0.01), lambda: keras.optimizers.RMSprop(0.01)),
    "adam": (Adam(0.01), lambda: keras.optimizers.Adam(0.01)),
}


@pytest.fixture
def float64():
    """Keras in the project's precision."""
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def model(weights):
    """The same network in Keras."""
    made = keras.Sequential([keras.Input((64,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(10)])
    made.set_weights([np.asarray(part) for part in layers(weights)])
    return made


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("size", [None, 16], ids=["full batch", "mini-batch"])
@pytest.mark.parametrize("name", METHODS)
def test_it_is_trained_as_keras_trains_it(name, size):
    ours, theirs = METHODS[name]
    steps, rows = 25, 100
    found = train(ours, rows=rows, steps=steps, batch_size=size, seed=3)
    (training, held), network = digits(rows), model(initial(16, 3))
    network.compile(optimizer=theirs(), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    for seen in np.asarray(batch_masks(Batch(size, samples=rows, seed=3), len(training.y), steps)):
        network.train_on_batch(training.x[seen], training.y[seen])
    last = np.concatenate([part.ravel() for part in network.get_weights()])
    np.testing.assert_allclose(found.weights[-1], last, rtol=2e-5, atol=2e-6)  # what is kept has single precision
    expected = network.evaluate(held.x[held.present], held.y[held.present], verbose=0, batch_size=HELD_OUT)
    assert found.validation[-1] == pytest.approx(expected, rel=1e-6)


def test_the_digits():
    """Every picture is on one side at most, those held out are always the same, and all have their digit."""
    _, always = digits(20)
    for rows in (20, 64, 65, MAX_DIGITS):
        training, held = digits(rows)
        assert (training.present.sum(), held.present.sum()) == (rows, HELD_OUT)
        np.testing.assert_array_equal(held.x, always.x)
        assert 0 <= training.x.min() < training.x.max() == 1
        seen = {picture.tobytes() for picture in training.x[training.present]}
        assert not seen & {picture.tobytes() for picture in held.x[held.present]}
    counts = np.bincount(always.y[always.present])
    assert len(counts) == 10
    assert counts.min() > 30
    for wrong in (0, MAX_DIGITS + 1):
        with pytest.raises(
            ValueError, match=f"`rows` must be a whole number from 1 to {MAX_DIGITS}. Received: {wrong}."
        ):
            digits(wrong)


def test_padding_is_never_seen():
    training, _ = digits(70)
    weights = initial(4, 0)
    said = np.asarray(outputs(weights, training.x))[:70]
    surprise = np.log(np.exp(said).sum(axis=1)) - said[np.arange(70), training.y[:70]]
    assert float(loss(weights, training)) == pytest.approx(surprise.mean(), rel=1e-12)
    assert float(accuracy(weights, training)) == pytest.approx((said.argmax(axis=1) == training.y[:70]).mean())


def test_what_a_training_holds():
    found = train(Adam(0.01), hidden=4, rows=30, steps=40)
    shapes = [part.shape for part in (found.losses, found.validation, found.accuracies, found.gradient_norms)]
    assert shapes == [(41,), (41,), (41, 2), (41,)]
    assert found.learning_rates.shape == (40,)
    assert found.weights.shape == (41, weights_of(4))
    np.testing.assert_array_equal(found.weights[0], initial(4, 0).astype(np.float32))
    assert found.losses[-1] < 0.5 * found.losses[0]
    again = train(Adam(0.01), hidden=4, rows=30, steps=40)
    np.testing.assert_array_equal(found.weights, again.weights)


def test_a_training_that_blows_up_ends_where_it_was_still_a_number():
    found = train(SGD(1e300), hidden=4, rows=30, steps=40)
    assert len(found.losses) < 41
    for part in (found.losses, found.validation, found.weights, found.gradient_norms):
        assert np.isfinite(part).all()


@pytest.fixture(scope="module")
def trainings():
    """Two methods on the same weights."""
    return [train(Adam(0.01), rows=60, steps=50), train(SGD(0.3), rows=60, steps=50)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_plane_goes_through_the_last_weights(trainings, kind):
    found = plane(trainings, kind=kind, rows=60, resolution=21)
    np.testing.assert_allclose(found.paths[0][-1], 0, atol=1e-9)
    assert [path.shape for path in found.paths] == [(51, 2), (51, 2)]
    assert found.z.shape == (21, 21)
    assert (0.5 < found.share <= 1) if kind == "pca" else (0 <= found.share < 0.1)
    for path in found.paths if kind == "pca" else ():
        assert found.x[0] < path[:, 0].min() < path[:, 0].max() < found.x[-1]
        assert found.y[0] < path[:, 1].min() < path[:, 1].max() < found.y[-1]


def test_another_kind_of_plane_is_refused(trainings):
    with pytest.raises(ValueError, match=r"`kind` must be one of pca, random\. Received: 'up'"):
        plane(trainings, kind="up", rows=60)


def test_its_heights_are_losses_and_no_other_plane_holds_more_of_the_ways(trainings):
    found = plane(trainings, rows=60, resolution=9)
    moved = np.concatenate([training.weights.astype(float) - found.origin for training in trainings])
    values = np.linalg.svd(moved, compute_uv=False)
    most = (values[:2] ** 2).sum() / (values**2).sum()
    assert 0.95 * most < found.share <= most + 1e-9
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-9)
    training, _ = digits(60)
    for j, i in ((0, 0), (3, 7), (8, 2)):
        weights = found.origin + found.x[i] * found.directions[0] + found.y[j] * found.directions[1]
        assert found.z[j, i] == pytest.approx(float(loss(weights, training)), rel=1e-12)


def test_random_directions_are_as_long_for_each_unit_as_its_weights():
    """And the same for the same seed."""
    origin = initial(16, 2)
    first, again, other = _random(origin, 5), _random(origin, 5), _random(origin, 6)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    for direction in first:
        for mine, own in zip(layers(direction), layers(origin), strict=True):
            np.testing.assert_allclose(np.linalg.norm(mine, axis=0), np.linalg.norm(own, axis=0), rtol=1e-12)
