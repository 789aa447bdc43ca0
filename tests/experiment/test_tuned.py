"""A hand on the tuning map: the place it chose is the place that is shown, whoever keeps the number."""

import numpy as np
import pytest

from experiment.pages.tune import BOWL, FIRST, PRESETS
from experiment.race.runs import race_view
from experiment.race.settings import AXES, Settings, racer
from experiment.tuning.tuned import CELLS, axes, fields, place, placed, regime, values
from landscapes import LANDSCAPES
from optimizers import SGD, ExponentialDecay
from studies.quadratic import REGIMES

DECAY = ExponentialDecay(0.02, 50, 0.5)
OWN = racer("momentum", optimizer=SGD(0.02, momentum=0.5), overrides=("learning_rate", "momentum", "decay_schedule"))


@pytest.mark.parametrize("name", PRESETS)
def test_every_cell_of_a_map_can_be_gone_to(name):
    settings = PRESETS[name]
    x, y = (values(settings, field) for field in axes(settings))
    for column, row in ((0, 0), (-1, -1), (5, 2), (2, 5)):
        moved = placed(settings, x[column], y[row])
        assert place(moved) == pytest.approx((x[column], y[row]), rel=1e-5, abs=1e-9)
        assert axes(moved) == axes(settings)
        assert placed(moved, *place(moved)) == moved


def test_what_is_shared_is_changed_where_it_is_shared():
    both = FIRST.replace(racers=(racer("momentum"), racer("nesterov")))
    moved = placed(both, 0.03, 0.5)
    assert (moved.learning_rate, moved.momentum) == (0.03, 0.5)
    assert moved.racers == both.racers
    assert [float(moved.optimizer(one).momentum) for one in moved.racers] == [0.5, 0.5]


def test_what_is_set_apart_is_its_own():
    both = FIRST.replace(racers=(OWN, racer("nesterov")))
    moved = placed(both, 0.03, 0.25)
    assert (moved.learning_rate, moved.momentum, moved.racers[1]) == (both.learning_rate, both.momentum, both.racers[1])
    assert (moved.racers[0].optimizer.learning_rate, moved.racers[0].optimizer.momentum) == (0.03, 0.25)
    assert moved.racers[0].overrides == OWN.overrides


@pytest.mark.parametrize("own", [False, True], ids=["shared", "its own"])
def test_schedules_and_batch_sizes_too(own):
    runner = OWN.replace(overrides=("decay_schedule", "batch_size") if own else (), decay_schedule=DECAY)
    noisy = FIRST.replace(racers=(runner,), decay_schedule=DECAY, noise=1.0)
    moved = placed(noisy.replace(axes=("decay_rate", "batch_size")), 0.75, 7.6)
    kept = moved.racers[0] if own else moved
    assert (kept.decay_schedule, kept.batch_size) == (DECAY.replace(decay_rate=0.75), 8)
    assert place(moved) == (0.75, 8.0)
    all_of_them = placed(moved, 0.75, 64)
    assert (all_of_them.racers[0] if own else all_of_them).batch_size is None
    assert place(all_of_them) == (0.75, 64.0)


@pytest.mark.parametrize("far", [1e14, -1e14])
def test_values_beyond_a_slider_are_brought_inside(far):
    moved = placed(FIRST, far, far)
    ends = [slid.high if far > 0 else slid.low for slid in (fields(FIRST)[name] for name in AXES)]
    assert place(moved) == pytest.approx(tuple(ends))


def test_a_rate_beyond_the_map_shows_the_whole_slider():
    low, high = values(FIRST, "learning_rate")[[0, -1]]
    for inside in (low, float(f"{low:.3g}"), FIRST.learning_rate, high, float(f"{high:.3g}")):
        assert not placed(FIRST, inside, 0.5).wide
    for outside in (low / 1.02, high * 1.02):
        moved = placed(FIRST, outside, 0.5)
        assert moved.wide
        assert values(moved, "learning_rate")[[0, -1]] == pytest.approx([1e-4, 10])


def test_the_map_is_around_what_suits():
    for settings in PRESETS.values():
        for name in axes(settings):
            column, slid = values(settings, name), fields(settings)[name]
            assert (np.diff(column) > 0).all()
            assert slid.low * (1 - 1e-9) <= column[0] < column[-1] <= slid.high * (1 + 1e-9)
            assert name == "batch_size" or len(column) == CELLS


def test_a_racer_without_the_fields_falls_back():
    adam = FIRST.replace(racers=(racer("adam"),))
    assert axes(adam) == ("learning_rate", "beta_1")
    assert axes(adam.replace(axes=("beta_2", "momentum"))) == ("learning_rate", "beta_2")
    assert axes(FIRST.replace(axes=("batch_size", "decay_rate"))) == AXES
    assert axes(FIRST.replace(axes=("momentum", "batch_size"), noise=1.0)) == ("momentum", "batch_size")


@pytest.mark.parametrize(("rate", "momentum", "told"), [(0.02, 0.0, 0), (0.02, 0.9, 1), (0.15, 0.0, 2), (3.0, 0.0, 4)])
def test_the_regime_is_by_the_eigenvalues_on_a_bowl(rate, momentum, told):
    settings = FIRST.replace(landscape=BOWL.replace(condition=10.0), learning_rate=rate, momentum=momentum)
    assert regime(race_view(settings)).startswith(REGIMES[told])
    if told == 2:
        assert "steep axis oscillating, flat axis monotone" in regime(race_view(settings))


def test_elsewhere_the_regime_is_what_the_path_does():
    steep = Settings("tune", LANDSCAPES["double_well"](), (racer("descent"),), steps=60)
    assert regime(race_view(steep.replace(learning_rate=0.001))) == "monotone"
    assert regime(race_view(steep.replace(learning_rate=10.0))) == "diverging"
    noisy = FIRST.replace(noise=5.0, batch_size=4, steps=60, learning_rate=0.02)
    assert regime(race_view(noisy)) in REGIMES  # words without axes: seen, not known
