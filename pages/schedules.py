"""Schedules: why decay the learning rate?"""

import streamlit as st

from experiment.pages.schedules import SCHEDULES
from player import idle_callback, map_view, rate_editor, sentence_view, side_view
from player.payloads.landscape import landscape_payload
from player.payloads.race import race_stamp
from ui.common.state import current, read_link
from ui.controls.controls import LiveParts, controls, presets
from ui.page import open_page, warned
from ui.schedules.schedules import add_schedule, drag_handle

open_page(SCHEDULES)
problems = read_link()


@st.fragment
def schedules() -> None:
    settings = current()
    idle_callback(race_stamp(settings), on_settled=lambda: None)  # a dragged handle renames chips, once it is let go
    presets()
    warned(problems)
    with st.container(key="playground"), st.container(key="schedules"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            controls(settings, adding=add_schedule, parts=LiveParts(on_drag=drag_handle))
        with middle, st.container(key="map-column"):
            st.markdown("**Learning rate** by step · drag the handles")
            rate_editor()
            map_view(landscape_payload(settings.landscape))
        with right, st.container(key="charts"):
            side_view(("effective",))
        with st.container(key="summary"):
            sentence_view()


with st.container(key="page"):
    schedules()
