"""Every control in a real browser: new paths are painted, and the address bar follows."""

import pytest
from playwright.sync_api import expect

from tests.browser.player import Player

LIVE = ("Learning rate", "Momentum")
ON_RELEASE = ("Steps", "Batch size", "Noise", "Barrier", "Tilt")


@pytest.mark.parametrize("name", [*LIVE, *ON_RELEASE])
def test_each_slider_repaints_and_changes_the_address(player: Player, name: str) -> None:
    revision, address = player.number("revision"), player.page.url
    player.slider(name).press("ArrowRight" if name != "Batch size" else "ArrowLeft")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: url != address)


@pytest.mark.parametrize("name", LIVE)
def test_live_sliders_act_while_they_are_dragged(player: Player, name: str) -> None:
    box = player.slider(name).bounding_box()
    assert box is not None
    player.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    player.page.mouse.down()
    for step in range(1, 5):
        revision = player.number("revision")
        player.page.mouse.move(box["x"] + (0.5 + 0.03 * step) * box["width"], box["y"] + box["height"] / 2)
        player.repainted_after(revision)  # while the hand is still down
    player.page.mouse.up()
    player.settle()
    shown = player.page.get_by_label("Type η" if name == "Learning rate" else "Type β").input_value()
    key = name.lower().replace(" ", "_")
    player.page.wait_for_url(lambda url: f"{key}={shown}" in url)


def test_a_value_can_be_typed_and_a_double_click_brings_the_default_back(player: Player) -> None:
    typed = player.page.get_by_label("Type η")
    typed.fill("0.123")
    typed.press("Enter")
    player.page.wait_for_url(lambda url: "learning_rate=0.123" in url)
    player.slider("Learning rate").dblclick()
    player.page.wait_for_url(lambda url: "learning_rate=0.03&" in url)
    expect(typed).to_have_value("0.03")


def test_a_wrong_value_is_explained_and_nothing_is_lost(player: Player) -> None:
    typed = player.page.get_by_label("Type η")
    typed.fill("-3")
    typed.press("Enter")
    assert typed.evaluate("(input) => input.validationMessage") == "A number from 0.0001 to 10."
    typed.press("Escape")
    expect(typed).to_have_value("0.03")


def test_a_schedule_brings_its_own_sliders(player: Player) -> None:
    player.page.get_by_role("combobox", name="Decay schedule").click()
    revision = player.number("revision")
    player.page.get_by_role("option", name="exponential").click()
    player.repainted_after(revision)
    revision = player.number("revision")
    player.slider("Decay rate").press("ArrowLeft")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "decay_schedule=exponential" in url and "decay_rate" in url)


def test_a_landscape_is_picked(player: Player) -> None:
    revision = player.number("revision")
    player.page.get_by_role("combobox", name="Landscape").fill("Himmel")
    player.page.get_by_role("option", name="Himmelblau").click()
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "landscape=himmelblau" in url)


def test_racers_are_added_renamed_duplicated_and_removed(player: Player) -> None:
    player.page.get_by_role("button", name="Add racer").click()
    player.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Adam").click()
    player.wait_for("data.racers === '7'")
    expect(player.page.locator(".descent-outcomes")).to_contain_text("Adam 2")
    expect(player.page.get_by_test_id("stPopoverBody")).to_have_count(0)
    player.page.locator(".st-key-racers").get_by_role("button", name="Nesterov").click()
    name = player.page.get_by_label("Name", exact=True)
    name.fill("Looks ahead")
    name.press("Enter")
    expect(player.page.locator(".descent-outcomes")).to_contain_text("Looks ahead")
    player.button("Duplicate").click()
    player.wait_for("data.racers === '8'")
    expect(player.page.locator(".descent-outcomes")).to_contain_text("Looks ahead 2")
    player.button("Remove").click()
    player.wait_for("data.racers === '7'")


def test_a_racer_is_set_apart(player: Player) -> None:
    player.page.locator(".st-key-racers").get_by_role("button", name="Gradient descent").click()
    revision = player.number("revision")
    player.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Learning rate").click()
    player.page.wait_for_url(lambda url: "racer1.overrides=learning_rate,momentum" in url)
    own = player.slider("Own learning rate")
    own.press("ArrowRight")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "racer1.learning_rate=" in url)


PRESETS = {
    "too small": "on the way",
    "too large": "diverged at step",
    "stuck in a local minimum": "stuck in the same local minimum",
    "momentum escapes": "carried over the barrier",
    "zigzag in a ravine": "global minimum",
    "saddle": "saddle",
    "Adagrad fades": "Adagrad is still on the way",
    "noise": "hover around a global minimum",
}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_show_what_they_are_named_for(player: Player, name: str) -> None:
    revision = player.number("revision")
    player.button(name).click()
    player.repainted_after(revision)
    expect(player.page.get_by_test_id("sentence")).to_contain_text(PRESETS[name])


def test_the_limit_mark_moves_with_momentum(player: Player) -> None:
    limit = player.page.locator("[title^='Momentum: 2(1+β)/λ'][data-limit]")
    before = float(limit.get_attribute("data-limit") or 0)
    revision = player.number("revision")
    for _ in range(4):
        player.slider("Momentum").press("PageDown")
    player.repainted_after(revision)
    player.settle()
    beta = float(player.page.get_by_label("Type β").input_value())
    assert beta < 0.6
    after = float(limit.get_attribute("data-limit") or 0)
    assert after != before
