"""A real network: trained by the same optimizers, its loss drawn on a plane through the space of its weights."""

from studies.network.digits import HELD_OUT, MOST_ROWS, digits
from studies.network.plane import KINDS, Plane, plane
from studies.network.training import Training, train

__all__ = ["HELD_OUT", "KINDS", "MOST_ROWS", "Plane", "Training", "digits", "plane", "train"]
