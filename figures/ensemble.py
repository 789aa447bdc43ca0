"""Many runs with different seeds: where they end, and how often they escape."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.contour import contour
from figures.theme import FONT, Ground, colorscale


def cloud(x: np.ndarray, y: np.ndarray, z: np.ndarray, ends: Sequence[dict[str, Any]], ground: Ground) -> go.Figure:
    """The map with the end points of every racer's runs, as a figure.

    Args:
        x, y, z: the grid, as for `contour`.
        ends: one dict for each racer: `xy` (s, 2), `name`, `colour`.
        ground: the theme's colours.
    """
    figure = contour(x, y, z, ground)
    figure.update_traces(colorscale=colorscale(ground))
    for number, racer in enumerate(ends):
        figure.add_scatter(
            x=racer["xy"][:, 0],
            y=racer["xy"][:, 1],
            mode="markers",
            name=racer["name"],
            hoverinfo="skip",
            marker={
                "size": 6,
                "color": racer["colour"],
                "opacity": 0.55,
                "symbol": ("circle", "diamond")[number % 2],
                "line": {"width": 0.7, "color": ground.paper},
            },
        )
    figure.update_layout(
        height=300, margin={"l": 34, "r": 4, "t": 4, "b": 24}, font={"color": ground.muted, "family": FONT}
    )
    return figure


def escape_curves(curves: Sequence[dict[str, Any]], ground: Ground) -> go.Figure:
    """The share of runs that escape, with its interval, against each setting: one figure with a chart for each.

    Args:
        curves: one dict for each setting: `title`, `values` (n,), whether the axis is `log`, the present value `now`,
            and `racers`: one dict for each with `name`, `colour`, and `share`, `low`, `high` (n,).
        ground: the theme's colours.
    """
    figure = make_subplots(
        cols=len(curves),
        shared_yaxes=True,
        horizontal_spacing=0.04,
        subplot_titles=[curve["title"] for curve in curves],
    )
    for column, curve in enumerate(curves, 1):
        for racer in curve["racers"]:
            _add_curve(figure, column, curve["values"], racer)
        if curve["now"] is not None:
            figure.add_vline(curve["now"], col=column, line={"color": ground.ink, "width": 1})
        axis = {"gridcolor": ground.hairline, "zeroline": False, "fixedrange": True, "tickfont": {"size": 11}}
        figure.update_xaxes(type="log" if curve["log"] else "linear", col=column, **axis, nticks=5)
        figure.update_yaxes(range=[-0.04, 1.04], tickformat=".0%", col=column, **axis)
    figure.update_layout(
        height=300,
        margin={"l": 44, "r": 6, "t": 26, "b": 26},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        font={"color": ground.muted, "size": 12, "family": FONT},
        template="none",
    )
    figure.update_annotations(font={"size": 13, "color": ground.ink})
    return figure


def _add_curve(figure: go.Figure, column: int, values: np.ndarray, racer: dict[str, Any]) -> None:
    """Add a racer's line with the band of its interval."""
    band = {
        # the band's outline: along the low ends, and back along the high ones
        "x": np.concatenate([values, values[::-1]]),
        "y": np.concatenate([racer["low"], racer["high"][::-1]]),
        "fill": "toself",
        "fillcolor": racer["colour"],
        "opacity": 0.18,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    figure.add_scatter(**band, row=1, col=column)
    figure.add_scatter(
        x=values,
        y=racer["share"],
        mode="lines+markers",
        name=racer["name"],
        line={"color": racer["colour"], "width": 2},
        marker={"size": 5},
        hovertemplate=f"{racer['name']}: %{{y:.0%}} get out at %{{x:.3g}}<extra></extra>",
        row=1,
        col=column,
    )
