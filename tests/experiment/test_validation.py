"""What is said of rows held out is what was computed."""

import re

import numpy as np
import pytest

from experiment.pages.batches import FIRST, PRESETS, THREE, fit
from experiment.race.runs import race, race_view
from experiment.race.settings import Settings, racer
from experiment.summary.validation import about_validation, held_out_points, validation_columns, validation_sentence
from landscapes import LANDSCAPES
from landscapes.data.line import Line
from landscapes.landscape import losses_along
from optimizers import SGD
from player.payloads.data import points
from player.payloads.landscape import landscape_payload
from player.payloads.race import packed_race
from tests.player.reading import opened

LESSON = PRESETS["zero loss is not the goal"]


def said(settings):
    return validation_sentence(race_view(settings))


def test_the_lesson_is_one():
    """The rows trained on are fitted nearly without a miss, and stopping early would have been better for the rest."""
    (run,) = race(LESSON)
    losses = losses_along(LESSON.landscape.validation, run.path.positions)
    step, end = int(losses.argmin()), losses[-1]
    assert run.path.losses[-1] < 0.01 * end
    assert 0 < step < run.path.steps / 2
    assert end > 1.5 * losses[step]
    assert said(LESSON) == (
        f"Low training loss is not the goal: Full batch fits its 3 rows to MSE {run.path.losses[-1]:.2g}, "
        f"but misses the 57 held out by {end:.2g}, at step {step} only by {losses[step]:.2g}"
    )
    assert about_validation(LESSON, run) == {"marks": [(step, "lowest on the rows held out")]}


def test_a_fit_that_holds():
    settings = fit(Line(validation_split=0.3), racers=THREE[:1])
    (run,) = race(settings)
    seen, unseen = re.search(
        r"its 190 rows to MSE (\d+), and the 82 held out to (\d+): it holds", said(settings)
    ).groups()
    assert float(seen) == pytest.approx(run.path.losses[-1], rel=0.05)
    losses = losses_along(settings.landscape.validation, run.path.positions)
    assert float(unseen) == pytest.approx(losses[-1], rel=0.05)
    assert about_validation(settings, run) == {}


def test_without_rows_held_out_nothing_is_said():
    (run, *_), away = race(FIRST), Settings()
    assert said(FIRST) == ""
    assert validation_columns(FIRST.landscape, run) == {}
    assert about_validation(FIRST, run) == {}
    assert held_out_points(FIRST.landscape) == []
    assert points(FIRST.landscape)["held_out"] is None
    assert validation_columns(away.landscape, race(away)[0]) == {}
    assert held_out_points(LANDSCAPES["classifier"]()) == []


def test_who_diverged_is_not_spoken_of():
    wild = racer("descent", name="Wild", optimizer=SGD(3.0), overrides=("learning_rate", "momentum"))
    settings = LESSON.replace(racers=(wild, *LESSON.racers))
    assert "Full batch fits" in said(settings)
    assert said(settings.replace(racers=(wild,))) == ""
    opened(packed_race(race_view(settings)))  # and its losses are numbers all the same


def test_what_is_sent():
    """Both losses with every racer, the rows held out with the data, the place that they ask for with the map."""
    header, _ = opened(packed_race(race_view(LESSON)))
    assert {"validation", "training"} <= header["racers"][0]["ranges"].keys()
    held, (point,) = points(LESSON.landscape)["held_out"], held_out_points(LESSON.landscape)
    assert len(held["x"]) == len(held["y"]) == len(held["targets"]) == len(held["rows"][0]) == 57
    best = losses_along(LESSON.landscape.validation, np.array([point[1]]))[0]
    for angle in np.linspace(0, 6, 13):
        beside = np.array([point[1]]) + 0.01 * np.array([np.cos(angle), np.sin(angle)])
        assert losses_along(LESSON.landscape.validation, beside)[0] > best
    assert [each["xy"] for each in landscape_payload(LESSON.landscape)["points"] if each["kind"] == "held_out"] == [
        pytest.approx(point[1], rel=1e-9)
    ]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.98])
@pytest.mark.parametrize("slug", ["anscombe_1", "anscombe_3", "old_faithful", "made_up"])
def test_every_share_of_every_table_has_its_words(slug, share):
    settings = fit(Line(data=slug, validation_split=share))
    assert re.match(r"(Low training loss is not the goal: )?\S.* fits? its [\d,]+ rows to MSE", said(settings))
    opened(packed_race(race_view(settings)))
    landscape_payload(settings.landscape)
