"""What travels: the stage once for a surface, and a race in a few kilobytes."""

import json

import pytest

from experiment.pages.playground import PRESETS
from experiment.race.runs import race_view
from experiment.race.settings import Settings, racer
from landscapes import LANDSCAPES
from player.payloads.landscape import landscape_payload
from player.payloads.race import packed_race


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_a_stage_is_plain_data_and_the_same_object_again(slug):
    surface = LANDSCAPES[slug]()
    made = landscape_payload(surface)
    assert json.loads(json.dumps(made)) == json.loads(json.dumps(landscape_payload(LANDSCAPES[slug]())))
    assert landscape_payload(LANDSCAPES[slug]()) is made


def test_every_minimum_and_saddle_is_named():
    kinds = [point["label"] for point in landscape_payload(LANDSCAPES["double_well"]())["points"]]
    assert kinds == ["global minimum", "local minimum", "saddle"]


def test_five_racers_of_200_steps_travel_in_a_few_kilobytes():
    five = Settings(racers=tuple(racer(method) for method in ("descent", "momentum", "nesterov", "rmsprop", "adam")))
    assert len(packed_race(race_view(five))) < 9_000
    assert len(packed_race(race_view(five.replace(noise=5.0, batch_size=1)))) < 10_500


@pytest.mark.parametrize("rate", [1e-4, 0.03, 0.3, 10.0])
@pytest.mark.parametrize("slug", LANDSCAPES)
def test_any_race_can_be_packed(slug, rate):
    shown = Settings(landscape=LANDSCAPES[slug](), learning_rate=rate, momentum=0.999, start=(1e5, -1e5))
    assert len(packed_race(race_view(shown))) > 500


@pytest.mark.parametrize("name", PRESETS)
def test_the_same_settings_pack_to_the_same_bytes(name):
    assert packed_race(race_view(PRESETS[name])) == packed_race(race_view(PRESETS[name].replace()))
