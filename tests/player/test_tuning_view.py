"""The tuning map: what is packed is what the browser reads, and a hand's pixels, values and cells belong together."""

import base64

import numpy as np
import pytest

from figures.tuning import DIVERGED_REGION, NOT_YET_REGION, STUCK_REGION
from player.wire.packet import waiting
from player.wire.tuning import Plane, pack_plane
from tests.player.reading import opened, run

RATES, MOMENTA = np.geomspace(0.00316228, 3.16228, 64), np.linspace(0, 0.999, 48)
SCRIPT = """
    const { unpackPlane, cellOutcome } = await load('tuning/tuning_data.js');
    const { planeScale, cellOf, movedBy } = await load('tuning/tuning_scale.js');
    const { plane } = await unpackPlane(Buffer.from(given.packed, 'base64'));
    const scale = planeScale(plane, 500, 480);
    const cells = Array.from(plane.level, (_, cell) => cell);
    const [across, up] = plane.axes.map(({ values }) => values);
    const place = (cell) => [across[cell % plane.columns], up[Math.floor(cell / plane.columns)]];
    const walk = (steps) => {
      let at = place(5 * plane.columns + 5);
      return Array.from({ length: 40 }, () => cellOf(plane, (at = movedBy(plane, at, steps))));
    };
    return {
      read: ['level', 'region', 'regime', 'arrived', 'loss'].map((name) => Array.from(plane[name])),
      cells: cells.map((cell) => cellOf(plane, place(cell))),
      hands: cells.map((cell) => cellOf(plane, scale.point(scale.x(place(cell)[0]), scale.y(place(cell)[1])))),
      corner: scale.point(-99, -99), right: walk([1, 0]), up: walk([0, 1]), down: walk([0, -1]),
      told: given.told.map((cell) => cellOutcome(plane, cell)), beyond: cellOf(plane, [99, 0]),
    };
"""


@pytest.fixture(scope="module")
def plane():
    """Cells drawn at random, with every region."""
    draw, shape = np.random.default_rng(0), (48, 64)
    region = draw.choice([0, DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION], shape)
    steps = np.where(region == 0, draw.integers(0, 2000, shape), -1)
    return Plane(draw.integers(0, 256, shape), region, steps, draw.random(shape), draw.integers(0, 5, shape))


@pytest.fixture(scope="module")
def read(plane):
    """What the browser makes of it."""
    axes = [{"log": log, "whole": False, "values": list(column)} for log, column in ((True, RATES), (False, MOMENTA))]
    packed = pack_plane(plane, {"stamp": "s", "axes": axes, "regimes": list("abcde"), "known": True})
    told = [
        int(np.argmax(plane.region.ravel() == region)) for region in (0, DIVERGED_REGION, STUCK_REGION, NOT_YET_REGION)
    ]
    given = {"packed": base64.b64encode(packed).decode(), "told": told}
    return run(SCRIPT, given)


def test_the_browser_reads_the_map_that_was_made(plane, read):
    for part, seen in zip(
        (plane.level, plane.region, plane.regime, plane.steps, plane.loss), read["read"], strict=True
    ):
        np.testing.assert_array_equal(np.array(seen), part.ravel().astype(np.float32))


def test_each_region_has_words_of_its_own(read):
    there, *others = (words.split(" · ")[0] for words in read["told"])
    assert there.startswith("there after ")
    assert others == ["diverges", "stuck elsewhere", "not there yet"]


def test_values_pixels_and_cells_belong_together(read):
    assert read["cells"] == read["hands"] == list(range(48 * 64))
    assert read["corner"] == pytest.approx([RATES[0], MOMENTA[-1]], rel=5e-3)
    assert read["beyond"] == -1


def test_every_arrow_key_moves_by_exactly_a_cell(read):
    assert read["right"] == [5 * 64 + 5 + step for step in range(1, 41)]
    assert read["up"] == [(5 + step) * 64 + 5 for step in range(1, 41)]
    assert read["down"] == [max(5 - step, 0) * 64 + 5 for step in range(1, 41)]


def test_a_map_under_way_is_a_header_alone():
    header, numbers = opened(waiting("s", 0.5))
    assert (header, numbers) == ({"stamp": "s", "working": 0.5}, b"")
