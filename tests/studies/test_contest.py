"""A contender's best is the best of its map, and what is counted and what is a median agree with counts by hand."""

import dataclasses

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import SGD, Batch, descend
from records import number_fields
from studies import CancelledError, tuning_map
from studies.sweeps import method_comparison
from studies.sweeps.fields import axis
from studies.sweeps.method_comparison import RATES, tune_method
from tests.studies.test_tuning import arrival

BOWL = LANDSCAPES["bowl"]()
STEPS = 60
SLID = number_fields(SGD)["learning_rate"]


def best_of(map):
    """Fewest steps, and the lowest loss among those, of a map by hand."""
    cells = [(steps, loss) for steps, loss in zip(map.steps.ravel(), map.loss.ravel(), strict=True) if steps >= 0]
    return min(cells)


def test_the_best_is_that_of_the_map_or_of_its_finer_rates():
    found = tune_method(BOWL, SGD(), "momentum", steps=STEPS)
    map = tuning_map(BOWL, SGD(), "learning_rate", "momentum", steps=STEPS)
    momentum = map.y[np.argwhere((map.steps == best_of(map)[0]) & (map.loss == best_of(map)[1]))[0][0]]
    assert found.optimizer.momentum == momentum
    along = tuning_map(BOWL, SGD(), "learning_rate", "momentum", x=axis(SLID, RATES), y=[momentum], steps=STEPS)
    assert (found.steps, found.loss) == min(best_of(map), best_of(along))
    path = descend(BOWL, found.optimizer, steps=STEPS)
    assert arrival(path, map.level) == found.steps
    assert path.losses[-1] == pytest.approx(found.loss)


def test_robust_is_how_many_rates_get_there():
    found = tune_method(BOWL, SGD(), None, steps=STEPS, tolerance=0.01, start=(1.0, 0.5))
    level = 0.01 * float(BOWL((1.0, 0.5)))
    paths = [descend(BOWL, SGD(float(rate)), start=(1.0, 0.5), steps=STEPS) for rate in axis(SLID, RATES)]
    there = [arrival(path, level) for path in paths]
    assert found.robust == sum(steps >= 0 for steps in there)
    assert 0 < found.robust < RATES
    assert found.steps == min(steps for steps in there if steps >= 0)


def test_nobody_there_is_none_at_the_lowest_loss():
    found = tune_method(BOWL, SGD(), None, steps=1, tolerance=1e-9)
    losses = [descend(BOWL, SGD(float(rate)), steps=1).losses[-1] for rate in axis(SLID, RATES)]
    assert (found.steps, found.robust) == (None, 0)
    assert found.loss == pytest.approx(min(losses))


@pytest.mark.parametrize("seeds", [3, 4])
def test_in_noise_the_medians_count(monkeypatch, seeds):
    monkeypatch.setattr(method_comparison, "SEEDS", seeds)
    monkeypatch.setattr(method_comparison, "RATES", 9)
    batch, steps, tolerance = Batch(8, 1.0, seed=7), 40, 0.05
    found = tune_method(BOWL, SGD(), None, steps=steps, tolerance=tolerance, batch=batch)
    level, medians = tolerance * float(BOWL(BOWL.start)), []
    for rate in axis(SLID, 9):
        draws = [dataclasses.replace(batch, seed=7 + lot) for lot in range(seeds)]
        paths = [descend(BOWL, SGD(float(rate)), steps=steps, batch=lot) for lot in draws]
        arrived = [arrival(path, level) for path in paths]
        medians.append(sorted(np.inf if steps < 0 else steps for steps in arrived)[(seeds - 1) // 2])
    assert found.steps == min(medians)
    assert found.robust == np.isfinite(medians).sum()
    assert float(found.optimizer.learning_rate) == pytest.approx(float(axis(SLID, 9)[np.argmin(medians)]))


def test_it_tells_how_far_it_is_and_can_be_given_up():
    heard = []
    tune_method(BOWL, SGD(), "momentum", steps=STEPS, on_progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0 or heard[-1] == 0.5
    with pytest.raises(CancelledError):
        tune_method(BOWL, SGD(), "momentum", steps=STEPS, cancelled=lambda: True)
