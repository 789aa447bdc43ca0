"""Training on data is Keras's training: Dense(1), the same optimizer, the same batches, the same path."""

import keras
import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.data.line import Line
from landscapes.landscape import losses_along
from optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Batch,
    ExponentialDecay,
    Ftrl,
    Lion,
    Nadam,
    RMSprop,
    descend,
)
from optimizers.batch import batch_masks

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:keras")

STEPS = 40
LOSSES = {
    "mse": keras.losses.MeanSquaredError,
    "mae": keras.losses.MeanAbsoluteError,
    "huber": lambda: keras.losses.Huber(delta=1.0),
}
OPTIMIZERS = {
    "descent": (SGD(0.05), lambda: keras.optimizers.SGD(0.05)),
    "momentum": (SGD(0.02, momentum=0.9), lambda: keras.optimizers.SGD(0.02, momentum=0.9)),
    "nesterov": (
        SGD(ExponentialDecay(0.02, 10, 0.7), momentum=0.8, nesterov=True),
        lambda: keras.optimizers.SGD(
            keras.optimizers.schedules.ExponentialDecay(0.02, 10, 0.7), momentum=0.8, nesterov=True
        ),
    ),
    "adagrad": (Adagrad(0.5), lambda: keras.optimizers.Adagrad(0.5)),
    "rmsprop": (RMSprop(0.1), lambda: keras.optimizers.RMSprop(0.1)),
    "adam": (Adam(0.2), lambda: keras.optimizers.Adam(0.2)),
}
OTHERS = {
    "adamw": (AdamW(0.2, weight_decay=0.1), lambda: keras.optimizers.AdamW(0.2, weight_decay=0.1)),
    "nadam": (Nadam(0.2), lambda: keras.optimizers.Nadam(0.2)),
    "adamax": (Adamax(0.2), lambda: keras.optimizers.Adamax(0.2)),
    "adadelta": (Adadelta(1.0, epsilon=1e-3), lambda: keras.optimizers.Adadelta(1.0, epsilon=1e-3)),
    "lion": (Lion(0.05), lambda: keras.optimizers.Lion(0.05)),
    "ftrl": (Ftrl(0.5), lambda: keras.optimizers.Ftrl(0.5)),
}
"""The rest of Keras's, on mini-batches alone."""


@pytest.fixture(autouse=True)
def float64():
    """Keras in the project's precision."""
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def trained(surface, made, loss, batch, *, bias):
    """The parameters (steps + 1, 2) of a Dense(1) layer trained by Keras on the batches that the engine drew."""
    rows, targets = surface.samples.rows, surface.samples.targets
    features = rows[:, :1] if bias else rows
    model = keras.Sequential([keras.Input((features.shape[1],)), keras.layers.Dense(1, use_bias=bias)])
    start = np.array(surface.start)
    model.layers[0].set_weights([start[:1, None], start[1:]] if bias else [start[:, None]])
    model.compile(optimizer=made(), loss=loss())
    path = [start]
    for seen in np.asarray(batch_masks(batch, len(targets), STEPS)):
        model.train_on_batch(features[seen], targets[seen, None])
        path.append(np.concatenate([weights.ravel() for weights in model.layers[0].get_weights()]))
    return np.array(path)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("size", [None, 32, 1], ids=["full batch", "mini-batch", "single"])
def test_a_line_is_trained_as_keras_trains_it(name, size):
    surface = Line()
    ours, theirs = OPTIMIZERS[name]
    batch = Batch(size, seed=3, samples=surface.sample_count)
    path = descend(surface, ours, steps=STEPS, batch=batch)
    np.testing.assert_allclose(path.positions, trained(surface, theirs, LOSSES["mse"], batch, bias=True), rtol=1e-6)


@pytest.mark.parametrize("name", OTHERS)
def test_so_does_every_other_method(name):
    surface = Line()
    ours, theirs = OTHERS[name]
    batch = Batch(32, seed=3, samples=surface.sample_count)
    path = descend(surface, ours, steps=STEPS, batch=batch)
    np.testing.assert_allclose(path.positions, trained(surface, theirs, LOSSES["mse"], batch, bias=True), rtol=1e-6)


@pytest.mark.parametrize("loss", ["mae", "huber"])
@pytest.mark.parametrize("slug", ["anscombe_3", "diabetes"])
def test_every_loss_is_keras_s(slug, loss):
    surface = Line(data=slug, loss=loss)
    ours, theirs = OPTIMIZERS["momentum"]
    batch = Batch(5, seed=1, samples=surface.sample_count)
    path = descend(surface, ours, steps=STEPS, batch=batch)
    np.testing.assert_allclose(path.positions, trained(surface, theirs, LOSSES[loss], batch, bias=True), rtol=1e-6)


def test_the_loss_on_rows_held_out_is_keras_s_val_loss():
    """What `fit` reports after each epoch of one batch, with the same rows for validation."""
    surface = Line(data="made_up", scatter=2.0, validation_split=0.4)
    path = descend(surface, SGD(0.05), steps=STEPS, batch=Batch(samples=surface.sample_count))
    (x, y), (held_x, held_y) = (
        (half.samples.rows[: half.sample_count, :1], half.samples.targets[: half.sample_count, None])
        for half in (surface, surface.validation)
    )
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.layers[0].set_weights([np.array([[surface.start[0]]]), np.array([surface.start[1]])])
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    told = model.fit(x, y, batch_size=len(x), epochs=STEPS, validation_data=(held_x, held_y), verbose=0).history
    np.testing.assert_allclose(losses_along(surface.validation, path.positions)[1:], told["val_loss"], rtol=1e-6)
    np.testing.assert_allclose(path.losses[:-1], told["loss"], rtol=1e-6)


def test_a_classifier_is_trained_as_keras_trains_it():
    surface = LANDSCAPES["classifier"]()
    ours, theirs = OPTIMIZERS["adam"]
    batch = Batch(16, seed=2, samples=surface.sample_count)
    path = descend(surface, ours, steps=STEPS, batch=batch)
    entropy = lambda: keras.losses.BinaryCrossentropy(from_logits=True)  # noqa: E731
    np.testing.assert_allclose(path.positions, trained(surface, theirs, entropy, batch, bias=False), rtol=1e-6)


def test_a_rare_feature_is_trained_as_keras_trains_it():
    surface = LANDSCAPES["rare_feature"]()
    ours, theirs = OPTIMIZERS["adagrad"]
    batch = Batch(8, seed=2, samples=surface.sample_count)
    path = descend(surface, ours, steps=STEPS, batch=batch)
    np.testing.assert_allclose(path.positions, trained(surface, theirs, LOSSES["mse"], batch, bias=False), rtol=1e-6)


@pytest.mark.parametrize("standardise", [True, False])
def test_full_batch_descent_is_the_closed_form(standardise):
    """On the mean squared error xy(t) = best + (I − 2η·RᵀR/n)ᵗ (start − best), and it ends at least squares."""
    surface = Line(standardise=standardise)
    rows = surface.samples.rows[: surface.sample_count]
    rate = 0.9 / np.linalg.eigvalsh(2 * rows.T @ rows / len(rows))[-1]
    path = descend(surface, SGD(rate), steps=2000)
    best = np.linalg.lstsq(rows, surface.samples.targets[: surface.sample_count], rcond=None)[0]
    shrink = np.eye(2) - 2 * rate * rows.T @ rows / len(rows)
    for step in (0, 1, 7, 100, 2000):
        exact = best + np.linalg.matrix_power(shrink, step) @ (np.array(surface.start) - best)
        np.testing.assert_allclose(path.positions[step], exact, rtol=1e-6)
    if standardise:
        np.testing.assert_allclose(path.positions[-1], best, rtol=1e-6)
