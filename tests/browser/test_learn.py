"""The course in a real browser: predict, then run; the start stays, and the race can be taken to its page."""

import pytest
from playwright.sync_api import Page, expect

from lessons import LESSONS
from tests.browser.player import PATIENCE, Player, assert_stacked

MOMENTUM = LESSONS["momentum"]


def opened(page: Page, address: str, slug: str) -> Player:
    """A lesson by its link, with its map painted."""
    player = Player(page, address)
    page.goto(f"{address}/learn?lesson={slug}")
    player.wait_for("Number(data.revision) > 0")
    return player


def answer(page: Page, text: str) -> None:
    """Choose one of the answers."""
    page.locator(".st-key-lesson").get_by_text(text, exact=True).click()


def test_the_race_runs_once_it_is_predicted(page: Page, address: str) -> None:
    player = opened(page, address, "momentum")
    assert (player.number("step"), player.number("steps")) == (0, 1)
    expect(page.get_by_test_id("sentence")).to_have_count(0)
    answer(page, MOMENTUM.answers[0])
    expect(page.get_by_text("Not quite: over the ridge")).to_be_visible(timeout=PATIENCE)
    player.wait_for("data.steps === '200' && Number(data.step) > 5")
    expect(player.button("Pause")).to_be_visible()
    expect(page.get_by_test_id("sentence")).to_contain_text("carried over the barrier", timeout=PATIENCE)
    answer(page, MOMENTUM.answers[1])
    expect(page.get_by_text("Right.")).to_be_visible(timeout=PATIENCE)
    assert player.number("step") > 5, "another answer does not begin the race again"
    page.get_by_role("button", name="Next:").click()
    player.wait_for("data.steps === '1' && data.step === '0'")
    assert "lesson=too_little" in page.url


def test_each_lesson_has_its_own_charts(page: Page, address: str) -> None:
    """Going from one that was answered to another that was, too."""
    opened(page, address, "adam")
    chart = page.locator("[data-curve=further]")
    answer(page, LESSONS["adam"].answers[0])
    expect(page.locator(".descent-side")).to_be_visible(timeout=PATIENCE)
    expect(chart).to_be_hidden()
    page.get_by_role("button", name="Next:").click()
    answer(page, LESSONS["held_out"].answers[0])
    expect(chart.get_by_role("button", name="Rows held out")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="←").click()
    expect(chart).to_be_hidden(timeout=PATIENCE)
    page.get_by_role("button", name="→").click()
    expect(chart.get_by_role("button", name="Rows held out")).to_be_visible(timeout=PATIENCE)


def test_nobody_moves_the_start(page: Page, address: str) -> None:
    player = opened(page, address, "momentum")
    answer(page, MOMENTUM.answers[1])
    player.wait_for("data.steps === '200'")
    revision = player.number("revision")
    page.mouse.move(*player.map_point(0.3, 0.3))
    page.mouse.down()
    page.mouse.move(*player.map_point(0.5, 0.5), steps=5)
    page.mouse.up()
    page.keyboard.press("End")
    player.wait_for("data.step === '200'")
    assert player.number("revision") == revision
    expect(player.button("Anatomy")).to_be_hidden()


def test_it_goes_on_where_everything_can_be_changed(page: Page, address: str) -> None:
    player = opened(page, address, "momentum")
    answer(page, MOMENTUM.answers[1])
    page.get_by_role("link", name="Try it yourself on Escape").click()
    page.wait_for_url(lambda url: "/escape?" in url and "momentum=0.8" in url, timeout=PATIENCE)
    player.wait_for("data.steps === '200'")
    expect(page.get_by_label("Type β")).to_have_value("0.8", timeout=PATIENCE)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}], indirect=True)
def test_phone(page: Page, address: str) -> None:
    opened(page, address, "held_out")
    answer(page, LESSONS["held_out"].answers[1])
    expect(page.get_by_test_id("sentence")).to_contain_text("57 held out", timeout=PATIENCE)
    parts = (".st-key-lessons", ".st-key-lesson", ".descent-map", ".descent-sentence", ".descent-side")
    assert_stacked(page, parts)
