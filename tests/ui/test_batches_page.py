"""The page on batches without a browser: every table, one's own data however it comes, and the link."""

import numpy as np
import pytest

from experiment.link.link import from_query, to_query
from experiment.pages.batches import FIRST, PRESETS
from experiment.race.runs import _descended, race, race_view
from landscapes import LANDSCAPES
from landscapes.data.classifier import Classifier
from landscapes.data.line import Line
from landscapes.data.rare_feature import RareFeature
from player.payloads.race import packed_race
from tests.ui.on_batches import opened, set_loss, shown
from ui.batches.data_controls import SURFACES
from ui.common import widgets

MOUNTS = {"data", "batch_rows", "map", "side", "sentence", "anatomy_view", "feed", "learning_rate", "momentum"}


@pytest.fixture
def app():
    return opened()


def test_the_first_view_is_the_first_preset_and_is_in_the_link(app):
    assert shown(app) == FIRST
    assert app.query_params == to_query(FIRST)
    assert {mount.key for mount in app.get("bidi_component")} >= MOUNTS
    assert not app.warning


@pytest.mark.parametrize("name", PRESETS)
def test_presets(app, name):
    app.button(key=f"preset.{name}").click().run()
    assert not app.exception
    assert shown(app) == PRESETS[name]
    assert from_query(app.query_params) == PRESETS[name]
    assert app.selectbox(key="data.picked").value == getattr(PRESETS[name].landscape, "data", "rare")


@pytest.mark.parametrize("slug", [slug for slug in SURFACES if slug != "own"])
def test_every_table_can_be_picked(app, slug):
    app.button(key="preset.two classes" if slug == FIRST.landscape.data else "preset.full, mini, single").click().run()
    app.selectbox(key="data.picked").set_value(slug).run()
    assert not app.exception
    cls, fields = SURFACES[slug]
    settings = shown(app)
    assert settings.landscape == cls(**fields)
    assert settings.learning_rate == settings.landscape.learning_rate
    assert settings.start is None
    assert 1 <= settings.batch_size < settings.landscape.sample_count
    story, source = settings.landscape.rows.story, settings.landscape.rows.source
    assert any(story in said.value and source in said.value for said in app.caption)
    assert app.selectbox(key="data.picked").value == slug
    assert from_query(app.query_params) == settings


def test_the_list_has_all_kinds_of_landscapes():
    assert {cls for cls, _ in SURFACES.values()} == {Line, RareFeature, Classifier}


@pytest.mark.parametrize("loss", ["mae", "huber"])
def test_the_loss_brings_its_own_rate(app, loss):
    set_loss(app, "old_faithful", loss)
    assert shown(app).landscape == Line(loss=loss)
    assert shown(app).learning_rate == Line(loss=loss).learning_rate != FIRST.learning_rate
    assert app.query_params["landscape.loss"] == loss


def test_delta_is_there_for_huber_only(app):
    keys = {slider.key for slider in app.select_slider}
    assert "data.old_faithful.delta" not in keys
    set_loss(app, "old_faithful", "huber")
    rate = shown(app).learning_rate
    app.select_slider(key="data.old_faithful.delta").set_value(10.0).run()
    assert not app.exception
    assert shown(app).landscape == Line(loss="huber", delta=10.0)
    assert shown(app).learning_rate == rate


def test_without_standardising_the_same_bad_line_is_where_it_starts(app):
    app.toggle(key="data.old_faithful.standardise").set_value(False).run()
    assert not app.exception
    raw, standard = shown(app).landscape, FIRST.landscape
    assert raw == Line(standardise=False)
    assert shown(app).learning_rate == raw.learning_rate < standard.learning_rate
    predicted = [surface.samples.rows @ surface.start for surface in (raw, standard)]
    count = standard.sample_count
    np.testing.assert_allclose(predicted[0][:count], predicted[1][:count], rtol=0.01)


def test_scatter_is_the_made_up_set_s(app):
    assert "data.old_faithful.scatter" not in {slider.key for slider in app.slider}
    app.selectbox(key="data.picked").set_value("made_up").run()
    app.slider(key="data.made_up.scatter").set_value(0.0).run()
    assert not app.exception
    surface = shown(app).landscape
    assert surface == Line(data="made_up", scatter=0.0)
    assert race(shown(app).replace(batch_size=None, steps=400))[1].path.losses[-1] == pytest.approx(0, abs=1e-6)


def test_the_share_of_the_rare_feature_acts(app):
    app.selectbox(key="data.picked").set_value("rare").run()
    app.slider(key="data.rare.share").set_value(0.5).run()
    assert not app.exception
    surface = shown(app).landscape
    assert surface == RareFeature(share=0.5)
    assert np.count_nonzero(surface.rows.x[:, 1]) == pytest.approx(0.5 * surface.sample_count, abs=1)


NOISY = FIRST.replace(landscape=Line(data="galton", loss="huber", delta=2.5), seed=7, steps=90, batch_size=16)


def test_a_link_replays_the_same_batches_bit_for_bit():
    app = opened(to_query(NOISY))
    assert shown(app) == NOISY
    assert not app.warning
    sent = packed_race(race_view(NOISY))
    _descended.cache_clear()
    assert packed_race(race_view(from_query(app.query_params))) == sent
    for run, shuffled in zip(race(NOISY), race(NOISY.replace(seed=8)), strict=True):
        same = np.array_equal(run.path.positions, shuffled.path.positions)
        assert same == (run.racer.name == "Full batch")


def test_shuffling_draws_other_batches_and_is_in_the_link(app):
    app.button(key="seed").click().run()
    assert not app.exception
    assert shown(app) == FIRST.replace(seed=1)
    assert app.query_params["seed"] == "1"


WRONG = {
    "landscape.data": ("moon", "`data` must be one of old_faithful, "),
    "landscape.loss": ("cosine", "`loss` must be one of mse, mae, huber. Received: cosine."),
    "landscape.delta": ("0", "`delta` must be a number from 0.1 to 10. Received: 0."),
    "landscape.standardise": ("1", "`standardise` must be one of yes, no. Received: 1."),
    "landscape.scatter": ("nan", "`scatter` must be a number from 0 to 4. Received: nan."),
    "landscape.share": ("0.1", "`landscape.share` is not known."),
    "batch_size": ("0", "`batch_size` must be a whole number from 1 to 271. Received: 0."),
    "steps": ("1e9", "`steps` must be a whole number from 1 to 2000. Received: 1e9."),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_is_explained_and_the_rest_is_shown(key):
    text, told = WRONG[key]
    app = opened({**to_query(FIRST), key: text})
    assert len(app.warning) == 1
    assert told in app.warning[0].value
    assert shown(app).landscape == FIRST.landscape
    assert shown(app).racers == FIRST.racers
    assert app.query_params == to_query(shown(app))


@pytest.mark.parametrize("key", ["batch_size", "racer1.batch_size"])
@pytest.mark.parametrize("size", [11, 12, 4096])
def test_a_batch_of_all_rows_or_more_is_refused_with_the_allowed_range(key, size):
    link = {"page": "batches", "landscape": "line", "landscape.data": "anscombe_1", "racers": "momentum"}
    app = opened({**link, key: str(size)})
    assert f"`batch_size` must be a whole number from 1 to 10. Received: {size}." in app.warning[0].value
    assert shown(app).batch_size is None
    assert shown(app).racers[0].batch_size is None
    fits = opened({**link, key: "10"})
    assert not fits.warning
    assert 10 in (shown(fits).batch_size, shown(fits).racers[0].batch_size)


@pytest.mark.parametrize("slug", ["bowl", "moon", "own"])
def test_a_landscape_without_data_is_explained_and_the_first_one_shown(slug):
    app = opened({"landscape": slug, "landscape.tilt": "1", "start": "1,2", "steps": "50"})
    assert len(app.warning) == 1
    allowed = ", ".join(slug for slug in LANDSCAPES if slug in ("line", "rare_feature", "classifier"))
    assert f"`landscape` must be one of {allowed}. Received: {slug}." in app.warning[0].value
    assert shown(app).landscape == FIRST.landscape
    assert (shown(app).start, shown(app).steps) == (None, 50)


def test_a_link_without_a_landscape_shows_the_first_one():
    app = opened({"steps": "50"})
    assert not app.warning
    assert (shown(app).landscape, shown(app).steps) == (FIRST.landscape, 50)


def test_a_racer_s_name_is_no_markup_in_the_caption():
    app = opened({**to_query(FIRST), "racer2.name": "$x$ <b>b</b> *c*"})
    assert shown(app).racers[1].name == "$x$ <b>b</b> *c*"
    said = next(part.value for part in app.caption if "iteration 1" in part.value)
    assert said.startswith(r"\$x\$ \<b\>b\</b\> \*c\*: iteration 1 · epoch 1, batch 1 of 9, 32 rows.")


def test_a_widget_that_has_gone_cannot_undo_what_took_it_off(monkeypatch):
    values, taken = {"loss": "mse"}, []
    monkeypatch.setattr("streamlit.session_state", values)
    called_back = widgets.changed("loss", "mse", taken.append)
    called_back()
    assert taken == []
    values["loss"] = "mae"
    called_back()
    assert taken == ["mae"]
