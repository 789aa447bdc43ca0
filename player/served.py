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

ASSETS = Path(__file__).parent / "assets"
PLOTLY = Path(plotly.__file__).parent / "package_data"

VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()))).hexdigest()[:12]

LOADER = f"""const root = document.querySelector('script[src*="static/js/"]').src;
const player = import(new URL('../../component/{__name__}.player-{VERSION}/main.js', root).href);
export default async (mount) => (await player).mount(mount);"""


@st.cache_resource(show_spinner=False)
def serve() -> None:
    """Serve both folders; once for each server."""
    served_folders.declare_component(f"player-{VERSION}", path=ASSETS)
    served_folders.declare_component("plotly", path=PLOTLY)


def component(name: str) -> "ComponentRenderer":
    """A component whose JavaScript is `mount` in main.js, which goes by the component's name."""
    return components.component(f"descent_{name}", js=LOADER, isolate_styles=False)
