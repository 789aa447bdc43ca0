"""The page that is saved holds all that it runs: every module, Plotly, the font, the race."""

import base64
import json
import re
import zlib

import pytest

from player.components.served import ASSETS, PLOTLY
from player.payloads.offline import ENTRY, modules, offline_page

PAGE = offline_page("A & B", "<i>", {"title": "</script>"}, b"packed", '{"link": "a"}', ":root {}")


def inside(kind):
    return re.search(rf'<script type="[\w/]+" id="{kind}">(.*?)</script>', PAGE, re.DOTALL)[1]


def test_the_map_of_imports_has_every_module_that_is_asked_for():
    imports = json.loads(re.search(r'<script type="importmap">(.*?)</script>', PAGE)[1])["imports"]
    assert f"descent/{ENTRY}" in imports
    for address in imports.values():
        source = base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode()
        asked = re.findall(r"(?:from |import\()'([^']+)'", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))
        assert set(asked) <= imports.keys()


def test_modules_are_those_of_the_player_and_no_others():
    assert modules().keys() <= {path.name for path in ASSETS.glob("*.js")}
    assert {"map.js", "surface.js", "energy.js"} <= modules().keys()
    assert not {"main.js", "exports.js", "live_slider.js"} & modules().keys()


def test_plotly_and_the_race_come_out_as_they_went_in():
    assert zlib.decompress(base64.b64decode(inside("plotly"))) == (PLOTLY / "plotly.min.js").read_bytes()
    assert base64.b64decode(inside("race")) == b"packed"
    assert json.loads(inside("landscape")) == {"title": "</script>"}


@pytest.mark.parametrize("part", ["<title>A &amp; B · Descent</title>", "<p>&lt;i&gt;</p>", "@font-face"])
def test_words_are_words(part):
    assert part in PAGE
