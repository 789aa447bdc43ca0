"""A topographic map of a loss: low ground is dark, and levels are spaced so that valleys can be seen."""

import dataclasses

import numpy as np
import plotly.graph_objects as go

from figures.theme import LIGHT, Ground, colorscale

LEVELS = 22


@dataclasses.dataclass(frozen=True)
class Heights:
    """The display height of a loss, log(1 + (loss − low) / scale), which shows both shallow and deep valleys."""

    low: float
    scale: float

    def __call__(self, loss: np.ndarray) -> np.ndarray:
        """The heights of `loss`, an array of any shape."""
        return np.log1p(np.maximum(loss - self.low, 0) / self.scale)


def heights(z: np.ndarray) -> Heights:
    """The heights for a grid of losses. The scale is the height below which the lowest twelfth of the ground lies."""
    known = z[np.isfinite(z)]
    above = known - known.min()
    scale = max(float(np.quantile(above, 1 / 12)), 1e-6 * float(above.max()), 1e-300)
    return Heights(float(known.min()), scale)


def contour(x: np.ndarray, y: np.ndarray, z: np.ndarray, ground: Ground = LIGHT) -> go.Figure:
    """The map as a figure.

    Args:
        x, y: (n,) and (m,), the axes of the grid.
        z: (m, n), the losses. Where one is not finite, the map has a gap.
        ground: the theme's colours.
    """
    # float32 is enough for a picture, and halves what is sent
    levels = heights(z)(z).astype(np.float32)
    levels[~np.isfinite(levels)] = np.nan
    top = float(np.nanmax(levels)) or 1.0
    lines = {"start": 0, "end": top, "size": top / LEVELS, "showlines": True}
    figure = go.Figure(
        go.Contour(
            x=x.astype(np.float32),
            y=y.astype(np.float32),
            z=levels,
            zmin=0,
            zmax=top,
            contours=lines,
            line={"width": 0.7, "color": ground.contour},
            colorscale=colorscale(ground),
            showscale=False,
            hoverinfo="skip",
        )
    )
    axis = {
        "zeroline": False,
        "showgrid": False,
        "fixedrange": True,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": ground.hairline,
        "tickfont": {"color": ground.muted, "size": 11},
        "nticks": 7,
    }
    figure.update_layout(
        xaxis={**axis, "range": [x[0], x[-1]]},
        yaxis={**axis, "range": [y[0], y[-1]]},
        margin={"l": 40, "r": 6, "t": 6, "b": 26},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        template="none",
    )
    return figure
