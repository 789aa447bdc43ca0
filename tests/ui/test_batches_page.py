"""The page on batches without a browser: every table, one's own data however it comes, and the link."""

import html

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from landscapes import LANDSCAPES
from landscapes.classifier import Classifier
from landscapes.line import Line
from landscapes.rare_feature import RareFeature
from landscapes.tables.csv_text import read_csv
from tests.ui.test_app import APP
from ui import widgets
from ui.batch_presets import FIRST, PRESETS
from ui.data_controls import SURFACES
from ui.link import from_query, to_query
from ui.race import _run, race
from ui.view import packed_race

SHOWN = "descent.settings.batches"
PAGE = "pages/batches.py"
MOUNTS = {"data", "picks", "map", "side", "sentence", "anatomy_view", "feed", "learning_rate", "momentum"}
ERROR = 'class="descent-error"'
GOOD = "hours, score\n1.5, 52\n2.5, 61\n4, 70\n5, 79"


def opened(query=None):
    app = AppTest.from_file(APP, default_timeout=60).switch_page(PAGE)
    for key, value in (query or {}).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return app.session_state[SHOWN]


def left_for(app, page):
    """A link of the bar: another page, and an address that says nothing."""
    app.query_params.clear()
    app.switch_page(page).run()
    assert not app.exception


def errors(app):
    """What the box for one's own data complains of."""
    bodies = [part.proto.body for part in app.get("html")]
    return [html.unescape(body) for body in bodies if ERROR in body]


@pytest.fixture
def app():
    return opened()


@pytest.fixture
def own(app):
    """The page with the box for one's own data open, and nothing in it yet."""
    app.selectbox(key="data.picked").set_value("own").run()
    assert not app.exception
    return app


def paste(app, text):
    app.text_area(key="data.pasted").set_value(text).run()
    assert not app.exception


def upload(app, content, name="mine.csv"):
    app.file_uploader(key="data.file").set_value((name, content, "text/csv")).run()
    assert not app.exception


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


def set_loss(app, table, loss):
    app.segmented_control(key=f"data.{table}.loss").set_value(loss).run()
    assert not app.exception


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


PASTED = {
    "commas": ("1.5,52\n2.5,61\n4,70", ("x", "y")),
    "commas, header": ("hours,score\n1.5,52\n2.5,61\n4,70", ("hours", "score")),
    "semicolons, decimal commas": ("1,5;52\n2,5;61\n4;70", ("x", "y")),
    "semicolons, decimal commas, header": ("hours;score\n1,5;52\n2,5;61\n4;70", ("hours", "score")),
    "tabs": ("1.5\t52\n2.5\t61\n4\t70", ("x", "y")),
    "tabs, decimal commas, header": ("hours\tscore\n1,5\t52\n2,5\t61\n4\t70", ("hours", "score")),
}


@pytest.mark.parametrize("name", PASTED)
def test_a_pasted_table_is_raced_on(own, name):
    text, names = PASTED[name]
    paste(own, text)
    surface = shown(own).landscape
    assert type(surface) is Line
    assert surface.data == "own"
    assert (*surface.rows.features, surface.rows.target) == names
    assert surface.rows.x.tolist() == [[1.5], [2.5], [4.0]]
    assert surface.rows.y.tolist() == [52.0, 61.0, 70.0]
    assert shown(own).learning_rate == surface.learning_rate
    assert shown(own).batch_size == 1
    assert errors(own) == []


def test_one_s_own_data_can_be_scaled_and_scored_otherwise(own):
    paste(own, GOOD)
    set_loss(own, "own", "mae")
    own.toggle(key="data.own.standardise").set_value(False).run()
    assert not own.exception
    assert shown(own).landscape == Line.through(read_csv(GOOD), loss="mae", standardise=False)


BAD = {
    "one column": ("1\n2\n3", "Row 1: There must be two columns"),
    "one column further down": ("1,2\n2,3\n3\n4,5", "Row 3: There must be two columns"),
    "words": ("a,b\n1,2\n2,many\n3,5", 'Row 3: The second column must have a number. Received: "many"'),
    "NaN": ("1,2\nNaN,3\n3,5", "Row 2: The first column has no number"),
    "1e400": ("1,2\n2,3\n3,1e400", "Row 3: The second column must be from -1000000000 to 1000000000"),
    "three columns": ("1,2\n2,3\n3,4,5", "Row 3: There must be two columns. Received: 3"),
    "too few rows": ("1,2\n2,3", "A table must have 3 to 5,000 rows of numbers. Received: 2"),
    "all features the same": ("7,2\n7,3\n7,4", "The first column must have different numbers"),
    "markup": ("1,2\n2,<b>3</b>\n3,4", 'Row 2: The second column must have a number. Received: "<b>3</b>"'),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_text_is_explained_and_the_last_good_table_stays(own, name):
    text, told = BAD[name]
    paste(own, text)
    assert len(errors(own)) == 1
    assert told in errors(own)[0]
    assert shown(own) == FIRST
    paste(own, GOOD)
    assert errors(own) == []
    good = shown(own)
    paste(own, text)
    assert told in errors(own)[0]
    assert shown(own) == good
    assert own.text_area(key="data.pasted").value == text


def test_an_error_can_bring_no_markup_along(own):
    paste(own, BAD["markup"][0])
    body = next(part.proto.body for part in own.get("html") if ERROR in part.proto.body)
    assert "<b>" not in body
    assert "&lt;b&gt;" in body


@pytest.mark.parametrize("text", ["", "  ", "\n\t\n"])
def test_nothing_is_no_table_and_no_mistake(own, text):
    paste(own, GOOD)
    before = shown(own)
    paste(own, text)
    assert errors(own) == []
    assert shown(own) == before


UPLOADED = {
    "UTF-8": "Höhe,b\n1.5,52\n2.5,61\n4,70".encode(),
    "UTF-8 with mark": "Höhe,b\n1.5,52\n2.5,61\n4,70".encode("utf-8-sig"),
    "Latin-1": "Höhe;b\n1,5;52\n2,5;61\n4;70".encode("latin-1"),
    "UTF-16 with mark": "Höhe\tb\n1.5\t52\n2.5\t61\n4\t70".encode("utf-16"),
}


@pytest.mark.parametrize("content", UPLOADED.values(), ids=UPLOADED)
def test_a_file_is_read_in_the_usual_encodings(own, content):
    upload(own, content)
    rows = shown(own).landscape.rows
    assert (shown(own).landscape.data, rows.features, rows.target) == ("own", ("Höhe",), "b")
    assert rows.x.tolist() == [[1.5], [2.5], [4.0]]
    assert errors(own) == []


REFUSED = {
    "10 MB": (b"1,2\n" * 2_500_000, "A file may have 1 MB (1,000,000 bytes). Received: 10.0 MB"),
    "UTF-16 without mark": ("1,2\n2,3\n3,5".encode("utf-16-le"), "This is not text"),
    "binary": (bytes(range(256)) * 4, "This is not text"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(60), "This is a spreadsheet or an archive, not a CSV file"),
    "empty": (b"", "A table must have 3 to 5,000 rows of numbers"),
    "one row too many": (b"".join(b"%d,2\n" % row for row in range(5001)), "Received: 5,001"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused(own, name):
    content, told = REFUSED[name]
    paste(own, GOOD)
    good = shown(own)
    upload(own, content)
    assert len(errors(own)) == 1
    assert told in errors(own)[0]
    assert shown(own) == good


def test_a_file_that_is_taken_away_changes_nothing(own):
    upload(own, UPLOADED["UTF-8"])
    before = shown(own)
    own.file_uploader(key="data.file").clear().run()
    assert not own.exception
    assert shown(own) == before


def test_the_most_rows_are_raced_on(own):
    upload(own, b"".join(b"%d,%d\n" % (row, row % 7) for row in range(5000)))
    assert shown(own).landscape.sample_count == 5000
    assert errors(own) == []


def test_nothing_of_one_s_own_data_is_in_the_link(own):
    paste(own, "secret_feature,secret_target\n12345.5,77001\n12346.5,77002\n12348.5,77007")
    said = " ".join(f"{key}={own.query_params[key]}" for key in own.query_params)
    assert own.query_params["landscape.data"] == "own"
    assert "secret" not in said
    assert "1234" not in said
    assert "770" not in said


def test_a_link_to_one_s_own_data_explains_itself_and_shows_the_default():
    app = opened({**to_query(FIRST), "landscape.data": "own"})
    assert len(app.warning) == 1
    assert "a link does not hold the data" in app.warning[0].value
    assert shown(app) == FIRST
    assert app.query_params == to_query(FIRST)


def test_a_table_and_one_s_own_data_can_be_picked_in_turn(own):
    paste(own, GOOD)
    mine = shown(own).landscape
    own.selectbox(key="data.picked").set_value("galton").run()
    assert not own.exception
    assert shown(own).landscape == Line(data="galton")
    assert "data.pasted" not in {area.key for area in own.text_area}
    own.selectbox(key="data.picked").set_value("own").run()
    assert not own.exception
    assert shown(own).landscape == mine
    assert "data.pasted" in {area.key for area in own.text_area}


@pytest.mark.parametrize("given", [True, False])
def test_a_preset_leaves_one_s_own_data(own, given):
    if given:
        paste(own, GOOD)
    own.button(key="preset.two classes").click().run()
    assert not own.exception
    assert shown(own) == PRESETS["two classes"]
    assert own.selectbox(key="data.picked").value == PRESETS["two classes"].landscape.data
    assert "data.pasted" not in {area.key for area in own.text_area}


def test_an_old_mistake_is_forgotten_with_another_table(own):
    paste(own, "1\n2\n3")
    own.selectbox(key="data.picked").set_value("galton").run()
    own.selectbox(key="data.picked").set_value("own").run()
    assert not own.exception
    assert errors(own) == []


def test_one_s_own_data_waits_while_another_page_is_looked_at(own):
    paste(own, GOOD)
    before = shown(own)
    left_for(own, "app.py")
    assert own.session_state["descent.settings.playground"] != before
    left_for(own, PAGE)
    assert shown(own) == before
    assert own.selectbox(key="data.picked").value == "own"
    assert own.query_params == to_query(before)
    assert not own.warning


NOISY = FIRST.replace(landscape=Line(data="galton", loss="huber", delta=2.5), seed=7, steps=90, batch_size=16)


def test_a_link_replays_the_same_batches_bit_for_bit():
    app = opened(to_query(NOISY))
    assert shown(app) == NOISY
    assert not app.warning
    sent = packed_race(NOISY)
    _run.cache_clear()
    assert packed_race(from_query(app.query_params)) == sent
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


def test_names_given_by_hand_are_shown_letter_by_letter(own):
    paste(own, '<b>hours</b>,"$score$ ""x"""\n1.5,52\n2.5,61\n4,70')
    assert shown(own).landscape.rows.features == ("<b>hours</b>",)
    bodies = [part.proto.body for part in own.get("html")]
    assert any("&lt;b&gt;hours&lt;/b&gt;" in body for body in bodies)
    assert not any("<b>hours" in body for body in bodies)
    written = [part.value for kind in (own.caption, own.markdown, own.latex) for part in kind]
    assert not any("$score$" in text or "<b>" in text for text in written)


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
