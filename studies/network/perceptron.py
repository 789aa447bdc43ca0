"""A network with one hidden layer, as one flat array of weights, so that every optimizer here can train it."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from studies.network.digits import CLASSES, PIXELS, Pictures


def weights_of(hidden: int) -> int:
    """The number of weights of a network with `hidden` hidden units.

    >>> weights_of(16)
    1210
    """
    return (PIXELS + 1) * hidden + (hidden + 1) * CLASSES


def layers(weights: Any) -> tuple[Any, Any, Any, Any]:
    """The parts of the weights (n,), in Keras's order.

    Returns:
        Kernel (64, h) and bias (h,) of the hidden layer, kernel (h, 10) and bias (10,) of the last layer.
    """
    # n = (64 + 1)h + (h + 1)·10, solved for h
    hidden = (len(weights) - CLASSES) // (PIXELS + 1 + CLASSES)
    first, bias = PIXELS * hidden, (PIXELS + 1) * hidden
    last = bias + hidden * CLASSES
    return (
        weights[:first].reshape(PIXELS, hidden),
        weights[first:bias],
        weights[bias:last].reshape(hidden, CLASSES),
        weights[last:],
    )


def outputs(weights: Any, x: Any) -> Any:
    """The network's outputs for the pictures `x` (m, 64), before the softmax: (m, 10)."""
    kernel, bias, last_kernel, last_bias = layers(weights)
    return jnp.tanh(x @ kernel + bias) @ last_kernel + last_bias


def loss(weights: Any, pictures: Pictures, batch: Any = None) -> Any:
    """The mean cross-entropy of the pictures, a scalar; of those in `batch`, (m,) of bool, if it is given."""
    log_probabilities = jax.nn.log_softmax(outputs(weights, pictures.x))
    each = -jnp.take_along_axis(log_probabilities, pictures.y[:, None], axis=1)[:, 0]
    return _mean(each, pictures.present if batch is None else batch)


def accuracy(weights: Any, pictures: Pictures) -> Any:
    """The part of the pictures that is classified correctly, from 0 to 1."""
    return _mean(outputs(weights, pictures.x).argmax(axis=1) == pictures.y, pictures.present)


def _mean(values: Any, batch: Any) -> Any:
    return (batch * values).sum() / batch.sum()


def initial(hidden: int, seed: int) -> np.ndarray:
    """The first weights (n,): uniform as by Glorot and Bengio, 2010, and in Keras's Dense; the biases are 0."""
    draw = np.random.RandomState(seed)
    parts = []
    for into, out in ((PIXELS, hidden), (hidden, CLASSES)):
        reach = np.sqrt(6 / (into + out))
        parts += [draw.uniform(-reach, reach, into * out), np.zeros(out)]
    return np.concatenate(parts)
