"""Records a tree: serves it, opens every view, and writes what was seen into a folder."""

import json
import sys
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, sync_playwright

from tests.browser.chromium import FLAT, launched
from tests.browser.served import server
from tests.screens.browsing import Visit
from tests.screens.views import VIEWS, View

NUMBERS = "numbers.json"
TABLES = "tables"
PICTURES = "pictures"

SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1400, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


def record(folder: Path, tree: Path, views: Sequence[View] = VIEWS) -> list[str]:
    """Write the numbers, tables and pictures of all views; gives one line for each view that failed.

    Args:
        folder: is made; it must be empty, so that nothing old is taken for new.
        tree: whose `app.py` is served.
        views: what is opened.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} must be empty, so that nothing old is taken for new.")
    for part in (TABLES, PICTURES):
        (folder / part).mkdir(parents=True, exist_ok=True)
    seen: dict[str, Any] = {}
    failed: list[str] = []
    with server("app.py", tree) as address, sync_playwright() as driver:
        browser = launched(driver, FLAT)
        # One context a size, because each has a cache of its own and loads all scripts anew.
        contexts = {size: browser.new_context(**options) for size, options in SIZES.items()}
        for view in views:
            began = time.monotonic()
            try:
                seen[view.name] = _record_view(contexts, address, view, folder)
                problem = ""
            except (AssertionError, OSError, Error) as error:  # one view that fails leaves the others
                problem = (str(error).splitlines() or [repr(error)])[0]
            if problem:
                failed.append(f"{view.name}: {problem}")
                seen[view.name] = {"failure": problem}
            print(f"{view.name:32} {time.monotonic() - began:5.1f} s  {problem}", file=sys.stderr, flush=True)
        browser.close()
    (folder / NUMBERS).write_text(json.dumps(seen, indent=1, ensure_ascii=False))
    return failed


def _record_view(contexts: dict[str, BrowserContext], address: str, view: View, folder: Path) -> dict[str, Any]:
    """Numbers and the picture at the desk in the light; the other sizes and themes where the view is shown whole."""
    seen = _visit(contexts["desk"], address, view, folder, "desk.light")
    if view.whole:
        for size, theme in product(SIZES, ("light", "dark")):
            if (size, theme) != ("desk", "light"):
                _visit(contexts[size], address, view, folder, f"{size}.{theme}")
    return seen


def _visit(context: BrowserContext, address: str, view: View, folder: Path, look: str) -> dict[str, Any]:
    page = context.new_page()
    try:
        page.emulate_media(color_scheme="dark" if "dark" in look else "light", reduced_motion="reduce")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        visit = Visit(page, address, view)
        pictures = visit.screens() if view.whole else [visit.picture]
        for number, picture in enumerate(pictures, 1):
            (folder / PICTURES / f"{view.name}.{look}.{number}.png").write_bytes(picture)
        if look != "desk.light":
            return {}
        seen = {
            **visit.words(),
            "errors": errors,
            "arrays": visit.arrays.digests(),
            "numbers": visit.arrays.numbers(),
            "tables": [f"{view.name}.{number}.csv" for number, _ in enumerate(view.tables, 1)],
        }
        for row, file in zip(view.tables, seen["tables"], strict=True):
            visit.table(row, folder / TABLES / file)
        return seen
    finally:
        page.close()
