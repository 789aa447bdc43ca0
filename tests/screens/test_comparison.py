"""What counts as a difference: a last bit and a moved shape do, the blend of an edge does not."""

import json
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.screens.arrays import missing, numbers_of, packets
from tests.screens.comparison import compare
from tests.screens.pictures import difference
from tests.screens.recording import NUMBERS, PICTURES, TABLES
from tests.screens.views import FIRST, VIEWS

SIZE, SCALE = (200, 150), 8


def line(shift: float = 0.0, colour: str = "#1f2933", words: str = "") -> np.ndarray:
    """An oblique line on white with soft edges, moved down by a part of a pixel."""
    large = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), "white")
    ends = [(80, (20 + shift) * SCALE), (1500, (110 + shift) * SCALE)]
    ImageDraw.Draw(large).line(ends, fill=colour, width=2 * SCALE)
    small = large.resize(SIZE, Image.Resampling.BOX)
    ImageDraw.Draw(small).text((20, 120), words, fill="black")
    return np.asarray(small)


def test_a_picture_equals_itself() -> None:
    found = difference(line(), line())
    assert (found.share, found.changed, found.is_equal) == (0, 0, True)


def test_the_blend_of_an_edge_is_no_difference() -> None:
    found = difference(line(), line(0.3))
    assert found.changed > 0.005
    assert found.is_equal


@pytest.mark.parametrize(
    "other",
    [line(6), line(colour="#d55e00"), line(words="stuck"), np.full((SIZE[1], SIZE[0], 3), 255, dtype=np.uint8)],
    ids=["moved", "recoloured", "a word more", "no line"],
)
def test_what_is_seen_is_a_difference_either_way(other: np.ndarray) -> None:
    assert not difference(line(), other).is_equal
    assert not difference(other, line()).is_equal


def test_another_size_is_a_difference() -> None:
    assert not difference(line(), line()[:-1]).is_equal


VIEW: dict[str, Any] = {
    "text": ["stuck in a local minimum"],
    "fields": ["range 40"],
    "labels": [],
    "errors": [],
    "arrays": ["8 ab"],
    "numbers": ["0.1", "0.1"],
    "tables": ["home.1.csv"],
}


def folder(path: Path, view: dict[str, Any], loss: float = 0.1, picture: np.ndarray | None = None) -> Path:
    """A record of one view."""
    for part in (TABLES, PICTURES):
        (path / part).mkdir(parents=True)
    (path / NUMBERS).write_text(json.dumps({"home": view}))
    (path / TABLES / "home.1.csv").write_text(f"step,loss\n0,{loss!r}\n")
    Image.fromarray(line() if picture is None else picture).save(path / PICTURES / "home.png")
    return path


def test_equal_records_are_equal_and_more_numbers_do_no_harm(tmp_path: Path) -> None:
    before = folder(tmp_path / "before", VIEW)
    after = folder(tmp_path / "after", VIEW | {"numbers": ["0.1", "0.1", "7.0"]}, picture=line(0.3))
    assert compare(before, after, tmp_path / "differences")


@pytest.mark.parametrize(
    ("view", "loss", "picture", "words"),
    [
        (VIEW, math.nextafter(0.1, 1), None, "line 2 was '0,0.1', is '0,0.10000000000000002'"),
        (VIEW | {"text": ["out"]}, 0.1, None, "+out"),
        (VIEW | {"arrays": ["8 cd"]}, 0.1, None, "arrays: 1 of 1 are gone"),
        (VIEW | {"numbers": ["0.1"]}, 0.1, None, "numbers: 1 of 2 are gone"),
        ({"failure": "Timeout"}, 0.1, None, "not seen after: Timeout"),
        (VIEW, 0.1, line(6), "home.png"),
    ],
    ids=["last bit", "text", "arrays", "numbers", "failure", "picture"],
)
def test_a_difference_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], view: dict[str, Any], loss: float, picture: Any, words: str
) -> None:
    before, after = folder(tmp_path / "before", VIEW), folder(tmp_path / "after", view, loss, picture)
    assert not compare(before, after, tmp_path / "differences")
    assert words in capsys.readouterr().out
    assert (tmp_path / "differences" / "home.png").exists() == (picture is not None)


def test_a_packet_is_found_in_whatever_is_around_it() -> None:
    header, tail = b'{"any": [0.25, {"name": "x", "is": true}]}', bytes(range(9))
    packed = zlib.compress(len(header).to_bytes(4, "little") + header + tail)
    empty = zlib.compress((2).to_bytes(4, "little") + b"{}")
    found = list(packets(b"\x0a\x78\x9c-noise" + packed + b"more" + empty))
    assert found == [({"any": [0.25, {"name": "x", "is": True}]}, tail)]
    assert list(numbers_of(found[0][0])) == [0.25]


def test_what_is_gone_is_counted() -> None:
    assert missing(["a", "a", "b"], ["a", "b", "c"]) == ["a"]


def test_the_views_are_enough_and_have_names_of_their_own() -> None:
    assert len({view.name for view in VIEWS}) == len(VIEWS) >= 40
    assert all(view.whole for view in FIRST)
