"""The page about a real network in a real browser: what is set is trained and drawn."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import PATIENCE, Player, assert_stacked

SMALL = "?network.steps=60&network.hidden=4&network.rows=40"


def opened(page: Page, address: str, query: str = SMALL) -> Player:
    """The page by its link, with the trainings painted."""
    player = Player(page, address)
    page.goto(f"{address}/network{query}")
    player.wait_for("Number(data.revision) > 0")
    return player


def test_another_setting_is_trained_and_in_the_address(page: Page, address: str) -> None:
    player = opened(page, address)
    assert (player.number("racers"), player.number("steps")) == (3, 60)
    expect(page.get_by_test_id("sentence")).to_contain_text("digits held out")
    expect(page.get_by_role("button", name="Rows held out")).to_have_attribute("aria-pressed", "true")
    revision = player.number("revision")
    page.get_by_role("slider", name="Momentum").press("ArrowLeft")
    player.repainted_after(revision)
    page.wait_for_url(lambda url: "momentum=0.89" in url, timeout=PATIENCE)
    page.get_by_role("radio", name="random directions").click()
    page.wait_for_url(lambda url: "directions=random" in url, timeout=PATIENCE)
    expect(page.locator(".descent-misread figure").first).to_be_visible()


def test_nobody_moves_the_start(page: Page, address: str) -> None:
    player = opened(page, address)
    revision = player.number("revision")
    page.mouse.click(*player.map_point(0.5, 0.5))
    page.keyboard.press("End")
    player.wait_for("data.step === '60'")
    assert player.number("revision") == revision


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}], indirect=True)
def test_phone(page: Page, address: str) -> None:
    opened(page, address)
    parts = (".st-key-presets", ".descent-map", ".descent-sentence", ".st-key-controls", ".descent-side")
    assert_stacked(page, parts)
