"""Colours are designed once: the Streamlit theme repeats them exactly, and colour-blind readers can tell them apart."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from experiment.race.methods import METHODS as RACING
from figures.theme import GROUNDS, METHODS, VARIANT_DASHES, style

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
SAME = {
    "primaryColor": "accent",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "raised",
    "textColor": "ink",
    "borderColor": "hairline",
}


@pytest.mark.parametrize("theme", GROUNDS)
def test_streamlits_theme_is_ours(theme):
    assert CONFIG["theme"][theme] == {key: getattr(GROUNDS[theme], name) for key, name in SAME.items()}


def test_every_method_has_a_look():
    assert list(METHODS) == list(RACING)


def linear(colour):
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("theme", GROUNDS)
@pytest.mark.parametrize("name", ["ink", "muted", "accent"])
def test_text_can_be_read(theme, name):
    one, other = sorted((luminance(getattr(GROUNDS[theme], name)), luminance(GROUNDS[theme].paper)))
    assert (other + 0.05) / (one + 0.05) >= 4.5


@pytest.mark.parametrize("theme", GROUNDS)
def test_higher_ground_is_lighter(theme):
    tones = [luminance(tone) for tone in GROUNDS[theme].water]
    assert tones == sorted(tones)
    assert len(set(tones)) == len(tones)


DEUTERANOPIA = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
PROTANOPIA = np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]])
"""Machado, Oliveira and Fernandes, 2009, at full severity."""


@pytest.mark.parametrize(
    "seen", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["usual sight", "deuteranopia", "protanopia"]
)
@pytest.mark.parametrize("theme", GROUNDS)
def test_two_methods_differ_in_colour_or_dash_for_every_reader(theme, seen):
    for one, other in itertools.combinations(METHODS, 2):
        distance = np.abs(seen @ linear(METHODS[one][theme]) - seen @ linear(METHODS[other][theme])).max()
        assert distance > 0.08 or METHODS[one]["dash"] != METHODS[other]["dash"], (one, other)


@pytest.mark.parametrize("theme", GROUNDS)
@pytest.mark.parametrize("name", METHODS)
def test_a_line_stands_out_from_every_tone_of_the_map_and_from_the_paper(name, theme):
    ground, colour = GROUNDS[theme], linear(METHODS[name][theme])
    for tone in (*ground.water, ground.paper):
        assert np.abs(colour - linear(tone)).max() > 0.12, tone


def test_eight_racers_of_one_method_all_look_different():
    styles = [str(style("adam", variant, "light")) for variant in range(len(VARIANT_DASHES) + 1)]
    assert len(set(styles)) == 8
