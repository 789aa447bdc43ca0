"""State is the link: a reload or a sent link replays exactly the same race, noise included."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import Player

NOISY = "?landscape=himmelblau&racers=descent,adam&learning_rate=0.012&batch_size=8&noise=6&seed=7&steps=120"


def test_a_noisy_link_replays_the_same_paths(page: Page, address: str) -> None:
    player = Player(page, address).open(NOISY)
    before = player.outcomes()
    page.reload()
    expect(player.root).to_have_attribute("data-revision", "1")
    assert player.outcomes() == before
    assert player.number("steps") == 120


def test_a_change_survives_a_reload(player: Player) -> None:
    revision = player.number("revision")
    player.page.mouse.click(*player.map_point(0.4, 0.2))
    player.repainted_after(revision)
    player.settle()
    before = player.outcomes()
    player.page.reload()
    expect(player.root).to_have_attribute("data-revision", "1")
    assert player.outcomes() == before


def test_back_takes_a_change_back(player: Player) -> None:
    before = player.outcomes()
    revision = player.number("revision")
    player.slider("Tilt").press("ArrowLeft")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "landscape.tilt" in url)
    assert player.outcomes() != before
    player.page.go_back()
    player.wait_for("data.revision === '1'")
    expect(player.slider("Tilt")).to_have_attribute("aria-valuetext", "0.35")
    player.settle()
    assert player.outcomes() == before


def test_a_drag_leaves_no_trail_in_the_history(player: Player) -> None:
    before = player.page.evaluate("history.length")
    for _ in range(5):
        revision = player.number("revision")
        player.slider("Learning rate").press("ArrowRight")
        player.repainted_after(revision)
    assert player.page.evaluate("history.length") == before


def test_the_playhead_travels_in_the_link(player: Player) -> None:
    player.slider("Step").fill("77")
    player.page.wait_for_url(lambda url: "playhead=77" in url)
    player.page.reload()
    player.wait_for("data.step === '77'")
    expect(player.button("Play")).to_be_visible()


def test_a_broken_link_gets_one_warning_and_the_defaults(page: Page, address: str) -> None:
    player = Player(page, address).open("?steps=banana&landscape=moon&momentum=7")
    warning = page.get_by_test_id("stAlert")
    expect(warning).to_have_count(1)
    for text in ("`steps` must be", "banana", "moon", "from 0 to 0.999"):
        expect(warning).to_contain_text(text.replace("`", ""))
    assert player.number("steps") == 200


def test_the_theme_can_change_while_it_runs(player: Player) -> None:
    player.page.emulate_media(color_scheme="dark")
    expect(player.page.locator("html")).to_have_attribute("data-descent-theme", "dark")
    player.page.emulate_media(color_scheme="light")
    expect(player.page.locator("html")).to_have_attribute("data-descent-theme", "light")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_follows_the_system(browser, address: str, theme: str) -> None:
    context = browser.new_context(color_scheme=theme)
    player = Player(context.new_page(), address).open()
    assert player.page.locator("html").get_attribute("data-descent-theme") == theme
    context.close()
