"""The tuning page in a real browser: the map is the slider, for hand and keys, and little travels."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import PATIENCE, Player

MAP = "[data-testid=tuning][data-behind=false]"
MAX_FRAME_BYTES = 40_000


class Tune(Player):
    """The page, and its map."""

    def open(self, query: str = "") -> "Tune":
        """Go to the page and wait for its map."""
        self.frames: list[int] = []
        self.page.on("websocket", lambda socket: socket.on("framereceived", lambda load: self.frames.append(len(load))))
        super().open(f"tune{query}")
        expect(self.page.locator(MAP)).to_be_visible(timeout=PATIENCE)
        return self

    @property
    def canvas(self):
        """The map."""
        return self.page.locator("[data-testid=tuning] canvas")

    def data(self, name: str) -> str:
        """What the map says of itself."""
        return self.page.get_by_test_id("tuning").get_attribute(f"data-{name}") or ""

    def place(self) -> list[float]:
        """Where the cross-hair is."""
        return [float(part) for part in self.data("place").split(",")]

    def point(self, across: float, down: float) -> tuple[float, float]:
        """A place on the map in page pixels."""
        box = self.canvas.bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def place_is_not(self, place: str) -> None:
        """Wait for the cross-hair to move."""
        expect(self.page.locator(f"[data-testid=tuning]:not([data-place='{place}'])")).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def tune(page: Page, address: str) -> Tune:
    """The page as a first visitor sees it."""
    return Tune(page, address).open()


def test_a_drag_moves_path_and_address_and_little_travels(tune: Tune) -> None:
    tune.pause()
    tune.settle()
    stamp, length, before = tune.data("stamp"), tune.page.evaluate("history.length"), tune.page.url
    tune.frames.clear()
    tune.page.mouse.move(*tune.point(0.4, 0.6))
    tune.page.mouse.down()
    for move in range(5):
        revision = tune.number("revision")
        tune.page.mouse.move(*tune.point(0.42 + 0.05 * move, 0.55 - 0.05 * move))
        tune.repainted_after(revision)  # while the hand is still down
    expect(tune.page).not_to_have_url(before, timeout=PATIENCE)
    tune.page.mouse.up()
    tune.settle()
    rate, momentum = tune.place()
    expect(tune.page).to_have_url(re.compile(f"learning_rate={rate:g}&momentum={momentum:g}&"), timeout=PATIENCE)
    assert tune.page.evaluate("history.length") == length
    assert tune.data("stamp") == stamp
    assert max(tune.frames) < MAX_FRAME_BYTES


def test_keys_move_by_a_cell_and_say_where_it_is(tune: Tune) -> None:
    tune.canvas.focus()
    tune.page.keyboard.press("ArrowUp")
    tune.page.keyboard.press("ArrowRight")
    tune.settle()
    rate, momentum = tune.place()
    text = tune.data("place")
    tune.page.keyboard.press("ArrowRight")
    tune.place_is_not(text)
    assert tune.place()[1] == momentum
    ratio = (10**3) ** (1 / 63)  # a window of three decades
    assert tune.place()[0] / rate == pytest.approx(ratio, rel=0.01)
    text = tune.data("place")
    tune.page.keyboard.press("ArrowDown")
    tune.place_is_not(text)
    assert momentum - tune.place()[1] == pytest.approx(0.999 / 63, abs=2e-3)
    said = tune.canvas.get_attribute("aria-valuetext") or ""
    assert re.match(r"η [\d.]+, β [\d.]+: .*(step|there|diverges)", said)


def test_the_focus_of_the_keyboard_is_seen(tune: Tune) -> None:
    picture = "document.querySelector('[data-testid=tuning] canvas').toDataURL()"
    tune.page.locator("[data-testid=tuning] button").focus()
    before = tune.page.evaluate(picture)
    tune.page.keyboard.press("Tab")
    expect(tune.canvas).to_be_focused()
    tune.page.wait_for_function(f"(before) => {picture} !== before", arg=before)


def test_the_best_cell_is_gone_to_and_a_cell_is_read(tune: Tune) -> None:
    tune.page.mouse.move(*tune.point(0.5, 0.5))
    told = tune.page.locator(".descent-tuning-told")
    expect(told).to_have_text(re.compile(r"^η [\d.]+, β [\d.]+: .*(monotone|rippling|oscillating|diverges)"))
    text = tune.data("place")
    tune.canvas.dblclick(position={"x": 120, "y": 60})
    tune.place_is_not(text)
    tune.settle()
    best = tune.place()
    tune.page.mouse.click(*tune.point(0.5, 0.5))
    tune.settle()
    assert tune.place() != best
    tune.button("Go to the best cell").click()
    tune.settle()
    assert tune.place() == pytest.approx(best, rel=1e-4)


def test_a_value_is_typed_and_a_wrong_one_refused(tune: Tune) -> None:
    typed = tune.page.get_by_role("textbox", name="Learning rate", exact=True)
    typed.fill("0.05")
    typed.press("Enter")
    expect(tune.page).to_have_url(re.compile("learning_rate=0.05&"), timeout=PATIENCE)
    typed.fill("99")
    typed.press("Enter")
    assert typed.evaluate("(field) => field.validationMessage") == "A number from 0.0001 to 10."
    assert tune.place()[0] == 0.05


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}], indirect=True)
def test_it_fits_on_a_phone_in_the_dark(tune: Tune) -> None:
    assert tune.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = tune.canvas.bounding_box()
    assert box is not None
    assert box["width"] >= 300
