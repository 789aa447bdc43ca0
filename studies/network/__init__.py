"""A real network: trained by the same optimizers, its loss drawn on a plane through the space of its weights."""

from studies.network.digits import HELD_OUT, MAX_DIGITS, digits
from studies.network.plane import KINDS, Plane, plane
from studies.network.training import Training, train

__all__ = ["HELD_OUT", "KINDS", "MAX_DIGITS", "Plane", "Training", "digits", "plane", "train"]
