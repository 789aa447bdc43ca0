"""A web page that plays one race without a server: a single file with the views, Plotly and the race."""

import base64
import html
import json
import zlib
from functools import lru_cache
from pathlib import Path

import streamlit

from player.bundle import STATIC, bundle
from player.components.served import PLOTLY
from player.wire.messages import LandscapePayload

ENTRY = "offline.js"
FONT = "SourceSansVF-Upright*.woff2"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Descent</title>
<style>
{style}
</style>
</head>
<body>
<main>
<header><h1>{title}</h1><p>{story}</p></header>
<div id="map"></div>
<div id="sentence"></div>
<div id="beside"><div id="energy"></div><div id="side"></div></div>
<details><summary>Settings</summary><pre>{settings}</pre></details>
</main>
<script type="application/json" id="landscape">{landscape}</script>
<script type="text/plain" id="race">{race}</script>
<script type="text/plain" id="plotly">{plotly}</script>
<script type="module">
{program}</script>
</body>
</html>
"""


def offline_page(
    title: str, story: str, landscape_payload: LandscapePayload, packed: bytes, settings: str, colours: str
) -> str:
    """The page as HTML, about 3 MB. It fetches nothing.

    Args:
        title: the heading of the page.
        story: one line under it.
        landscape_payload: the landscape, as for `map_view`.
        packed: the bytes of `pack`.
        settings: the settings as text, in a section that can be opened.
        colours: the CSS variables and swatches of both themes.
    """
    return PAGE.format(
        title=html.escape(title),
        story=html.escape(story),
        style="\n".join([_font(), colours, *((STATIC / name).read_text() for name in ("player.css", "offline.css"))]),
        settings=html.escape(settings),
        # a "<" in a text could end the script element
        landscape=json.dumps(landscape_payload, allow_nan=False).replace("<", "\\u003c"),
        race=_base64(packed),
        plotly=_plotly(),
        program=program(),
    )


@lru_cache(maxsize=1)
def program() -> str:
    """The player's JavaScript for the page, escaped so that it can stand in HTML."""
    return bundle(ENTRY).replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def _plotly() -> str:
    return _base64(zlib.compress((PLOTLY / "plotly.min.js").read_bytes(), 9))


@lru_cache(maxsize=1)
def _font() -> str:
    """The CSS rule of Streamlit's font; "" if it is not found, and the page has the system's font."""
    folder = Path(streamlit.__file__).parent / "static"
    faces = (_base64(file.read_bytes()) for file in sorted(folder.rglob(FONT))[:1])
    start = '@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url("data:font/woff2;base64,'
    return "".join(f'{start}{face}"); }}' for face in faces)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
