"""What the browser works out of the data by itself is what the engine works out: losses, batches, lowest places."""

from functools import partial

import numpy as np
import pytest

from landscapes import LANDSCAPES, losses_at
from landscapes.data.best_fit import least_absolute, least_huber, least_squares, most_likely
from landscapes.data.line import Line
from landscapes.data.losses import CROSS_ENTROPY, REGRESSION
from optimizers import Batch
from optimizers.batch import batch_masks, orders
from player import pack_orders
from tests.player.reading import run

LOSSES = {slug: loss.of for slug, loss in REGRESSION.items()} | {"cross_entropy": CROSS_ENTROPY.of}


@pytest.mark.parametrize("name", LOSSES)
def test_the_losses_are_the_engine_s(name):
    predictions = np.concatenate([np.linspace(-6, 6, 49), [-300.0, 300.0]])
    targets = (np.arange(len(predictions)) % 2).astype(float)
    script = """
        const of = (await load('data/losses.js')).LOSSES[given.name];
        return given.predictions.map((prediction, i) => of(prediction, given.targets[i], 1.3));
    """
    given = {"name": name, "predictions": predictions.tolist(), "targets": targets.tolist()}
    np.testing.assert_allclose(run(script, given), LOSSES[name](predictions, targets, 1.3), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("samples", "size"), [(11, 1), (11, 4), (272, 32), (272, 271)])
def test_the_batches_are_the_engine_s(samples, size):
    epochs, seed = 3, 5
    steps = epochs * -(-samples // size)
    script = """
        const { batchAt, unpacked } = await load('data/batch_rows.js');
        const { setOrders } = await load('core/store.js');
        setOrders(await unpacked(Uint8Array.from(given.packed)));
        const steps = Array.from({ length: given.steps + 1 }, (_, step) => batchAt(given, step));
        return steps.map((rows) => (rows ? [...rows] : 'unknown'));
    """
    packed = list(pack_orders(orders(seed, epochs, samples)))
    *known, beyond = run(script, {"packed": packed, "samples": samples, "size": size, "steps": steps})
    assert beyond == "unknown"
    seen = np.asarray(batch_masks(Batch(size, seed=seed, samples=samples), samples, steps))
    assert [sorted(rows) for rows in known] == [np.flatnonzero(row).tolist() for row in seen]


def test_all_rows_and_rows_of_another_table_are_told_apart():
    script = """
        const { batchAt } = await load('data/batch_rows.js');
        const { setOrders } = await load('core/store.js');
        setOrders({ samples: 5, epochs: 1, order: Uint16Array.of(4, 2, 0, 1, 3) });
        const seen = [[9, 9], [2, 9], [2, 5]].map(([size, samples]) => batchAt({ size, samples }, 1));
        return seen.map((rows) => (rows === undefined ? 'unknown' : rows && [...rows]));
    """
    assert run(script, {}) == [None, "unknown", [0, 1]]


BEST = {
    "mse": (least_squares, "line"),
    "mae": (least_absolute, "line"),
    "huber": (partial(least_huber, delta=1.3), "line"),
    "cross_entropy": (most_likely, "classifier"),
}

LOWEST = """
    const { weightedLeastSquares } = await load('data/weighted_least_squares.js');
    const { surfaceOf, meanLoss } = await load('data/losses.js');
    const [a1, a2, targets] = given.columns.map((column) => Float64Array.from(column));
    const sample = { a1, a2, targets };
    const loss = { name: given.name, delta: 1.3 };
    const found = weightedLeastSquares(sample, loss);
    if (!found) return null;
    const values = [found.at, given.best].map((at) => [meanLoss(sample, loss, ...at), surfaceOf(sample, loss)(...at)]);
    return { ...found, values };
"""


@pytest.mark.parametrize("name", BEST)
@pytest.mark.parametrize("count", [40, 110])
def test_a_batch_is_lowest_where_the_closed_form_says(name, count):
    best, slug = BEST[name]
    samples = LANDSCAPES[slug]().samples
    rows, targets = samples.rows[:count], samples.targets[:count]
    expected = best(rows, targets)
    given = {"name": name, "columns": [*rows.T.tolist(), targets.tolist()], "best": np.asarray(expected).tolist()}
    found = run(LOWEST, given)
    (reached, by_moments), (least, _) = found["values"]
    assert found["along"] is None
    assert reached == pytest.approx(least, rel=1e-4)
    assert reached == pytest.approx(by_moments, rel=1e-9)
    np.testing.assert_allclose(found["at"], expected, rtol=0.05 if name == "mae" else 1e-5)


@pytest.mark.parametrize("name", REGRESSION)
def test_one_row_leaves_a_line_of_lowest_places(name):
    given = {"name": name, "columns": [[3.0], [1.0], [7.0]], "best": [2.0, 1.0]}
    found = run(LOWEST, given)
    assert found["values"][0][0] == pytest.approx(0, abs=1e-5)
    assert np.dot(found["along"], [3, 1]) == pytest.approx(0)


def test_rows_without_the_rare_feature_say_nothing_of_its_weight():
    given = {"name": "mse", "columns": [[1.0, 2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.5, -1.0]], "best": [1.0, 0.0]}
    found = run(LOWEST, given)
    assert found["along"][0] == 0
    assert found["at"][0] == pytest.approx(7 / 6)


def test_classes_that_a_line_parts_have_no_lowest_place():
    given = {"name": "cross_entropy", "columns": [[1.0, 2.0, -1.0], [1.0, 0.0, -2.0], [1.0, 1.0, 0.0]], "best": [0, 0]}
    assert run(LOWEST, given) is None


def test_the_scores_of_a_fit_are_those_of_both_kinds_of_rows():
    surface = Line(data="made_up", loss="huber", delta=1.3, validation_split=0.8)
    halves = [
        {"columns": half.samples.rows[: half.sample_count].T.tolist(), "y": half.rows.y.tolist()}
        for half in (surface, surface.validation)
    ]
    script = """
        const { scores } = await load('data/losses.js');
        const [data, heldOut] = given.halves.map(({ columns: [a1, a2], y }) => ({ kind: 'line', a1, a2, targets: y }));
        return scores({ ...data, heldOut }, { name: 'huber', delta: 1.3 }, 2, -1);
    """
    expected = [losses_at(half, [(2, -1)])[0] for half in (surface, surface.validation)]
    assert run(script, {"halves": halves}) == {
        "Huber": pytest.approx(expected[0], rel=1e-12),
        "held out": pytest.approx(expected[1], rel=1e-12),
    }
