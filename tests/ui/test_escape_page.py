"""The page on escapes: what it says of its first views is so, and every part of it follows the settings."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from experiment.pages.escape import FIRST, OFFERED, PRESETS, pair
from experiment.race.ensemble import SEEDS, ensemble_sentence, home, out, runs, seeds_of, swept
from experiment.race.runs import race
from experiment.race.settings import Settings, racer
from experiment.summary.energy import energy_facts, energy_of, energy_sentence
from landscapes import LANDSCAPES, from_formula
from optimizers import SGD
from ui.common.state import from_query, to_query

APP = str(Path(__file__).parents[2] / "app.py")
SHOWN = "descent.settings.escape"


@pytest.fixture
def app():
    opened = AppTest.from_file(APP, default_timeout=120)
    opened.switch_page("pages/escape.py").run()
    assert not opened.exception
    return opened


def test_the_first_view_is_stuck_against_out():
    descent, momentum = race(FIRST)
    assert descent.path.outcome.kind == "local_minimum"
    assert momentum.path.outcome.kind == "converged"
    assert energy_of(FIRST.landscape, momentum).trapped is not None


def test_the_first_view_opens_and_is_in_the_link(app):
    assert app.session_state[SHOWN] == FIRST
    assert from_query({key: app.query_params[key] for key in app.query_params}) == FIRST
    assert {"map", "energy", "side", "sentence"} <= {mount.key for mount in app.get("bidi_component")}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_open(app, name):
    app.button(key=f"preset.{name}").click().run()
    assert not app.exception
    assert app.session_state[SHOWN] == PRESETS[name]


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_replays_a_preset(name):
    assert from_query(to_query(PRESETS[name])) == PRESETS[name]


def test_only_landscapes_with_something_to_escape_from_are_offered(app):
    assert app.selectbox(key="landscape").options == [
        "Your own" if slug == "own" else LANDSCAPES[slug].title for slug in OFFERED
    ]


def test_a_higher_barrier_is_a_higher_barrier():
    low, high = (
        energy_of(PRESETS[name].landscape, race(PRESETS[name])[1]) for name in ("stuck, and out", "a higher barrier")
    )
    assert high.barrier > low.barrier


def test_what_is_said_of_the_energy_is_what_was_computed():
    _, momentum = race(FIRST)
    made = energy_of(FIRST.landscape, momentum)
    said = energy_sentence(momentum, made)
    assert said.startswith(f"Momentum passes a barrier at step {made.passes[0]}; from step {made.trapped} on")
    assert said.endswith("it can never get out again.")
    assert made.total[made.trapped] < made.barrier


def test_where_the_bound_does_not_hold_nothing_is_marked_and_the_reason_is_said():
    noisy = PRESETS["shaken out by noise"]
    for run in (race(noisy)[1], race(PRESETS["wells"])[1]):
        surface = noisy.landscape if run.racer.name == "Noisy" else PRESETS["wells"].landscape
        about = energy_facts(surface, run)
        assert about["marks"] == []
        assert about["energy"]["trapped"] is None
        assert "Nothing is certain here: " in about["energy"]["summary"]


def test_barriers_are_those_of_the_basin_at_every_step():
    _, momentum = race(FIRST)
    made, about = energy_of(FIRST.landscape, momentum), energy_facts(FIRST.landscape, momentum)
    told = np.full(len(made.barriers), np.nan)
    for step, height in about["energy"]["barriers"]:
        told[step:] = np.nan if height is None else height
    np.testing.assert_allclose(told, made.barriers)


def test_without_noise_everybody_gets_out_or_nobody():
    shares = [out(FIRST, runs(FIRST, runner)).share for runner in FIRST.racers]
    assert shares == [0.0, 1.0]
    for _, values, _, _, put in swept(FIRST):
        shares = [out(FIRST, seeds_of(*put(FIRST.racers[1], value))).share for value in values]
        assert {*shares} <= {0.0, 1.0}


def test_noise_gets_some_out_and_the_interval_holds_the_share():
    settings = PRESETS["shaken out by noise"]
    full, noisy = (out(settings, runs(settings, runner)) for runner in settings.racers)
    assert full.share == 0.0
    assert 0 < noisy.low < noisy.share < noisy.high < 1


def test_a_smaller_batch_shakes_more_out():
    settings = PRESETS["shaken out by noise"]
    size = next(sweep for sweep in swept(settings) if sweep[0] == "batch size")
    shares = [out(settings, seeds_of(*size[4](settings.racers[1], value))).share for value in (1, 8, 64)]
    assert shares[0] > shares[1] >= shares[2] == 0.0


def test_the_sentence_of_the_seeds_says_the_shares():
    found = [runs(FIRST, runner) for runner in FIRST.racers]
    said = ensemble_sentence(FIRST, FIRST.racers, found)
    assert said == (
        f"Gradient descent gets out in 0 % of {SEEDS} seeds and Momentum gets out in 100 % of {SEEDS} seeds."
    )


def test_home_is_the_basin_of_the_start():
    surface = FIRST.landscape
    assert home(FIRST) == 1
    assert home(FIRST.replace(start=surface.global_minima[0])) == 0


def test_a_typed_formula_has_an_energy_too():
    surface = from_formula("(x^2 - 1)^2 + 0.3 x + y^2", start=(1.6, 0.5))
    settings = pair(surface, 0.02, 0.8)
    made = energy_of(surface, race(settings)[1])
    assert made.barrier is not None
    assert made.trapped is not None


def test_other_methods_have_no_such_energy():
    settings = Settings("escape", racers=(racer("adam"),))
    (run,) = race(settings)
    made = energy_of(settings.landscape, run)
    assert made.trapped is None
    assert not made.kinetic.any()
    assert isinstance(race(FIRST)[0].optimizer, SGD)
