"""The gallery: a small picture of every landscape, which opens the playground on it."""

import base64
import io
from functools import lru_cache

import streamlit as st
from PIL import Image

from figures.theme import GROUNDS
from figures.thumbnail import thumbnail
from landscapes import LANDSCAPES, Landscape, grid
from ui.common.state import opened_on


def filters() -> tuple[str | None, str]:
    """Draw the filters. Returns the chosen family, or None for all, and the searched text."""
    families = list(dict.fromkeys(landscape.family for landscape in LANDSCAPES.values()))
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        family = st.pills("Family", families, key="family", label_visibility="collapsed", width="content")
        searched = st.text_input("Search", key="search", placeholder="Search", label_visibility="collapsed", width=240)
    return family, searched


def matching(family: str | None, searched: str) -> dict[str, type[Landscape]]:
    """The landscapes of a family, None for all, with every searched word in title, story, family or source."""
    words = searched.lower().split()
    return {
        slug: landscape
        for slug, landscape in LANDSCAPES.items()
        if family in (None, landscape.family) and all(word in _text(landscape) for word in words)
    }


def _text(landscape: type[Landscape]) -> str:
    return f"{landscape.title} {landscape.story} {landscape.family} {landscape.source}".lower()


def cards(landscapes: dict[str, type[Landscape]]) -> None:
    """Draw a card for each landscape: picture, title and story, with a link to the playground."""
    if not landscapes:
        st.info("No landscape has all of these words. Try fewer, or another family.")
    with st.container(key="cards", horizontal=True, gap="medium"):
        for slug, landscape in landscapes.items():
            with st.container(key=f"card-{slug}", width=200):
                st.html(f'<img alt="" src="{picture(slug, st.context.theme.type or "light")}">')
                st.page_link("app.py", label=landscape.title, query_params=opened_on(landscape()))
                st.caption(landscape.story)


@lru_cache(maxsize=128)
def picture(slug: str, theme: str) -> str:
    """The small picture of a landscape, as a data URL of a PNG."""
    *_, z = grid(LANDSCAPES[slug]())
    png = io.BytesIO()
    Image.fromarray(thumbnail(z, GROUNDS[theme])).quantize(64).save(png, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
