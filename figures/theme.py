"""Colours and dashes, designed once: pages, player, tables and exports all take them from here.

Method colours follow Okabe and Ito (2008), with a lighter set for the dark theme; every method has a dash
pattern as well, so that no picture depends on colour alone.
"""

import dataclasses
from typing import Any

METHODS: dict[str, dict[str, Any]] = {
    "descent": {"light": "#D55E00", "dark": "#FF8A4C", "dash": []},
    "momentum": {"light": "#0072B2", "dark": "#4FA3F7", "dash": [9, 4]},
    "nesterov": {"light": "#56B4E9", "dark": "#9AD7FF", "dash": [2, 3]},
    "adagrad": {"light": "#CC79A7", "dark": "#F2A6D1", "dash": [9, 3, 2, 3]},
    "rmsprop": {"light": "#009E73", "dark": "#3FD6A0", "dash": [5, 3]},
    "adam": {"light": "#E69F00", "dark": "#FFC247", "dash": []},
}
"""Colour on light and on dark ground, and dash pattern in pixels, by method."""


@dataclasses.dataclass(frozen=True)
class Ground:
    """The colours of a theme: ground, ink, and `water`, the landscape's tones from low (dark) to high."""

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


def palette() -> dict[str, Any]:
    """All of it as plain data, for the player."""
    return {"light": dataclasses.asdict(LIGHT), "dark": dataclasses.asdict(DARK), "methods": METHODS}


def colorscale(ground: Ground) -> list[tuple[float, str]]:
    """The landscape's tones as a Plotly colour scale."""
    last = len(ground.water) - 1
    return [(index / last, tone) for index, tone in enumerate(ground.water)]
