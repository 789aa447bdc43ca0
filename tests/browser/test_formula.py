"""A formula of one's own in a real browser: typed, raced on, and a mistake explained at its place."""

from urllib.parse import unquote_plus

from playwright.sync_api import expect

from tests.browser.player import Player


def test_a_formula_is_typed_and_a_mistake_is_pointed_at(player: Player) -> None:
    page = player.page
    page.get_by_role("combobox", name="Landscape").fill("Your")
    page.get_by_role("option", name="Your own").click()
    field = page.get_by_label("Formula in x and y")
    expect(field).to_be_visible()
    revision = player.number("revision")
    field.fill("(x^2 - 1)^2 + 0.3x + 2y^2")
    field.press("Enter")
    player.repainted_after(revision)
    page.wait_for_url(lambda url: "landscape=own" in url and "0.3*x" in unquote_plus(url))
    expect(page.locator(".st-key-controls .katex").first).to_be_visible()

    player.settle()
    revision, before = player.number("revision"), player.outcomes()
    field.fill("2 * (x + ")
    field.press("Enter")
    error = page.get_by_role("alert").filter(has_text="A closing bracket is missing at the end")
    expect(error).to_be_visible()
    assert player.outcomes() == before
    field.fill("x^2 + y^2")
    field.press("Enter")
    expect(error).to_have_count(0)
    player.repainted_after(revision)


def test_latex_and_other_letters_are_read_and_what_was_taken_for_what_is_said(player: Player) -> None:
    page = player.page
    page.get_by_role("combobox", name="Landscape").fill("Your")
    page.get_by_role("option", name="Your own").click()
    field = page.get_by_label("Formula in x and y")
    expect(field).to_be_visible()
    revision = player.number("revision")
    field.fill(r"\frac{1}{2}w^{2} + \left|b\right|")
    field.press("Enter")
    player.repainted_after(revision)
    page.wait_for_url(lambda url: "(1/2)*x**2" in unquote_plus(url) and "abs(y)" in unquote_plus(url))
    expect(field).to_have_value("(1/2)*x**2 + abs(y)")
    expect(page.locator(".descent-note")).to_have_text("Taken for x: w and for y: b.")
    field.fill("foo(x) + § + bar(y)")
    field.press("Enter")
    error = page.get_by_role("alert").filter(has_text="The names foo, bar are not known")
    expect(error).to_contain_text("The character § is not understood")
