"""Serves our JavaScript and Plotly's, so that a data change resends neither.

Streamlit serves the folder of a declared component; ours are declared and never mounted. The hash of the files is
part of the address, so a browser keeps them for good and never runs a stale one.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import plotly
import streamlit as st
import streamlit.components.v1 as served_folders
import streamlit.components.v2 as components

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

ASSETS = Path(__file__).parent.parent / "assets"
PLOTLY = Path(plotly.__file__).parent / "package_data"

VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()))).hexdigest()[:12]

LOADER = f"""const s = document.querySelector('script[src*="static/js/"]').src
export default async m =>
(await import(new URL('../../component/{__name__}.player-{VERSION}/main.js', s))).mount(m)"""
"""Sent with every change of data, so it is short: it fetches main.js, which the browser keeps."""


@st.cache_resource(show_spinner=False)
def serve(version: str = VERSION) -> None:
    """Serve both folders; once for each server and version."""
    served_folders.declare_component(f"player-{version}", path=ASSETS)
    served_folders.declare_component("plotly", path=PLOTLY)


def component(name: str) -> "ComponentRenderer":
    """A component whose JavaScript is `mount` in main.js, which goes by the component's name."""
    return components.component(f"descent_{name}", js=LOADER, isolate_styles=False)
