"""What every page begins with: its title, the bar above it, and the style."""

import urllib.parse
from pathlib import Path

import streamlit as st

from figures.theme import GROUNDS, LOOKS, look, twins
from player import copy_link
from ui.start_up import start_up
from ui.state import enter

PAGES = {
    "app.py": "Playground",
    "pages/escape.py": "Escape",
    "pages/schedules.py": "Schedules",
    "pages/batches.py": "Batches",
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
    st.html(f"<style>{STYLE}{_colours()}</style>")
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html('<p class="descent-name">Descent</p>', width="content")
        for file, name in PAGES.items():
            st.page_link(file, label=name, width="content")
        copy_link()


def warned(problems: list[str]) -> None:
    """What in the link could not be used, in one box."""
    if problems:
        st.warning("Some of this link could not be used; defaults stand in. " + " ".join(problems))


def _colours() -> str:
    """The themes as CSS: variables for the ground, a swatch for each racer's look; the map says which theme is on."""
    return _rules(":root", "light") + _rules(':root[data-descent-theme="dark"]', "dark")


def _rules(root: str, theme: str) -> str:
    ground = GROUNDS[theme]
    variables = {"paper": ground.paper, "muted": ground.muted, "hairline": ground.hairline, "raised": ground.raised}
    said = "".join(f"--descent-{key}: {colour};" for key, colour in variables.items())
    swatches = (_swatch(root, name, twin, theme) for name in LOOKS for twin in twins(name))
    return f"{root} {{ {said} }} {' '.join(swatches)}"


def _swatch(root: str, name: str, twin: int, theme: str) -> str:
    colour, dash = look(name, twin, theme)
    variables = f"--descent-colour: {colour}; --descent-swatch: {_line(colour, dash)};"
    return f'{root} [class*="-of-{name}-{twin}"] {{ {variables} }}'


def _line(colour: str, dash: list[int]) -> str:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='24' height='4'>"
        f"<path d='M0 2h24' stroke='{colour}' stroke-width='3' stroke-dasharray='{' '.join(map(str, dash))}'/></svg>"
    )
    return f'url("data:image/svg+xml,{urllib.parse.quote(svg)}")'
