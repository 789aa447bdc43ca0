"""At 390 pixels: map first, then the play bar, the sentence and the controls; everything by touch."""

import pytest

from tests.browser.player import Player

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_phone_order_and_width(player: Player) -> None:
    places = [
        player.page.locator(part).first.bounding_box()["y"]
        for part in (".descent-map", ".descent-bar", ".descent-sentence", ".st-key-controls", ".descent-side")
    ]
    assert places == sorted(places)
    assert player.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_tap_moves_the_start(player: Player) -> None:
    revision = player.number("revision")
    player.page.touchscreen.tap(*player.map_point(0.4, 0.3))
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "start=" in url)
