"""The page of the course: nothing of the race is given away before an answer."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from tests.player.reading import opened
from ui.learn.course import SLUGS

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def app():
    return AppTest.from_file(APP, default_timeout=60).switch_page("pages/learn.py")


def header(app):
    """What the feed is sent."""
    (feed,) = [mount for mount in app.get("bidi_component") if mount.key == "feed"]
    return opened(feed.proto.bytes)[0]


def mounts(app):
    return [mount.key for mount in app.get("bidi_component")]


@pytest.mark.parametrize("slug", LESSONS)
def test_predict_then_run(app, slug):
    lesson = LESSONS[slug]
    app.query_params["lesson"] = slug
    app.run()
    assert not app.exception
    assert app.radio[0].label == lesson.question
    assert app.radio[0].value is None
    assert [header(app)[name] for name in ("playhead", "query", "fixed")] == [0, f"lesson={slug}", f"{slug} False"]
    assert {racer["steps"] for racer in header(app)["racers"]} == {1}
    assert not {"side", "sentence"} & set(mounts(app))
    for answer in (lesson.right, (lesson.right + 1) % len(lesson.answers)):
        app.radio[0].set_value(answer).run()
        assert not app.exception
        said = app.markdown[-1].value
        assert said.startswith("**Right.**" if answer == lesson.right else "**Not quite: ")
        assert said.endswith(lesson.because)
        assert header(app)["fixed"] == f"{slug} True"
        assert max(racer["steps"] for racer in header(app)["racers"]) > 1
        assert {"side", "sentence"} <= set(mounts(app))


def test_the_way_through(app):
    app.run()
    assert app.selectbox[0].value == SLUGS[0]
    assert app.button(key="course.back").disabled
    app.radio[0].set_value(LESSONS[SLUGS[0]].right).run()
    app.button(key="course.following").click().run()
    assert (app.selectbox[0].value, app.radio[0].value) == (SLUGS[1], None)
    assert app.caption[0].value == f"1 of {len(SLUGS)} right"
    app.button(key="course.back").click().run()
    assert app.radio[0].value == LESSONS[SLUGS[0]].right, "what was answered is kept"
    app.selectbox[0].set_value(SLUGS[-1]).run()
    assert app.button(key="course.on").disabled
    app.radio[0].set_value(0).run()
    assert not [button for button in app.button if button.key == "course.following"]
    assert app.caption[0].value == f"1 of {len(SLUGS)} right"
    assert not app.exception


def test_a_wrong_link_is_explained(app):
    app.query_params["lesson"] = "moon"
    app.run()
    assert "`lesson` must be one of slope, " in app.warning[0].value
    assert "Received: moon." in app.warning[0].value
    assert app.selectbox[0].value == SLUGS[0]
