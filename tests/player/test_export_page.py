"""The page that is saved holds all that it runs: every module, Plotly, the font, the race."""

import base64
import json
import re
import zlib

import pytest

from player.bundle import STATIC, modules
from player.components.served import PLOTLY
from player.payloads.offline import ENTRY, offline_page

PAGE = offline_page("A & B", "<i>", {"title": "</script>"}, b"packed", '{"link": "a"}', ":root {}")


def inside(kind):
    return re.search(rf'<script type="[\w/]+" id="{kind}">(.*?)</script>', PAGE, re.DOTALL)[1]


def test_the_program_holds_every_module_once_and_asks_for_nothing():
    source = re.search(r'<script type="module">(.*?)</script>', PAGE, re.DOTALL)[1]
    for path in modules(ENTRY):
        assert source.count(f"\nconst ${re.sub(r'[^a-z]', '_', path.removesuffix('.js'))} = (() => {{\n") == 1
    without_comments = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    assert not re.findall(r"\bimport\b|<!--", without_comments)
    assert PAGE.count("<script") == PAGE.count("</script>") == 4


def test_modules_are_those_of_the_player_and_no_others():
    assert modules(ENTRY).keys() <= {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")}
    assert {"map/map.js", "map/surface.js", "charts/energy.js"} <= modules(ENTRY).keys()
    assert not {"main.js", "export/exports.js", "controls/live_slider.js"} & modules(ENTRY).keys()


def test_plotly_and_the_race_come_out_as_they_went_in():
    assert zlib.decompress(base64.b64decode(inside("plotly"))) == (PLOTLY / "plotly.min.js").read_bytes()
    assert base64.b64decode(inside("race")) == b"packed"
    assert json.loads(inside("landscape")) == {"title": "</script>"}


@pytest.mark.parametrize("part", ["<title>A &amp; B · Descent</title>", "<p>&lt;i&gt;</p>", "@font-face"])
def test_words_are_words(part):
    assert part in PAGE
