"""The page on schedules in a real browser: handles are dragged by mouse, key and finger, and the race follows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.player import Player

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DARK = {"color_scheme": "dark"}
RACERS = ("Fixed rate", "Best fixed rate", "Exponential", "Cosine")
GRIP = "Exponential: decay steps and rate"


@pytest.fixture
def player(page: Page, address: str) -> Player:
    """The page as a first visitor sees it, with the race painted."""
    return Player(page, address).open("schedules")


def grip(player: Player, name: str = GRIP) -> Locator:
    return player.page.get_by_role("slider", name=name, exact=True)


def middle(handle: Locator) -> tuple[float, float]:
    box = handle.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def code(player: Player, name: str) -> str:
    """The Keras code of a racer."""
    entry = player.page.locator(".descent-codes div div").filter(has=player.page.get_by_text(name, exact=True))
    return entry.locator("pre").inner_text()


def code_is_not(player: Player, name: str, before: str) -> None:
    """Wait for another code of a racer."""
    entry = player.page.locator(".descent-codes div div").filter(has=player.page.get_by_text(name, exact=True))
    expect(entry.locator("pre")).not_to_have_text(before)


def painted_in(player: Player, canvas: str) -> list[bool]:
    """For each racer whether its colour is on a canvas."""
    return player.page.evaluate(
        """(name) => {
          const canvas = document.querySelector(name);
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const swatches = [...document.querySelectorAll('.descent-outcomes .descent-swatch path')];
          return swatches.map((path) => {
            const [, ...hex] = path.getAttribute('stroke').match(/^#(..)(..)(..)$/);
            const colour = hex.map((part) => parseInt(part, 16));
            for (let i = 0; i < data.length; i += 4) {
              if (data[i + 3] > 250 && colour.every((part, k) => Math.abs(part - data[i + k]) < 8)) return true;
            }
            return false;
          });
        }""",
        canvas,
    )


def all_paint(player: Player) -> None:
    """Every racer is on the editor and on the map."""
    player.page.keyboard.press("End")
    player.wait_for("data.step === data.steps")
    for canvas in (".descent-rate-editor canvas", ".descent-overlay"):
        assert painted_in(player, canvas) == [True] * player.number("racers"), canvas


def changes_code_and_address(player: Player, act: Callable[[], None]) -> None:
    """New paths are painted by what `act` does, the code is another, and the address has the schedule."""
    revision, before, address = player.number("revision"), code(player, "Exponential"), player.page.url
    act()
    player.repainted_after(revision)
    code_is_not(player, "Exponential", before)
    player.page.wait_for_url(lambda url: url != address and "racer3.decay_schedule.decay_" in url)


def test_the_first_view_is_a_race_with_an_editor_over_it(player: Player) -> None:
    assert player.number("racers") == len(RACERS)
    all_paint(player)
    editor, over = (player.page.locator(part).bounding_box() for part in (".descent-rate-editor", ".descent-map"))
    assert editor is not None
    assert over is not None
    assert editor["y"] + editor["height"] <= over["y"]
    expect(player.page.get_by_test_id("sentence")).to_contain_text("settles lowest")
    every_handle_is_a_named_slider(player)


def every_handle_is_a_named_slider(player: Player) -> None:
    handles = player.page.locator(".descent-rate-editor [role=slider]")
    names = [str(handle.get_attribute("aria-label")) for handle in handles.all()]
    assert len(set(names)) == len(names)
    assert {name.split(": ")[0] for name in names} == set(RACERS)
    assert all(": " in name and name.split(": ")[1] for name in names)
    expect(grip(player)).to_have_attribute("aria-valuetext", "step 50, rate 0.04")


def test_a_hand_that_drags_a_handle_changes_the_race_while_it_moves(player: Player) -> None:
    x, y = middle(grip(player))
    player.page.mouse.move(x, y)
    player.page.mouse.down()
    for moved in (8, 24, 40):
        changes_code_and_address(player, lambda moved=moved: player.page.mouse.move(x + moved, y - moved / 2))  # type: ignore[misc]
    held = grip(player).get_attribute("aria-valuetext")
    player.page.mouse.up()
    player.settle()
    assert held != "step 50, rate 0.04"
    expect(grip(player)).to_have_attribute("aria-valuetext", str(held))
    assert "racer3.decay_schedule.decay_steps" in player.page.url


def test_arrow_keys_move_the_handle_that_has_the_focus(player: Player) -> None:
    player.page.keyboard.press("End")
    player.wait_for("data.step === data.steps")
    grip(player).focus()
    for key in ("ArrowRight", "Shift+ArrowUp"):
        changes_code_and_address(player, lambda key=key: player.page.keyboard.press(key))  # type: ignore[misc]
    expect(grip(player)).to_be_focused()
    assert player.number("step") == player.number("steps")


def test_the_first_handle_leaves_the_shared_rate_and_the_others_follow_it(player: Player) -> None:
    first = grip(player, "Cosine: initial rate")
    first.focus()
    revision = player.number("revision")
    player.page.keyboard.press("Shift+ArrowDown")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "racer4.overrides=learning_rate,decay_schedule" in url)
    expect(first).not_to_have_attribute("aria-valuenow", "0.1")
    player.settle()
    own = str(first.get_attribute("aria-valuenow"))
    expect(grip(player, "Exponential: initial rate")).to_have_attribute("aria-valuenow", "0.1")
    player.slider("Learning rate").press("ArrowLeft")
    for racer in ("Fixed rate", "Exponential"):
        expect(grip(player, f"{racer}: initial rate")).not_to_have_attribute("aria-valuenow", "0.1")
    expect(first).to_have_attribute("aria-valuenow", own)
    expect(grip(player, "Best fixed rate: initial rate")).to_have_attribute("aria-valuenow", "0.02")


def test_scrubbing_on_the_editor_moves_the_playhead(player: Player) -> None:
    box = player.page.locator(".descent-rate-editor canvas").bounding_box()
    assert box is not None
    at = [(box["x"] + 44 + share * (box["width"] - 52), box["y"] + 20) for share in (0.4, 0.5, 0.75)]
    player.page.mouse.move(*at[0])
    player.page.mouse.down()
    for place, step in zip(at, (80, 100, 150), strict=True):
        player.page.mouse.move(*place)
        player.wait_for(f"Math.abs(Number(data.step) - {step}) <= 1")
    player.page.mouse.up()
    expect(player.button("Play")).to_be_visible()


def test_the_code_of_each_racer_can_be_copied_or_says_how(player: Player) -> None:
    player.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = [code(player, name) for name in RACERS]
    assert shown[:2] == ["keras.optimizers.SGD(learning_rate=0.1)", "keras.optimizers.SGD(learning_rate=0.02)"]
    for text, name in zip(shown[2:], ("ExponentialDecay", "CosineDecay"), strict=True):
        assert text.startswith(f"keras.optimizers.schedules.{name}(")
    buttons = player.page.locator(".descent-codes button")
    buttons.nth(2).click()
    expect(buttons.nth(2)).to_have_text("Copied")
    assert player.page.evaluate("navigator.clipboard.readText()") == shown[2]
    player.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    buttons.nth(3).click()
    expect(buttons.nth(3)).to_have_text("Select it and copy")


def test_effective_rates_are_charted_where_there_are_any(player: Player) -> None:
    chart, button = player.page.locator("[data-curve=further]"), player.button("Effective rate")
    expect(chart).to_be_hidden()
    revision = player.number("revision")
    player.button("Adagrad fades").click()
    player.repainted_after(revision)
    expect(button).to_be_visible()
    player.page.keyboard.press("End")
    player.wait_for("data.step === data.steps && data.racers === '3'")
    assert painted_in(player, "[data-curve=further] canvas") == [True] * 3


def test_a_link_with_a_dragged_schedule_replays(player: Player, address: str) -> None:
    x, y = middle(grip(player))
    player.page.mouse.move(x, y)
    player.page.mouse.down()
    changes_code_and_address(player, lambda: player.page.mouse.move(x + 60, y - 15))
    player.page.mouse.up()
    player.settle()
    again = Player(player.page.context.new_page(), address)
    again.open(player.page.url.removeprefix(f"{address}/"))
    assert again.outcomes() == player.outcomes()
    assert code(again, "Exponential") == code(player, "Exponential")
    expect(grip(again)).to_have_attribute("aria-valuetext", str(grip(player).get_attribute("aria-valuetext")))


def test_back_takes_a_released_control_back(player: Player) -> None:
    before = player.outcomes()
    revision = player.number("revision")
    player.slider("Noise").press("ArrowRight")
    player.repainted_after(revision)
    player.page.wait_for_url(lambda url: "noise=3.5" in url)
    assert player.outcomes() != before
    player.page.go_back()
    player.wait_for("data.revision === '1'")
    expect(player.slider("Noise")).to_have_attribute("aria-valuetext", "3.00")
    player.settle()
    assert player.outcomes() == before


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_finger_drags_a_handle_on_a_phone(player: Player) -> None:
    assert player.page.evaluate("document.documentElement.scrollWidth") <= 390
    grip(player).scroll_into_view_if_needed()
    scrolled = player.page.evaluate("document.scrollingElement.scrollTop")
    x, y = middle(grip(player))
    touch = player.page.context.new_cdp_session(player.page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": across, "y": down} for across, down in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    finger("touchStart", (x, y))
    changes_code_and_address(player, lambda: finger("touchMove", (x + 30, y - 10)))
    changes_code_and_address(player, lambda: finger("touchMove", (x + 40, y - 30)))
    finger("touchEnd")
    assert player.page.evaluate("document.scrollingElement.scrollTop") == scrolled


@pytest.mark.parametrize("page", [DARK], indirect=True)
def test_it_is_painted_in_the_dark(player: Player) -> None:
    expect(player.page.locator("html")).to_have_attribute("data-descent-theme", "dark")
    all_paint(player)
