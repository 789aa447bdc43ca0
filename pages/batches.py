"""Batches: what does a batch do?"""

import streamlit as st

from landscapes.fitted import Fitted
from player import data_view, map_view, picks_view, sentence_view, side_view
from ui import controls
from ui.batch_presets import FIRST, PRESETS
from ui.data import packed_orders, points
from ui.data_controls import data_controls
from ui.iteration import iteration_panel
from ui.page import page, warned
from ui.state import current, read_link
from ui.view import stage

page("Batches")
problems = read_link(FIRST, Fitted)


@st.fragment
def batches() -> None:
    settings = current()
    controls.presets(PRESETS)
    warned(problems)
    with st.container(key="batches"):
        left, right = st.columns([292, 1040])
        with left, st.container(key="controls"):
            controls.controls(settings, data_controls)
        with right, st.container(key="pictures"):
            data, ground = st.columns([500, 520])
            with data, st.container(key="data-panel"):
                data_view(points(settings.landscape))
                picks_view(packed_orders(settings))
            with ground, st.container(key="stage"):
                map_view(stage(settings.landscape))
            with st.container(key="said"):
                sentence_view()
            with st.container(key="beside"):
                side_view(("validation", "rate", "effective"))
            with st.container(key="unfolded"):
                iteration_panel()


with st.container(key="page"):
    batches()
