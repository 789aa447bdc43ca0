"""A settings file that was edited by hand: the changed value counts, whatever the link says, and nothing breaks."""

import codecs
import json

import pytest

from experiment.files import settings_from_json, settings_json
from experiment.pages.playground import PRESETS
from experiment.race.settings import SHARED, Settings, racer
from landscapes import LANDSCAPES, from_formula
from optimizers import SCHEDULES

THREE = Settings(steps=150, racers=(racer("descent"), racer("momentum"), racer("adam", name="My Adam")))
OWN = Settings(landscape=from_formula("x^2 + sin(3y)", ((-1.0, 2.0), (-3.0, 3.0))))
DECAY = Settings(decay_schedule=SCHEDULES["exponential"](), racers=(racer("descent"), racer("adam")))


def edited(settings, *path_and_value):
    """The settings of a file in which one value was changed, and what was said of it."""
    *path, name, value = path_and_value
    told = json.loads(settings_json(settings))
    part = told
    for step in path:
        part = part[step]
    part[name] = value
    problems = []
    return settings_from_json(json.dumps(told), problems), problems


EDITS = {
    "steps": (("steps", 321), lambda one: one.steps, 321),
    "seed": (("seed", 9), lambda one: one.seed, 9),
    "noise": (("noise", 2.5), lambda one: one.noise, 2.5),
    "start": (("start", [0.25, -0.5]), lambda one: one.start, (0.25, -0.5)),
    "page": (("page", "tune"), lambda one: one.page, "tune"),
    "playhead": (("playhead", 12), lambda one: one.playhead, 12),
    "shared rate": (("shared", "learning_rate", 0.125), lambda one: one.learning_rate, 0.125),
    "shared momentum": (("shared", "momentum", 0.5), lambda one: one.momentum, 0.5),
    "shared batch": (("shared", "batch_size", 16), lambda one: one.batch_size, 16),
    "field of the landscape": (("landscape", "fields", "tilt", 0.6), lambda one: float(one.landscape.tilt), 0.6),
    "another landscape": (("landscape", "name", "bowl"), lambda one: type(one.landscape), LANDSCAPES["bowl"]),
    "name of a racer": (("racers", 0, "name", "Slow"), lambda one: one.racers[0].name, "Slow"),
    "method of a racer": (("racers", 0, "method", "rmsprop"), lambda one: one.racers[0].method, "rmsprop"),
    "field of an optimizer": (
        ("racers", 2, "optimizer", "beta_1", 0.5),
        lambda one: one.racers[2].optimizer.beta_1,
        0.5,
    ),
    "rate of one racer": (
        ("racers", 1, "optimizer", "learning_rate", 0.0625),
        lambda one: [float(one.optimizer(runner).learning_rate) for runner in one.racers[:2]],
        [float(THREE.learning_rate), 0.0625],
    ),
    "momentum of one racer": (
        ("racers", 1, "optimizer", "momentum", 0.25),
        lambda one: (float(one.optimizer(one.racers[1]).momentum), one.momentum),
        (0.25, 0.9),
    ),
    "batch of one racer": (
        ("racers", 0, "batch_size", 4),
        lambda one: [one.batch(runner).size for runner in one.racers],
        [4, None, None],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_edited_value_counts_and_is_said(name):
    path, value_of, expected = EDITS[name]
    settings, problems = edited(THREE, *path)
    value = value_of(settings)
    assert value == (pytest.approx(expected) if isinstance(expected, float) else expected)
    assert any("the file's counts" in problem for problem in problems)


@pytest.mark.parametrize("name", EDITS)
def test_the_rest_stays(name):
    path, _, _ = EDITS[name]
    settings, _ = edited(THREE, *path)
    same = {"steps", "seed", "noise", "momentum"} - {path[0], path[1] if path[0] == "shared" else ""}
    assert {field: getattr(settings, field) for field in same} == {field: getattr(THREE, field) for field in same}
    assert len(settings.racers) == 3
    assert settings.racers[2].name == "My Adam"


def test_a_formula_and_its_domain_are_edited():
    settings, _ = edited(OWN, "landscape", "formula", "x² + 2y²")
    assert settings.landscape == from_formula("x^2 + 2y^2", ((-1.0, 2.0), (-3.0, 3.0)))
    settings, _ = edited(OWN, "landscape", "domain", [[-2, 2], [-4, 4]])
    assert settings.landscape.domain == ((-2, 2), (-4, 4))


def test_a_schedule_is_edited():
    settings, _ = edited(DECAY, "shared", "decay_schedule", "decay_rate", 0.25)
    assert float(settings.decay_schedule.decay_rate) == 0.25
    settings, _ = edited(DECAY, "racers", 1, "optimizer", "learning_rate", "decay_rate", 0.25)
    rates = [float(settings.optimizer(runner).learning_rate.decay_rate) for runner in settings.racers]
    assert rates == [float(DECAY.decay_schedule.decay_rate), 0.25]
    settings, _ = edited(DECAY, "shared", "decay_schedule", {"class": "CosineDecay", "decay_steps": 70})
    assert type(settings.decay_schedule) is SCHEDULES["cosine"]
    assert float(settings.decay_schedule.decay_steps) == 70


def test_racers_are_added_left_out_and_put_in_another_order():
    told = json.loads(settings_json(THREE))
    last = told["racers"].pop()
    told["racers"].insert(0, last)
    del told["racers"][1]
    told["racers"].append({"method": "rmsprop", "name": "New"})
    settings = settings_from_json(json.dumps(told))
    assert [(runner.method, runner.name) for runner in settings.racers] == [
        ("adam", "My Adam"),
        ("momentum", THREE.racers[1].name),
        ("rmsprop", "New"),
    ]
    assert settings.racers[0].optimizer == THREE.racers[2].optimizer


@pytest.mark.parametrize("name", PRESETS)
def test_a_file_that_nobody_edited_says_nothing(name):
    problems = []
    assert settings_from_json(settings_json(PRESETS[name]), problems) == PRESETS[name]
    assert problems == []


def test_an_edited_link_is_said_to_count_less():
    problems = []
    text = settings_json(THREE).replace("steps=150", "steps=77")
    assert settings_from_json(text, problems).steps == 150
    assert problems == ["`steps` is 150 in the file and 77 in its link: the file's counts."]


def test_a_value_that_is_wrong_in_the_link_alone_is_said_too():
    problems = []
    text = settings_json(THREE).replace("steps=150", "steps=nan")
    assert settings_from_json(text, problems).steps == 150
    assert any("Received: nan" in problem for problem in problems)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_a_byte_order_mark_and_other_line_ends(encode):
    problems = []
    assert settings_from_json(encode(settings_json(THREE)), problems) == THREE
    assert problems == []


DERIVED = {
    "title": ("landscape", "title", "Mine"),
    "class": ("racers", 0, "optimizer", "class", "Adam"),
    "samples": ("racers", 0, "samples", 3),
    "domain of a listed landscape": ("landscape", "domain", [[0, 1], [0, 1]]),
}


@pytest.mark.parametrize("name", DERIVED)
def test_what_follows_from_others_is_not_read_and_this_is_said(name):
    settings, problems = edited(THREE, *DERIVED[name])
    assert settings == THREE
    assert len(problems) == 1
    assert "follows from the other values" in problems[0]


WRONG = {
    "a word for a number": ("steps", "many"),
    "a list for a number": ("steps", [1, 2]),
    "a group for a number": ("noise", {"a": 1}),
    "a number that is too large": ("steps", 10**9),
    "nothing": ("steps", None),
    "yes": ("steps", True),
    "a wrong start": ("start", [1, 2, 3]),
    "a nested start": ("start", [[1], [2]]),
    "an unknown landscape": ("landscape", "name", "moon"),
    "a number for a landscape": ("landscape", "name", 7),
    "a list of landscapes": ("landscape", "name", ["bowl"]),
    "a landscape that is no group": ("landscape", 3),
    "fields that are no group": ("landscape", "fields", [1]),
    "racers that are no list": ("racers", {"a": 1}),
    "racers that are numbers": ("racers", [1, 2]),
    "no racers": ("racers", []),
    "nine racers": ("racers", [{"method": "adam", "name": str(i)} for i in range(9)]),
    "an unknown method": ("racers", 0, "method", "rocket"),
    "a method that is a list": ("racers", 0, "method", ["adam"]),
    "an optimizer that is a word": ("racers", 0, "optimizer", "fast"),
    "a rate that is a word": ("racers", 0, "optimizer", "learning_rate", "fast"),
    "a schedule without a class": ("racers", 0, "optimizer", "learning_rate", {"a": 1}),
    "an unknown schedule": ("shared", "decay_schedule", {"class": "Moon"}),
    "a schedule that is a list": ("shared", "decay_schedule", [1, 2]),
    "overrides that are a number": ("racers", 0, "overrides", 5),
    "overrides with unknown names": ("racers", 0, "overrides", ["moon"]),
    "a name that is a list": ("racers", 0, "name", ["a"]),
    "not a number": ("noise", float("nan")),
    "infinite": ("noise", float("inf")),
    "an unknown value": ("colour", "red"),
    "shared that is a number": ("shared", 3),
    "a shared value that is not known": ("shared", "speed", 3),
    "markup": ("racers", 0, "name", "<b>" * 20),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_breaks(name):
    settings, problems = edited(THREE, *WRONG[name])
    assert isinstance(settings, Settings)
    assert problems
    assert all(problem.isprintable() and len(problem) < 900 for problem in problems)


@pytest.mark.parametrize("name", WRONG)
def test_of_a_wrong_value_one_thing_is_said(name):
    """Never that the file's value counts and that it cannot be used."""
    settings, problems = edited(THREE, *WRONG[name])
    if any(" must " in problem for problem in problems):
        assert len(problems) == 1
    assert any("the file's counts" in problem for problem in problems) == (settings != THREE)


def test_fields_that_belong_together_are_edited_together():
    pieces = Settings(decay_schedule=SCHEDULES["piecewise"](), racers=(racer("descent"),))
    told = json.loads(settings_json(pieces))
    told["shared"]["decay_schedule"] |= {"boundaries": [200, 300], "values": [0.3, 0.2, 0.1]}
    problems = []
    assert tuple(settings_from_json(json.dumps(told), problems).decay_schedule.boundaries) == (200, 300)
    assert not any(" must " in problem for problem in problems)


@pytest.mark.parametrize(
    ("path", "received"),
    [
        (("steps", "many"), "Received: many."),
        (("steps", None), "Received: null."),
        (("noise", -1), "Received: -1."),
        (("shared", "learning_rate", "fast"), "Received: fast."),
        (("racers", 0, "optimizer", "learning_rate", [0.1, 1]), "Received: [0.1, 1]."),
        (("racers", 1, "optimizer", "momentum", 7), "Received: 7."),
        (("racers", 0, "method", "rocket"), 'Received: ["rocket", "momentum", "adam"].'),
        (("landscape", "name", "moon"), "Received: moon."),
    ],
    ids=str,
)
def test_a_wrong_value_is_named_with_what_is_allowed_and_the_link_counts(path, received):
    settings, problems = edited(THREE, *path)
    (problem,) = problems
    assert settings == THREE
    assert " must be " in problem
    assert received in problem
    assert "Try " in problem


HOSTILE = {
    "deep lists": "[" * 90_000,
    "deep groups": '{"a":' * 15_000,
    "deep and closed": '{"link": "steps=3", "x": ' + "[" * 40_000 + "]" * 40_000 + "}",
    "too long": '{"link": "' + "x" * 200_000 + '"}',
    "a huge number": '{"link": ' + "9" * 9_000 + "}",
    "no text": "\0\1\2",
    "half a file": settings_json(THREE)[:300],
    "a link that is a list": '{"link": ["steps=3"]}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_settings_file_is_refused_in_words(name):
    with pytest.raises(ValueError, match="A settings file m") as refused:
        settings_from_json(HOSTILE[name])
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("depth", [3, 50, 500])
def test_deep_values_beside_a_link_are_not_followed(depth):
    problems = []
    text = '{"link": "steps=30", "steps": ' + "[" * depth + "]" * depth + "}"
    assert isinstance(settings_from_json(text, problems), Settings)
    assert problems


HALVED = {"class": "ExponentialDecay", "decay_steps": 50, "decay_rate": 0.5}


@pytest.mark.parametrize("first_rate", [0.25, None])
def test_a_schedule_in_place_of_a_number_starts_with_its_own_rate(first_rate):
    schedule = HALVED | ({"initial_learning_rate": first_rate} if first_rate else {})
    settings, _ = edited(THREE, "racers", 1, "optimizer", "learning_rate", schedule)
    rate = settings.optimizer(settings.racers[1]).learning_rate
    assert type(rate) is SCHEDULES["exponential"]
    assert (float(rate.initial_learning_rate), float(rate.decay_steps)) == (
        first_rate or float(THREE.learning_rate),
        50,
    )
    assert settings.optimizer(settings.racers[0]) == THREE.optimizer(THREE.racers[0])


@pytest.mark.parametrize(
    "fields", [["learning_rate"], ["momentum"], ["learning_rate", "decay_schedule"], ["batch_size"]]
)
@pytest.mark.parametrize("settings", [THREE.replace(batch_size=16), DECAY.replace(learning_rate=0.07)])
def test_a_racer_that_is_made_its_own_goes_on_as_it_ran(settings, fields):
    runner = settings.racers[1]
    fields = [field for field in SHARED if runner.has(field) and field in (*fields, *runner.overrides)]
    after, _ = edited(settings, "racers", 1, "overrides", fields)
    assert after.racers[1].overrides == tuple(fields)
    assert after.optimizer(after.racers[1]) == settings.optimizer(runner)
    assert after.batch(after.racers[1]) == settings.batch(runner)
    # and from then on the shared values do not count for it
    moved = after.replace(learning_rate=0.5, batch_size=3)
    for field in fields:
        assert moved.value(field, moved.racers[1]) == after.value(field, after.racers[1])
