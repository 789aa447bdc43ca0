"""The page about a real network: its link, its words and what it sends."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from experiment.network.experiment import PRESETS, Experiment
from experiment.network.query import from_query, to_query
from experiment.network.runs import best_run, ground, runs
from experiment.network.words import fine_percent, network_summary, training_summary
from player.payloads.network import landscape_payload, packed
from records import choice_fields, number_fields
from tests.player.reading import opened
from ui.network.misclassified import mistakes

APP = str(Path(__file__).parents[3] / "app.py")
SMALL = Experiment(steps=60, hidden="4", rows=40)
OVERFITS = PRESETS["few digits: it overfits"]


@pytest.mark.parametrize("made", [*PRESETS.values(), SMALL, Experiment(seed=7, momentum=0.55, batch_size="1")])
def test_a_link_is_the_experiment(made):
    problems = []
    assert from_query(to_query(made), problems) == made
    assert problems == []


WRONG = {
    "network.learning_rate": ("0", "`learning_rate` must be a number from 0.001 to 5. Received: 0."),
    "network.rows": ("50.5", "`rows` must be a whole number, at least 1 and at most 1200. Received: 50.5."),
    "network.hidden": ("17", "`hidden` must be one of 4, 16, 64. Received: 17."),
    "network.directions": ("up", "`directions` must be one of pca, random. Received: up."),
    "surprise": ("1", "`surprise` is not known. Received: surprise=1."),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_is_explained_and_the_default_stands(key):
    problems, (text, said) = [], WRONG[key]
    assert from_query({key: text}, problems) == Experiment()
    assert problems == [said]


def test_everything_that_is_set_is_named_and_bounded():
    for name, slid in number_fields(Experiment).items():
        assert slid.low <= getattr(Experiment(), name) <= slid.high
        assert slid.help
        assert slid.symbol
    for name, shown in choice_fields(Experiment).items():
        assert getattr(Experiment(), name) in shown.options


def test_few_digits_are_overfitted():
    """Its training loss goes on falling while that on the digits held out has turned up."""
    adam = next(run for run in runs(OVERFITS) if run.style == "adam")
    losses = adam.training.validation
    assert losses[-1] > 1.15 * losses.min()
    assert adam.training.losses[-1] < 0.1 * adam.training.losses[adam.lowest]
    lead, rest = network_summary(OVERFITS)
    assert lead.startswith("Low training loss is not the goal: Adam gets down to ")
    assert f"lowest at step {adam.lowest}, {losses.min():.2g}, and is {losses[-1]:.2g} in the end" in lead
    first = best_run(runs(OVERFITS))
    assert f"{first.name} does best on them: {first.training.validation.min():.2g} at step {first.lowest}" in rest


def test_more_digits_are_the_cure():
    few, many = (best_run(runs(made)).training for made in (OVERFITS, PRESETS["more digits"]))
    assert many.validation.min() < 0.3 * few.validation.min()
    assert many.accuracies[-1, 1] > few.accuracies[-1, 1] + 0.1
    assert network_summary(PRESETS["more digits"])[0].endswith("read rightly")


def test_a_rate_too_large_is_said_to_be():
    made = Experiment(learning_rate=5.0, momentum=0.9, adam_rate=1.0, rows=40, steps=60)
    gone = [run.name for run in runs(made) if run.diverged]
    assert gone
    assert all(name in network_summary(made)[1] for name in gone)
    assert all(training_summary(run) == "Ended above where it began." for run in runs(made) if run.diverged)


@pytest.mark.parametrize("directions", ["pca", "random"])
def test_what_is_sent_is_what_was_computed(directions):
    made = SMALL.replace(directions=directions)
    header, _ = opened(packed(made))
    assert [racer["name"] for racer in header["racers"]] == ["Gradient descent", "Momentum", "Adam"]
    assert [racer["steps"] for racer in header["racers"]] == [60, 60, 60]
    assert header["start"] == pytest.approx(ground(made).paths[0][0])
    assert header["fixed"].endswith(header["query"])
    assert landscape_payload(made)["domain"][0] == pytest.approx([ground(made).x[0], ground(made).x[-1]])
    assert runs(made) is runs(SMALL), "another plane trains nothing anew"
    starts = np.array([path[0] for path in ground(made).paths])
    np.testing.assert_allclose(starts, starts[:1].repeat(3, axis=0), atol=1e-9, err_msg="all begin at the same weights")


def test_what_is_misread_is_what_the_accuracy_leaves():
    for run in runs(SMALL):
        wrong = mistakes(SMALL, run)
        assert len(wrong) == round(500 * (1 - run.training.accuracies[-1, 1]))


def test_parts_in_percent():
    assert [fine_percent(part) for part in (0.5, 0.0004, 0.99999)] == ["50 %", "0.1 %", "99.9 %"]


def test_the_page():
    app = AppTest.from_file(APP, default_timeout=90).switch_page("pages/network.py")
    app.query_params["network.steps"] = "50"
    app.query_params["network.hidden"] = "4"
    app.query_params["moon"] = "1"
    app.run()
    assert not app.exception
    assert "`moon` is not known" in app.warning[0].value
    (feed,) = [mount for mount in app.get("bidi_component") if mount.key == "feed"]
    assert opened(feed.proto.bytes)[0]["query"] == "network.hidden=4&network.steps=50"
    assert re.search(r"\d read as \d", " ".join(part.proto.body for part in app.get("html")))
    app.slider(key="network.steps").set_value(100.0).run()
    (feed,) = [mount for mount in app.get("bidi_component") if mount.key == "feed"]
    assert opened(feed.proto.bytes)[0]["racers"][0]["steps"] == 100
    app.button(key="preset.around the minimum").click().run()
    assert not app.exception
    (feed,) = [mount for mount in app.get("bidi_component") if mount.key == "feed"]
    assert opened(feed.proto.bytes)[0]["query"] == "network.directions=random"
