"""The playground: who gets down, and how?"""

import streamlit as st

from player import map_view, sentence_view, side_view
from ui import controls
from ui.anatomy import anatomy_panel
from ui.code_panel import code_panel
from ui.page import page, warned
from ui.presets import PRESETS
from ui.settings import Settings
from ui.state import current, read_link
from ui.view import stage

page("Playground")
problems = read_link(Settings())


@st.fragment
def playground() -> None:
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
            side_view()
        with st.container(key="said"):
            sentence_view()
            anatomy_panel()
        with st.container(key="take"):
            code_panel()


with st.container(key="page"):
    playground()
