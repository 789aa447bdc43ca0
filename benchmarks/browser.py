"""What a hand feels, measured in headless Chromium: slider to painted, bytes a move, frames a second, live drag.

Run `python -m benchmarks.browser`; it takes about two minutes and wants the machine for itself. Server and browser
share the machine. The race is 5 racers × 200 steps; each move computes all five anew.

* slider to painted: from the key press to the new paths on the canvas (`data-revision`), by the browser's clock.
* bytes a move: the payload of the websocket frames that the server sends for it.
* frames: paints of the map while the playhead advances. drag: new paths painted while the mouse drags for 3 s.
* the ordinary way: `benchmarks/frames_app.py`, to the last change that Plotly makes in the picture. It collects
  garbage after each run, as Streamlit does by default and ours is configured not to.
"""

import dataclasses
import time
from collections import Counter

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.live import ALL_FOLLOW, PROBE, RACE, Traffic, median_kinds
from tests.browser.chromium import FLAT, launched
from tests.browser.player import Player
from tests.browser.served import server

RATE, NOISE = "Learning rate", "Noise"
STILL = "&playhead=100"


@dataclasses.dataclass(frozen=True)
class Moves:
    """Many moves of one slider: milliseconds to painted, and what travelled."""

    times: list[float]
    traffic: list[Counter[str]]

    @property
    def p50(self) -> float:
        """Median milliseconds."""
        return float(np.median(self.times))

    @property
    def p95(self) -> float:
        """Milliseconds that one move in twenty exceeds."""
        return float(np.percentile(self.times, 95))

    @property
    def bytes(self) -> float:
        """Median bytes a move."""
        return float(np.median([move.total() for move in self.traffic]))


def page_of(browser: Browser) -> tuple[Page, Traffic]:
    """A page with the probe in it, and a listener to what the server sends."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.add_init_script(PROBE)
    return page, Traffic(page)


def press(page: Page, traffic: Traffic, slider: str, moves: int, warm_up: int = 4) -> Moves:
    """Press the right arrow key on a slider again and again, each time when the last move is over."""
    page.locator(slider).focus()
    times, sent = [], []
    for move in range(warm_up + moves):
        traffic.taken()
        page.evaluate("probe.next()")
        page.keyboard.press("ArrowRight")
        times.append(page.evaluate("probe.promise"))
        page.wait_for_timeout(150 + 7 * (move % 10))  # not in step with the frames
        sent.append(traffic.taken())
    return Moves(times[warm_up:], sent[warm_up:])


def ours(browser: Browser, address: str, label: str, query: str, moves: int) -> Moves:
    """Moves of a slider of the playground."""
    page, traffic = page_of(browser)
    player = Player(page, address).open(RACE + ALL_FOLLOW + query)
    if not query:
        player.button("Loop").click()
    page.wait_for_timeout(1500)
    measured = press(page, traffic, f'input[type=range][aria-label="{label}"]', moves)
    page.context.close()
    return measured


def ordinary(browser: Browser, address: str, query: str, moves: int = 10) -> Moves:
    """Moves of the slider of the ordinary app."""
    page, traffic = page_of(browser)
    page.goto(address + query)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    page.wait_for_timeout(4000)
    measured = press(page, traffic, f'input[type=range][aria-label="{RATE}"]', moves, warm_up=2)
    page.context.close()
    return measured


def frames(browser: Browser, address: str, seconds: int = 4) -> tuple[float, float]:
    """Frames a second while it plays: median, and what one frame in twenty falls below."""
    page, _ = page_of(browser)
    Player(page, address).open(RACE + ALL_FOLLOW)
    page.wait_for_timeout(2000)
    page.evaluate("probe.paints.length = 0")
    page.wait_for_timeout(1000 * seconds)
    gaps = np.diff(page.evaluate("probe.paints"))
    page.context.close()
    return 1000 / float(np.median(gaps)), 1000 / float(np.percentile(gaps, 95))


def drag(browser: Browser, address: str, query: str, seconds: int = 3) -> float:
    """New paths painted a second while the mouse drags the learning rate, a move each 10 ms."""
    page, _ = page_of(browser)
    player = Player(page, address).open(RACE + ALL_FOLLOW + query)
    page.wait_for_timeout(1500)
    box = player.slider(RATE).bounding_box()
    assert box is not None
    middle, reach = box["x"] + box["width"] / 2, box["width"] / 3
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate("probe.revisions.length = 0")
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        page.mouse.move(middle + reach * np.sin(passed / 0.7), box["y"] + box["height"] / 2)
        page.wait_for_timeout(10)
    repaints = page.evaluate("probe.revisions.length")
    page.mouse.up()
    page.context.close()
    return repaints / passed


def row(what: str, value: str, wanted: str = "") -> None:
    """One line of the table."""
    print(f"{what:52} {value:>22}   {wanted}", flush=True)


def moves_row(what: str, moves: Moves, wanted: str = "") -> None:
    """A line of latencies."""
    row(f"slider to painted, {what}", f"{moves.p50:.0f} / {moves.p95:.0f} ms", wanted)


def bytes_row(what: str, moves: Moves, wanted: str = "") -> None:
    """A line of bytes, and one that says what they are."""
    row(f"bytes a move, {what}", f"{moves.bytes:,.0f}", wanted)
    print(f"    {median_kinds(moves.traffic)}")


def ours_table(browser: Browser, address: str) -> Moves:
    """Measure and print the playground; gives the moves that the ordinary way is held against."""
    limits = "≤ 100 / 160 ms"
    still = ours(browser, address, RATE, STILL, 60)
    moves_row("learning rate, paused (p50 / p95)", still, limits)
    moves_row("learning rate, playing", ours(browser, address, RATE, "", 60), limits)
    noise = ours(browser, address, NOISE, STILL, 34)
    moves_row("noise (a Streamlit slider), paused", noise, limits)
    moves_row("noise, playing", ours(browser, address, NOISE, "", 34), limits)
    bytes_row("learning rate", still, "≤ 12,000")
    bytes_row("noise", noise, "≤ 12,000")
    middle, slow = frames(browser, address)
    row("frames a second, playing (median / 5th percentile)", f"{middle:.0f} / {slow:.0f}", "≥ 55")
    row("repaints a second, dragging, paused", f"{drag(browser, address, STILL):.1f}", "≥ 10")
    row("repaints a second, dragging, playing", f"{drag(browser, address, ''):.1f}", "≥ 10")
    return still


def ordinary_table(browser: Browser, address: str, still: Moves) -> None:
    """Measure and print the ordinary way, and how many times more it takes."""
    for query, name in {"": "heads only", "?trails=growing": "growing trails"}.items():
        theirs = ordinary(browser, address, query)
        moves_row(f"ordinary way, {name}", theirs)
        bytes_row(f"ordinary way, {name}", theirs)
        row("    times slower", f"{theirs.p50 / still.p50:.1f}", "≥ 6")
        row("    times more bytes", f"{theirs.bytes / still.bytes:.1f}", "≥ 20")


def main() -> None:
    """Measure ours, then the ordinary way, and print both."""
    with sync_playwright() as playwright:
        browser = launched(playwright, FLAT)
        with server("app.py") as address:
            still = ours_table(browser, address)
        with server("benchmarks/frames_app.py", STREAMLIT_RUNNER_POST_SCRIPT_GC="true") as address:
            ordinary_table(browser, address, still)
        browser.close()


if __name__ == "__main__":
    main()
