"""The list of exports: its rows, and the files that they give."""

from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.player import PATIENCE, Player


def saved(player: Player, row: Locator, folder: Path) -> Path:
    """The file that a row of the list gives."""
    with player.page.expect_download(timeout=PATIENCE) as download:
        row.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def made_there(player: Player, ending: str) -> Locator:
    """A row whose file the server makes."""
    return player.page.locator(f".st-key-export-{ending} button")
