"""Maps of basins: what is packed is what the browser paints, cell by cell, and its colours stay apart."""

import base64
import itertools

import numpy as np
import pytest

from figures.basins import CYCLES, TONES, colours, pace, painted, tones
from figures.theme import GROUNDS, STYLES, style
from landscapes import LANDSCAPES
from optimizers import SGD
from player.wire.basins import EXACT, Layer, counts, levels, pack_basins
from player.wire.packet import waiting
from studies import basins
from studies.basins.basin_difference import ENDS, difference
from tests.player.reading import opened, run

SCRIPT = """
    globalThis.ImageData = function (width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    };
    const made = () => ({ getContext: () => ({ putImageData(image) { made.images.push(Array.from(image.data)); } }) });
    made.images = [];
    globalThis.document = { createElement: made };
    const { unpackBasins, cellAt, describeEnd } = await load('basins/basins_data.js');
    const { imageOfBasins, imageOfDifference } = await load('basins/basins_image.js');
    const { pair } = await unpackBasins(Buffer.from(given.packed, 'base64'));
    [0, 1].forEach((racer) => imageOfBasins(pair, racer, pair.colours[given.theme]));
    imageOfDifference(pair, given.racers, pair.colours[given.theme]);
    const cells = given.points.map((point) => cellAt(pair, point));
    return {
      index: pair.maps.map(({ index }) => Array.from(index)),
      steps: pair.maps.map(({ level }) => Array.from(level, (each) => pair.steps[each])),
      ends: Array.from(pair.ends), images: made.images, cells,
      led: cells.filter((cell) => cell >= 0).map((cell) => [0, 1].map((racer) => describeEnd(pair, racer, cell))),
    };
"""


def layer(index, steps, name="one"):
    return Layer(np.asarray(index), np.asarray(steps), {"name": name, "style": "descent", "variant": 0})


def minima(count, best=1):
    return [{"xy": [0.0, float(k)], "label": f"minimum {k}", "best": k < best} for k in range(count)]


def browser(packed, points=(), theme="light", racers=("#112233", "#445566")):
    """What the browser makes of it."""
    given = {"packed": base64.b64encode(packed).decode(), "points": points, "theme": theme, "racers": racers}
    return run(SCRIPT, given)


@pytest.fixture(scope="module")
def both():
    """Two maps with every kind of end: momentum diverges and does not settle where descent arrives."""
    surface = LANDSCAPES["himmelblau"]()
    return [basins(surface, rule, resolution=48, steps=60) for rule in (SGD(0.012), SGD(0.012, momentum=0.8))]


@pytest.fixture(scope="module")
def packed(both):
    about = {"stamp": "s", "domain": LANDSCAPES["himmelblau"].domain, "colours": colours()}
    layers = [layer(map.index, map.steps, name) for map, name in zip(both, "ab", strict=True)]
    return pack_basins(layers, minima(4, 2), {**about, "pace": pace(*(map.steps for map in both))})


def test_the_example_has_every_kind_of_end(both):
    assert {-2, -1, 0, 1, 2, 3} <= set(np.unique([map.index for map in both]))


def test_the_browser_reads_the_map_that_was_made(both, packed):
    read = browser(packed)
    for map, index, steps in zip(both, read["index"], read["steps"], strict=True):
        np.testing.assert_array_equal(np.int8(np.uint8(index)), map.index.ravel())
        known = map.index.ravel() >= 0
        exact = known & (map.steps.ravel() <= EXACT)
        np.testing.assert_array_equal(np.array(steps)[exact], map.steps.ravel()[exact])
        np.testing.assert_allclose(np.array(steps)[known], map.steps.ravel()[known], rtol=0.01, atol=1)


@pytest.mark.parametrize("theme", GROUNDS)
def test_the_browser_paints_every_cell_in_its_colour(both, packed, theme):
    images = [np.array(image).reshape(48, 48, 4) for image in browser(packed, theme=theme)["images"]]
    pictures = [image[::-1, :, :3] for image in images if (image[..., 3] == 255).all()]  # the others are masks
    for map, seen in zip(both, pictures[:2], strict=True):
        expected = painted(map.index, map.steps, pace(*(map.steps for map in both)), theme)
        assert np.abs(seen - expected.astype(int)).max() <= 3  # the steps are rounded on the way


def test_the_browser_sees_the_differences_that_are_counted(both, packed):
    ends = difference(*(map.index for map in both), np.array([True, True, False, False]))
    np.testing.assert_array_equal(browser(packed)["ends"], ends.ravel())
    header, _ = opened(packed)
    assert header["ends"] == {name: int((ends == number).sum()) for number, name in enumerate(ENDS)}
    assert sum(header["ends"].values()) == 48 * 48


def test_the_read_out_names_the_cell_under_the_hand(both, packed):
    x, y = both[0].x, both[0].y
    for j, i in np.random.default_rng(0).integers(0, 48, (5, 2)):
        read = browser(packed, [[float(x[i]), float(y[j])]])
        assert read["cells"] == [j * 48 + i]
        for map, words in zip(both, read["led"][0], strict=True):
            index, steps = map.index[j, i], map.steps[j, i]
            kinds = {-1: "diverges", -2: "has not settled"}
            if index < 0:
                assert words == kinds[index]
            else:
                assert words.startswith(f"→ minimum {index} in ")
                assert abs(int(words.removesuffix("s").split()[-2]) - steps) <= 1 + 0.01 * steps
    assert browser(packed, [[0.0, 99.0]])["cells"] == [-1]


def test_counts_add_up(both, packed):
    header, numbers = opened(packed)
    assert len(numbers) == 4 * 48 * 48
    for map, racer in zip(both, header["racers"], strict=True):
        told = racer["counts"]
        assert told == counts(map.index, 4)
        assert sum(told["reached"]) + told["unsettled"] + told["diverged"] == 48 * 48


def test_the_difference_is_in_the_racers_colours(both, packed):
    read = browser(packed, racers=("#112233", "#445566"))
    *_, picture, _ = (np.array(image).reshape(48, 48, 4)[::-1] for image in read["images"])
    styles = colours()["light"]
    for number, colour in enumerate(["#445566", "#112233", styles["same"], styles["other"]]):
        cells = picture.reshape(-1, 4)[np.array(read["ends"]) == number, :3]
        assert (cells == [int(colour[at : at + 2], 16) for at in (1, 3, 5)]).all()


def test_each_end_has_its_class():
    best = np.array([True, True, False])
    cases = {(2, 0): "only_b", (-1, 1): "only_b", (0, 2): "only_a", (0, -2): "only_a", (0, 0): "same", (2, 2): "same"}
    cases |= {(0, 1): "other", (-1, -1): "other", (2, -1): "other", (-2, -1): "other"}
    for (a, b), end in cases.items():
        assert ENDS[int(difference(np.array(a), np.array(b), best))] == end


def test_a_pair_is_small():
    surface = LANDSCAPES["himmelblau"]()
    maps = [basins(surface, SGD(0.005, momentum=beta), resolution=256, steps=200) for beta in (0.0, 0.9)]
    made = pack_basins([layer(map.index, map.steps) for map in maps], minima(4), {})
    assert len(made) < 40_000
    assert len(waiting("0123456789abcdef", 0.25)) < 100


def test_steps_keep_their_order():
    told = levels(np.arange(2001)).astype(int)
    assert (np.diff(told) >= 0).all()
    assert len(np.unique(told[:41])) == 41
    assert told[2000] == 255


def test_fast_is_strong_and_slow_is_pale():
    steps = np.array([[2, 10, 50, 200]])
    for theme, ground in GROUNDS.items():
        shades = painted(np.zeros((1, 4), int), steps, (2, 200), theme)[0].astype(int)
        paper = np.array([int(ground.paper[at : at + 2], 16) for at in (1, 3, 5)])
        away = np.abs(shades - paper).sum(axis=1)
        assert (np.diff(away) < 0).all()
        assert "#{:02x}{:02x}{:02x}".format(*shades[0]) == tones(theme)[0]


COLOUR_BLIND = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear light."""


def lab(colour):
    """CIE L*a*b* of linear light."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(to_xyz @ colour / [0.9505, 1.0, 1.089], 1e-4))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def light(colour):
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("sight", COLOUR_BLIND)
@pytest.mark.parametrize("theme", GROUNDS)
def test_the_first_tones_stay_apart_for_everybody(theme, sight):
    seen = [lab(np.clip(COLOUR_BLIND[sight] @ light(tone), 0, 1)) for tone in tones(theme)[:5]]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) > 10


@pytest.mark.parametrize("theme", GROUNDS)
def test_no_tone_is_a_racers_own(theme):
    own = [lab(light(style(name, 0, theme)[0])) for name in STYLES]
    for tone in tones(theme)[: len(TONES)]:
        assert min(np.linalg.norm(lab(light(tone)) - other) for other in own) > 5
    assert len(set(tones(theme))) == CYCLES * len(TONES)
