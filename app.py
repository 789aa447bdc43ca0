"""The playground: who gets down, and how?"""

import streamlit as st

from experiment.pages.playground import PLAYGROUND
from player import map_view, sentence_view, side_view
from player.payloads.landscape import landscape_payload
from ui.common.state import current, read_link
from ui.controls.controls import controls, presets
from ui.page import open_page, warned
from ui.race.anatomy_panel import anatomy_panel
from ui.race.code_panel import code_panel

open_page(PLAYGROUND)
problems = read_link()


@st.fragment
def playground() -> None:
    settings = current()
    presets()
    warned(problems)
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            controls(settings)
        with middle, st.container(key="map-column"):
            map_view(landscape_payload(settings.landscape))
        with right, st.container(key="charts"):
            side_view()
        with st.container(key="summary"):
            sentence_view()
            anatomy_panel()
        with st.container(key="code-column"):
            code_panel()


with st.container(key="page"):
    playground()
