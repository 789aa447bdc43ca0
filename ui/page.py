"""The beginning of every page: its title, the bar above it, and the style."""

from pathlib import Path

import streamlit as st

from experiment.pages import PAGES
from experiment.pages.page_spec import PageSpec
from figures.css import colours
from player import copy_link
from ui.common.state import enter, notes
from ui.exports.menu import export_menu
from ui.server.start_up import start_up

STYLE = (Path(__file__).parent / "style.css").read_text()
ICON = str(Path(__file__).parent / "icon.svg")


def open_page(page: PageSpec) -> None:
    """Set the page up and draw the bar. It must be the first call of every page."""
    start_up()
    enter(page)
    st.set_page_config(page_title=f"{page.title} · Descent", page_icon=ICON, layout="wide")
    st.html(f"<style>{STYLE}{colours()}</style>")
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html('<p class="descent-name">Descent</p>', width="content")
        for other in PAGES.values():
            st.page_link(other.file, label=other.title, width="content")
        with st.container(key="share", horizontal=True, vertical_alignment="center"):
            copy_link()
            if page.first is not None:
                export_menu(page)


def warned(problems: list[str]) -> None:
    """Draw a box with the problems of the link, and another with the values of a file that differ from its link."""
    if changes := notes():
        st.info("The file was edited since it was saved. " + " ".join(changes))
    if problems:
        st.warning("Some of this link could not be used; defaults stand in. " + " ".join(problems))
