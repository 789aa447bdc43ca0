"""Links that were sent round before keys were renamed: they open as they did."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from experiment import from_query, settings_from_json, settings_json, to_query
from experiment.pages import PAGES

LINES = [line.split("\t") for line in Path(__file__).with_name("old_links.txt").read_text().splitlines()]
OLD_LINKS = {(page, preset): link for page, preset, link in LINES}
"""Page and preset, and the link to it as it was once written."""


@pytest.mark.parametrize(("page", "preset"), OLD_LINKS)
def test_an_old_link_opens_as_before(page, preset):
    problems = []
    settings = from_query(dict(parse_qsl(OLD_LINKS[page, preset])), problems)
    assert settings == PAGES[page].presets[preset]
    assert problems == []
    assert from_query(to_query(settings)) == settings


def test_what_is_written_today_has_the_new_key_and_counts_where_both_are_given():
    query = dict(parse_qsl(OLD_LINKS["playground", "too large"]))
    written = to_query(from_query(query))
    assert written["racer2.overrides"] == query["racer2.apart"]
    assert "racer2.apart" not in written
    problems = []
    both = from_query({**query, "racer2.overrides": "momentum"}, problems)
    assert both.racers[1].overrides == ("momentum",)
    assert problems == ["`racer2.apart` is the old name of `racer2.overrides`, which counts."]


@pytest.mark.parametrize(("page", "preset"), [key for key, link in OLD_LINKS.items() if "apart" in link])
def test_an_old_settings_file_opens_as_before_and_without_a_word(page, preset):
    settings = PAGES[page].presets[preset]
    file = settings_json(settings).replace('"overrides"', '"apart"').replace(".overrides=", ".apart=")
    problems = []
    assert settings_from_json(file, problems) == settings
    assert problems == []
    racers = json.loads(file)["racers"]
    racers[0]["apart"] = ["batch_size"]
    edited = json.dumps({**json.loads(file), "racers": racers})
    assert settings_from_json(edited).racers[0].overrides == ("batch_size",)
