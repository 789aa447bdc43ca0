"""The tuning panel: a map for every view, made once, with theory where it holds and regions that agree with it."""

import numpy as np
import pytest

from experiment.pages.tune import BOWL, FIRST, PRESETS
from experiment.race.settings import MEASURES, racer
from experiment.tuning import maps
from experiment.tuning.tuned import axes, placed, values
from figures.tuning import DIVERGED_REGION, NOT_YET_REGION
from landscapes import LANDSCAPES
from optimizers import ExponentialDecay
from player.payloads import tuning as payload
from studies.quadratic import REGIMES
from tests.player.reading import opened


def planes(packed):
    """Header, level, region, regime (rows, columns each), steps."""
    header, raw = opened(packed)
    shape = header["rows"], header["columns"]
    count = shape[0] * shape[1]
    level, region, regime = (np.frombuffer(raw, np.uint8, count, at * count).reshape(shape) for at in range(3))
    steps = np.frombuffer(raw, "<i2", count, 3 * count).reshape(shape)
    return header, level, region, regime, steps


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_gives_a_map(name):
    settings = PRESETS[name]
    header, _, region, _, steps = planes(payload.picture(settings))
    assert [one["name"] for one in header["axes"]] == list(axes(settings))
    for one in header["axes"]:
        assert one["values"] == pytest.approx(values(settings, one["name"]))
    assert header["stamp"] == payload.map_stamp(settings)
    assert header["measure"] == settings.measure
    row, column = header["best"]["cell"]
    assert region[row, column] == 0
    assert steps[row, column] == steps[steps >= 0].min()
    assert header["best"]["place"] == [header["axes"][0]["values"][column], header["axes"][1]["values"][row]]
    assert (header["theory"] is not None) == (name in ("theory on a bowl", "a ravine", "Nesterov"))


@pytest.mark.parametrize("upright", [False, True], ids=["rate across", "rate up"])
def test_edge_and_best_agree_with_the_regions_to_one_cell(upright):
    settings = FIRST.replace(axes=FIRST.axes[::-1] if upright else FIRST.axes, steps=500)
    header, _, region, regime, steps = planes(payload.picture(settings))
    region, regime, steps = ((part.T if upright else part) for part in (region, regime, steps))
    rates, momenta = (np.array(one["values"]) for one in header["axes"][:: -1 if upright else 1])
    edge = np.array(header["theory"]["edge"])[:, :: -1 if upright else 1]
    limits = np.interp(momenta, edge[:, 1], edge[:, 0])
    seen = 0
    for row, limit in enumerate(limits):
        expected = int(np.searchsorted(rates, limit))
        unstable = np.flatnonzero(regime[row] == REGIMES.index("diverging"))
        assert abs((unstable[0] if len(unstable) else len(rates)) - expected) <= 1
        blown = np.flatnonzero(region[row] == DIVERGED_REGION)
        if len(blown):
            seen += 1
            assert blown[0] - expected in (-1, 0, 1)
    assert seen > 20
    best_rate, best_momentum = header["theory"]["best"][:: -1 if upright else 1]
    row, column = np.searchsorted(momenta, best_momentum), np.searchsorted(rates, best_rate)
    near = steps[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    assert near[near >= 0].min() <= 1.3 * steps[steps >= 0].min()


SILENT = {
    "another landscape": {"landscape": LANDSCAPES["double_well"]()},
    "noise": {"noise": 1.0, "batch_size": 4},
    "a schedule": {"decay_schedule": ExponentialDecay(0.02, 50, 0.5)},
    "another method": {"racers": (racer("adam"),)},
    "another plane": {"axes": ("momentum", "batch_size"), "noise": 1.0},
}


@pytest.mark.parametrize("changes", SILENT.values(), ids=SILENT)
def test_theory_is_silent_where_it_does_not_hold(changes):
    settings = FIRST.replace(**changes, steps=60)
    assert planes(payload.picture(settings))[0]["theory"] is None


@pytest.fixture
def counted(monkeypatch):
    """How many maps were computed."""
    calls, real = [], maps.tuning_map
    monkeypatch.setattr(maps, "tuning_map", lambda *args, **kwargs: calls.append(args) or real(*args, **kwargs))
    maps.map_of.cache_clear()
    payload._picture.cache_clear()
    yield calls
    maps.map_of.cache_clear()
    payload._picture.cache_clear()


@pytest.mark.parametrize("name", ["theory on a bowl", "which minimum"])
def test_dragging_makes_no_other_map(counted, name):
    settings = PRESETS[name].replace(steps=60)
    first = payload.picture(settings)
    for x, y in ((0.01, 0.0), (0.02, 0.5), (0.0123456789, 0.7)):
        moved = placed(settings, x, y)
        assert moved != settings
        assert payload.map_stamp(moved) == payload.map_stamp(settings)
        assert payload.picture(moved) is first
    assert payload.picture(settings.replace(playhead=7, seed=3, noise=2.0)) is first
    assert len(counted) == 1


OTHERS = {
    "landscape": {"landscape": BOWL.replace(condition=7.0)},
    "start": {"start": (0.5, 0.25)},
    "steps": {"steps": 61},
    "tolerance": {"tolerance": 0.01},
    "measure": {"measure": "loss"},
    "axes": {"axes": ("momentum", "learning_rate")},
    "window": {"wide": True},
    "method": {"racers": (racer("nesterov"),)},
    "schedule": {"decay_schedule": ExponentialDecay(0.02, 50, 0.5)},
    "noise": {"noise": 1.0, "batch_size": 4},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS)
def test_what_else_changes_is_another_map(changes):
    assert payload.map_stamp(FIRST.replace(**changes)) != payload.map_stamp(FIRST)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_regions_are_the_same_whatever_the_colours_say(measure):
    settings = PRESETS["which minimum"].replace(steps=60, measure=measure)
    header, level, region, _, steps = planes(payload.picture(settings))
    _, _, other, _, _ = planes(payload.picture(settings.replace(measure="steps")))
    np.testing.assert_array_equal(region, other)
    assert (level[region == DIVERGED_REGION] == DIVERGED_REGION).all()
    assert (region == DIVERGED_REGION).any()
    assert ((region == 0) == (steps >= 0)).all()
    assert (header["scale"] is None) == (measure == "minimum")
    assert level[region == 0].max() < NOT_YET_REGION
