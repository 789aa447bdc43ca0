"""Exports made on the server: what is read back is what was run and what was set."""

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from experiment.files import COLUMNS, paths_csv, settings_from_json, settings_json
from experiment.files.paths import STATE
from experiment.pages import PAGES as PAGES_BY_SLUG
from experiment.pages.escape import FIRST
from experiment.pages.playground import PRESETS
from experiment.race.settings import Settings, racer
from experiment.tuning.maps import map_of, task
from experiment.tuning.plane import COLUMNS as PLANE
from experiment.tuning.plane import plane_csv
from landscapes import LANDSCAPES, from_formula
from optimizers import SCHEDULES, descend
from player.payloads.web_page import web_page
from ui.exports.menu import FILES, file_name

ROOT = Path(__file__).parents[2]

NOISY = Settings(steps=40, batch_size=8, noise=2.0, seed=3)
DIVERGING = Settings(learning_rate=2.0, steps=60, racers=(racer("descent"), racer("adam")))
EXAMPLES = {"first": Settings(steps=30), "noisy": NOISY, "diverging": DIVERGING}


def table(settings):
    return list(csv.DictReader(io.StringIO(paths_csv(settings))))


def numbers(rows, *names):
    return np.array([[float(row[name]) for name in names] for row in rows])


@pytest.mark.parametrize("settings", EXAMPLES.values(), ids=EXAMPLES)
def test_the_table_is_what_descend_returns_to_the_last_bit(settings):
    rows = table(settings)
    for runner in settings.racers:
        own = [row for row in rows if row["racer"] == runner.name]
        path = descend(
            settings.landscape,
            settings.optimizer(runner),
            start=settings.resolved_start,
            steps=settings.steps,
            batch=settings.batch(runner),
        )
        assert [int(row["step"]) for row in own] == list(range(path.steps + 1))
        assert np.array_equal(numbers(own, "x", "y"), path.positions)
        assert np.array_equal(numbers(own, "loss")[:, 0], path.losses)
        assert np.array_equal(numbers(own[:-1], "gradient_x", "gradient_y"), path.gradients)
        assert np.array_equal(numbers(own[-1:], "gradient_x", "gradient_y")[0], path.final_gradient)
        assert np.array_equal(numbers(own[:-1], "learning_rate")[:, 0], path.learning_rates)
        assert own[-1]["learning_rate"] == ""
        for name, values in path.slots.items():
            assert np.array_equal(numbers(own, f"{name}_x", f"{name}_y"), values)


def test_what_a_racer_does_not_have_is_empty():
    descent = next(row for row in table(Settings(steps=3)) if row["racer"] == "Gradient descent")
    assert descent["velocity_x"] != ""
    assert descent["first_moment_x"] == descent["accumulator_y"] == ""


def test_a_diverged_racer_has_fewer_rows_and_only_finite_numbers():
    rows = table(DIVERGING)
    descent = [row for row in rows if row["racer"] == "Gradient descent"]
    assert len(descent) < DIVERGING.steps + 1
    assert np.isfinite(numbers(rows, "x", "y", "loss", "gradient_x", "gradient_y")).all()


def test_a_name_with_a_comma_stays_one_cell():
    named = Settings(steps=2, racers=(racer("descent", name='slow, "safe"'),))
    assert {row["racer"] for row in table(named)} == {'slow, "safe"'}


def test_every_column_is_told_of_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for name, meaning in COLUMNS.items():
        assert f"| `{name}` | {meaning} |" in readme
    assert STATE in readme.replace("\n", " ")
    assert next(csv.reader(io.StringIO(paths_csv(NOISY))))[: len(COLUMNS)] == list(COLUMNS)


OTHERS = {
    "formula": Settings(landscape=from_formula("x^2 + sin(3y)", ((-1.0, 2.0), (-3.0, 3.0)))),
    "data": Settings(page="batches", landscape=LANDSCAPES["line"](loss="mae"), batch_size=32),
    "escape": FIRST,
    "decay": Settings(decay_schedule=SCHEDULES["cosine"](), start=(0.5, -0.25), seed=7, playhead=12),
    "noisy": NOISY,
    "odd names": Settings(racers=(racer("adam", name="[ a,\\ b ] & é=1"),)),
}


@pytest.mark.parametrize("settings", {**PRESETS, **OTHERS}.values(), ids={**PRESETS, **OTHERS})
def test_settings_come_back_from_their_file(settings):
    problems = []
    assert settings_from_json(settings_json(settings), problems) == settings
    assert problems == []


def test_the_file_says_what_each_racer_ran_with():
    told = json.loads(settings_json(OTHERS["decay"].replace(learning_rate=0.07)))
    momentum = told["racers"][1]
    assert momentum["optimizer"]["class"] == "SGD"
    assert momentum["optimizer"]["momentum"] == 0.9
    assert momentum["optimizer"]["learning_rate"]["class"] == "CosineDecay"
    assert momentum["optimizer"]["learning_rate"]["initial_learning_rate"] == 0.07
    assert told["start"] == [0.5, -0.25]
    assert json.loads(settings_json(OTHERS["odd names"]))["racers"][0]["name"] == "[ a,\\ b ] & é=1"


@pytest.mark.parametrize("text", ["", "x=1", "[]", "3", '{"steps": 3}', '{"link": 5}'])
def test_another_file_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"must be JSON with a `link`. Received: .* Try a file that Export made"):
        settings_from_json(text)


def test_the_web_page_fetches_nothing_and_shows_no_markup_of_a_visitor():
    page = web_page(Settings(steps=5, racers=(racer("descent", name="</script><b>"),)))
    assert not re.search(r'(?:src|href)=["\'](?!data:|#)', page.split('<script type="application/json"')[0])
    assert "</script><b>" not in page
    assert "&lt;/script&gt;&lt;b&gt;" in page
    assert len(page) < 3_000_000


def test_the_file_is_named_after_what_it_holds():
    assert file_name(OTHERS["formula"]) == "descent-own"
    assert file_name(OTHERS["data"]) == "descent-batches-line"


APP = str(ROOT / "app.py")


PAGES = {"app.py": ("html", "csv", "json"), "pages/tune.py": ("html", "csv", "map", "json")}


@pytest.mark.parametrize(("page", "files"), PAGES.items(), ids=PAGES)
def test_the_list_is_made_when_it_is_unfolded(page, files):
    app = AppTest.from_file(APP, default_timeout=60).switch_page(page).run()
    assert not app.exception
    assert app.get("download_button") == []
    app.session_state["export"] = True
    app.run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    titles = {name: parts[0] for name, parts in {**FILES, **PAGES_BY_SLUG["tune"].tables}.items()}
    assert [label.split(" :gray")[0] for label in labels] == [titles[name] for name in files]
    assert "exports_view" in [mount.key for mount in app.get("bidi_component")]


def test_the_tuning_map_as_a_table_is_the_map():
    settings = Settings("tune", LANDSCAPES["bowl"](), (racer("momentum"),), learning_rate=0.02, steps=60)
    head, *rows = csv.reader(io.StringIO(plane_csv(settings)))
    found = map_of(task(settings))
    assert head == ["learning_rate", "momentum", *PLANE]
    assert len(rows) == found.loss.size
    for row in rows[::97]:
        across, up, steps, loss, kind = row
        column, line = np.flatnonzero(found.x == float(across)), np.flatnonzero(found.y == float(up))
        cell = line[0], column[0]
        assert (float(loss), kind) == (found.loss[cell], found.kind[cell])
        assert int(steps or -1) == found.steps[cell]
