"""Packing: sixteen bits are enough, wherever a path goes."""

import zlib

import numpy as np
import pytest

from player import RacerArrays, pack
from tests.player.reading import opened

DOMAIN = ((-2.0, 2.0), (-1.0, 3.0))


def lane(positions, losses=None, rates=None):
    count = len(positions)
    losses = np.linspace(5, 1, count) if losses is None else losses
    rates = np.full(count, 0.1) if rates is None else rates
    return RacerArrays(np.asarray(positions, float), losses, np.linspace(3, 0, count), rates, {"name": "one"})


def unpacked(packed):
    """The player's `decode`, in Python: header and columns."""
    header, rest = opened(packed)
    numbers = np.frombuffer(rest, "<u2").astype(int)
    lanes, offset = [], 0
    for racer in header["racers"]:
        columns = {}
        for name, (low, high) in racer["ranges"].items():
            columns[name] = np.full(racer["steps"] + 1, low)
            if high > low:
                levels = np.cumsum(numbers[offset : offset + racer["steps"] + 1]) % 65536
                columns[name] = low + (high - low) * levels / 65535
                offset += racer["steps"] + 1
        lanes.append(columns)
    assert offset == len(numbers)
    return header, lanes


def positions(header, columns):
    return np.stack([c + h * np.sinh(columns[name]) for name, (c, h) in zip("xy", header["frame"], strict=True)], 1)


@pytest.mark.parametrize("reach", [0.01, 1.0, 1e3, 1e8])
def test_positions_come_back_sharp_inside_the_picture(reach):
    path = np.random.default_rng(0).normal(size=(300, 2)) * [reach, reach]
    path[150:] = np.random.default_rng(1).uniform([-2, -1], [2, 3], size=(150, 2))
    header, (columns,) = unpacked(pack([lane(path)], DOMAIN, 0.0, {}))
    error = np.abs(positions(header, columns) - path)[150:]
    assert error.max() < 4 / 4000  # a fifth of a pixel on a map of 800


def test_losses_keep_four_digits_over_many_decades():
    losses = np.geomspace(1e6, 1e-9, 200)
    _, (columns,) = unpacked(pack([lane(np.zeros((200, 2)), losses + 7.0)], DOMAIN, 7.0, {}))
    np.testing.assert_allclose(10 ** columns["height"][:150], losses[:150], rtol=5e-4)


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
    header, _ = unpacked(packed)
    assert header["note"] == "ä"
    assert b"NaN" not in zlib.decompress(packed)
