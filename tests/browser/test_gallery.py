"""The gallery in a real browser: search, and a click that opens the playground."""

from playwright.sync_api import Page, expect

from tests.browser.player import Player


def test_search_and_click(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    expect(page.get_by_text("Which landscape?")).to_be_visible(timeout=30_000)
    search = page.get_by_label("Search")
    search.fill("banana")
    search.press("Enter")
    expect(page.locator("[class*='st-key-card-']")).to_have_count(1)
    page.get_by_role("link", name="Rosenbrock").click()
    player = Player(page, address)
    player.wait_for("Number(data.revision) > 0")
    page.wait_for_url(lambda url: "landscape=rosenbrock" in url)
    expect(page.get_by_role("combobox", name="Landscape")).to_have_value("Rosenbrock")


def test_the_race_is_kept_on_the_way_through_the_bar(player: Player) -> None:
    revision = player.number("revision")
    player.slider("Learning rate").press("ArrowRight")
    player.repainted_after(revision)
    player.settle()
    before = player.outcomes()
    player.page.get_by_role("link", name="Gallery").click()
    expect(player.page.get_by_text("Which landscape?")).to_be_visible(timeout=30_000)
    player.page.get_by_role("link", name="Playground").click()
    player.wait_for("Number(data.revision) > 0")
    player.settle()
    assert player.outcomes() == before
