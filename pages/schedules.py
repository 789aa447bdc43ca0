"""Schedules: why decay the learning rate?"""

import streamlit as st

from player import map_view, rate_editor, sentence_view, settled_view, side_view
from ui import controls
from ui.page import page, warned
from ui.schedule_presets import FIRST, PRESETS
from ui.state import current, read_link
from ui.view import stage, stamp

page("Schedules")
problems = read_link(FIRST)


@st.fragment
def schedules() -> None:
    settings = current()
    settled_view(stamp(settings), on_settled=lambda: None)  # a dragged handle renames chips, once it is let go
    controls.presets(PRESETS)
    warned(problems)
    with st.container(key="playground"), st.container(key="schedules"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            controls.controls(settings, controls.landscape_controls)
        with middle, st.container(key="stage"):
            st.markdown("**Learning rate** by step · drag the handles")
            rate_editor()
            map_view(stage(settings.landscape))
        with right, st.container(key="beside"):
            side_view(("effective",))
        with st.container(key="said"):
            sentence_view()


with st.container(key="page"):
    schedules()
