"""Sentences on where another library's arithmetic differs from Keras's, and by how much."""

import math
from typing import Any


def after_correction(library: str, adam: Any) -> str:
    """The sentence on ε beside the corrected root; "" if it makes no difference.

    For a gradient of 1, the first step differs by ε(1/√(1 − β₂) − 1) of itself.
    """
    # Keras: √s + ε with s = (1 − β₂)g², then the correction: ε counts as ε/√(1 − β₂); corrected first, it counts as ε
    off = float(adam.epsilon) * (1 / math.sqrt(1 - float(adam.beta_2)) - 1)
    if off == 0:
        return ""
    return (
        f"{library} adds ε after the bias correction, Keras before: where gradients are about 1, "
        f"the first step differs by {off:.0e} of itself, later ones by less."
    )


def before_correction(library: str, radam: Any) -> str:
    """The sentence on RAdam's ε, added before the bias correction where Optax adds it after; "" if ε is 0."""
    if float(radam.eps) == 0:
        return ""
    return f"{library} adds ε before the bias correction, Optax after: the paths differ by about {radam.eps:.0e}."


def beside_root(library: str, rmsprop: Any) -> str:
    """The sentence on ε beside the root instead of under it; "" if ε is 0. It matters where gradients are below √ε."""
    if float(rmsprop.epsilon) == 0:
        return ""
    return (
        f"{library} adds ε beside the root, Keras under it: the same where gradients are far above "
        f"√ε = {math.sqrt(rmsprop.epsilon):.0e}, longer steps where they are not."
    )


def before_largest(library: str, adamax: Any) -> str:
    """The sentence on ε added before the maximum instead of after; "" if ε is 0."""
    if float(adamax.epsilon) == 0:
        return ""
    return (
        f"{library} adds ε before it looks for the largest gradient, Keras after: "
        f"the paths differ by about {float(adamax.epsilon):.0e} over that gradient."
    )
