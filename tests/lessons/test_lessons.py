"""What a lesson says is true of its race, and its words are in order."""

import re

import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.line import Line
from lessons import LESSONS
from lessons.data import HELD_OUT, ROWS
from lessons.downhill import RAVINE
from optimizers.stability import sharpness
from ui.link import from_query, to_query
from ui.race import race
from ui.settings import racer

every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


@every_lesson
def test_the_right_answer_is_what_the_race_does(lesson):
    assert lesson.claim(race(lesson.settings))


def changed(slug, **changes):
    return LESSONS[slug].settings.replace(**changes)


def alike(slug, count, **changes):
    """The race of a lesson with so many racers that are all the same."""
    return changed(slug, racers=LESSONS[slug].settings.racers[:1] * count, **changes)


OTHERWISE = {
    "slope": changed("slope", racers=(racer("momentum"),)),
    "too_small": changed("too_small", learning_rate=0.1),
    "too_large": changed("too_large", learning_rate=0.1),
    "zigzag": changed("zigzag", landscape=LANDSCAPES["bowl"](condition=1.0)),
    "stuck": changed("stuck", start=(-1.5, 1.3)),
    "momentum": changed("momentum", momentum=0.5),
    "too_little": changed("too_little", momentum=0.8),
    "too_much": alike("too_much", 2),
    "forward": changed("forward", start=(0.0, 0.0)),
    "batches": alike("batches", 3),
    "absolute": changed("absolute", landscape=LESSONS["absolute"].settings.landscape.replace(loss="mse")),
    "decay": changed("decay", noise=0.0, learning_rate=0.1),
    "fixed": changed("fixed", racers=LESSONS["fixed"].settings.racers[::-1]),
    "adagrad": changed("adagrad", racers=LESSONS["adagrad"].settings.racers[::-1]),
    "rmsprop": alike("rmsprop", 2),
    "adam": changed("adam", start=(-1.5, 1.3)),
    "held_out": changed("held_out", steps=20),
}
"""Of each lesson a race for which its claim is false."""


def test_every_claim_is_tried_on_a_race_that_does_otherwise():
    assert OTHERWISE.keys() == LESSONS.keys()


@pytest.mark.parametrize("slug", OTHERWISE)
def test_a_claim_is_false_of_a_race_that_does_otherwise(slug):
    assert not LESSONS[slug].claim(race(OTHERWISE[slug]))


@every_lesson
def test_answers(lesson):
    assert 2 <= len(lesson.answers) <= 3
    assert len(set(lesson.answers)) == len(lesson.answers)
    assert 0 <= lesson.right < len(lesson.answers)
    assert all(answer[0].isupper() and answer[-1] not in ".?" for answer in lesson.answers)


@every_lesson
def test_words(lesson):
    """Short, whole sentences, and no formula left open."""
    assert lesson.question.endswith("?")
    for text in (lesson.story, lesson.because):
        assert text.endswith(".")
        assert text.count("$") % 2 == 0
        assert "  " not in text
        assert len(re.split(r"(?<=[.?])\s", text)) <= 4
        assert len(text) < 420


@every_lesson
def test_the_race_can_be_taken_to_its_page(lesson):
    assert from_query(to_query(lesson.settings)) == lesson.settings
    assert 1 <= len(lesson.settings.racers) <= 4


def test_the_right_answer_is_not_always_at_one_place():
    rights = [lesson.right for lesson in LESSONS.values()]
    assert len(set(rights)) == 3
    assert len({lesson.title for lesson in LESSONS.values()}) == len(LESSONS)


def test_the_numbers_in_the_texts():
    assert sharpness(LESSONS["too_large"].settings.landscape, (0.3, 0.2)) == pytest.approx(8)
    assert "= 8$" in LESSONS["too_large"].story
    assert RAVINE.landscape.condition == 40
    assert "40 times" in LESSONS["zigzag"].story
    assert Line().sample_count == ROWS
    assert str(ROWS) in LESSONS["batches"].story
    surface = HELD_OUT.landscape
    assert (surface.sample_count, surface.validation.sample_count) == (3, 57)
    assert "three of sixty" in LESSONS["held_out"].story
    assert LESSONS["too_small"].settings.learning_rate == 0.001
    assert [LESSONS[slug].settings.momentum for slug in ("momentum", "too_little")] == [0.8, 0.5]


def test_adam_s_steps_are_hardly_longer_than_its_rate():
    """As the lesson says, and plain momentum's are."""
    _, momentum, adam = race(LESSONS["adam"].settings)
    longest = [
        np.abs(np.diff(run.path.positions, axis=0)).max() / run.path.learning_rates[0] for run in (momentum, adam)
    ]
    assert longest[1] < 1.05
    assert longest[0] > 5
