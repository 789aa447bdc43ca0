"""The gallery: which landscape shall it be?"""

import streamlit as st

from ui.gallery import cards, filters, found
from ui.page import page

page("Gallery")
with st.container(key="page"):
    st.markdown("#### Which landscape?")
    st.caption("Each one fails or favours somebody. Click one, and the race opens on it.")
    cards(found(*filters()))
