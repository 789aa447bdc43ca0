"""Brings a page to rest, so that the same view gives the same picture each time."""

import io
import re
import time
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.screens.arrays import Arrays
from tests.screens.views import STEP, View

TIMEOUT_MS = 60_000
REST_TIMEOUT_S = 120.0
SCROLL_QUIET_S = 0.2
FLICKER = 3
"""By so many of 255 levels Chromium paints the same corner differently from frame to frame."""
QUIET_S = 1.2
"""Nothing may have come from the server for so long: panels ask for what is costly some 700 ms after the race."""
POLL_MS = 100

IS_IDLE = """() => {
  const shown = (part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const busy = document.querySelectorAll('[data-testid=stSkeleton], progress, [role=progressbar]');
  const running = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning';
  return !running && ![...busy].some(shown) && document.fonts.status === 'loaded'
    && [...document.images].every((image) => image.complete);
}"""

TEXT = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const all = (parts) => [...main.querySelectorAll(parts)];
  const names = ['title', 'aria-label', 'aria-valuetext', 'aria-pressed', 'aria-checked', 'placeholder'];
  return {
    text: main.innerText.split('\\n').map((line) => line.trim()).filter(Boolean),
    fields: all('input, textarea, select').map((field) => `${field.type} ${field.value} ${field.checked ?? ''}`.trim()),
    labels: all(names.map((name) => `[${name}]`).join()).flatMap((part) =>
      names.filter((name) => part.hasAttribute(name)).map((name) => `${name}: ${part.getAttribute(name)}`)),
  };
}"""
"""What is written on the page; the address bar is not: its names may change as long as old links open."""

SCROLL = """(screen) => {
  const main = document.querySelector('[data-testid=stMain]');
  main.scrollTop = screen * (main.clientHeight - 60);
  return main.scrollTop + main.clientHeight >= main.scrollHeight - 1;
}"""


class Visit:
    """A view in a page of its own, opened and at rest."""

    def __init__(self, page: Page, server: str, view: View) -> None:
        self.page, self.view = page, view
        self.arrays = Arrays(page)
        page.goto(server + view.address)
        ground = page.get_by_label("Step", exact=True) if view.has_playhead else page.get_by_label("Search")
        expect(ground.first).to_be_visible(timeout=TIMEOUT_MS)
        self._act()
        self.picture = self.rest()
        if view.has_run:
            # A race that came late, or came again, must not leave the playhead elsewhere.
            expect(page.locator("input[type=range][aria-label=Step]")).to_have_value(self._held)

    def _act(self) -> None:
        """Do what a hand does in this view, and pause."""
        for name, text in self.view.typed:
            field = self.page.get_by_label(name)
            field.fill(text)
            field.press("Enter")
        if self.view.answer:
            self.rest()
            self.page.get_by_text(self.view.answer, exact=True).first.click()
        if self.view.has_run:
            # Until the race has come, the slider has a single step.
            self.page.wait_for_function(
                "() => Number(document.querySelector('input[type=range][aria-label=Step]')?.max) > 1",
                timeout=TIMEOUT_MS,
            )
        for name in self.view.press:
            self.page.get_by_label(name, exact=True).first.click()
        if self.view.has_run:
            self._held = self._pause()
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement?.blur()")

    def _pause(self) -> str:
        """Hold the playhead at the step, or at the end of a shorter race; gives where it is."""
        step = self.page.locator("input[type=range][aria-label=Step]")
        steps = int(float(step.get_attribute("max") or 0))
        wanted = str(min(STEP, steps))
        pause = self.page.get_by_role("button", name="Pause", exact=True)
        if pause.count():
            pause.click(timeout=TIMEOUT_MS)
        if step.input_value() != wanted:
            step.fill(wanted)
        expect(step).to_have_value(wanted)
        return wanted

    def rest(self, quiet: float = QUIET_S) -> bytes:
        """Wait until server, scripts and pixels are at rest; gives the picture, a PNG."""
        began = heard = time.monotonic()
        frames, before = self.arrays.frames, b""
        while time.monotonic() - began < REST_TIMEOUT_S:
            picture = self.page.screenshot(animations="disabled", caret="hide")
            now = time.monotonic()
            is_still = picture == before or _is_same(before, picture)
            if frames != self.arrays.frames or not is_still or not self.page.evaluate(IS_IDLE):
                frames, before, heard = self.arrays.frames, picture, now
            elif now - heard > quiet:
                return picture
            self.page.wait_for_timeout(POLL_MS)
        raise TimeoutError(f"{self.view.name} does not come to rest")

    def screens(self) -> list[bytes]:
        """The page from top to bottom, a screen at a time."""
        pictures: list[bytes] = []
        is_end = False
        while not is_end:
            is_end = self.page.evaluate(SCROLL, len(pictures))
            pictures.append(self.rest(SCROLL_QUIET_S) if pictures else self.picture)
        self.page.evaluate(SCROLL, 0)
        return pictures

    def words(self) -> dict[str, list[str]]:
        """All text, the values of all fields, and what a screen reader and a resting mouse are told."""
        return self.page.evaluate(TEXT)

    def table(self, row: str, file: Path) -> None:
        """Save a download of the list of exports."""
        button = self._row(row)
        if not button.count():
            self.page.get_by_role("button", name="Export", exact=True).click()
        expect(button).to_be_visible(timeout=TIMEOUT_MS)
        with self.page.expect_download(timeout=TIMEOUT_MS) as download:
            button.click()
        download.value.save_as(file)

    def _row(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^" + re.escape(name)))


def _is_same(before: bytes, after: bytes) -> bool:
    """Whether two pictures of the same page are at most a flicker apart."""
    if not before:
        return False
    first, second = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16) for png in (before, after))
    return int(np.abs(first - second).max()) <= FLICKER
