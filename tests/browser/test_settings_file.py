"""A saved settings file in a real browser: opened again, refused, or said to be wrong in part."""

import json
from pathlib import Path

from playwright.sync_api import expect

from experiment import settings_json
from experiment.pages.batches import PRESETS as BATCHES
from experiment.race.settings import Settings
from tests.browser.menu import made_there, saved
from tests.browser.player import PATIENCE, Player


def opens(player: Player, text: str) -> None:
    """Hand a settings file to the page."""
    file = {"name": "settings.json", "mimeType": "application/json", "buffer": text.encode()}
    box = player.page.locator(".st-key-exports input[type=file]")
    expect(box).to_have_count(1, timeout=PATIENCE)  # after a refused file it is another one
    box.set_input_files(file)


def test_saved_settings_are_opened_again_after_a_refused_file(menu: Player, tmp_path: Path) -> None:
    text = saved(menu, made_there(menu, "json"), tmp_path).read_text()
    revision = menu.number("revision")
    menu.slider("Learning rate").press("ArrowRight")
    menu.repainted_after(revision)
    if not made_there(menu, "json").count():
        menu.button("Export").click()
    opens(menu, "a list of things to buy")
    expect(menu.page.get_by_role("alert")).to_contain_text("A settings file must be JSON with a link", timeout=PATIENCE)
    opens(menu, text)
    link = json.loads(text)["link"]
    menu.page.wait_for_url(lambda url: link in url, timeout=PATIENCE)
    expect(menu.page.get_by_label("Type η")).to_have_value(str(Settings().learning_rate))


def test_settings_of_another_page_lead_there_and_what_is_wrong_in_them_is_said(menu: Player) -> None:
    text = settings_json(BATCHES["zero loss is not the goal"].replace(steps=77))
    opens(menu, text.replace("learning_rate=0.03", "learning_rate=nan"))
    menu.page.wait_for_url(lambda url: "/batches?" in url and "steps=77" in url, timeout=PATIENCE)
    expect(menu.page.get_by_test_id("sentence")).to_contain_text("57 held out", timeout=PATIENCE)
    expect(menu.page.get_by_test_id("stAlert")).to_contain_text("Received: nan")
