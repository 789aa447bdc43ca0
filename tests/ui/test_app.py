"""The page without a browser: every widget made from the records acts on the settings and on the link."""

import html
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from experiment.pages.playground import PRESETS
from experiment.race.settings import Settings
from landscapes import LANDSCAPES
from optimizers import SCHEDULES
from records import choice_fields, number_fields

APP = str(Path(__file__).parents[2] / "app.py")
SHOWN = "descent.settings.playground"


def opened(**query):
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key.replace("__", ".")] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def app():
    return opened()


def test_the_first_view_is_the_default_and_is_in_the_link(app):
    assert app.session_state[SHOWN] == Settings()
    assert app.query_params["landscape"] == "double_well"
    assert [mount.key for mount in app.get("bidi_component")] == [
        "copy_link",
        "learning_rate",
        "momentum",
        "feed",
        "map",
        "side",
        "sentence",
        "anatomy_view",
        "code_settled",
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_presets(app, name):
    app.button(key=f"preset.{name}").click().run()
    assert not app.exception
    assert app.session_state[SHOWN] == PRESETS[name]


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_landscapes_and_their_own_sliders(app, slug):
    app.selectbox(key="landscape").set_value(slug).run()
    assert not app.exception
    assert type(app.session_state[SHOWN].landscape) is LANDSCAPES[slug]
    every_slider_acts(app, slug)


def every_slider_acts(app, slug):
    """Each number of the landscape that is shown has a slider that sets it; one that is idle has none."""
    inactive_fields = app.session_state[SHOWN].landscape.inactive_fields
    for name, slid in number_fields(LANDSCAPES[slug]).items():
        key, sliders = f"landscape.{slug}.{name}", app.select_slider if slid.log else app.slider
        assert (key in [slider.key for slider in sliders]) == (name not in inactive_fields)
        if name in inactive_fields:
            continue
        sliders(key=key).set_value(slid.high).run()
        assert not app.exception
        assert getattr(app.session_state[SHOWN].landscape, name) == slid.high
        assert float(app.query_params[f"landscape.{name}"]) == slid.high


CHOICES = {
    f"{slug} {name} {option}": (slug, name, option)
    for slug, surface in LANDSCAPES.items()
    for name, shown in choice_fields(surface).items()
    for option in shown.options
    if option not in (getattr(surface(), name), "own")
}


@pytest.mark.parametrize(("slug", "name", "option"), CHOICES.values(), ids=CHOICES)
def test_choices_of_a_landscape_and_the_sliders_that_they_bring(slug, name, option):
    app = opened(landscape=slug)
    key = f"landscape.{slug}.{name}"
    unfolded = key in [box.key for box in app.selectbox]
    (app.selectbox if unfolded else app.segmented_control)(key=key).set_value(option).run()
    assert not app.exception
    assert getattr(app.session_state[SHOWN].landscape, name) == option
    assert app.query_params[f"landscape.{name}"] == option
    every_slider_acts(app, slug)


def test_no_number_is_idle_whatever_is_chosen():
    """Each has a slider at the start or in one of the choices above."""
    for slug, surface in LANDSCAPES.items():
        others = [surface(**{name: option}) for of, name, option in CHOICES.values() if of == slug]
        inactive_fields = set.intersection(*(set(made.inactive_fields) for made in (surface(), *others)))
        assert not inactive_fields & set(number_fields(surface)), slug


@pytest.mark.parametrize("slug", [slug for slug in SCHEDULES if slug != "constant"])
def test_schedules_and_their_own_sliders(app, slug):
    app.selectbox(key="decay_schedule").set_value(slug).run()
    assert not app.exception
    assert type(app.session_state[SHOWN].decay_schedule) is SCHEDULES[slug]
    assert app.query_params["decay_schedule"] == slug
    for name, slid in number_fields(SCHEDULES[slug]).items():
        if slid.log or name == "initial_learning_rate":
            continue
        app.slider(key=f"decay_schedule.{slug}.{name}").set_value(slid.high).run()
        assert not app.exception
        assert getattr(app.session_state[SHOWN].decay_schedule, name) == slid.high


def test_boundaries_stay_in_order(app):
    app.selectbox(key="decay_schedule").set_value("piecewise").run()
    app.select_slider(key="decay_schedule.piecewise.boundaries.0").set_value(1000.0).run()
    assert not app.exception
    assert app.session_state[SHOWN].decay_schedule.boundaries == (999.0, 1000.0)


@pytest.mark.parametrize(("key", "value", "field"), [("steps", 400, "steps"), ("batch_size", 8, "batch_size")])
def test_shared_choices(app, key, value, field):
    app.select_slider(key=key).set_value(value).run()
    assert not app.exception
    assert getattr(app.session_state[SHOWN], field) == value
    assert app.query_params[key] == str(value)


def test_noise_brings_the_seed(app):
    assert "seed" not in [button.key for button in app.button]
    app.slider(key="noise").set_value(4.0).run()
    app.button(key="seed").click().run()
    assert (app.session_state[SHOWN].noise, app.session_state[SHOWN].seed) == (4.0, 1)


def test_a_link_is_shown_as_it_says():
    app = opened(landscape="bowl", landscape__condition="50", racers="adam", steps="50", seed="3")
    assert app.session_state[SHOWN].landscape == LANDSCAPES["bowl"](condition=50.0)
    assert app.select_slider(key="steps").value == 50
    assert not app.warning


def test_a_broken_link_gets_one_warning_with_every_reason():
    app = opened(steps="banana", momentum="2")
    assert len(app.warning) == 1
    assert "Received: banana." in app.warning[0].value
    assert "`momentum` must be a number from 0 to 0.999. Received: 2." in app.warning[0].value
    assert app.session_state[SHOWN] == Settings()


def test_a_formula_is_typed_and_a_wrong_one_loses_nothing(app):
    app.selectbox(key="landscape").set_value("own").run()
    app.text_input(key="formula.text").set_value("(x^2 - 1)^2 + 2y^2").run()
    assert not app.exception
    surface = app.session_state[SHOWN].landscape
    assert surface.text == "(x**2 - 1)**2 + 2*y**2"
    assert app.query_params["landscape.formula"] == surface.text
    assert "x^{2}" in app.latex[0].value
    assert len(surface.minima) == 2

    app.text_input(key="formula.text").set_value("2 * (x + ").run()
    assert not app.exception
    assert app.session_state[SHOWN].landscape == surface
    assert any("A closing bracket is missing at the end" in part.proto.body for part in app.get("html"))
    assert app.text_input(key="formula.text").value == "2 * (x + "


def notes(app):
    """What the page says of how a formula was read."""
    bodies = [html.unescape(part.proto.body) for part in app.get("html")]
    return [body for body in bodies if 'class="descent-note"' in body]


TYPED = {
    r"x^{2}+\frac{1}{2}y^{2}": ("x**2 + (1/2)*y**2", ""),
    "(x²+y−11)²+(x+y²−7)²": ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", ""),
    "0.5*x[0]**2+2.5*x[1]**2": ("0.5*x**2 + 2.5*y**2", "Taken for x: x[0] and for y: x[1]."),
    "(w-1)² + 3(b+1)²": ("(x - 1)**2 + 3*(y + 1)**2", "Taken for x: w and for y: b."),
    "f(u, v) = u² + v²": ("x**2 + y**2", "Taken for x: u and for y: v."),
    "log(x + 9) + y²": ("log(x + 9) + y**2", "natural logarithm"),
}


@pytest.mark.parametrize("typed", TYPED)
def test_a_formula_is_read_as_it_is_written_and_the_page_says_how(app, typed):
    app.selectbox(key="landscape").set_value("own").run()
    app.text_input(key="formula.text").set_value(typed).run()
    assert not app.exception
    text, note = TYPED[typed]
    surface = app.session_state[SHOWN].landscape
    assert (surface.text, app.query_params["landscape.formula"]) == (text, text)
    assert app.text_input(key="formula.text").value == text
    assert any(surface.formula in part.value for part in app.latex)
    assert any(note in said for said in notes(app)) if note else notes(app) == []
    app.number_input(key="formula.x to").set_value(5.0).run()
    assert any(note in said for said in notes(app)) if note else notes(app) == []
    app.text_input(key="formula.text").set_value("x^2 + y^4").run()
    assert notes(app) == []


def test_domain_and_start_of_a_formula(app):
    app.selectbox(key="landscape").set_value("own").run()
    app.number_input(key="formula.x to").set_value(5.0).run()
    assert app.session_state[SHOWN].landscape.domain == ((-3.0, 5.0), (-3.0, 3.0))
    app.number_input(key="formula.start x").set_value(4.0).run()
    assert app.session_state[SHOWN].resolved_start[0] == 4.0
    app.number_input(key="formula.x from").set_value(9.0).run()
    assert not app.exception
    assert app.session_state[SHOWN].landscape.domain == ((-3.0, 5.0), (-3.0, 3.0))


def test_a_start_without_a_loss_is_not_taken():
    app = opened(landscape="own", landscape__formula="log(x) + y^2", landscape__domain="0.5,4,-2,2")
    assert app.session_state[SHOWN].start is None
    app.number_input(key="formula.start x").set_value(-1.0).run()
    assert not app.exception
    assert app.session_state[SHOWN].start is None
    assert "`start` must be where the loss and its slope are finite" in app.toast[0].value
    assert not opened(landscape="own", landscape__formula="log(x) + y^2", start="-1,0").exception
