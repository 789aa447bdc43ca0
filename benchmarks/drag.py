"""What a hand on the tuning map gets to see, measured in headless Chromium: new paths a second, and what travels.

Run `python -m benchmarks.drag`; it takes half a minute and wants the machine for itself. At least 15 new paths a second
are wanted on two cores.
"""

import time

import numpy as np
from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks.live import PROBE
from tests.browser.chromium import FLAT, launched
from tests.browser.served import server

SECONDS, ROUNDS = 6, 3
VIEWS = {"a bowl": "tune", "Rosenbrock, 1000 steps": "tune?page=tune&landscape=rosenbrock&racers=momentum&steps=1000"}
STILL = "[data-testid=tuning][data-behind=false]"


def listened(page: Page) -> list[int]:
    """Sizes of the websocket frames that will have come to the page."""
    sizes: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: sizes.append(len(payload)))

    page.on("websocket", listen)
    return sizes


def drag(page: Page) -> float:
    """New paths painted a second while the mouse goes round on the map, a move each 10 ms."""
    box = page.locator("[data-testid=tuning] canvas").bounding_box()
    assert box is not None
    middle = np.array([box["x"] + 0.45 * box["width"], box["y"] + 0.5 * box["height"]])
    page.mouse.move(*middle)
    page.mouse.down()
    page.evaluate("probe.revisions.length = 0")
    began = time.monotonic()
    while (passed := time.monotonic() - began) < SECONDS:
        page.mouse.move(*(middle + 0.25 * box["width"] * np.array([np.sin(1.7 * passed), np.cos(1.3 * passed)])))
        page.wait_for_timeout(10)
    repaints = page.evaluate("probe.revisions.length")
    page.mouse.up()
    return repaints / passed


def main() -> None:
    """Print a line for each view."""
    with server("app.py") as address, sync_playwright() as driver:
        browser = launched(driver, FLAT)
        for name, link in VIEWS.items():
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.add_init_script(PROBE)
            sizes = listened(page)
            page.goto(f"{address}/{link}")
            page.wait_for_selector(STILL, timeout=60_000)
            page.wait_for_timeout(3000)
            sizes.clear()
            rates = [drag(page) for _ in range(ROUNDS)]
            print(
                f"{name:24} new paths a second while dragging: median {np.median(rates):.1f} of {ROUNDS} (≥ 15); "
                f"largest websocket frame {max(sizes):,} bytes"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
