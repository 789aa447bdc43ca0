"""A batch: gradient descent, mini-batches and single samples are one optimizer with three batch sizes."""

import dataclasses
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

SAMPLES = 64


def _directions() -> np.ndarray:
    """64 fixed directions ξ_i shaped like a normal cloud, with Σξ = 0 and Σξξᵀ/64 = I, shape (64, 2).

    A sunflower spiral with a Rayleigh distribution of radii, then centred and whitened.
    """
    index = np.arange(SAMPLES)
    radius = np.sqrt(-2 * np.log(1 - (index + 0.5) / SAMPLES))
    angle = index * np.pi * (3 - np.sqrt(5))
    cloud = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    cloud -= cloud.mean(axis=0)
    return cloud @ np.linalg.inv(np.linalg.cholesky(cloud.T @ cloud / SAMPLES)).T


DIRECTIONS = _directions()


@dataclasses.dataclass(frozen=True)
class Batch:
    """How many of the 64 samples each step looks at, and how far their gradients differ.

    The landscape is the mean of 64 sample losses f_i(xy) = f(xy) + noise · ξ_i · xy.

    Args:
        size: samples a step, drawn without replacement and reshuffled every epoch, 1 to 64; None is all of
            them, which is gradient descent. The last batch of an epoch may be smaller, as in Keras.
        noise: standard deviation of one sample's gradient, at least 0.
        seed: the shuffling; same seed, same path, bit for bit.
    """

    size: int | None = None
    noise: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.size is not None and not (_whole(self.size) and 1 <= self.size <= SAMPLES):
            raise ValueError(
                f"`size` must be a whole number from 1 to {SAMPLES}, or None for all. Received: {self.size!r}."
            )
        if not (isinstance(self.noise, (int, float, np.number)) and np.isfinite(self.noise) and self.noise >= 0):
            raise ValueError(f"`noise` must be at least 0. Received: {self.noise!r}. At 0 all samples agree.")
        if not (_whole(self.seed) and 0 <= self.seed < 2**32):
            raise ValueError(f"`seed` must be a whole number from 0 to 2³² − 1. Received: {self.seed!r}.")

    @property
    def samples_a_step(self) -> int:
        """How many sample gradients one step costs."""
        return SAMPLES if self.size is None else int(self.size)


def _whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


@partial(jax.jit, static_argnames="steps")
def batch_weights(seed: Any, size: Any, steps: int) -> Any:
    """What each sample counts at each step: (steps, 64), each row summing to 1, `size` entries not zero."""
    key = jax.random.key(seed)
    batches = -(-SAMPLES // size)

    def weights(step):
        epoch, place = step // batches, step % batches
        rank = jax.random.permutation(jax.random.fold_in(key, epoch), SAMPLES)
        chosen = rank // size == place
        return chosen / chosen.sum()

    return jax.vmap(weights)(jnp.arange(steps))


@partial(jax.jit, static_argnames="steps")
def batch_noise(seed: Any, size: Any, noise: Any, steps: int) -> Any:
    """What the batch adds to the full gradient at each step: (steps, 2), exactly 0 for the full batch."""
    pushed = noise * (batch_weights(seed, size, steps) @ DIRECTIONS)
    return jnp.where(size >= SAMPLES, 0.0, pushed)


def is_noisy(batch: Batch | None) -> bool:
    """Whether a batch's gradient differs from the full one."""
    return batch is not None and batch.noise > 0 and batch.samples_a_step < SAMPLES


@lru_cache(maxsize=64)
def noise_array(batch: Batch | None, steps: int) -> Any:
    """`batch_noise` of a batch, kept for the next slider move; zeros where there is nothing to draw."""
    if batch is None or not is_noisy(batch):
        return jnp.zeros((steps, 2))
    return batch_noise(np.uint32(batch.seed), np.int64(batch.samples_a_step), np.float64(batch.noise), steps)
