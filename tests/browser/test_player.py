"""The player in a real browser: it plays, scrubs, obeys the keyboard, and the hand on the map."""

import pytest
from playwright.sync_api import expect

from tests.browser.player import Player


def test_opens_on_a_running_race(player: Player) -> None:
    assert player.number("racers") == 6
    assert player.number("steps") == 200
    player.wait_for("Number(data.step) > 5")
    expect(player.button("Pause")).to_be_visible()


def test_plays_pauses_and_restarts(player: Player) -> None:
    player.wait_for("Number(data.step) > 5")
    player.pause()
    held = player.number("step")
    player.page.wait_for_timeout(300)
    assert player.number("step") == held
    player.button("Restart").click()
    player.wait_for(f"Number(data.step) > 0 && Number(data.step) < {held + 40}")
    expect(player.button("Pause")).to_be_visible()


def test_scrubs_with_the_step_slider(player: Player) -> None:
    player.slider("Step").fill("120")
    player.wait_for("data.step === '120'")
    expect(player.button("Play")).to_be_visible()
    player.slider("Step").press("ArrowRight")
    player.wait_for("data.step === '121'")


def test_keyboard_plays_steps_and_jumps(player: Player) -> None:
    for key, condition in [
        ("End", "data.step === data.steps"),
        ("ArrowLeft", "data.step === '199'"),
        ("Home", "data.step === '0'"),
        ("ArrowRight", "data.step === '1'"),
        ("Shift+ArrowRight", "data.step === '11'"),
    ]:
        player.page.keyboard.press(key)
        player.wait_for(condition)
    player.page.keyboard.press("Space")
    expect(player.button("Pause")).to_be_visible()
    player.page.keyboard.press("r")
    player.wait_for("Number(data.step) < 11")


def test_speed_goes_round_its_six_values(player: Player) -> None:
    seen = []
    for _ in range(6):
        player.button("Speed").click()
        seen.append(player.button("Speed").inner_text())
    assert seen == ["2×", "4×", "8×", "0.25×", "0.5×", "1×"]


def test_loop_starts_over_at_the_end(player: Player) -> None:
    player.button("Loop").click()
    player.slider("Step").fill("195")
    player.button("Play").click()
    player.wait_for("Number(data.step) < 100")
    expect(player.button("Pause")).to_be_visible()


def test_a_click_on_the_map_moves_the_start(player: Player) -> None:
    revision, address = player.number("revision"), player.page.url
    player.page.mouse.click(*player.map_point(0.35, 0.25))
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: url != address and "start=" in url)


def test_dragging_moves_the_start_while_the_hand_moves(player: Player) -> None:
    player.page.mouse.move(*player.map_point(0.3, 0.3))
    player.page.mouse.down()
    for step in range(1, 5):
        revision = player.number("revision")
        player.page.mouse.move(*player.map_point(0.3 + 0.0825 * step, 0.3 + 0.055 * step))
        player.repainted_after(revision)  # while the hand is still down
    player.page.mouse.up()
    player.settle()
    start = player.page.evaluate("new URL(location.href).searchParams.get('start')")
    x, y = map(float, start.split(","))
    assert x == pytest.approx(0.49, abs=0.1)
    assert y == pytest.approx(-0.17, abs=0.1)


def test_hovering_a_path_reads_its_numbers(player: Player) -> None:
    player.page.keyboard.press("End")
    player.page.mouse.move(*player.place_of(1.75, 1.35))
    tip = player.page.locator(".descent-map .descent-tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("step")
    for word in ("loss", "gradient", "rate", "1.75, 1.35", "5.699"):
        expect(tip).to_contain_text(word)


def test_zoom_playhead_and_speed_survive_a_slider(player: Player) -> None:
    player.slider("Step").fill("80")
    player.button("Speed").click()
    ticks_on_x = player.page.locator(".descent-plot .xtick text")
    expect(ticks_on_x.first).to_be_attached(timeout=30_000)
    unzoomed = ticks_on_x.all_text_contents()
    player.page.mouse.move(*player.map_point(0.5, 0.5))
    player.page.mouse.wheel(0, -500)
    player.wait_for("document.querySelector('.descent-zoomed') !== null")
    expect(ticks_on_x).not_to_have_text(unzoomed)
    ticks = ticks_on_x.all_text_contents()
    revision = player.number("revision")
    player.slider("Learning rate").press("ArrowRight")
    player.repainted_after(revision)
    assert player.number("step") == 80
    assert player.button("Speed").inner_text() == "2×"
    assert ticks_on_x.all_text_contents() == ticks


def test_hovering_a_curve_reads_its_numbers(player: Player) -> None:
    player.page.keyboard.press("End")
    box = player.page.locator("[data-curve=height] canvas").bounding_box()
    assert box is not None
    player.page.mouse.move(box["x"] + 44 + 0.5 * (box["width"] - 52), box["y"] + 22)
    tip = player.page.locator("[data-curve=height] .descent-tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("loss")
    expect(tip).to_contain_text("100")


def test_clicking_a_curve_moves_the_playhead(player: Player) -> None:
    box = player.page.locator("[data-curve=height] canvas").bounding_box()
    assert box is not None
    player.page.mouse.click(box["x"] + 44 + 0.5 * (box["width"] - 52), box["y"] + 60)
    player.wait_for("Math.abs(Number(data.step) - 100) <= 1")


def changes_the_picture(player: Player, canvas: str, act) -> None:
    """What `act` does can be seen on a canvas."""
    picture = f"document.querySelector('{canvas}').toDataURL()"
    player.page.wait_for_timeout(300)
    before = player.page.evaluate(picture)
    act()
    player.page.wait_for_function(f"(before) => {picture} !== before", arg=before)


def test_the_sharpness_can_be_shown_in_place_of_the_rate(player: Player) -> None:
    player.pause()
    chosen = player.page.get_by_role("button", name="Sharpness")
    changes_the_picture(player, "[data-curve=further] canvas", chosen.click)
    expect(chosen).to_have_attribute("aria-pressed", "true")


def test_the_gradient_field_is_drawn_when_asked_for(player: Player) -> None:
    player.pause()
    player.page.mouse.move(*player.map_point(0.5, 0.5))
    changes_the_picture(player, ".descent-overlay", player.button("Gradient field").click)
