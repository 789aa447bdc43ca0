"""A batch: gradient descent, mini-batches and single samples are one optimizer with three batch sizes."""

import dataclasses
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from landscapes.landscape import SAMPLES


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

    The landscape is the mean of 64 sample losses f_i(xy) = f(xy) + noise · ξ_i · xy. A data landscape has real
    samples, as many as its table has rows: there a batch picks rows, and no noise is added.

    Args:
        size: samples a step, drawn without replacement and reshuffled every epoch, 1 to `samples`; None is all of
            them, which is gradient descent. The last batch of an epoch may be smaller, as in Keras.
        noise: standard deviation of one sample's gradient, at least 0.
        seed: the shuffling; same seed, same path, bit for bit.
        samples: how many there are.
    """

    size: int | None = None
    noise: float = 0.0
    seed: int = 0
    samples: int = SAMPLES

    def __post_init__(self) -> None:
        if not (_whole(self.samples) and self.samples >= 1):
            raise ValueError(f"`samples` must be a whole number, at least 1. Received: {self.samples!r}.")
        if self.size is not None and not (_whole(self.size) and 1 <= self.size <= self.samples):
            raise ValueError(
                f"`size` must be a whole number from 1 to {self.samples}, or None for all. Received: {self.size!r}."
            )
        if not (isinstance(self.noise, (int, float, np.number)) and np.isfinite(self.noise) and self.noise >= 0):
            raise ValueError(f"`noise` must be at least 0. Received: {self.noise!r}. At 0 all samples agree.")
        if not (_whole(self.seed) and 0 <= self.seed < 2**32):
            raise ValueError(f"`seed` must be a whole number from 0 to 2³² − 1. Received: {self.seed!r}.")

    @property
    def samples_a_step(self) -> int:
        """How many samples a step looks at."""
        return self.samples if self.size is None else int(self.size)

    @property
    def steps_an_epoch(self) -> int:
        """How many steps it takes to see every sample once."""
        return -(-self.samples // self.samples_a_step)

    def evaluations(self, steps: int) -> int:
        """How many sample gradients so many steps cost."""
        epochs, rest = divmod(steps, self.steps_an_epoch)
        return epochs * self.samples + rest * self.samples_a_step


def _whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


@partial(jax.jit, static_argnames=("steps", "epochs"))
def batch_weights(seed: Any, size: Any, steps: int, epochs: int | None = None) -> Any:
    """What each sample counts at each step: (steps, 64), each row summing to 1, `size` entries not zero.

    `epochs` is how often the samples are shuffled, at least as many as the steps go through; None is once a step,
    which is always enough, and slow.
    """
    key = jax.random.key(seed)
    batches = -(-SAMPLES // size)
    shuffled = jax.vmap(lambda epoch: jax.random.permutation(jax.random.fold_in(key, epoch), SAMPLES))
    ranks = shuffled(jnp.arange(steps if epochs is None else epochs))

    def weights(step: Any) -> Any:
        chosen = ranks[step // batches] // size == step % batches
        return chosen / chosen.sum()

    return jax.vmap(weights)(jnp.arange(steps))


@partial(jax.jit, static_argnames=("steps", "epochs"))
def batch_noise(seed: Any, size: Any, noise: Any, steps: int, epochs: int | None = None) -> Any:
    """What the batch adds to the full gradient at each step: (steps, 2), exactly 0 for the full batch."""
    pushed = noise * (batch_weights(seed, size, steps, epochs) @ DIRECTIONS)
    return jnp.where(size >= SAMPLES, 0.0, pushed)


def noise_of(batch: Batch, steps: int) -> Any:
    """`batch_noise` of a batch, shuffled in a power of two of epochs: few programs, and no shuffle too many."""
    epochs = power_of_two(-(-steps // batch.steps_an_epoch))
    size, noise = np.int64(batch.samples_a_step), np.float64(batch.noise)
    return batch_noise(np.uint32(batch.seed), size, noise, steps, epochs)


def is_noisy(landscape: Landscape, batch: Batch | None) -> bool:
    """Whether a batch's gradient differs from the full one."""
    return (
        batch is not None
        and batch.samples_a_step < batch.samples
        and (landscape.samples is not None or batch.noise > 0)
    )


def batch_of(landscape: Landscape, batch: Batch | None) -> Batch:
    """The batch for a landscape, which knows best how many samples there are.

    Raises:
        ValueError: for a size above that.
    """
    batch = batch or Batch()
    return (
        batch if batch.samples == landscape.sample_count else dataclasses.replace(batch, samples=landscape.sample_count)
    )


def batch_arrays(landscape: Landscape, batch: Batch, steps: int) -> Any:
    """What the batches of a run do to its gradients: noise (steps, 2), or on data the rows that are picked."""
    return (
        noise_array(batch, steps)
        if landscape.samples is None
        else batch_masks(batch, len(landscape.samples.present), steps)
    )


@lru_cache(maxsize=64)
def noise_array(batch: Batch | None, steps: int) -> Any:
    """`batch_noise` of a batch, kept for the next slider move; zeros where there is nothing to draw."""
    if batch is None or batch.noise == 0 or batch.samples_a_step >= SAMPLES:
        return jnp.zeros((steps, 2))
    return noise_of(batch, steps)


def orders(seed: int, epochs: int, samples: int) -> np.ndarray:
    """The order in which each epoch goes through the samples: (epochs, samples), each row a permutation."""
    keys = [np.random.Philox(key=[seed, epoch]).random_raw(samples) for epoch in range(epochs)]
    return np.argsort(np.stack(keys), axis=1, kind="stable")


@lru_cache(maxsize=12)
def batch_masks(batch: Batch, rows: int, steps: int) -> Any:
    """Which samples each step sees, (steps, rows) of bool; rows beyond the samples are padding and never seen."""
    masks = np.zeros((steps, rows), dtype=bool)
    if batch.samples_a_step >= batch.samples:
        masks[:, : batch.samples] = True
        return jnp.asarray(masks)
    epochs = -(-steps // batch.steps_an_epoch)
    epoch, place = np.indices((epochs, batch.samples))
    step = epoch * batch.steps_an_epoch + place // batch.samples_a_step
    within = step < steps
    masks[step[within], orders(batch.seed, epochs, batch.samples)[within]] = True
    return jnp.asarray(masks)
