"""The player as a test handles it: what it says of itself, and what a hand does to it."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

PATIENCE = 30_000


class Player:
    """The playground in a page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.root = page.get_by_test_id("player")

    def open(self, query: str = "") -> Self:
        """Go to a link and wait for the race to be painted."""
        self.page.goto(f"{self.address}/{query}")
        return self.shown()

    def shown(self) -> Self:
        """Wait for the race to be painted."""
        expect(self.root).to_have_attribute("data-revision", "1", timeout=PATIENCE)
        return self

    def number(self, name: str) -> int:
        """One of its counters: step, steps, racers or revision."""
        return int(self.root.get_attribute(f"data-{name}") or -1)

    def wait_for(self, condition: str) -> None:
        """Wait for a JavaScript condition on `data`, the counters as text."""
        data = "document.querySelector('[data-testid=player]')?.dataset ?? {}"
        script = f"() => {{ const data = {data}; return {condition}; }}"
        self.page.wait_for_function(script, timeout=PATIENCE)

    def repainted_after(self, revision: int) -> None:
        """Wait for paths that are newer than that revision."""
        self.wait_for(f"Number(data.revision) > {revision}")

    def button(self, name: str) -> Locator:
        """A button by its whole accessible name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def slider(self, name: str) -> Locator:
        """A slider by its label (Streamlit's own say theirs twice to a screen reader)."""
        return self.page.locator(f'input[type=range][aria-label="{name}"]')

    def pause(self) -> None:
        """Pause, if it plays."""
        if self.button("Pause").count():
            self.button("Pause").click()
        expect(self.button("Play")).to_be_visible()

    def map_point(self, across: float, down: float) -> tuple[float, float]:
        """A place on the map in page pixels, by shares of its width and height."""
        box = self.page.locator(".descent-overlay").bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def place_of(self, x: float, y: float, half: float = 2.2) -> tuple[float, float]:
        """A point of a square domain around the origin in page pixels: the map's margins taken off."""
        box = self.page.locator(".descent-overlay").bounding_box()
        assert box is not None
        across, down = (x + half) / (2 * half), (half - y) / (2 * half)
        return box["x"] + 40 + across * (box["width"] - 46), box["y"] + 6 + down * (box["height"] - 32)

    def outcomes(self) -> str:
        """The outcomes table as text."""
        return self.page.locator(".descent-outcomes").inner_text()

    def settle(self) -> None:
        """Wait until no new paths have been painted for a while."""
        self.page.evaluate(
            """() => new Promise((done) => {
              const root = document.querySelector('[data-testid=player]');
              let [last, quiet] = [root.dataset.revision, 0];
              const timer = setInterval(() => {
                quiet = root.dataset.revision === last ? quiet + 1 : 0;
                last = root.dataset.revision;
                if (quiet > 7) { clearInterval(timer); done(); }
              }, 100);
            })"""
        )


def assert_stacked(page: Page, parts: tuple[str, ...], width: int = 390) -> None:
    """The parts stand below one another in this order, and nothing is wider than the page."""
    places = [page.locator(part).first.bounding_box() for part in parts]
    assert all(place is not None and place["width"] > 0 for place in places)
    downs = [place["y"] for place in places if place is not None]
    assert downs == sorted(downs)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
