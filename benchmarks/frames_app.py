"""The ordinary way to show a race in Streamlit, for `benchmarks.browser` to measure ours against.

The same landscape, engine, racers and steps; `st.plotly_chart` with the contour and one frame a step, made of
`go.Frame` and `go.Scatter` as Plotly's manual does, a play button and a slider, under Streamlit's own defaults. Run it
alone with `python -m streamlit run benchmarks/frames_app.py`; `?trails=growing` draws each racer's path up to the
frame, else the whole path stands and only the heads move.
"""

import math
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from figures.contour import contour
from landscapes import LANDSCAPES, grid
from optimizers import SGD, Adam, RMSprop, descend

STEPS = 200
SURFACE = LANDSCAPES["double_well"]()
RACERS = {
    "Gradient descent": SGD(),
    "Momentum": SGD(momentum=0.9),
    "Nesterov": SGD(momentum=0.9, nesterov=True),
    "RMSprop": RMSprop(),
    "Adam": Adam(),
}
PLAY = {
    "label": "Play",
    "method": "animate",
    "args": [None, {"frame": {"duration": 60, "redraw": False}, "fromcurrent": True}],
}


@lru_cache
def ground() -> go.Figure:
    """The contour on its grid of 150 × 150."""
    return contour(*grid(SURFACE))


def line(path, name=None):
    """A path."""
    return go.Scatter(x=path[:, 0], y=path[:, 1], mode="lines", name=name)


def head(point):
    """Where a racer is."""
    x, y = point
    return go.Scatter(x=[x], y=[y], mode="markers", marker={"size": 11}, showlegend=False)


def frame(paths, step, growing):
    """What moves, at a step."""
    trails = [line(path[: step + 1]) for path in paths.values()] if growing else []
    return trails + [head(path[min(step, len(path) - 1)]) for path in paths.values()]


def animated(paths, growing: bool) -> go.Figure:
    """The whole animation as one figure."""
    figure = go.Figure(ground())
    count = len(paths)
    figure.add_traces([line(path[:1] if growing else path, name) for name, path in paths.items()])
    figure.add_traces([head(path[0]) for path in paths.values()])
    moving = list(range(1 if growing else 1 + count, 1 + 2 * count))
    figure.frames = [
        go.Frame(data=frame(paths, step, growing), traces=moving, name=str(step)) for step in range(STEPS + 1)
    ]
    return figure.update_layout(updatemenus=[{"type": "buttons", "buttons": [PLAY]}], height=640)


exponent = st.slider("Learning rate", -4.0, 1.0, math.log10(SURFACE.learning_rate), step=0.005)
rate = 10**exponent
paths = {
    name: descend(SURFACE, racer.replace(learning_rate=rate), steps=STEPS).positions for name, racer in RACERS.items()
}
st.plotly_chart(animated(paths, st.query_params.get("trails") == "growing"), key="race")
