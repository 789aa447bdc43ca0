"""Numbers and vectors in LaTeX."""

import math

import numpy as np


def latex_number(value: float) -> str:
    """A number in LaTeX with three significant digits; as a power of ten if it is below 10⁻³ or at least 10⁵."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    exponent = math.floor(math.log10(abs(value)))
    if -4 < exponent < 5:
        return f"{value:.3g}"
    return rf"{value / 10.0**exponent:.2f}\cdot10^{{{exponent}}}"


def vector(values: np.ndarray) -> str:
    """`values` (2,) as a column vector in LaTeX."""
    x, y = map(latex_number, map(float, values))
    return rf"\begin{{pmatrix}}{x}\\{y}\end{{pmatrix}}"
