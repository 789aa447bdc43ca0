"""How soon the fine difference map is there, measured in headless Chromium, from the slider's release.

Run `python -m benchmarks.escape`; it takes about a minute and a half and wants the machine for itself.
"""

import time

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import RATE
from tests.browser.chromium import FLAT, launched
from tests.browser.served import server

RACE = "escape?landscape=himmelblau&racers=descent,momentum&learning_rate=0.01&momentum=0.8&steps=200&playhead=0"
MOVES = 21
LATE = 10_000
"""Milliseconds after which a move is given up."""

WARM = 60
"""Seconds after which the server has compiled, in the background, what it did not find on disk."""

WATCH = """() => {
  const root = document.querySelector('[data-testid=basins]');
  const before = root.dataset.stamp;
  window.fine = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      const { stamp, resolution, behind } = root.dataset;
      if (stamp === before || resolution !== '256' || behind !== 'false') return;
      watch.disconnect();
      resolve(performance.now() - window.released);
    });
    watch.observe(root, { attributes: true });
  });
  document.addEventListener('keyup', (event) => (window.released = event.timeStamp), { once: true, capture: true });
}"""


def moves(page: Page) -> list[float]:
    """Milliseconds from the release of an arrow key on the learning rate to the fine maps, for each move."""
    slider = page.locator(f'input[type=range][aria-label="{RATE}"]')
    times = []
    for number in range(MOVES):
        slider.focus()
        page.evaluate(WATCH)
        page.keyboard.press("ArrowRight" if number % 2 else "ArrowUp")
        times.append(
            page.evaluate(f"Promise.race([window.fine, new Promise((late) => setTimeout(late, {LATE}, {LATE}))])")
        )
    return times[1:]  # the first one compiles


def main() -> None:
    """Print the numbers."""
    with server("app.py") as address, sync_playwright() as driver:
        browser = launched(driver, FLAT)
        page = browser.new_page(viewport={"width": 1400, "height": 1800})
        page.goto(f"{address}/{RACE}")
        page.wait_for_selector('[data-testid=basins][data-resolution="256"][data-behind=false]', timeout=60_000)
        time.sleep(WARM)
        times = moves(page)
        browser.close()
    p50, p95 = np.median(times), np.percentile(times, 95)
    print(f"Difference of two 256 × 256 maps on Himmelblau, release to painted: {p50:.0f} / {p95:.0f} ms (p50 / p95)")


if __name__ == "__main__":
    main()
