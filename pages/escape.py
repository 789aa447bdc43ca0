"""Escape: stuck in a local minimum, or out?"""

import streamlit as st

from experiment.pages.escape import ESCAPE
from player import energy_view, map_view, sentence_view, side_view
from player.payloads.landscape import landscape_payload
from ui.common.state import current, read_link
from ui.controls.controls import LiveParts, controls, presets
from ui.escape.basins_panel import basins_live, basins_panel
from ui.escape.derivation import derivation
from ui.escape.ensemble_panel import ensemble_panel
from ui.page import open_page, warned

open_page(ESCAPE)
problems = read_link()


@st.fragment
def escape() -> None:
    settings = current()
    presets()
    warned(problems)
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            controls(settings, parts=LiveParts(basins_live))
        with middle, st.container(key="map-column"):
            map_view(landscape_payload(settings.landscape))
        with right, st.container(key="charts"):
            energy_view()
            derivation()
            side_view(())
        with st.container(key="summary"):
            sentence_view()
        with st.container(key="studies"):
            basins_panel()
            ensemble_panel()


with st.container(key="page"):
    escape()
