"""What a lesson says is true of its race, and its words are in order."""

import re

import numpy as np
import pytest

from experiment.link.link import from_query, to_query
from experiment.race.runs import race, race_view
from experiment.race.settings import racer
from landscapes import LANDSCAPES
from landscapes.data.line import Line
from lessons import LESSONS
from lessons.data import HELD_OUT, ROWS
from lessons.downhill import RAVINE, share_of_turns
from optimizers import SGD, Adagrad, Adam, PiecewiseConstantDecay, RMSprop, descend
from optimizers.stability import sharpness
from player.payloads.race import race_summary
from studies.sweeps.best_fixed_rate import rates_to_try

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


DENIALS = {
    "decay": r"still on the way",
    "absolute": r"reached|still moving|on the way",
    "too_much": r"β = 0.97 (reached|hovers|is still on the way)",
    "rmsprop": r"RMSprop (reached|is still)",
    "too_large": r"Gradient descent (reached|is still)",
    "stuck": r"reached|global",
    "held_out": r"diverged",
}
"""What the sentence under the map must not say, since the right answer says otherwise."""


@pytest.mark.parametrize("slug", DENIALS)
def test_the_sentence_under_the_map_does_not_deny_the_right_answer(slug):
    settings = LESSONS[slug].settings
    lead, rest = race_summary(race_view(settings))
    assert not re.search(DENIALS[slug], lead + rest), lead + rest


@pytest.mark.parametrize(("rate", "share"), [(0.01, 0.0), (0.02, 0.0), (0.024, 0.0), (0.03, 1.0), (0.046, 1.0)])
def test_descent_turns_back_only_above_one_over_lambda(rate, share):
    """As the lesson on the zigzag says: 1/λ = 0.025 across the valley."""
    settings = LESSONS["zigzag"].settings
    (run,) = race(settings.replace(racers=settings.racers[:1], learning_rate=rate))
    assert share_of_turns(run) == share


def test_a_schedule_that_suits_the_surface_wins_without_noise():
    """As the lesson says: at the minimum after two steps, where the best fixed rate needs 24."""
    settings = LESSONS["fixed"].settings
    surface, start = settings.landscape, settings.resolved_start
    path = descend(surface, SGD(PiecewiseConstantDecay([0.0], [1.0, 0.1])), start=start, steps=10)
    assert np.abs(path.positions[2:]).max() < 1e-12
    outcomes = [
        descend(surface, SGD(rate), start=start, steps=100).outcome for rate in rates_to_try(surface, SGD(), start)
    ]
    assert min(outcome.step for outcome in outcomes if outcome.kind == "converged") == 24


@pytest.mark.parametrize(
    ("rate", "out"), [(0.03, False), (0.08, False), (0.2, False), (0.3, True), (0.5, True), (1.0, True)]
)
def test_it_is_the_rate_that_keeps_adam_in(rate, out):
    settings = LESSONS["adam"].settings
    outcome = descend(settings.landscape, Adam(rate), start=settings.resolved_start, steps=settings.steps).outcome
    assert outcome.kind == ("converged" if out else "local_minimum")


@pytest.mark.parametrize(("rate", "there"), [(0.2, False), (0.5, False), (2.0, True)])
def test_a_larger_base_rate_gets_adagrad_there(rate, there):
    settings = LESSONS["adagrad"].settings
    path = descend(settings.landscape, Adagrad(rate), start=settings.resolved_start, steps=settings.steps)
    assert (path.outcome.kind == "converged") == there


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1, 0.2])
def test_rmsprop_hovers_about_as_far_as_its_rate(rate):
    settings = LESSONS["rmsprop"].settings
    path = descend(settings.landscape, RMSprop(rate), steps=800)
    last = np.hypot(*path.positions[-100:].T).max()
    assert 0.3 * rate < last < 2 * rate


def test_other_threes_are_less_plain():
    """As the lesson on held-out rows says: of a hundred random threes most do not end far above where they had been."""
    line = HELD_OUT.landscape
    everything = line.samples.whole
    draw, plain = np.random.default_rng(0), 0
    for _ in range(100):
        order = draw.permutation(everything.rows)
        x, y = everything.x[order, 0], everything.y[order]
        x = (x - x[:3].mean()) / x[:3].std()
        point, losses = np.array(HELD_OUT.resolved_start), []
        for _ in range(HELD_OUT.steps):
            error = x[:3] * point[0] + point[1] - y[:3]
            point = point - float(HELD_OUT.learning_rate) * 2 * np.array([(error * x[:3]).mean(), error.mean()])
            losses.append((((x[3:] * point[0] + point[1]) - y[3:]) ** 2).mean())
        plain += losses[-1] > 1.5 * min(losses)
    assert 0 < plain < 50


def test_the_right_answer_is_not_always_at_one_place():
    rights = [lesson.right for lesson in LESSONS.values()]
    assert len(set(rights)) == 3
    assert len({lesson.title for lesson in LESSONS.values()}) == len(LESSONS)


def test_the_numbers_in_the_texts():
    assert sharpness(LESSONS["too_large"].settings.landscape, (0.3, 0.2)) == pytest.approx(8)
    assert "= 8$" in LESSONS["too_large"].story
    assert RAVINE.landscape.condition == 40
    assert "40 times" in LESSONS["zigzag"].story
    assert "= 0.046$" in LESSONS["zigzag"].story
    assert LESSONS["zigzag"].settings.learning_rate == 0.046
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
