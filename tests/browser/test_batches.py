"""The page on batches in a real browser: one playhead for data, map and iteration; and one's own data is raced on."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.player import PATIENCE, Player, assert_stacked

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PICTURE = ".descent-picture canvas"
OVERLAY = ".descent-overlay"
LOSS = "[data-curve=height] canvas"
ROWS = "hours, score\n1, 52\n2, 61\n3, 70\n4, 79\n5, 95\n6, 99"


def opened(page: Page, address: str, query: str = "") -> Player:
    """The page by its address, with race and data painted."""
    player = Player(page, address)
    page.goto(f"{address}/batches{query}")
    player.wait_for("Number(data.revision) > 0")
    expect(page.get_by_test_id("data")).to_be_visible(timeout=PATIENCE)
    expect(readout(player)).to_contain_text("iteration", timeout=PATIENCE)
    return player


@pytest.fixture
def batches(page: Page, address: str) -> Player:
    """The page as a first visitor sees it."""
    return opened(page, address)


def readout(player: Player) -> Locator:
    """What the data panel says of the step under way."""
    return player.page.locator(".descent-readout")


def panel(player: Player) -> Locator:
    """The iteration that is opened up."""
    return player.page.locator(".st-key-iteration")


def chip(player: Player, name: str) -> Locator:
    """A racer's chip over the data."""
    return player.page.locator(".descent-chips").get_by_role("button", name=name)


def halted_at(player: Player, step: int) -> None:
    """Pause, move the playhead and wait for the panel."""
    player.pause()
    player.slider("Step").fill(str(step))
    player.wait_for(f"data.step === '{step}'")
    expect(panel(player)).to_contain_text(f"iteration {step + 1} ·", timeout=PATIENCE)


def picture(player: Player, canvas: str) -> str:
    """What is on a canvas, to be compared."""
    return player.page.evaluate(f"document.querySelector('{canvas}').toDataURL()")


def turned_into_another(player: Player, canvas: str, before: str) -> None:
    """Wait until something else is on a canvas."""
    script = f"(before) => document.querySelector('{canvas}').toDataURL() !== before"
    player.page.wait_for_function(script, arg=before, timeout=PATIENCE)


def turned_back(player: Player, canvas: str, wanted: str) -> None:
    """Wait until a canvas is as it was."""
    script = f"(wanted) => document.querySelector('{canvas}').toDataURL() === wanted"
    player.page.wait_for_function(script, arg=wanted, timeout=PATIENCE)


def colours(player: Player, canvas: str) -> int:
    """How many different colours are on a canvas."""
    return player.page.evaluate(
        f"""() => {{
          const canvas = document.querySelector('{canvas}');
          const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }}"""
    )


def pasted(player: Player, text: str) -> None:
    """Put a text into the box and leave it."""
    box = player.page.get_by_role("textbox", name="Two columns")
    box.fill(text)
    box.press("Control+Enter")


def picked(player: Player, typed: str, title: str) -> None:
    """Choose a table from the list."""
    player.page.get_by_role("combobox", name="Data").fill(typed)
    player.page.get_by_role("option", name=title).click()


def test_the_first_view_is_a_running_race_on_data(batches: Player) -> None:
    assert (batches.number("racers"), batches.number("steps")) == (3, 120)
    batches.wait_for("Number(data.step) > 2")
    expect(batches.button("Pause")).to_be_visible()
    assert colours(batches, PICTURE) > 20
    assert colours(batches, OVERLAY) > 20
    expect(batches.page.get_by_test_id("sentence")).to_contain_text("of the way down took Full batch")
    expect(batches.page.locator(".descent-plot .main-svg").first).to_be_visible()
    expect(panel(batches)).to_contain_text("Mini-batch: iteration 1 · epoch 1, batch 1 of 9, 32 rows")
    expect(panel(batches).locator(".katex")).not_to_have_count(0)
    batches.pause()
    step = batches.number("step")
    expect(panel(batches)).to_contain_text(f"iteration {step + 1} ·", timeout=PATIENCE)


def test_one_playhead_moves_data_map_and_iteration(batches: Player) -> None:
    halted_at(batches, 40)
    batches.slider("Step").blur()
    for key, step in [("ArrowRight", 41), ("ArrowRight", 42), ("ArrowLeft", 41), ("Shift+ArrowRight", 51)]:
        before = [picture(batches, canvas) for canvas in (PICTURE, OVERLAY)]
        batches.page.keyboard.press(key)
        batches.wait_for(f"data.step === '{step}'")
        expect(readout(batches)).to_contain_text(f"iteration {step + 1} · epoch {step // 9 + 1}, batch {step % 9 + 1}")
        for canvas, was in zip((PICTURE, OVERLAY), before, strict=True):
            turned_into_another(batches, canvas, was)
    expect(panel(batches)).to_contain_text("iteration 52 · epoch 6, batch 7 of 9, 32 rows", timeout=PATIENCE)
    batches.page.keyboard.press("End")
    expect(readout(batches)).to_contain_text("iteration 120 ·")
    expect(panel(batches)).to_contain_text("iteration 120 ·", timeout=PATIENCE)


def test_the_chips_choose_whose_batch_is_shown(batches: Player) -> None:
    halted_at(batches, 17)
    said = {
        "Full batch": ("iteration 18 · epoch 18, all 272 rows", "iteration 18 · epoch 18, batch 1 of 1, 272 rows"),
        "Single sample": ("iteration 18 · epoch 1, batch 18 of 272", "iteration 18 · epoch 1, batch 18 of 272, 1 row."),
        "Mini-batch": ("iteration 18 · epoch 2, batch 9 of 9", "iteration 18 · epoch 2, batch 9 of 9, 16 rows"),
    }
    expect(chip(batches, "Mini-batch")).to_have_attribute("aria-pressed", "true")
    for name, (over_data, opened_up) in said.items():
        before = picture(batches, PICTURE)
        chip(batches, name).click()
        for other in said:
            expect(chip(batches, other)).to_have_attribute("aria-pressed", str(other == name).lower())
        expect(readout(batches)).to_contain_text(over_data)
        turned_into_another(batches, PICTURE, before)
        expect(panel(batches)).to_contain_text(f"{name}: {opened_up}", timeout=PATIENCE)
    expect(panel(batches).locator("tbody tr")).to_have_count(7)
    expect(panel(batches)).to_contain_text("and 10 more")


def test_the_full_batch_has_the_loss_that_is_said_over_the_data(batches: Player) -> None:
    chip(batches, "Full batch").click()
    halted_at(batches, 3)
    expect(panel(batches)).to_contain_text("Full batch: iteration 4 ·", timeout=PATIENCE)
    table = [float(value) for value in panel(batches).locator("tfoot td").all_inner_texts()]
    over_data = re.findall(r"(\w+) ([\d.]+)", readout(batches).locator("span").nth(1).inner_text())
    assert [name for name, _ in over_data] == ["MAE", "MSE"]
    assert [float(value) for _, value in over_data] == pytest.approx(table, rel=0.01)


def test_the_batch_s_own_surface_can_be_taken_off_the_map(batches: Player) -> None:
    halted_at(batches, 12)
    own = batches.page.get_by_role("button", name="Batch’s own surface")
    expect(own).to_have_attribute("aria-pressed", "true")
    on = picture(batches, OVERLAY)
    own.click()
    expect(own).to_have_attribute("aria-pressed", "false")
    turned_into_another(batches, OVERLAY, on)
    own.click()
    turned_back(batches, OVERLAY, on)
    chip(batches, "Full batch").click()
    expect(own).to_be_disabled()
    expect(own).to_have_attribute("aria-pressed", "false")


def test_the_cost_can_be_counted_otherwise(batches: Player) -> None:
    halted_at(batches, 60)
    seen = [picture(batches, LOSS)]
    for name in ("epoch", "gradient"):
        batches.button(name).click()
        expect(batches.button(name)).to_have_attribute("aria-pressed", "true")
        turned_into_another(batches, LOSS, seen[-1])
        seen.append(picture(batches, LOSS))
    assert len(set(seen)) == 3
    batches.button("step").click()
    turned_back(batches, LOSS, seen[0])


def test_the_learning_rate_acts_while_it_is_dragged(batches: Player) -> None:
    halted_at(batches, 30)
    said = readout(batches).inner_text()
    box = batches.slider("Learning rate").bounding_box()
    assert box is not None
    down = box["y"] + box["height"] / 2
    batches.page.mouse.move(box["x"] + 0.3 * box["width"], down)
    batches.page.mouse.down()
    for share in (0.25, 0.2, 0.15):
        revision = batches.number("revision")
        batches.page.mouse.move(box["x"] + share * box["width"], down)
        batches.repainted_after(revision)
    batches.page.mouse.up()
    expect(readout(batches)).not_to_have_text(said)
    batches.page.wait_for_url(lambda url: "learning_rate=0.1&" not in url)
    assert batches.number("step") == 30


def test_a_rare_feature_and_two_classes_can_be_picked(batches: Player) -> None:
    page = batches.page
    halted_at(batches, 10)
    before = picture(batches, PICTURE)
    for typed, title, slug, scores in [
        ("rare", "A rare feature", "rare_feature", r"MAE [\d.]+ · MSE"),
        ("classes", "two classes", "classifier", r"accuracy \d+ %"),
    ]:
        revision = batches.number("revision")
        picked(batches, typed, title)
        batches.repainted_after(revision)
        page.wait_for_url(lambda url, slug=slug: f"landscape={slug}" in url)
        expect(readout(batches)).to_contain_text(re.compile(scores))
        turned_into_another(batches, PICTURE, before)
        before = picture(batches, PICTURE)
    expect(panel(batches)).to_contain_text("Cross-entropy of this batch", timeout=PATIENCE)
    expect(panel(batches).locator("tbody")).to_contain_text(re.compile(r"\([01]\)"))
    expect(page.get_by_text("Standardise", exact=True)).to_have_count(1, timeout=PATIENCE)
    batches.page.get_by_role("button", name="Shuffle").click()
    page.wait_for_url(lambda url: "landscape=classifier" in url and "seed=1" in url)


def test_one_s_own_data_is_pasted_and_a_mistake_is_explained(batches: Player) -> None:
    page = batches.page
    halted_at(batches, 10)
    picked(batches, "Your", "Your own data")
    expect(page.get_by_role("textbox", name="Two columns")).to_be_visible()
    outcomes = batches.outcomes()
    pasted(batches, "1, 2\n2, many\n3, 4")
    error = page.get_by_role("alert").filter(has_text="Row 2: The second column must have a number")
    expect(error).to_be_visible(timeout=PATIENCE)
    assert batches.outcomes() == outcomes
    revision, before = batches.number("revision"), picture(batches, PICTURE)
    pasted(batches, ROWS)
    batches.repainted_after(revision)
    expect(error).to_have_count(0)
    chip(batches, "Full batch").click()
    expect(readout(batches)).to_contain_text("all 6 rows")
    turned_into_another(batches, PICTURE, before)
    expect(panel(batches).locator("thead")).to_contain_text("hours", timeout=PATIENCE)
    page.wait_for_url(lambda url: "landscape.data=own" in url)
    query = page.url.partition("?")[2]
    assert "hours" not in query
    assert "95" not in query
    picked(batches, "Galton", "Galton's heights")
    expect(panel(batches).locator("thead")).to_contain_text("mid-parent", timeout=PATIENCE)
    page.get_by_role("button", name="Shuffle").click()
    page.wait_for_url(lambda url: "landscape.data=galton" in url and "seed=1" in url)


def test_a_file_of_one_s_own_is_uploaded(batches: Player) -> None:
    picked(batches, "Your", "Your own data")
    revision = batches.number("revision")
    content = "Höhe;Gewicht\n170,5;64\n181;82,5\n165;58\n177;71".encode("cp1252")
    box = batches.page.locator(".st-key-controls input[type=file]")
    box.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": content})
    batches.repainted_after(revision)
    expect(panel(batches).locator("thead")).to_contain_text("Höhe", timeout=PATIENCE)
    expect(panel(batches).locator("tbody")).to_contain_text(re.compile(r"170\.5|181|165|177"))


ADVERTISING = (
    ",TV,Radio,Sales\n1,230.1,37.8,22.1\n2,44.5,39.3,10.4\n3,17.2,45.9,9.3\n4,151.5,41.3,18.5\n5,180.8,10.8,12.9"
)


def test_the_columns_of_a_table_are_chosen(batches: Player) -> None:
    page = batches.page
    picked(batches, "Your", "Your own data")
    revision = batches.number("revision")
    pasted(batches, ADVERTISING)
    batches.repainted_after(revision)
    heads = panel(batches).locator("thead").first
    expect(heads).to_contain_text("TV", timeout=PATIENCE)
    expect(page.get_by_test_id("understood")).to_contain_text("Columns of numbers: TV, Radio, Sales.")
    revision = batches.number("revision")
    page.get_by_role("combobox", name="x", exact=True).fill("Radio")
    page.get_by_role("option", name="Radio").click()
    batches.repainted_after(revision)
    expect(heads).to_contain_text("Radio", timeout=PATIENCE)
    assert "Radio" not in page.url


def test_thousands_or_decimals_is_asked(batches: Player) -> None:
    page = batches.page
    picked(batches, "Your", "Your own data")
    pasted(batches, "1200\t250,000\n900\t180,500\n700\t90,250")
    expect(page.get_by_role("alert").filter(has_text="Thousands or decimals")).to_be_visible(timeout=PATIENCE)
    revision = batches.number("revision")
    page.get_by_role("radio", name="250000").click()
    batches.repainted_after(revision)
    expect(page.get_by_test_id("understood")).to_contain_text("a comma separates thousands", timeout=PATIENCE)


def test_rows_held_out_are_shown_beside_those_trained_on(batches: Player) -> None:
    page = batches.page
    chart = lambda name: page.locator("[data-curve=further]").get_by_role("button", name=name)  # noqa: E731
    expect(chart("Rows held out")).to_be_hidden()
    page.get_by_role("button", name="zero loss is not the goal").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("misses the 57 held out", timeout=PATIENCE)
    expect(chart("Rows held out")).to_have_attribute("aria-pressed", "true")
    halted_at(batches, 199)
    expect(readout(batches)).to_contain_text(re.compile(r"MSE 0\.0\d+ · held out 7\.\d+"))
    expect(panel(batches).locator("tbody").first.locator("tr")).to_have_count(3)
    chart("Learning rate").click()
    expect(chart("Learning rate")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="full, mini, single").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("90% of the way down", timeout=PATIENCE)
    expect(chart("Rows held out")).to_be_hidden()


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_phone_order_and_width(page: Page, address: str) -> None:
    player = opened(page, address)
    parts = (".descent-map", ".descent-bar", ".descent-sentence", PICTURE, ".st-key-controls")
    assert_stacked(player.page, parts)


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_dark(page: Page, address: str) -> None:
    player = opened(page, address, "?landscape=line&racers=momentum,adam&steps=60&batch_size=16&playhead=20&seed=3")
    assert page.locator("html").get_attribute("data-descent-theme") == "dark"
    player.wait_for("data.step === '20'")
    expect(readout(player)).to_contain_text("iteration 21 · epoch 2, batch 4 of 17")
    assert colours(player, PICTURE) > 20
    corner = "document.querySelector('.descent-data').closest('[data-testid=stApp]')"
    paper = page.evaluate(f"getComputedStyle({corner}).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", paper)[:3])) < 150
