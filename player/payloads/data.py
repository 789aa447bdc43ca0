"""From a data landscape to what the player draws beside the map: the points, and the order of the batches."""

import numpy as np

from caching import cached
from experiment.race.settings import Settings
from landscapes.data.classifier import Classifier
from landscapes.data.fitted import Fitted
from landscapes.data.rare_feature import RareFeature
from landscapes.data.samples import Samples
from optimizers.batch import orders
from player.wire.messages import ColumnNames, DataKind, DataPayload, Rows
from player.wire.orders import pack_orders

MAX_INDICES = 250_000
"""The most row numbers that are sent. Batches beyond them are not shown."""


def points(landscape: Fitted) -> DataPayload:
    """The data for the player: one and the same dict for the same samples, so that nothing is sent twice."""
    kind: DataKind = (
        "classes" if isinstance(landscape, Classifier) else "rare" if isinstance(landscape, RareFeature) else "line"
    )
    return _points(landscape.samples, kind, landscape.axes)


@cached(16)
def _points(samples: Samples, kind: DataKind, parameters: tuple[str, str]) -> DataPayload:
    table, count = samples.table, samples.count
    assert table is not None
    second = table.x[:, 1] if kind == "classes" else table.y
    groups = {"classes": table.y, "rare": table.x[:, -1] != 0}.get(kind)
    names: ColumnNames = {
        "x": table.features[0],
        "y": table.features[1] if kind == "classes" else table.target,
        "groups": {"classes": table.classes, "rare": ("without", "with the rare feature")}.get(kind),
    }
    return {
        "kind": kind,
        "x": _short(table.x[:, 0]),
        "y": _short(second),
        "rows": [_short(column) for column in samples.rows[:count].T],
        "targets": _short(table.y),
        "groups": None if groups is None else groups.astype(int).tolist(),
        "names": names,
        "held_out": _held_out(samples.validation),
        "parameters": parameters,
    }


def _held_out(samples: Samples | None) -> Rows | None:
    """The rows held out, of a table with one feature; None if there are none."""
    if samples is None:
        return None
    table = samples.table
    assert table is not None
    return {
        "x": _short(table.x[:, 0]),
        "y": _short(table.y),
        "rows": [_short(column) for column in samples.rows[: samples.count].T],
        "targets": _short(table.y),
    }


def _short(values: np.ndarray) -> list[float]:
    return [float(f"{value:.7g}") for value in values]


def packed_orders(settings: Settings) -> bytes:
    """The packed order of the rows in each epoch, for as many epochs as the racers go through."""
    samples = settings.landscape.sample_count
    batches = [settings.batch(racer) for racer in settings.racers]
    small = [batch for batch in batches if batch.samples_a_step < samples]
    epochs = max((-(-settings.steps // batch.steps_an_epoch) for batch in small), default=0)
    return _orders(settings.seed, min(epochs, MAX_INDICES // samples), samples)


@cached(16)
def _orders(seed: int, epochs: int, samples: int) -> bytes:
    return pack_orders(orders(seed, epochs, samples) if epochs else np.zeros((0, samples), dtype=int))
