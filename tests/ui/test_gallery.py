"""The gallery: everything is there, can be searched, and leads to the playground."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from experiment.link.link import from_query
from experiment.pages import PAGES
from experiment.race.settings import Settings
from landscapes import LANDSCAPES
from ui.common.state import opened_on
from ui.gallery.cards import matching, picture

APP = str(Path(__file__).parents[2] / "app.py")


def test_the_page_shows_every_landscape():
    app = AppTest.from_file(APP, default_timeout=120).run()
    app.switch_page("pages/gallery.py").run()
    assert not app.exception
    links = [link.proto.label for link in app.get("page_link")]
    assert [title for title in links if title not in [page.title for page in PAGES.values()]] == [
        surface.title for surface in LANDSCAPES.values()
    ]


def test_families_and_words_narrow_it_down():
    for family in {surface.family for surface in LANDSCAPES.values()}:
        assert {surface.family for surface in matching(family, "").values()} == {family}
    assert list(matching(None, "himmelblau 1972")) == ["himmelblau"]
    assert matching(None, "no such words") == {}


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_a_card_opens_the_race_on_its_landscape(slug):
    opened = from_query(opened_on(LANDSCAPES[slug]()))
    assert opened.landscape == LANDSCAPES[slug]()
    assert opened.racers == Settings().racers
    assert opened.learning_rate == LANDSCAPES[slug]().learning_rate


def test_a_picture_is_made_once():
    assert picture("bowl", "dark") is picture("bowl", "dark")
