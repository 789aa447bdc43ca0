"""Made-up data: what is known of it is true by construction, and its noise has a slider."""

from functools import lru_cache

import numpy as np

from landscapes.data.tables.table import Table

ROWS = 60
SLOPE, INTERCEPT = 2.0, 1.0
RARE_ROWS = 200
WEIGHTS = (1.0, 2.5)


@lru_cache(maxsize=64)
def made_up_line(scatter: float) -> Table:
    """A table of 60 points: y = 2x + 1 plus a normal deviate times `scatter`."""
    x = np.linspace(-3, 3, ROWS)
    y = SLOPE * x + INTERCEPT + scatter * _deviates(1, ROWS)
    return Table(
        slug="made_up",
        title="Made up",
        story="Points along y = 2x + 1, as far off it as you like.",
        source="Made up",
        features=("x",),
        target="y",
        x=x[:, None],
        y=y,
    )


@lru_cache(maxsize=64)
def made_up_rare(share: float) -> Table:
    """A table of 200 rows, y = x₁ + 2.5·x₂ + 0.3·noise: x₁ is normal, x₂ is 1 in a `share` of the rows, else 0."""
    often, noise = _deviates(2, RARE_ROWS), _deviates(3, RARE_ROWS)
    rare = np.zeros(RARE_ROWS)
    count = max(1, round(share * RARE_ROWS))
    # spread evenly instead of drawn, so that every share has exactly its number of rows
    rare[np.linspace(0, RARE_ROWS, count, endpoint=False).astype(int)] = 1
    x = np.column_stack([often, rare])
    return Table(
        slug="rare",
        title="A rare feature",
        story="The second column is 0 in nearly every row.",
        source="Made up",
        features=("often", "rare"),
        target="y",
        x=x,
        y=x @ np.array(WEIGHTS) + 0.3 * noise,
    )


def _deviates(seed: int, count: int) -> np.ndarray:
    """`count` normal deviates, the same in every version of NumPy: RandomState is frozen, default_rng is not."""
    return np.random.RandomState(seed).standard_normal(count)
