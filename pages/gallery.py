"""The gallery: which landscape shall it be?"""

import streamlit as st

from experiment.pages import GALLERY
from ui.gallery.cards import cards, filters, matching
from ui.page import open_page

open_page(GALLERY)
with st.container(key="page"):
    st.markdown("#### Which landscape?")
    st.caption("Each one fails or favours somebody. Click one, and the race opens on it.")
    cards(matching(*filters()))
