"""Michalewicz: narrow trenches in a plain; steeper walls leave less to find them by."""

from typing import Any

import jax.numpy as jnp

from landscapes.surfaces.separable import Separable
from records import record, slider


@record
class Michalewicz(Separable):
    """−sin x · sin²ᵐ(x²/π) − sin y · sin²ᵐ(2y²/π): at m = 10 the minimum is −1.8013 at (2.2029, π/2)."""

    m: float = slider(10.0, 1, 20, step=0.5, symbol="m", at_least=1, help="Steepness: how narrow the trenches are")

    title = "Michalewicz"
    family = "many minima"
    formula = r"-\sin x\,\sin^{2m}\frac{x^2}{\pi} - \sin y\,\sin^{2m}\frac{2y^2}{\pi}"
    story = "Trenches in a plain: once in a trench the way is clear, outside it there is no slope at all."
    source = "Michalewicz, 1992"
    domain = ((0.0, float(jnp.pi)), (0.0, float(jnp.pi)))
    start = (1.75, 1.3)
    lowest = "on the map"
    learning_rate = 0.02

    def along_x(self, t: Any) -> Any:
        """−sin x · sin²ᵐ(x²/π)."""
        # (sin²)ᵐ and not sin²ᵐ: with a broken m the power of a negative sine would be NaN
        return -jnp.sin(t) * (jnp.sin(t**2 / jnp.pi) ** 2) ** self.m

    def along_y(self, t: Any) -> Any:
        """−sin y · sin²ᵐ(2y²/π)."""
        return -jnp.sin(t) * (jnp.sin(2 * t**2 / jnp.pi) ** 2) ** self.m
