"""The page on tuning opens, its views can be linked to, and its controls change the map."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from experiment.link.link import from_query, to_query
from experiment.pages.tune import FIRST, PRESETS

APP = str(Path(__file__).parents[2] / "app.py")
SHOWN = "descent.settings.tune"


@pytest.fixture
def app():
    opened = AppTest.from_file(APP, default_timeout=120)
    opened.switch_page("pages/tune.py").run()
    assert not opened.exception
    return opened


def test_the_first_view_opens_and_is_in_the_link(app):
    assert app.session_state[SHOWN] == FIRST
    assert from_query({key: app.query_params[key] for key in app.query_params}) == FIRST
    assert {"map", "tuning", "tuning_feed", "side", "sentence"} <= {mount.key for mount in app.get("bidi_component")}


def test_presets_open(app):
    for name, settings in PRESETS.items():
        app.button(key=f"preset.{name}").click().run()
        assert not app.exception
        assert app.session_state[SHOWN] == settings


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_replays_a_preset(name):
    assert from_query(to_query(PRESETS[name])) == PRESETS[name]


def test_a_field_asked_for_twice_changes_places(app):
    app.selectbox(key="axis0").set_value("momentum").run()
    assert not app.exception
    assert app.session_state[SHOWN].axes == ("momentum", "learning_rate")
