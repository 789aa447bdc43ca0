"""Network: does it hold in a real network?"""

import streamlit as st

from experiment.network.experiment import PRESETS
from experiment.pages.network import NETWORK
from player import feed, map_view, sentence_view, side_view
from player.payloads.network import landscape_payload, packed
from ui.common import widgets
from ui.network import state
from ui.network.misclassified import misclassified
from ui.page import open_page, warned

open_page(NETWORK)


@st.fragment
def network() -> None:
    experiment = state.current()
    with st.container(key="presets", horizontal=True, gap="xsmall"):
        st.markdown(f"**{NETWORK.question}**", width="content")
        st.markdown("Try", width="content")
        for name, preset in PRESETS.items():
            st.button(name, key=f"preset.{name}", on_click=state.store, args=(preset,), width="content")
    warned(state.problems())
    with st.container(key="playground"):
        left, middle, right = st.columns([292, 640, 370])
        with left, st.container(key="controls"):
            st.caption("Handwritten digits of 64 pixels, read by one hidden layer, which three methods train.")
            widgets.fields(experiment, "network", state.store)
        with middle, st.container(key="map-column"):
            map_view(landscape_payload(experiment))
        with right, st.container(key="charts"), st.container(key="network-curves"):
            side_view(("validation",))
        with st.container(key="summary"):
            sentence_view()
            misclassified(experiment)
    feed(packed(experiment))


with st.container(key="page"):
    network()
