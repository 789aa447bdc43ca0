"""A network with one hidden layer, as one flat array of weights: what every `update` of ours can train."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from studies.network.digits import CLASSES, PIXELS, Pictures


def weights_of(hidden: int) -> int:
    """How many weights there are.

    >>> weights_of(16)
    1210
    """
    return (PIXELS + 1) * hidden + (hidden + 1) * CLASSES


def layers(weights: Any) -> tuple[Any, Any, Any, Any]:
    """Kernel (64, h) and bias (h,) of the hidden layer, kernel (h, 10) and bias (10,) of the last: Keras's order."""
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
    """What the network says of each picture (n, 64) before the softmax: (n, 10)."""
    kernel, bias, last_kernel, last_bias = layers(weights)
    return jnp.tanh(x @ kernel + bias) @ last_kernel + last_bias


def loss(weights: Any, pictures: Pictures, batch: Any = None) -> Any:
    """The mean cross-entropy of the pictures, or of those that are `batch` (m,)."""
    log_probabilities = jax.nn.log_softmax(outputs(weights, pictures.x))
    each = -jnp.take_along_axis(log_probabilities, pictures.y[:, None], axis=1)[:, 0]
    return _mean(each, pictures.present if batch is None else batch)


def accuracy(weights: Any, pictures: Pictures) -> Any:
    """The part of the pictures that is read rightly."""
    return _mean(outputs(weights, pictures.x).argmax(axis=1) == pictures.y, pictures.present)


def _mean(values: Any, batch: Any) -> Any:
    return (batch * values).sum() / batch.sum()


def initial(hidden: int, seed: int) -> np.ndarray:
    """Weights to begin with: uniform, by Glorot and Bengio, 2010, as in Keras's Dense; biases are 0."""
    draw = np.random.RandomState(seed)
    parts = []
    for into, out in ((PIXELS, hidden), (hidden, CLASSES)):
        reach = np.sqrt(6 / (into + out))
        parts += [draw.uniform(-reach, reach, into * out), np.zeros(out)]
    return np.concatenate(parts)
