"""Tune: which learning rate and momentum?"""

import streamlit as st

from player import map_view, sentence_view, side_view
from ui import controls
from ui.code_panel import code_panel
from ui.contest import contest_panel
from ui.page import page, warned
from ui.state import current, read_link
from ui.tune_presets import FIRST, PRESETS
from ui.tuning import tuning_panel
from ui.view import stage

page("Tune")
problems = read_link(FIRST)


@st.fragment
def tune() -> None:
    settings = current()
    controls.presets(PRESETS)
    warned(problems)
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 560, 450])
        with left, st.container(key="controls"):
            controls.controls(settings, controls.landscape_controls)
        with middle, st.container(key="stage"):
            tuning_panel()
        with right, st.container(key="morph"):
            map_view(stage(settings.landscape))
            side_view(())
        with st.container(key="said"):
            sentence_view()
        with st.container(key="studies"):
            wide, narrow = st.columns([7, 5], gap="large")
            with wide:
                contest_panel()
            with narrow:
                code_panel()


with st.container(key="page"):
    tune()
