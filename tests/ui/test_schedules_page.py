"""The page on schedules without a browser: handles, racers, code, floors and marks are those of the runs."""

import math
from pathlib import Path

import jax
import keras
import numpy as np
import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from experiment.link.link import from_query, to_query
from experiment.pages.schedules import FIRST, PRESETS
from experiment.race.best_fixed_rate import BEST, best_fixed_rate, fixed
from experiment.race.runs import RaceView, lowest_loss, race, race_view
from experiment.race.schedules import STOPPED, scheduled, started
from experiment.race.settings import Settings, racer
from experiment.summary.final_loss import final_loss_summary
from experiment.words import brief
from landscapes import LANDSCAPES
from optimizers import SCHEDULES, SGD, Adagrad, Constant, PiecewiseConstantDecay
from optimizers.outcome import diagonal
from player.payloads.race import packed_race
from records import number_fields, switch_fields
from tests.player.test_packing import unpacked
from ui.common.state import change, current, store
from ui.schedules.schedules import drag_handle

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own

APP = str(Path(__file__).parents[2] / "app.py")
SHOWN = "descent.settings.schedules"
EVERY = Settings(
    "schedules",
    LANDSCAPES["bowl"](),
    tuple(scheduled(made()) for made in SCHEDULES.values()),
    learning_rate=0.05,
    momentum=0.0,
    steps=60,
)
"""One racer for each schedule, all of which follow the shared rate."""

HANDLES = {
    f"{slug} {handle}": (index, handle)
    for index, slug in enumerate(SCHEDULES)
    for handle in range(len(SCHEDULES[slug]().handles))
}
every_handle = pytest.mark.parametrize(("index", "handle"), HANDLES.values(), ids=HANDLES)
WILD = some.sampled_from([0.0, -1.0, 1e300, -1e300, 5e-324]) | some.floats(allow_nan=False, allow_infinity=False)


def opened(**query):
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page("pages/schedules.py").run()
    assert not app.exception
    return app


def keys(widgets):
    return [widget.key for widget in widgets]


@pytest.fixture
def visit(monkeypatch):
    """A visitor on the page, outside of any run; returns what stores settings there."""
    monkeypatch.setattr(st, "session_state", {"descent.page": "schedules"})
    return store


def sent(made):
    """What the player is sent: the header, and each racer's rates."""
    race = unpacked(packed_race(race_view(made)))
    return race, [np.asarray(lane["rate"]) for lane in race["racers"]]


def lanes(made):
    return sent(made)[0]["racers"]


def test_the_first_view_is_the_first_preset_at_the_best_fixed_rate():
    app = opened()
    shown = app.session_state[SHOWN]
    at_best = [fixed(best_fixed_rate(FIRST)) if runner.name == BEST else runner for runner in FIRST.racers]
    assert shown == FIRST.replace(racers=tuple(at_best))
    assert from_query(dict(app.query_params)) == shown
    assert not app.warning


def test_the_link_restores_the_view():
    app = opened(**to_query(PRESETS["cosine, restarts, warm-up"].replace(seed=3, steps=120)))
    assert app.session_state[SHOWN] == PRESETS["cosine, restarts, warm-up"].replace(seed=3, steps=120)
    assert not app.warning


def test_the_editor_stands_over_the_map():
    mounts = [mount.key for mount in opened().get("bidi_component")]
    assert mounts.index("feed") < mounts.index("rate_editor") < mounts.index("map") < mounts.index("side")


@pytest.mark.parametrize("name", PRESETS)
def test_presets(name):
    app = opened()
    app.button(key=f"preset.{name}").click().run()
    assert not app.exception
    assert app.session_state[SHOWN] == PRESETS[name]
    assert from_query(dict(app.query_params)) == PRESETS[name]


@pytest.mark.parametrize("slug", SCHEDULES)
def test_every_schedule_can_be_added_and_has_its_own_fields(slug):
    app = opened()
    app.session_state["add"] = True
    app.run()
    app.button(key=f"add.{slug}").click().run()
    assert not app.exception
    before, added = app.session_state[SHOWN].racers[:-1], app.session_state[SHOWN].racers[-1]
    assert added.decay_schedule == SCHEDULES[slug]()
    assert added.overrides == ("decay_schedule",)
    assert added.name not in [runner.name for runner in before]
    assert not [key for key in keys(app.button) if key.startswith("add.")]

    index = len(before)
    app.session_state[f"racer{index}"] = True
    app.run()
    assert not app.exception
    own = f"racer{index}.decay_schedule.{slug}."
    widgets = [*keys(app.slider), *keys(app.select_slider), *keys(app.toggle)]
    fields = {name.split(".")[0] for name in (key.removeprefix(own) for key in widgets if key.startswith(own))}
    made = SCHEDULES[slug]()
    expected = {*number_fields(made), *switch_fields(made)} - {made.named_by}
    assert fields == expected


def test_the_best_fixed_rate_can_be_added():
    app = opened(**to_query(PRESETS["Keras's four"]))
    app.session_state["add"] = True
    app.run()
    app.button(key="add.best").click().run()
    assert app.session_state[SHOWN].racers[-1] == fixed(best_fixed_rate(PRESETS["Keras's four"]))


def inside_sliders(record):
    """Whether every number of a record is on its slider, which is what a link takes."""
    for name, slid in number_fields(record).items():
        values = np.atleast_1d(getattr(record, name))
        assert ((slid.low <= values) & (values <= slid.high)).all(), name
    return True


@every_handle
@settings(deadline=None, max_examples=20)
@given(step=WILD, rate=WILD)
def test_no_handle_can_be_dragged_off_the_sliders(index, handle, step, rate):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "session_state", {"descent.page": "schedules"})
        store(EVERY)
        drag_handle(index, handle, step, rate)
        moved = current().racers[index]
        assert inside_sliders(moved.decay_schedule)
        assert inside_sliders(moved.optimizer)
        assert type(moved.decay_schedule) is type(EVERY.racers[index].decay_schedule)
        assert current().replace(racers=EVERY.racers) == EVERY
        assert from_query(to_query(current())) == current()


@every_handle
def test_the_first_handle_sets_the_rate_apart_and_another_only_the_schedule(visit, index, handle):
    visit(EVERY)
    before = started(EVERY, EVERY.racers[index])
    step, rate = before.handles[handle]
    drag_handle(index, handle, step + 3, rate * 0.5 + 1e-4)
    after = current().racers[index]
    assert after.decay_schedule != before
    moved = math.isclose(after.decay_schedule.initial, before.initial, rel_tol=1e-6) is False
    names_it = handle == (1 if before.named_by == "warmup_target" else 0)
    assert moved == names_it
    assert after.overrides == (("learning_rate", "decay_schedule") if names_it else ("decay_schedule",))
    assert after.optimizer == (
        EVERY.racers[index].optimizer.replace(learning_rate=after.decay_schedule.initial)
        if names_it
        else EVERY.racers[index].optimizer
    )
    others = [runner for at, runner in enumerate(EVERY.racers) if at != index]
    assert [runner for at, runner in enumerate(current().racers) if at != index] == others


def test_a_rate_with_many_digits_stays_shared_when_another_handle_is_dragged(visit):
    visit(EVERY.replace(learning_rate=0.0123456789))
    for index in range(len(SCHEDULES)):
        last = len(started(current(), current().racers[index]).handles) - 1
        if last > 0:
            drag_handle(index, last, 33.0, 0.004)
            assert current().racers[index].overrides == ("decay_schedule",)


@every_handle
def test_a_handle_is_sent_back_from_where_it_was_let_go(visit, index, handle):
    visit(EVERY)
    step, rate = lanes(EVERY)[index]["handles"][handle]
    drag_handle(index, handle, step * 0.8, rate * 0.8)
    runner = current().racers[index]
    now = lanes(current())[index]["handles"]
    assert now[handle] != [step, rate]
    np.testing.assert_allclose(now, started(current(), runner).handles)
    at, height = np.array(now).T
    runs = current().optimizer(runner).learning_rate
    theirs = runs(at) if callable(runs) else np.full(len(at), runs)
    np.testing.assert_allclose(theirs, height, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize(("index", "handle"), [(99, 0), (-1, 0), (0, 1), (0, -1), (5, 10**30), (10**30, 0)])
def test_an_unknown_racer_or_handle_changes_nothing(visit, index, handle):
    visit(EVERY)
    drag_handle(index, handle, 10.0, 0.1)
    assert current() == EVERY


def test_boundaries_that_are_nearly_one_can_be_dragged(visit):
    near = EVERY.replace(racers=(scheduled(PiecewiseConstantDecay((50, 50.0000001), (0.1, 0.01, 0.001))),))
    visit(from_query(to_query(near)).replace(page="schedules"))
    for handle in range(3):
        drag_handle(0, handle, 20.0, 0.02)
        assert inside_sliders(current().racers[0].decay_schedule)


def test_the_shared_rate_moves_those_that_follow(visit):
    visit(EVERY)
    drag_handle(1, 0, 0.0, 0.02)
    runner = current().racers[1]
    before = sent(current())[1]
    change(learning_rate=0.1)
    assert current().racers == (EVERY.racers[0], runner, *EVERY.racers[2:])
    for index, (old, new) in enumerate(zip(before, sent(current())[1], strict=True)):
        np.testing.assert_allclose(new.max(), old.max() * (1 if index == 1 else 2), rtol=1e-3)


def keras_rates(code, steps):
    """The rates of what a learner has typed, at each step."""
    made = eval(code, {"keras": keras})
    if isinstance(made, keras.optimizers.Optimizer):
        return np.full(steps + 1, float(made.get_config()["learning_rate"]))
    rate = jax.jit(made)
    return np.array([float(rate(float(min(step, steps - 1)))) for step in range(steps + 1)])


@pytest.mark.parametrize("index", range(len(SCHEDULES)), ids=SCHEDULES)
def test_the_code_is_what_runs(visit, index):
    """Dragged, set apart and at another shared rate; a restart lands a step off where Keras's float32 rounds."""
    visit(EVERY)
    change(learning_rate=0.08)
    step, rate = started(current(), current().racers[index]).handles[-1]
    drag_handle(index, len(started(current(), current().racers[index]).handles) - 1, step * 0.55 + 1, rate * 0.7)
    header, rates = sent(current())
    theirs = keras_rates(header["racers"][index]["code"], current().steps)
    off = ~np.isclose(theirs, rates[index], rtol=2e-3, atol=1e-6)
    assert off.sum() <= (2 if "Restarts" in header["racers"][index]["code"] else 0)
    assert np.ptp(theirs) > 0 or isinstance(current().racers[index].decay_schedule, Constant)


@pytest.mark.parametrize("name", PRESETS)
def test_each_code_is_that_of_its_racer(name):
    header, rates = sent(PRESETS[name])
    for lane, ours in zip(header["racers"], rates, strict=True):
        off = ~np.isclose(keras_rates(lane["code"], lane["steps"]), ours, rtol=2e-3, atol=1e-6)
        assert off.sum() <= (2 if "Restarts" in lane["code"] else 0), lane["name"]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("seed", [0, 5])
def test_the_winner_is_who_has_the_lowest_mean_loss_in_the_last_quarter(name, seed):
    made = PRESETS[name].replace(seed=seed)
    runs, low = race(made), lowest_loss(made.landscape)
    ends = {run.racer.name: run.path.losses[-(made.steps // 4) :].mean() - low for run in runs}
    winner = min(ends, key=ends.get)
    told = final_loss_summary(RaceView(made, runs, low))
    assert told.startswith(f"{winner} settles lowest, {brief(ends[winner])} above the minimum")
    for loser in ends.keys() - {winner}:
        assert f"{loser} at {brief(ends[loser])}" in told
    assert sent(made)[0]["sentence"][0] == told


def test_nobody_settles_lowest_alone_and_who_diverged_is_left_out():
    made = EVERY.replace(racers=(fixed(0.01), fixed(0.02).replace(name="Faster"), fixed(9.0).replace(name="Away")))
    told = final_loss_summary(RaceView(made, race(made), 0.0))
    assert told.startswith("Faster settles lowest")
    assert "Away" not in told
    assert final_loss_summary(RaceView(made, race(made.replace(racers=made.racers[1:])), 0.0)) == ""


def test_floor_and_ball_are_those_of_fixed_rates_that_hover():
    told_of, runs = lanes(FIRST), race(FIRST)
    told = {lane["name"] for lane in told_of if "noise_ball" in lane}
    assert told == {lane["name"] for lane in told_of if "level" in lane} == {"Fixed rate", BEST}
    assert any(run.path.outcome.hovers for run in runs if run.racer.name not in told)
    for lane, run in zip(told_of, runs, strict=True):
        if "noise_ball" not in lane:
            continue
        x, y, radius = lane["noise_ball"]
        assert (x, y) == pytest.approx(FIRST.landscape.minima[0])
        assert radius == run.path.outcome.hovers
        assert np.hypot(*(run.path.positions[-1] - (x, y))) <= radius
        assert lane["level"] == pytest.approx(run.path.losses[FIRST.steps // 2 :].mean())


def test_without_noise_there_is_no_floor():
    for made in (FIRST.replace(noise=0.0), PRESETS["without noise, fixed wins"], PRESETS["Adagrad fades"]):
        assert not [lane["name"] for lane in lanes(made) if "noise_ball" in lane or "level" in lane]


def test_adagrad_stops_at_the_first_step_from_which_all_are_short():
    made = PRESETS["Adagrad fades"]
    marks = {lane["name"]: lane["marks"] for lane in lanes(made)}
    assert marks["RMSprop"] == marks["Adam"] == []
    ((step, text),) = marks["Adagrad"]
    assert text == "Adagrad stops here"
    run = next(run for run in race(made) if isinstance(run.optimizer, Adagrad))
    lengths = np.hypot(*np.diff(run.path.positions, axis=0).T)
    short = STOPPED * diagonal(made.landscape)
    assert 0 < step < made.steps
    assert (lengths[step:] < short).all()
    assert lengths[step - 1] >= short


def test_an_adagrad_that_goes_on_has_no_mark():
    made = PRESETS["Adagrad fades"].replace(racers=(racer("adagrad", optimizer=Adagrad(1.0)),), steps=40)
    path = race(made)[0].path
    assert np.hypot(*np.diff(path.positions, axis=0).T)[-1] > STOPPED * diagonal(made.landscape)
    assert lanes(made)[0]["marks"] == []


def test_effective_rates_are_sent_for_methods_that_have_them():
    assert all("effective_x" in lane for lane in lanes(PRESETS["Adagrad fades"]))
    assert not any("effective_x" in lane for lane in lanes(FIRST))
    assert all(isinstance(run.optimizer, SGD) for run in race(FIRST))
