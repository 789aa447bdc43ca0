"""Tune: which learning rate and momentum?"""

import streamlit as st

from experiment.pages.tune import TUNE
from player import map_view, sentence_view, side_view
from player.payloads.landscape import landscape_payload
from ui.common.state import current, read_link
from ui.controls.controls import LiveParts, controls, presets
from ui.page import open_page, warned
from ui.race.code_panel import code_panel
from ui.tune.comparison_panel import comparison_panel
from ui.tune.map_controls import map_controls
from ui.tune.tuning_panel import place, tuning_live, tuning_panel

open_page(TUNE)
problems = read_link()


@st.fragment
def tune() -> None:
    settings = current()
    presets()
    warned(problems)
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 560, 450])
        with left, st.container(key="controls"):
            controls(settings, more=[("Map", map_controls)], parts=LiveParts(tuning_live, on_place=place))
        with middle, st.container(key="map-column"):
            tuning_panel()
        with right, st.container(key="map-and-loss"):
            map_view(landscape_payload(settings.landscape))
            side_view(())
        with st.container(key="summary"):
            sentence_view()
        with st.container(key="studies"):
            wide, narrow = st.columns([7, 5], gap="large")
            with wide:
                comparison_panel()
            with narrow:
                code_panel()


with st.container(key="page"):
    tune()
