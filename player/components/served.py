"""Serves the player's JavaScript and Plotly's, so that they are sent once and not with every change of data.

Streamlit serves the folder of a declared component, so one is declared for each file and never mounted. Streamlit tells
a browser to ask again at each visit, so the JavaScript keeps both files in the browser's Cache Storage. The address of
each file has its version, so a browser never runs an old one.
"""

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import plotly
import streamlit as st
import streamlit.components.v1 as served_folders
import streamlit.components.v2 as components

from player.bundle import bundle

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

PLOTLY = Path(plotly.__file__).parent / "package_data"
PLOTLY_NAME = f"plotly-{plotly.__version__}"

PROGRAM = bundle("main.js")
VERSION = hashlib.sha256(PROGRAM.encode()).hexdigest()[:12]
PROGRAM_NAME = f"player-{VERSION}"

LOADER = f"""const s=document.querySelector('script[src*="static/js/"]').src,
b=new URL('../../component/{__name__}.',s).href,
u=b+'{PROGRAM_NAME}/player.js',
load=async()=>{{try{{const c=await caches.open('descent')
await c.match(u)||await c.add(u)
return await import(URL.createObjectURL(await(await c.match(u)).blob()))}}catch{{return import(u)}}}}
export default async m=>(await(globalThis.descent_{VERSION}??=
load().then(p=>p.connect(b,u,b+'{PLOTLY_NAME}/plotly.min.js'))
.catch(e=>{{delete globalThis.descent_{VERSION};throw e}})))(m)"""
"""The JavaScript of every component. It is sent with every change of data, so it is short.

It loads the bundle of main.js once for all components. If loading fails, the next component tries again.
"""


@st.cache_resource(show_spinner=False)
def serve(version: str = VERSION) -> None:
    """Serve the bundle and Plotly. It runs once for each server and version."""
    folder = Path(tempfile.mkdtemp(prefix="descent-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "player.js").write_text(PROGRAM, encoding="utf-8")
    served_folders.declare_component(f"player-{version}", path=folder)
    served_folders.declare_component(PLOTLY_NAME, path=PLOTLY)


def component(name: str) -> "ComponentRenderer":
    """The component of that name. Its JavaScript is the function that `connect` in main.js returns for the name."""
    return components.component(f"descent_{name}", js=LOADER, isolate_styles=False)
