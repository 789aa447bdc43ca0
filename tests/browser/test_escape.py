"""The page on escapes in a real browser: stuck against out, maps that follow, and a start that is set on them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import PATIENCE, Player

FINE = '[data-testid=basins][data-resolution="256"][data-behind=false]'


class Escape(Player):
    """The page, and its basins."""

    def open(self, query: str = "") -> "Escape":
        """Go to the page and wait for the fine maps."""
        super().open(f"escape{query}")
        expect(self.page.locator(FINE)).to_be_visible(timeout=PATIENCE)
        return self

    def said(self) -> str:
        """The sentence under the race."""
        return self.page.get_by_test_id("sentence").inner_text()

    def stamp(self) -> str:
        """Which settings the maps belong to."""
        return self.page.get_by_test_id("basins").get_attribute("data-stamp") or ""

    def other_maps_than(self, stamp: str) -> None:
        """Wait for the fine maps of other settings."""
        expect(self.page.locator(f"{FINE}:not([data-stamp='{stamp}'])")).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def escape(page: Page, address: str) -> Escape:
    """The page as a first visitor sees it."""
    return Escape(page, address).open()


def test_the_first_view_shows_stuck_against_out(escape: Escape) -> None:
    assert escape.said().startswith("Gradient descent is stuck in a local minimum")
    assert "Momentum carried over the barrier at step" in escape.said()
    expect(escape.page.locator(".descent-energy-said")).to_contain_text("it can never get out again")
    expect(escape.page.get_by_test_id("basins")).to_contain_text("Only Momentum gets out from here")
    seeds = escape.page.locator(".st-key-ensemble")
    expect(seeds).to_contain_text("Momentum gets out in 100 % of 256 seeds", timeout=PATIENCE)


def test_a_slider_changes_the_race_the_energy_and_the_maps(escape: Escape) -> None:
    before = escape.stamp()
    slider = escape.slider("Momentum")
    slider.focus()
    for _ in range(4):
        escape.page.keyboard.press("PageDown")
    escape.other_maps_than(before)
    expect(escape.page.locator(".descent-energy-said")).to_contain_text("Momentum passes no barrier", timeout=PATIENCE)
    seeds = escape.page.locator(".st-key-ensemble")
    expect(seeds).to_contain_text("Momentum gets out in 0 % of 256 seeds", timeout=PATIENCE)


def test_a_click_on_a_map_starts_both_races_there(escape: Escape) -> None:
    canvas = escape.page.locator("[data-testid=basins] canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    revision, stamp = escape.number("revision"), escape.stamp()
    escape.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    escape.repainted_after(revision)
    expect(escape.page).to_have_url(re.compile(r"start=-"), timeout=PATIENCE)
    assert escape.stamp() == stamp  # the start is no part of the maps


def test_a_link_replays_the_page(escape: Escape, page: Page, address: str) -> None:
    escape.button("a higher barrier").click()
    escape.other_maps_than(escape.stamp())
    escape.pause()
    expect(page).to_have_url(re.compile("landscape.barrier=1.6"), timeout=PATIENCE)
    said, link, stamp = escape.said(), page.url.rsplit("/", 1)[1].removeprefix("escape"), escape.stamp()
    again = Escape(page, address).open(link)
    assert again.said() == said
    assert again.stamp() == stamp


def test_the_energy_of_either_racer_can_be_seen(escape: Escape) -> None:
    escape.pause()
    chips = escape.page.locator(".descent-energy .descent-chips button")
    expect(chips.nth(1)).to_have_attribute("aria-pressed", "true")
    picture = "() => document.querySelector('.descent-energy canvas').toDataURL()"
    before = escape.page.evaluate(picture)
    chips.nth(0).click()
    expect(escape.page.locator(".descent-energy-said")).to_contain_text("Gradient descent passes no barrier")
    escape.page.wait_for_function(f"(before) => ({picture})() !== before", arg=before)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}], indirect=True)
def test_it_fits_on_a_phone(escape: Escape) -> None:
    wide = escape.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    escape.page.get_by_role("link", name="Playground").click(trial=True)  # nothing lies over the bar
    tops = [
        escape.page.locator(place).first.bounding_box()["y"]  # type: ignore[index]
        for place in (".descent-overlay", "[data-testid=sentence]", ".st-key-controls", "[data-testid=basins]")
    ]
    assert tops == sorted(tops)
