"""A real server and a real browser: Debian's Chromium, driven by Playwright."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.player import Player

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]
FLAT = [*FLAGS, "--disable-gpu"]
SOLID = [*FLAGS, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""With WebGL, for the 3-D view; it makes every canvas slow, so all else goes without."""

HARMLESS = re.compile(r"_stcore/(health|host-config)|WebGL|GL Driver|GPU stall", re.IGNORECASE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a fresh server."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    _wait_for(f"{url}/_stcore/health", server)
    yield url
    server.terminate()
    server.wait(10)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


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


def launched(playwright: Playwright, flags: list[str]) -> Browser:
    """Debian's Chromium."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is needed for the browser tests: apt-get install chromium"
    return playwright.chromium.launch(executable_path=chromium, args=flags)


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
