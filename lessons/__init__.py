"""The course: what the text on optimizers says, each claim as a race that one predicts before it runs."""

from lessons.data import DATA, GOAL
from lessons.downhill import DOWNHILL
from lessons.lesson import Lesson
from lessons.minima import MINIMA
from lessons.rates import RATES

LESSONS: dict[str, Lesson] = {**DOWNHILL, **MINIMA, **DATA, **RATES, **GOAL}
"""By their name in links, in the order of the course."""

__all__ = ["LESSONS", "Lesson"]
