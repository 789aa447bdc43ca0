"""Every method can be raced: added, changed to, named from its optimizer, and run to a finite end."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from experiment.link.link import from_query, to_query
from experiment.pages import race_pages
from experiment.race.methods import COURSE, METHODS, MORE, method_of
from experiment.race.runs import race, race_view
from experiment.race.settings import EVERYBODY, Settings, racer
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SGD, Adam
from optimizers.explain.anatomy import anatomy
from player.payloads.race import packed_race
from records import number_fields, switch_fields

APP = str(Path(__file__).parents[2] / "app.py")
SHOWN = "descent.settings.playground"
NEW = {slug: group for group, methods in MORE.items() for slug in methods}
every_new = pytest.mark.parametrize("method", NEW)


def opened(**query):
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_the_first_view_has_the_methods_of_the_course():
    assert [runner.method for runner in EVERYBODY] == list(COURSE)
    assert Settings().racers == EVERYBODY


def test_every_optimizer_is_a_method_and_belongs_to_it():
    assert {type(method.optimizer) for method in METHODS.values()} == set(OPTIMIZERS.values())
    assert [method_of(method.optimizer) for method in METHODS.values()] == list(METHODS)
    assert method_of(SGD(0.1, momentum=0.3)) == "momentum"
    assert method_of(SGD(0.1, nesterov=True)) == "nesterov"
    assert method_of(Adam(amsgrad=True)) == "adam"


def test_titles_and_stories_differ():
    titles = [method.title for method in METHODS.values()]
    assert len(set(titles)) == len(titles)
    stories = [cls.story for cls in OPTIMIZERS.values()]
    assert len(set(stories)) == len(stories)
    assert all(story.endswith(".") and story.count(". ") == 0 for story in stories)


@every_new
def test_it_gets_somewhere_on_the_first_landscape(method):
    (run,) = race(Settings(racers=(racer(method),)))
    assert run.path.steps == 200
    assert run.path.losses[-1] < 0.4 * run.path.losses[0]


PAGES = tuple(race_pages())
IN_TURN = [(method, PAGES[place % len(PAGES)]) for place, method in enumerate(NEW)]
"""Every method on one page, every page with three methods at least."""


@pytest.mark.parametrize(("method", "page"), IN_TURN)
def test_a_page_can_show_it(method, page):
    shown = Settings(page=page, racers=(racer(method), racer("descent")))
    packed_race(race_view(shown))
    run = race(shown)[0]
    assert all(np.isfinite(values).all() for values in (run.path.positions, *run.path.slots.values()))
    made = anatomy(run.optimizer, run.path, 3)
    assert made is not None
    assert "\\Delta" in made.lines[-2]


@every_new
def test_a_data_landscape_is_descended_in_batches(method):
    (run,) = race(Settings(landscape=LANDSCAPES["line"](), racers=(racer(method),), batch_size=8, steps=50))
    assert np.isfinite(run.path.losses).all()


@every_new
def test_it_travels_in_a_link(method):
    moved = racer(method, optimizer=METHODS[method].optimizer.replace(learning_rate=0.123))
    problems = []
    assert from_query(to_query(Settings(racers=(moved,))), problems) == Settings(racers=(moved,))
    assert not problems


def test_the_course_is_added_by_a_click():
    app = opened(racers="descent")
    for method in COURSE:
        app.session_state["add"] = True
        app.run()
        app.button(key=f"add.{method}").click().run()
        assert not app.exception
    assert [runner.method for runner in app.session_state[SHOWN].racers] == ["descent", *COURSE]


@every_new
def test_it_is_added_from_its_group_and_has_its_own_fields(method):
    app = opened(racers="descent", steps="50")
    app.session_state["add"] = True
    app.run()
    app.selectbox(key=f"add.{NEW[method]}").set_value(method).run()
    assert not app.exception
    assert not app.warning
    assert [runner.method for runner in app.session_state[SHOWN].racers] == ["descent", method]
    assert not app.session_state["add"]
    assert app.query_params["racers"] == f"descent,{method}"

    app.session_state["racer1"] = True
    app.run()
    assert not app.exception
    own = f"racer1.{method}."
    keys = [widget.key for widget in (*app.slider, *app.select_slider, *app.toggle)]
    shown = {key.removeprefix(own) for key in keys if key.startswith(own)}
    optimizer = METHODS[method].optimizer
    fields = {*number_fields(optimizer), *switch_fields(optimizer)} - {"learning_rate", "momentum"}
    assert shown == fields - {*optimizer.common}
    boxes = {box.key.removeprefix(own) for box in app.number_input if box.key.startswith(own)}
    assert boxes == {*optimizer.common}


def test_the_same_method_can_be_added_twice():
    app = opened(racers="descent", steps="50")
    for _ in range(2):
        app.session_state["add"] = True
        app.run()
        assert app.selectbox(key="add.From optax").value is None
        app.selectbox(key="add.From optax").set_value("yogi").run()
        assert not app.exception
    assert [runner.name for runner in app.session_state[SHOWN].racers] == ["Gradient descent", "Yogi", "Yogi 2"]


def test_a_racer_changes_to_any_method():
    app = opened(racers="descent", steps="50")
    for method in NEW:
        app.session_state["racer0"] = True
        app.run()
        app.selectbox(key="racer0.method").set_value(method).run()
        assert not app.exception
        assert app.session_state[SHOWN].racers == (racer(method),)


@pytest.mark.parametrize("method", ["momentum", "adam", "yogi"])
def test_clipping_is_set_in_its_fold_and_goes_into_the_link(method):
    app = opened(racers=method, steps="50")
    app.session_state["racer0"] = True
    app.run()
    key = f"racer0.{method}."
    app.number_input(key=f"{key}clipnorm").set_value(0.75).run()
    assert app.query_params["racer1.clipnorm"] == "0.75"
    app.number_input(key=f"{key}clipvalue").set_value(2.0).run()
    assert not app.exception
    optimizer = app.session_state[SHOWN].racers[0].optimizer
    assert (optimizer.clipnorm, optimizer.clipvalue) == (0, 2)
    assert "racer1.clipnorm" not in app.query_params


def test_a_link_that_clips_twice_is_explained():
    app = opened(racers="adam", steps="50", **{"racer1.clipnorm": "1", "racer1.clipvalue": "2"})
    assert "At most one of" in app.warning[0].value
    assert app.session_state[SHOWN].racers[0].optimizer.clipnorm == 1
