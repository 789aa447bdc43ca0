"""Packing: sixteen bits are enough, wherever a path goes."""

import base64
import zlib

import numpy as np
import pytest

from player import RacerArrays, pack
from tests.player.reading import run

DOMAIN = ((-2.0, 2.0), (-1.0, 3.0))


def lane(positions, losses=None, rates=None):
    count = len(positions)
    losses = np.linspace(5, 1, count) if losses is None else losses
    rates = np.full(count, 0.1) if rates is None else rates
    return RacerArrays(np.asarray(positions, float), losses, np.linspace(3, 0, count), rates, {"name": "one"})


SCRIPT = """
    const { decode } = await load('wire/decode.js');
    const race = await decode(Buffer.from(given, 'base64'));
    const plain = ([name, value]) => [name, value instanceof Float64Array ? Array.from(value) : value];
    return { ...race, racers: race.racers.map((racer) => Object.fromEntries(Object.entries(racer).map(plain))) };
"""


def unpacked(packed):
    """The race as the browser decodes it."""
    return run(SCRIPT, base64.b64encode(packed).decode())


def positions(racer):
    return np.stack([racer["x"], racer["y"]], 1)


@pytest.mark.parametrize("reach", [0.01, 1.0, 1e3, 1e8])
def test_positions_come_back_sharp_inside_the_picture(reach):
    path = np.random.default_rng(0).normal(size=(300, 2)) * [reach, reach]
    path[150:] = np.random.default_rng(1).uniform([-2, -1], [2, 3], size=(150, 2))
    (racer,) = unpacked(pack([lane(path)], DOMAIN, 0.0, {}))["racers"]
    error = np.abs(positions(racer) - path)[150:]
    assert error.max() < 4 / 4000  # a fifth of a pixel on a map of 800


def test_losses_keep_four_digits_over_many_decades():
    losses = np.geomspace(1e6, 1e-9, 200)
    (racer,) = unpacked(pack([lane(np.zeros((200, 2)), losses + 7.0)], DOMAIN, 7.0, {}))["racers"]
    np.testing.assert_allclose(racer["height"][:150], losses[:150], rtol=5e-4)


def test_a_constant_column_is_its_range_alone():
    moving = np.random.default_rng(0).normal(size=(201, 2))
    fixed, decaying = (
        zlib.decompress(pack([lane(moving, rates=rates)], DOMAIN, 0.0, {}))
        for rates in (np.full(201, 0.1), np.geomspace(1, 0.1, 201))
    )
    assert len(decaying) - len(fixed) == pytest.approx(2 * 201, abs=16)


def test_nothing_is_nan():
    still = lane(np.zeros((2, 2)), np.zeros(2), np.full(2, 1.0))
    packed = pack([still], DOMAIN, 0.0, {"note": "ä"})
    race = unpacked(packed)
    assert race["note"] == "ä"
    assert np.isfinite(positions(race["racers"][0])).all()
    assert b"NaN" not in zlib.decompress(packed)


def test_racers_of_different_lengths_come_back_each_with_its_own():
    draw = np.random.default_rng(2)
    lanes = [lane(draw.uniform(-1, 1, (count, 2)), rates=np.geomspace(1, 0.1, count)) for count in (12, 1, 300)]
    lanes[2].columns["sharpness"] = np.geomspace(1e-3, 1e3, 300)
    race = unpacked(pack(lanes, DOMAIN, 0.0, {"stamp": "s"}))
    assert (race["steps"], race["stamp"]) == (299, "s")
    for racer, given in zip(race["racers"], lanes, strict=True):
        assert (racer["name"], racer["steps"]) == ("one", len(given.losses) - 1)
        np.testing.assert_allclose(positions(racer), given.positions, atol=2e-4)
        np.testing.assert_allclose(racer["rate"], given.learning_rates, rtol=1e-3)
        np.testing.assert_allclose(racer["height"], given.losses, rtol=1e-3)
    np.testing.assert_allclose(race["racers"][2]["sharpness"], lanes[2].columns["sharpness"], rtol=1e-3)
