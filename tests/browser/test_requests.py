"""What a visit fetches of our own files: the program and Plotly at the first, nothing at the second."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.player import PATIENCE, Player

OWN = "/component/"
"""In the address of each file that we serve; the rest is Streamlit's."""

MAX_FIRST = 5

KEPT = "async () => (await (await caches.open('descent')).keys()).map(({ url }) => url)"


@pytest.fixture
def visit(page: Page, address: str) -> Callable[[BrowserContext], tuple[Player, list[str]]]:
    """Opens the playground in a new page of a context; gives it painted, and what it fetched of our own."""

    def opened(context: BrowserContext) -> tuple[Player, list[str]]:
        fetched: list[str] = []
        another = context.new_page()
        another.on("request", lambda request: fetched.append(request.url) if is_own(request.url) else None)
        player = Player(another, address).open()
        expect(another.locator(".descent-plot .xtick text").first).to_be_attached(timeout=PATIENCE)
        return player, fetched

    return opened


def is_own(url: str) -> bool:
    return url.startswith("http") and OWN in url


def wait_until_kept(player: Player, number: int) -> list[str]:
    """The addresses of the files that the browser keeps, once there are that many."""
    player.page.wait_for_function(f"async () => (await ({KEPT})()).length === {number}", timeout=PATIENCE)
    return player.page.evaluate(KEPT)


def test_a_second_visit_fetches_nothing(page: Page, visit) -> None:
    first, fetched = visit(page.context)
    assert {url.rsplit("/", 1)[1] for url in fetched} == {"player.js", "plotly.min.js"}
    assert len(fetched) <= MAX_FIRST
    assert sorted(wait_until_kept(first, 2)) == sorted(fetched)
    second, fetched_again = visit(page.context)
    assert fetched_again == []
    for player in (first, second):
        assert player.number("racers") == 6
        expect(player.page.locator(".descent-overlay")).to_have_css("position", "absolute")
        player.wait_for("Number(data.step) > 5")
        assert "Adam" in player.outcomes()


def test_older_versions_are_deleted_and_others_files_are_not(page: Page, address: str, visit) -> None:
    page.goto(f"{address}/_stcore/health")
    old = f"{address}/component/player.components.served.player-0/player.js"
    other = f"{address}/component/other/player.js"
    page.evaluate(
        "async (urls) => { for (const url of urls) await (await caches.open('descent')).put(url, new Response('')); }",
        [old, other],
    )
    player, fetched = visit(page.context)
    assert sorted(wait_until_kept(player, 3)) == sorted([*fetched, other])


def test_a_browser_without_a_store_plays_as_well(page: Page, visit) -> None:
    page.context.add_init_script("delete globalThis.caches; delete Window.prototype.caches;")
    player, fetched = visit(page.context)
    assert player.page.evaluate("typeof caches") == "undefined"
    assert 0 < len(fetched) <= MAX_FIRST
    assert player.number("racers") == 6


def test_a_damaged_copy_is_passed_over(page: Page, visit) -> None:
    first, fetched = visit(page.context)
    wait_until_kept(first, 2)
    program = next(url for url in fetched if url.endswith("player.js"))
    first.page.evaluate("async (url) => (await caches.open('descent')).put(url, new Response('('))", program)
    second, fetched_again = visit(page.context)
    assert fetched_again == [program]
    assert second.number("racers") == 6
