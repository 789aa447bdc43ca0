"""One iteration opened up: what the tables and formulas show is what the engine did."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, losses_at
from landscapes.data.line import Line
from optimizers import SGD, Batch, descend
from optimizers.explain.iteration import iteration

SURFACES = {
    **{loss: Line(loss=loss) for loss in ("mse", "mae", "huber")},
    "raw": Line(standardise=False),
    "rare": LANDSCAPES["rare_feature"](),
    "classes": LANDSCAPES["classifier"](),
}


def run(surface, size, steps=25):
    batch = Batch(size, seed=4, samples=surface.sample_count)
    return descend(surface, SGD(surface.learning_rate), steps=steps, batch=batch), batch


@pytest.mark.parametrize("size", [None, 8, 1])
@pytest.mark.parametrize("name", SURFACES)
def test_the_backward_pass_finds_the_gradient_that_the_optimizer_saw(name, size):
    path, batch = run(SURFACES[name], size)
    for step in (0, 3, 24):
        made = iteration(SURFACES[name], path, batch, step)
        np.testing.assert_allclose(made.gradient, path.gradients[step], rtol=1e-9, atol=1e-12)
        assert len(made.rows) == batch.samples_a_step


def test_the_forward_pass_and_the_errors():
    surface = SURFACES["raw"]
    path, batch = run(surface, 8)
    made = iteration(surface, path, batch, 5)
    w, b = path.positions[5]
    np.testing.assert_allclose(made.predictions, w * surface.rows.x[made.rows, 0] + b, rtol=1e-12)
    np.testing.assert_array_equal(made.targets, surface.rows.y[made.rows])
    np.testing.assert_allclose(made.errors, made.predictions - made.targets, rtol=1e-15)


def test_the_full_batch_has_the_loss_of_the_landscape():
    surface = SURFACES["mae"]
    path, batch = run(surface, None)
    made = iteration(surface, path, batch, 7)
    assert np.abs(made.errors).mean() == pytest.approx(losses_at(surface, [path.positions[7]])[0], rel=1e-12)


def test_a_probability_is_predicted_for_two_classes():
    surface = SURFACES["classes"]
    path, batch = run(surface, 16)
    made = iteration(surface, path, batch, 2)
    assert ((made.predictions > 0) & (made.predictions < 1)).all()
    np.testing.assert_allclose(made.derivatives, made.errors, rtol=1e-9)


def test_epochs_and_batches_are_counted_from_one():
    surface = SURFACES["mse"]
    path, batch = run(surface, 32)  # 272 rows: nine batches an epoch, the last one of sixteen
    places = [
        (made.epoch, made.place, made.places) for step in (0, 8, 9) if (made := iteration(surface, path, batch, step))
    ]
    assert places == [(1, 1, 9), (1, 9, 9), (2, 1, 9)]
    assert len(iteration(surface, path, batch, 8).rows) == 16


def test_beyond_the_end_it_is_the_last_one():
    surface = SURFACES["mse"]
    path, batch = run(surface, 32)
    assert iteration(surface, path, batch, 999).index == 24
