"""Colours and dashes, defined once for pages, player, tables and exports.

The colours of the first six methods follow Okabe and Ito (2008), with a lighter set for the dark theme. Every method
has a dash pattern as well, so that no picture depends on colour alone.
"""

import dataclasses
from typing import Any

from experiment.race import methods as raced

METHODS: dict[str, dict[str, Any]] = {
    "descent": {"light": "#D55E00", "dark": "#FF8A4C", "dash": []},
    "momentum": {"light": "#0072B2", "dark": "#4FA3F7", "dash": [9, 4]},
    "nesterov": {"light": "#56B4E9", "dark": "#9AD7FF", "dash": [2, 3]},
    "adagrad": {"light": "#CC79A7", "dark": "#F2A6D1", "dash": [9, 3, 2, 3]},
    "rmsprop": {"light": "#009E73", "dark": "#3FD6A0", "dash": [5, 3]},
    "adam": {"light": "#E69F00", "dark": "#FFC247", "dash": []},
    "adamw": {"light": "#8A2A12", "dark": "#FF9D80", "dash": [9, 3, 2, 3, 2, 3]},
    "nadam": {"light": "#7B1060", "dark": "#DDA6E0", "dash": [14, 4]},
    "adamax": {"light": "#9B2D9B", "dark": "#EE8CEE", "dash": [2, 6]},
    "adadelta": {"light": "#1AA5AE", "dark": "#7BE3E0", "dash": [16, 3, 5, 3]},
    "lion": {"light": "#B0174F", "dark": "#FF7FA3", "dash": [2, 6]},
    "ftrl": {"light": "#7A5AA6", "dark": "#BDA2E8", "dash": [9, 3, 2, 3, 2, 3]},
    "adabelief": {"light": "#9A86D8", "dark": "#D3C8FF", "dash": [9, 4]},
    "radam": {"light": "#2B3A94", "dark": "#94A4FF", "dash": []},
    "yogi": {"light": "#A87B00", "dark": "#EBD26E", "dash": [2, 3]},
    "adan": {"light": "#6B6F00", "dark": "#C9CC5A", "dash": [9, 4]},
    "lamb": {"light": "#4E8A00", "dark": "#B6E34B", "dash": [9, 3, 2, 3]},
    "lars": {"light": "#7F4A20", "dark": "#D9A06B", "dash": [2, 3]},
    "novograd": {"light": "#6B6F00", "dark": "#C9CC5A", "dash": [16, 3, 5, 3]},
    "fromage": {"light": "#2B3A94", "dark": "#94A4FF", "dash": [14, 4]},
    "signum": {"light": "#1F5C1F", "dark": "#86D07F", "dash": []},
    "sm3": {"light": "#7B1060", "dark": "#DDA6E0", "dash": [16, 3, 5, 3]},
    "optimistic": {"light": "#9A86D8", "dark": "#D3C8FF", "dash": [9, 3, 2, 3]},
    "prodigy": {"light": "#1AA5AE", "dark": "#7BE3E0", "dash": [14, 4]},
}
"""The colour on a light and on a dark background, and the dash pattern in pixels, by method."""

BATCHES: dict[str, dict[str, Any]] = {
    "full": METHODS["descent"],
    "mini": METHODS["momentum"],
    "single": METHODS["rmsprop"],
}
"""Colours and dashes by batch size, for a page that compares one method with itself."""

SCHEDULES: dict[str, dict[str, Any]] = {
    "constant": METHODS["descent"],
    "exponential": METHODS["momentum"],
    "piecewise": METHODS["adagrad"],
    "polynomial": {"light": "#C08400", "dark": "#FFC247", "dash": [5, 3]},
    "inverse_time": {"light": "#009E73", "dark": "#3FD6A0", "dash": [14, 4]},
    "cosine": {"light": "#56B4E9", "dark": "#9AD7FF", "dash": []},
    "cosine_restarts": {"light": "#7A5AA6", "dark": "#BDA2E8", "dash": [2, 3]},
    "warmup_cosine": {"light": "#6B6F00", "dark": "#C9CC5A", "dash": [9, 3, 2, 3, 2, 3]},
}
"""Colours and dashes by schedule, for a page that compares schedules."""

PLAIN: dict[str, Any] = {"light": "#5A6472", "dark": "#B4BECC", "dash": [3, 2]}
"""Colour and dash of a method that has none of its own."""

STYLES = {**dict.fromkeys(raced.METHODS, PLAIN), **METHODS, **BATCHES, **SCHEDULES}


@dataclasses.dataclass(frozen=True)
class Ground:
    """The colours of a theme: backgrounds, ink, lines, and `water`, the landscape's tones from low (dark) to high."""

    paper: str
    raised: str
    ink: str
    muted: str
    hairline: str
    accent: str
    contour: str
    water: tuple[str, ...]


LIGHT = Ground(
    paper="#fbfaf7",
    raised="#ffffff",
    ink="#1f2933",
    muted="#626e7b",
    hairline="#e4e1d9",
    accent="#b4432f",
    contour="rgba(31, 41, 51, 0.16)",
    water=("#41586b", "#6d8794", "#a3b5b6", "#cfd6cb", "#e9e6d8", "#f6f2e8"),
)
DARK = Ground(
    paper="#10151c",
    raised="#171d26",
    ink="#e6e9ee",
    muted="#93a0b0",
    hairline="#27313d",
    accent="#f08a6c",
    contour="rgba(230, 233, 238, 0.13)",
    water=("#04070c", "#0d1b2a", "#1b3347", "#2d4a5b", "#47626c", "#5f7a7d"),
)


FONT = '"Source Sans", "Source Sans Pro", sans-serif'
"""Streamlit's font, for Plotly's figures."""

GROUNDS: dict[str, Ground] = {"light": LIGHT, "dark": DARK}

VARIANT_DASHES: list[list[int]] = [[3, 3], [14, 4], [14, 3, 2, 3], [1, 4], [6, 6], [20, 4], [10, 2, 2, 2]]
"""The dash patterns of the second, third … racer with the same style."""


def variants(name: str) -> range:
    """The numbers of racers with one style that look different: 8 for a method, 3 for a batch size or schedule."""
    return range(len(VARIANT_DASHES) + 1 if name in METHODS else 3)


def style(name: str, variant: int, theme: str) -> tuple[str, list[int]]:
    """The colour and the dash of a racer, by its style's name and its number `variant` among racers of that style.

    From the second racer on, the tone and the dash differ from the first.
    """
    colour, dash = STYLES[name][theme], STYLES[name]["dash"]
    if not variant:
        return colour, dash
    return mixed(colour, GROUNDS[theme].ink, 0.42), VARIANT_DASHES[(variant - 1) % len(VARIANT_DASHES)]


def mixed(one: str, other: str, share: float) -> str:
    """The mix of two colours, "#rrggbb", with the part `share` of the second, 0 to 1."""
    channels = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def palette() -> dict[str, Any]:
    """All colours and dashes as plain data for the player: grounds by theme, styles by theme, name and variant."""
    grounds = {theme: dataclasses.asdict(ground) for theme, ground in GROUNDS.items()}
    styles = {
        theme: {name: [style(name, variant, theme) for variant in variants(name)] for name in STYLES}
        for theme in GROUNDS
    }
    return {**grounds, "styles": styles}


def colorscale(ground: Ground) -> list[tuple[float, str]]:
    """The landscape's tones as a colour scale of Plotly: (position from 0 to 1, colour)."""
    last = len(ground.water) - 1
    return [(index / last, tone) for index, tone in enumerate(ground.water)]
