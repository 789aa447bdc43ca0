"""Network: does it hold in a real network?"""

import streamlit as st

from player import feed, map_view, sentence_view, side_view
from ui import widgets
from ui.network import link
from ui.network.experiment import PRESETS
from ui.network.misread import misread
from ui.network.shown import packed, stage
from ui.page import page, warned

page("Network")


@st.fragment
def network() -> None:
    experiment = link.current()
    with st.container(key="presets", horizontal=True, gap="xsmall"):
        st.markdown("**Does it hold in a real network?**", width="content")
        st.markdown("Try", width="content")
        for name, made in PRESETS.items():
            st.button(name, key=f"preset.{name}", on_click=link.store, args=(made,), width="content")
    warned(link.problems())
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            st.caption("Handwritten digits of 64 pixels, read by one hidden layer, which three methods train.")
            widgets.fields(experiment, "network", link.store)
        with middle, st.container(key="stage"):
            map_view(stage(experiment))
        with right, st.container(key="beside"), st.container(key="network-curves"):
            side_view(("validation",))
        with st.container(key="said"):
            sentence_view()
            misread(experiment)
    feed(packed(experiment))


with st.container(key="page"):
    network()
