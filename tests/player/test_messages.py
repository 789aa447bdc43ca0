"""What is sent is what is stated: real packets have the keys of their TypedDicts, as have the types in JavaScript."""

import types
from collections.abc import Sequence
from typing import Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from experiment.network.experiment import Experiment
from experiment.pages import PAGES
from experiment.race.runs import race, race_view
from figures.theme import palette
from optimizers.explain.anatomy import anatomy
from player.payloads import network, tuning
from player.payloads.basins import coarse
from player.payloads.data import packed_orders, points
from player.payloads.landscape import landscape_payload
from player.payloads.race import packed_race
from player.wire import messages, typedefs
from player.wire.packet import waiting
from tests.player.reading import opened
from ui.race.anatomy_panel import arrows


def faults(value, hint):
    """Where a value, as it is sent, is not what its type says."""
    return list(_faults(value, hint, "message"))


def _faults(value, hint, where):
    """Keys that miss, keys of no type, values of another kind."""
    origin, parts = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        hints = get_type_hints(hint)
        if not isinstance(value, dict):
            yield f"{where} is {value!r}"
            return
        yield from (f"{where}.{name} is missing" for name in hint.__required_keys__ - value.keys())
        yield from (f"{where}.{name} is not stated" for name in value.keys() - hints.keys())
        for name in hints.keys() & value.keys():
            yield from _faults(value[name], hints[name], f"{where}.{name}")
    elif origin in (Union, types.UnionType):
        yield from min((list(_faults(value, part, where)) for part in parts), key=len)
    elif origin is Literal:
        if value not in parts:
            yield f"{where} is {value!r}"
    elif origin is dict:
        for key, entry in value.items():
            yield from _faults(entry, parts[1], f"{where}[{key}]")
    elif origin in (tuple, Sequence):
        if not isinstance(value, (list, tuple)) or (origin is tuple and len(value) != len(parts)):
            yield f"{where} is {value!r}"
            return
        for entry, part in zip(value, parts if origin is tuple else parts * len(value), strict=True):
            yield from _faults(entry, part, f"{where}[]")
    else:
        kinds = (int, float) if hint is float else hint
        if not isinstance(value, kinds) or (isinstance(value, bool) and hint is not bool):
            yield f"{where} is {value!r}, no {hint.__name__}"


def header(packed):
    return opened(packed)[0]


def test_the_types_in_javascript_are_made_of_these():
    assert typedefs.FILE.read_text(encoding="utf-8") == typedefs.typedefs(), "run python -m player.wire.typedefs"


@pytest.mark.parametrize("slug", [slug for slug, page in PAGES.items() if page.first])
def test_a_race_has_the_keys_that_are_stated(slug):
    view = race_view(PAGES[slug].first)
    assert faults(header(packed_race(view)), messages.RaceHeader) == []
    assert faults(header(packed_race(view, query={"a": "b"}, fixed="a lesson")), messages.RaceHeader) == []
    assert faults(landscape_payload(view.settings.landscape), messages.LandscapePayload) == []


@pytest.mark.parametrize("preset", PAGES["batches"].presets)
def test_data_have_the_keys_that_are_stated(preset):
    settings = PAGES["batches"].presets[preset]
    assert faults(points(settings.landscape), messages.DataPayload) == []
    assert faults(header(packed_orders(settings)), messages.OrdersHeader) == []


@pytest.mark.parametrize("measure", ["steps", "loss", "minimum"])
def test_a_tuning_map_has_the_keys_that_are_stated(measure):
    settings = PAGES["tune"].first.replace(measure=measure)
    assert faults(header(tuning.picture(settings)), messages.PlaneHeader) == []


def test_maps_of_basins_have_the_keys_that_are_stated():
    assert faults(header(coarse(PAGES["escape"].first)), messages.BasinsHeader) == []
    assert faults(header(waiting("settings", 0.25)), messages.Waiting) == []
    assert faults(header(waiting("settings", None)), messages.Waiting) == []


def test_a_network_s_trainings_have_the_keys_that_are_stated():
    experiment = Experiment()
    assert faults(header(network.packed(experiment)), messages.RaceHeader) == []
    assert faults(network.landscape_payload(experiment), messages.LandscapePayload) == []


@pytest.mark.parametrize("slug", ["playground", "batches"])
def test_an_anatomy_has_the_keys_that_are_stated(slug):
    for run in race(PAGES[slug].first):
        sent = arrows(0, 3, anatomy(run.optimizer, run.path, 3))
        assert faults(sent, messages.AnatomyPayload) == []
        assert sent.keys() == get_type_hints(messages.AnatomyPayload).keys() - {"follow"}
    assert faults(arrows(0, 3, None), messages.AnatomyPayload) == []


def test_faults_are_seen():
    colours = palette()
    assert faults(colours, messages.Palette) == []
    assert faults({**colours, "other": 1}, messages.Palette) == ["message.other is not stated"]
    wrong = {"label": "a", "kind": "hill", "xy": (0.0, True)}
    assert sorted(faults(wrong, messages.MarkedPoint)) == ["message.kind is 'hill'", "message.xy[] is True, no float"]
    assert faults({"label": "a", "kind": "saddle"}, messages.MarkedPoint) == ["message.xy is missing"]
