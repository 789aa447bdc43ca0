"""The course: the claims of a text on optimizers, each as a race that one predicts before it runs."""

from lessons.data import DATA, GOAL
from lessons.downhill import DOWNHILL
from lessons.lesson import Lesson
from lessons.minima import MINIMA
from lessons.rates import RATES

LESSONS: dict[str, Lesson] = {**DOWNHILL, **MINIMA, **DATA, **RATES, **GOAL}
"""The lessons by their name in links, in the order of the course."""

__all__ = ["LESSONS", "Lesson"]
