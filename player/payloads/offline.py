"""A web page that plays one race without a server: a single file with the views, Plotly and the race in it."""

import base64
import html
import json
import re
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit

from player.components.served import ASSETS, PLOTLY

ENTRY = "offline.js"
FONT = "SourceSansVF-Upright*.woff2"
NEIGHBOUR = re.compile(r"(?P<before>\bfrom |\bimport\()'\./(?P<name>\w+\.js)'")
"""How one of our modules names another; what a comment names is of no account."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Descent</title>
<style>
{style}
</style>
<script type="importmap">{imports}</script>
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
<script type="module">import 'descent/{entry}';</script>
</body>
</html>
"""


def offline_page(
    title: str, story: str, landscape_payload: dict[str, Any], packed: bytes, settings: str, colours: str
) -> str:
    """The page as HTML, about 3 MB; it fetches nothing.

    Args:
        title: heads the page.
        story: one line under it.
        landscape_payload: what `map_view` is given.
        packed: what `pack` made.
        settings: shown as text, folded.
        colours: CSS, the variables and swatches of both themes.
    """
    return PAGE.format(
        title=html.escape(title),
        story=html.escape(story),
        style="\n".join([_font(), colours, *((ASSETS / name).read_text() for name in ("player.css", "offline.css"))]),
        imports=_imports(),
        settings=html.escape(settings),
        landscape=json.dumps(landscape_payload, allow_nan=False).replace("<", "\\u003c"),
        race=_base64(packed),
        plotly=_plotly(),
        entry=ENTRY,
    )


def modules(entry: str = ENTRY) -> dict[str, str]:
    """Name and source of a module and of all that it needs, each naming its neighbours as `descent/name.js`."""
    sources: dict[str, str] = {}
    wanted = [entry]
    while wanted:
        name = wanted.pop()
        if name not in sources:
            source = (ASSETS / name).read_text()
            wanted += [match["name"] for match in NEIGHBOUR.finditer(source)]
            sources[name] = NEIGHBOUR.sub(r"\g<before>'descent/\g<name>'", source)
    return sources


@lru_cache(maxsize=1)
def _imports() -> str:
    """Modules can't be fetched from beside a file on a disk, so the page's map of imports holds them."""
    sources = {f"descent/{name}": _base64(source.encode()) for name, source in sorted(modules().items())}
    return json.dumps({"imports": {name: f"data:text/javascript;base64,{text}" for name, text in sources.items()}})


@lru_cache(maxsize=1)
def _plotly() -> str:
    return _base64(zlib.compress((PLOTLY / "plotly.min.js").read_bytes(), 9))


@lru_cache(maxsize=1)
def _font() -> str:
    """The app's font as Streamlit ships it; without it the page has the system's."""
    folder = Path(streamlit.__file__).parent / "static"
    faces = (_base64(file.read_bytes()) for file in sorted(folder.rglob(FONT))[:1])
    start = '@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url("data:font/woff2;base64,'
    return "".join(f'{start}{face}"); }}' for face in faces)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
