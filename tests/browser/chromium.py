"""Debian's Chromium without a window, for tests and benchmarks."""

import shutil

from playwright.sync_api import Browser, Playwright

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


def chromium() -> str:
    """Where it is."""
    found = shutil.which("chromium")
    assert found, "Chromium is needed: apt-get install chromium"
    return found


def launched(playwright: Playwright, flags: list[str]) -> Browser:
    """Chromium with these flags."""
    return playwright.chromium.launch(executable_path=chromium(), args=flags)
