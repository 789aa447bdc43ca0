"""Escape: stuck in a local minimum, or out?"""

import streamlit as st

from player import energy_view, map_view, sentence_view, side_view
from ui import controls
from ui.basins import basins_panel
from ui.energy import derivation
from ui.ensemble import ensemble_panel
from ui.escape_presets import FIRST, PRESETS
from ui.page import page, warned
from ui.state import current, read_link
from ui.view import stage

page("Escape")
problems = read_link(FIRST)


@st.fragment
def escape() -> None:
    settings = current()
    controls.presets(PRESETS)
    warned(problems)
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            controls.controls(settings, controls.landscape_controls)
        with middle, st.container(key="stage"):
            map_view(stage(settings.landscape))
        with right, st.container(key="beside"):
            energy_view()
            derivation()
            side_view(())
        with st.container(key="said"):
            sentence_view()
        with st.container(key="studies"):
            basins_panel()
            ensemble_panel()


with st.container(key="page"):
    escape()
