"""What every page begins with: its title, the bar above it, and the style."""

from pathlib import Path

import streamlit as st

from player import copy_link
from ui.colours import colours
from ui.exports.menu import export_menu
from ui.settings import PAGES as RACES
from ui.start_up import start_up
from ui.state import enter, notes

PAGES = {
    "app.py": "Playground",
    "pages/learn.py": "Learn",
    "pages/escape.py": "Escape",
    "pages/tune.py": "Tune",
    "pages/schedules.py": "Schedules",
    "pages/batches.py": "Batches",
    "pages/network.py": "Network",
    "pages/gallery.py": "Gallery",
}
"""File and name of each page, in the order of the bar."""

STYLE = (Path(__file__).parent / "style.css").read_text()
ICON = str(Path(__file__).parent / "icon.svg")


def page(title: str) -> None:
    """Set the page up; the first call of every page."""
    start_up()
    enter(title.lower())
    st.set_page_config(page_title=f"{title} · Descent", page_icon=ICON, layout="wide")
    st.html(f"<style>{STYLE}{colours()}</style>")
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html('<p class="descent-name">Descent</p>', width="content")
        for file, name in PAGES.items():
            st.page_link(file, label=name, width="content")
        with st.container(key="share", horizontal=True, vertical_alignment="center"):
            copy_link()
            if title.lower() in RACES:
                export_menu(settings_pages())


def settings_pages() -> dict[str, str]:
    """The file of each page that shows settings, by its name in them."""
    return {name.lower(): file for file, name in PAGES.items() if name.lower() in RACES}


def warned(problems: list[str]) -> None:
    """What in the link could not be used, in one box, and what in a file is other than its link, in another."""
    if said := notes():
        st.info("The file was edited since it was saved. " + " ".join(said))
    if problems:
        st.warning("Some of this link could not be used; defaults stand in. " + " ".join(problems))
