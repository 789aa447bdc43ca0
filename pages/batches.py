"""Batches: what does a batch do?"""

import streamlit as st

from experiment.pages.batches import BATCHES
from landscapes.data.fitted import Fitted
from player import batch_rows_view, data_view, map_view, sentence_view, side_view
from player.payloads.data import packed_orders, points
from player.payloads.landscape import landscape_payload
from ui.batches.data_controls import data_controls
from ui.batches.iteration_panel import iteration_panel
from ui.common.state import current, read_link
from ui.controls.controls import controls, presets
from ui.page import open_page, warned

open_page(BATCHES)
problems = read_link()


@st.fragment
def batches() -> None:
    settings = current()
    presets()
    warned(problems)
    with st.container(key="batches"):
        left, right = st.columns([292, 1040])
        with left, st.container(key="controls"):
            controls(settings, ("Data", data_controls))
        with right, st.container(key="pictures"):
            data, ground = st.columns([500, 520])
            landscape = settings.landscape
            assert isinstance(landscape, Fitted)
            with data, st.container(key="data-panel"):
                data_view(points(landscape))
                batch_rows_view(packed_orders(settings))
            with ground, st.container(key="map-column"):
                map_view(landscape_payload(settings.landscape))
            with st.container(key="summary"):
                sentence_view()
            with st.container(key="charts"):
                side_view(("validation", "rate", "effective"))
            with st.container(key="unfolded"):
                iteration_panel()


with st.container(key="page"):
    batches()
