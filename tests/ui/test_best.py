"""The best fixed rate is kept at what the numbers say, until a hand gives it another, and on its own page alone."""

import numpy as np
import pytest
import streamlit as st

import studies.sweeps.best_fixed_rate as best_rate_module
from experiment.pages import PAGES
from experiment.pages.schedules import FIRST, PRESETS
from experiment.race.best_fixed_rate import BEST, best_fixed_rate, fixed, kept_best
from experiment.race.settings import Settings, racer
from landscapes import LANDSCAPES
from optimizers import SGD, Batch, Constant, CosineDecay
from optimizers.stability import sharpness, stable_limit
from studies.escape.ensemble import floor
from studies.sweeps.best_fixed_rate import SEEDS, best_rate, rates_to_try
from ui.common.state import change, current, store

HERE = next(index for index, runner in enumerate(FIRST.racers) if runner.name == BEST)


@pytest.fixture
def visit(monkeypatch):
    """A visitor on the page, outside of any run; returns what stores settings there and hands back what is kept."""
    monkeypatch.setattr(st, "session_state", {"descent.page": "schedules"})

    def stored(settings):
        store(settings)
        return current()

    return stored


def at_another_rate(settings, rate, index=HERE):
    """The racers with one at another rate, as a hand leaves them."""
    racers = list(settings.racers)
    racers[index] = racers[index].replace(optimizer=racers[index].optimizer.replace(learning_rate=rate))
    return tuple(racers)


def level(settings, rate):
    """The mean loss in the last quarter at a fixed rate, over the seeds that are tried."""
    batch = settings.batch(fixed(rate))
    start = settings.landscape.start
    return floor(settings.landscape, SGD(rate), seeds=SEEDS, steps=settings.steps, start=start, batch=batch)


@pytest.mark.parametrize("name", [name for name, made in PRESETS.items() if made.noise])
def test_no_other_rate_of_those_tried_is_better(name):
    settings = PRESETS[name]
    rates = rates_to_try(settings.landscape, SGD(), settings.landscape.start)
    levels = {rate: level(settings, rate) for rate in rates}
    assert best_fixed_rate(settings) == min(levels, key=levels.get)
    assert sum(map(np.isfinite, levels.values())) > 20


@pytest.mark.parametrize(("slug", "above"), [("matyas", 1.0), ("bowl", 0.1), ("rosenbrock", 1e-4)])
def test_the_rates_reach_to_the_limit_of_the_valley(slug, above):
    surface = LANDSCAPES[slug]()
    limit = stable_limit(SGD(), sharpness(surface, surface.minima[0]))[0]
    rates = rates_to_try(surface, SGD(), surface.start)
    assert any(limit / 1.3 < rate <= limit for rate in rates)
    assert rates[0] <= min(1e-3, limit / 900)
    assert best_rate(surface, SGD(), start=surface.start, steps=100, batch=Batch()) > above


def test_on_a_flat_valley_the_best_rate_is_above_one():
    surface = LANDSCAPES["matyas"]()
    assert best_rate(surface, SGD(), start=surface.start, steps=100, batch=Batch()) == 1.6


def test_it_follows_noise_and_steps(visit):
    rates = [visit(FIRST).racers[HERE].optimizer.learning_rate]
    for changed in (
        {"noise": 10.0},
        {"steps": 40},
        {"batch_size": 16},
        {"landscape": LANDSCAPES["bowl"](condition=40.0)},
    ):
        change(**changed)
        kept = current()
        assert kept.racers[HERE] == fixed(best_fixed_rate(kept))
        rates.append(kept.racers[HERE].optimizer.learning_rate)
    assert (np.diff(rates) != 0).all()


def test_the_others_are_left_alone(visit):
    visit(FIRST)
    change(noise=10.0)
    others = [runner for runner in FIRST.racers if runner.name != BEST]
    assert [runner for runner in current().racers if runner.name != BEST] == others


def test_a_hand_that_gives_it_another_rate_gives_it_another_name(visit):
    kept = visit(FIRST)
    change(racers=at_another_rate(kept, 0.05))
    moved = current().racers[HERE]
    assert (moved.name, moved.optimizer.learning_rate) == ("Fixed rate 2", 0.05)
    change(noise=10.0)
    assert current().racers[HERE] == moved


def test_two_that_were_moved_have_two_names(visit):
    kept = visit(FIRST)
    change(racers=at_another_rate(kept, 0.05))
    change(racers=(*current().racers, fixed(best_fixed_rate(current()))))
    change(racers=at_another_rate(current(), 0.07, -1))
    names = [runner.name for runner in current().racers]
    assert BEST not in names
    assert len(set(names)) == len(names)
    assert current().racers[-1].optimizer.learning_rate == 0.07


MOVED = {
    "batch size": {"batch_size": 8, "overrides": ("learning_rate", "momentum", "decay_schedule", "batch_size")},
    "momentum": {"optimizer": SGD(best_fixed_rate(FIRST), momentum=0.5)},
    "schedule": {"decay_schedule": CosineDecay()},
}


@pytest.mark.parametrize("changes", MOVED.values(), ids=MOVED)
def test_what_else_a_hand_changes_is_not_taken_back(visit, changes):
    kept = visit(FIRST)
    moved = kept.racers[HERE].replace(**changes)
    change(racers=(*kept.racers[:HERE], moved, *kept.racers[HERE + 1 :]))
    after = current().racers[HERE]
    assert after.name != BEST
    assert after == moved.replace(name=after.name)


def test_a_hand_that_brings_it_back_to_the_best_rate_leaves_its_name(visit):
    kept = visit(FIRST)
    rate = best_fixed_rate(FIRST)
    moved = kept.racers[HERE].replace(decay_schedule=Constant(rate))
    change(racers=(*kept.racers[:HERE], moved, *kept.racers[HERE + 1 :]))
    assert current().racers[HERE].name == BEST
    assert current().optimizer(current().racers[HERE]) == SGD(rate)


def test_every_preset_opens_with_it_at_the_best_rate(visit):
    for before in PRESETS.values():
        for settings in PRESETS.values():
            visit(before.replace(noise=5.0))
            kept = visit(settings)
            assert kept == settings.replace(
                racers=tuple(
                    fixed(best_fixed_rate(settings)) if runner.name == BEST else runner for runner in settings.racers
                )
            )


def test_other_pages_are_untouched():
    for page in ("playground", "batches"):
        settings = FIRST.replace(page=page, racers=(fixed(3e-3), racer("adam")))
        assert PAGES[page].stored(settings, None) is settings
        assert PAGES[page].stored(settings, FIRST) is settings


def test_without_such_a_racer_nothing_is_changed():
    settings = FIRST.replace(racers=tuple(runner for runner in FIRST.racers if runner.name != BEST))
    assert kept_best(settings, FIRST) is settings


def test_a_steep_valley_has_a_best_rate_too():
    """Goldstein and Price's surface is so steep that every rate from 0.001 up diverges."""
    settings = Settings("schedules", LANDSCAPES["goldstein_price"](), (fixed(0.01),), steps=50)
    assert not np.isfinite([level(settings, rate) for rate in (1e-3, 1e-2, 1e-1, 1.0)]).any()
    assert 0 < best_fixed_rate(settings) < 1e-3


def test_there_is_none_where_all_of_them_diverge(monkeypatch):
    monkeypatch.setattr(best_rate_module, "rates_to_try", lambda *_: (0.01, 1.0))
    settings = Settings("schedules", LANDSCAPES["goldstein_price"](), (fixed(0.01),), steps=51)
    assert best_fixed_rate(settings) is None
    assert kept_best(settings, None) == settings
