"""The 3-D view: the same race on the same playhead, in a browser with WebGL."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.chromium import SOLID, launched
from tests.browser.player import Player

CAMERA = "document.querySelector('.descent-surface')._fullLayout.scene._scene.getCamera().eye.x"


@pytest.fixture
def solid(playwright: Playwright, address: str) -> Iterator[Player]:
    browser = launched(playwright, SOLID)
    yield Player(browser.new_page(viewport={"width": 1400, "height": 900}), address).open()
    browser.close()


def test_the_surface_shows_the_same_race_and_keeps_its_camera(solid: Player) -> None:
    complaints: list[str] = []
    solid.page.on("pageerror", lambda error: complaints.append(str(error)))
    solid.pause()
    assert solid.page.evaluate("document.querySelector('.descent-surface').childElementCount") == 0
    solid.button("3-D view").click()
    expect(solid.page.locator(".descent-surface canvas").first).to_be_visible(timeout=30_000)
    traces = solid.page.evaluate("document.querySelector('.descent-surface').data.map(({type}) => type)")
    assert traces == ["surface", *["scatter3d", "scatter3d"] * 6]
    solid.slider("Step").fill("0")
    solid.wait_for("Math.abs(document.querySelector('.descent-surface').data[2].x[0] - 1.75) < 1e-3")

    box = solid.page.locator(".descent-map").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    solid.page.mouse.move(*middle)
    solid.page.mouse.down()
    solid.page.mouse.move(middle[0] + 80, middle[1] + 20, steps=4)
    solid.page.mouse.up()
    solid.page.wait_for_timeout(1000)  # the camera glides on for a moment
    turned = solid.page.evaluate(CAMERA)
    revision = solid.number("revision")
    solid.slider("Learning rate").press("ArrowRight")
    solid.repainted_after(revision)
    solid.page.wait_for_timeout(1500)
    assert solid.page.evaluate(CAMERA) == pytest.approx(turned)
    solid.button("3-D view").click()
    expect(solid.page.locator(".descent-surface")).to_be_hidden()
    assert complaints == []
