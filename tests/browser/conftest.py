"""A real server and a real browser: Debian's Chromium, driven by Playwright."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import FLAT, launched
from tests.browser.player import Player
from tests.browser.served import server

HARMLESS = re.compile(r"_stcore/(health|host-config)|WebGL|GL Driver|GPU stall", re.IGNORECASE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a fresh server."""
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window."""
    running = launched(playwright, FLAT)
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a context of its own; a console error or an error box fails the test."""
    options = {"viewport": {"width": 1400, "height": 900}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    boxes = opened.locator("[data-testid=stException], [data-testid=stAlertContentError]").all_inner_texts()
    context.close()
    assert [said for said in complaints if not HARMLESS.search(said)] == []
    assert boxes == []


@pytest.fixture
def player(page: Page, address: str) -> Player:
    """The playground as a first visitor sees it, with the race painted."""
    return Player(page, address).open()


@pytest.fixture
def menu(player: Player) -> Player:
    """The list of exports, unfolded over a race that is held at step 60."""
    player.slider("Step").fill("60")
    player.wait_for("data.step === '60'")
    player.button("Export").click()
    expect(player.page.locator("[data-export=png]")).to_be_visible()
    return player
