"""Anatomy of one update: opened at a chosen step, it follows the arrow keys and the sliders."""

from playwright.sync_api import expect

from tests.browser.player import Player


def test_the_update_under_the_playhead_is_taken_apart(player: Player) -> None:
    player.slider("Step").fill("7")
    player.button("Anatomy").click()
    panel = player.page.locator(".st-key-anatomy")
    expect(panel).to_contain_text("Step 7 to 8")
    expect(panel).to_contain_text("def update(self, gradient, state, params, learning_rate)")
    panel.get_by_text("Adam", exact=True).click()
    expect(panel).to_contain_text("first_moment")
    expect(panel.locator(".katex").first).to_be_visible()

    player.page.locator(".descent-sentence").click()
    player.page.keyboard.press("ArrowRight")
    expect(panel).to_contain_text("Step 8 to 9")
    player.page.keyboard.press("ArrowLeft")
    expect(panel).to_contain_text("Step 7 to 8")

    panel.get_by_text("Gradient descent", exact=True).click()
    expect(panel).to_contain_text("velocity")
    rule = panel.locator(".katex").nth(2)
    expect(rule).to_contain_text("0.03")
    player.slider("Learning rate").press("PageUp")
    expect(rule).not_to_contain_text("0.03")
    expect(panel).to_contain_text("Step 7 to 8")

    player.button("Anatomy").click()
    expect(panel).to_have_count(0)


def test_arrows_are_drawn_on_the_map(player: Player) -> None:
    player.slider("Step").fill("4")
    picture = "document.querySelector('.descent-overlay').toDataURL()"
    player.page.wait_for_timeout(300)
    before = player.page.evaluate(picture)
    player.button("Anatomy").click()
    expect(player.page.locator(".st-key-anatomy")).to_contain_text("Step 4 to 5")
    player.page.wait_for_function(f"(before) => {picture} !== before", arg=before)
