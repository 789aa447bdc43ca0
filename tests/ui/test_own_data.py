"""A table of one's own on the page on batches: pasted or uploaded, read or refused, and never in the link."""

import gc
import html
import time

import pytest

from experiment.link.link import to_query
from experiment.pages.batches import FIRST, PRESETS
from experiment.race.basins import COARSE
from landscapes import read_table, stationary_points
from landscapes.data.line import Line
from landscapes.data.tables.table import Table
from optimizers import SGD
from player.payloads.basins import pair
from player.payloads.tuning import picture
from studies.sweeps.best_fixed_rate import best_rate
from tests.ui.on_batches import PAGE, SHOWN, left_for, opened, set_loss, shown

ERROR = 'class="descent-error"'
GOOD = "hours, score\n1.5, 52\n2.5, 61\n4, 70\n5, 79"


def errors(app):
    """What the box for one's own data complains of."""
    bodies = [part.proto.body for part in app.get("html")]
    return [html.unescape(body) for body in bodies if ERROR in body]


@pytest.fixture
def own():
    """The page with the box for one's own data open, and nothing in it yet."""
    app = opened()
    app.selectbox(key="data.picked").set_value("own").run()
    assert not app.exception
    return app


def paste(app, text):
    app.text_area(key="data.pasted").set_value(text).run()
    assert not app.exception


def upload(app, content, name="mine.csv"):
    app.file_uploader(key="data.file").set_value((name, content, "text/csv")).run()
    assert not app.exception


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
    assert shown(own).landscape == Line.through(read_table(GOOD), loss="mae", standardise=False)


BAD = {
    "one column": ("1\n2\n3", "Row 1: There must be two columns"),
    "one column further down": ("1,2\n2,3\n3\n4,5", "Row 3: There must be two columns"),
    "words": ("a,b\n1,2\n2,many\n3,5", 'Row 3: The second column must have a number. Received: "many"'),
    "too few with a number": ("1,2\nNaN,3\n3,5", "rows of numbers. Received: 2, and 1 without a number"),
    "1e400": ("1,2\n2,3\n3,1e400", "Row 3: The second column must be from -1000000000 to 1000000000"),
    "a third cell": ("1,2\n2,3\n3,4,5", "Row 3: There must be two columns. Received: 3"),
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


ADVERTISING = ",TV,Radio,Sales\n1,230.1,37.8,22.1\n2,44.5,39.3,10.4\n3,17.2,45.9,9.3\n4,151.5,41.3,18.5\n"


def rows(app):
    """The names and numbers that are raced on."""
    table = shown(app).landscape.rows
    return (*table.features, table.target), table.x[:, 0].tolist(), table.y.tolist()


def understood(app):
    """What the page says of how the table was read."""
    bodies = [html.unescape(part.proto.body) for part in app.get("html")]
    return next((body for body in bodies if "understood" in body), "")


@pytest.mark.parametrize("how", ["pasted", "uploaded"])
def test_the_columns_of_a_table_are_chosen(own, how):
    paste(own, ADVERTISING) if how == "pasted" else upload(own, ADVERTISING.encode())
    assert rows(own) == (("TV", "Radio"), [230.1, 44.5, 17.2, 151.5], [37.8, 39.3, 45.9, 41.3])
    assert own.selectbox(key="data.column.x").options == ["TV", "Radio", "Sales"]
    own.selectbox(key="data.column.y").set_value("Sales").run()
    assert not own.exception
    assert rows(own) == (("TV", "Sales"), [230.1, 44.5, 17.2, 151.5], [22.1, 10.4, 9.3, 18.5])
    own.selectbox(key="data.column.x").set_value("Sales").run()
    assert rows(own) == (("Sales", "TV"), [22.1, 10.4, 9.3, 18.5], [230.1, 44.5, 17.2, 151.5])
    assert (own.selectbox(key="data.column.x").value, own.selectbox(key="data.column.y").value) == ("Sales", "TV")
    assert "Columns are separated by commas." in understood(own)
    assert "counts the rows" in understood(own)
    assert "4 rows are used." in understood(own)
    assert "TV" not in " ".join(f"{own.query_params[key]}" for key in own.query_params)


def test_two_columns_need_no_choice(own):
    paste(own, GOOD)
    assert "data.column.x" not in {box.key for box in own.selectbox}
    assert "4 rows are used." in understood(own)


def test_another_table_has_its_own_columns(own):
    paste(own, ADVERTISING)
    own.selectbox(key="data.column.y").set_value("Sales").run()
    paste(own, "a,b,c\n1,2,3\n2,4,7\n3,5,8")
    assert rows(own)[0] == ("a", "b")
    assert own.selectbox(key="data.column.x").options == ["a", "b", "c"]


THOUSANDS = "area\tprice\tage\n1200\t250,000\t5\n900\t180,500\t8\n700\t90,250\t9"


@pytest.mark.parametrize(("mark", "prices"), [(".", [250000, 180500, 90250]), (",", [250, 180.5, 90.25])])
def test_thousands_or_decimals_is_asked_with_both_readings(own, mark, prices):
    paste(own, THOUSANDS)
    assert shown(own) == FIRST
    assert "250,000" in errors(own)[0]
    control = own.segmented_control(key="data.decimal")
    assert control.options == ["250000 (thousands)", "250 (decimals)"]
    control.set_value(mark).run()
    assert not own.exception
    assert errors(own) == []
    assert rows(own) == (("area", "price"), [1200, 900, 700], prices)
    own.selectbox(key="data.column.x").set_value("age").run()
    assert not own.exception
    assert rows(own) == (("age", "price"), [5, 8, 9], prices)
    paste(own, THOUSANDS.replace("1200", "1300"))
    assert "250,000" in errors(own)[0]


def test_names_and_words_of_a_table_are_no_markup(own):
    paste(own, "<b>a</b>,$b$,**c**,<i>d</i>\n1,2,3,<u>x</u>\n2,4,7,y\n3,5,8,z")
    assert own.selectbox(key="data.column.x").options == ["<b>a</b>", "$b$", "**c**"]
    body = next(part.proto.body for part in own.get("html") if "understood" in part.proto.body)
    assert "<i>" not in body
    assert "&lt;i&gt;d&lt;/i&gt;" in body


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


def test_names_given_by_hand_are_shown_letter_by_letter(own):
    paste(own, '<b>hours</b>,"$score$ ""x"""\n1.5,52\n2.5,61\n4,70')
    assert shown(own).landscape.rows.features == ("<b>hours</b>",)
    bodies = [part.proto.body for part in own.get("html")]
    assert any("&lt;b&gt;hours&lt;/b&gt;" in body for body in bodies)
    assert not any("<b>hours" in body for body in bodies)
    written = [part.value for kind in (own.caption, own.markdown, own.latex) for part in kind]
    assert not any("$score$" in text or "<b>" in text for text in written)


def _alive(slug):
    """How many tables of that name the process holds."""
    gc.unfreeze()  # here one process is many servers, and each start freezes what there is; a server starts once
    gc.collect()
    # by its type, not isinstance: that asks every object for its class, and lazy modules warn when they are asked
    return sum(type(thing) is Table and thing.slug == slug for thing in gc.get_objects())


def test_after_a_visit_nothing_in_the_process_holds_its_table():
    before = _alive("own")
    visitor, other = opened(), opened()
    visitor.selectbox(key="data.picked").set_value("own").run()
    paste(visitor, "secret,score\n11.5,52\n2.5,61\n4,70\n7,75\n9,80")
    # what looks at the table besides the race: another loss, another rate, rows held out, a run from another start
    set_loss(visitor, "own", "mae")
    visitor.slider(key="data.own.validation_split").set_value(0.4).run()
    visitor.session_state[SHOWN] = shown(visitor).replace(start=(1.0, 2.0), learning_rate=0.02)
    visitor.run()
    assert not visitor.exception
    settings = shown(visitor).replace(page="tune", steps=20)
    picture(settings)
    pair(settings, COARSE)
    best_rate(settings.landscape, SGD(), start=(1.0, 2.0), steps=20, batch=settings.batch(settings.racers[0]))
    stationary_points(settings.landscape)
    assert _alive("own") > before
    del visitor, settings
    for _ in range(50):  # a script's thread that is just ending may hold its last settings a moment longer
        other.run()  # the server goes on for others
        if _alive("own") == before:
            break
        time.sleep(0.2)
    assert _alive("own") == before
