"""Numbers and vectors in LaTeX."""

import math

import numpy as np


def latex_number(value: float) -> str:
    """Three significant digits in LaTeX, in powers of ten if very large or small."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    exponent = math.floor(math.log10(abs(value)))
    if -4 < exponent < 5:
        return f"{value:.3g}"
    return rf"{value / 10.0**exponent:.2f}\cdot10^{{{exponent}}}"


def vector(values: np.ndarray) -> str:
    """A column of two numbers in LaTeX."""
    x, y = map(latex_number, map(float, values))
    return rf"\begin{{pmatrix}}{x}\\{y}\end{{pmatrix}}"
