"""Every export is opened: the page without a network, pictures and the film looked at for the racers' colours."""

import base64
import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, ViewportSize, expect

from experiment import settings_from_json
from experiment.race.settings import Settings
from figures.theme import GROUNDS, style
from tests.browser.chromium import SOLID, launched
from tests.browser.menu import made_there, saved
from tests.browser.player import PATIENCE, Player

METHODS = ("descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
LIGHT = [style(name, 0, "light")[0] for name in METHODS]
NAMES = ["Gradient descent", "Momentum", "Nesterov", "Adagrad", "RMSprop", "Adam"]
HEAD = "Double well"
MIN_SHARE = 60
"""Pixels of a racer's colour that are a line and not an accident."""

SMALL: ViewportSize = {"width": 700, "height": 600}
"""WebGL without a graphics card is slow."""


def made_here(player: Player, kind: str) -> Locator:
    """A row whose file the browser makes."""
    return player.page.locator(f"[data-export={kind}]")


def share_of_each(image: Image.Image, colours: list[str]) -> list[int]:
    """How many pixels are within a hair of each colour."""
    counts = image.convert("RGB").getcolors(1 << 24) or []
    wanted = [tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in colours]
    return [
        sum(count for count, seen in counts if max(abs(a - b) for a, b in zip(seen, want, strict=True)) < 10)
        for want in wanted
    ]


def test_the_png_has_the_map_the_racers_and_the_theme_s_ground(menu: Player, tmp_path: Path) -> None:
    file = saved(menu, made_here(menu, "png"), tmp_path)
    assert file.name == "descent-double-well.png"
    with Image.open(file) as image:
        shown = menu.page.locator(".descent-overlay").bounding_box()
        assert shown is not None
        assert image.width == pytest.approx(3 * (shown["width"] + 40), abs=3)
        assert image.height > 3 * shown["height"]
        assert image.convert("RGBA").getextrema()[3] == (255, 255)
        corner = "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").getpixel((1, 1)))
        assert corner == GROUNDS["light"].paper
        assert min(share_of_each(image, LIGHT)) > MIN_SHARE
    assert menu.number("step") == 60


def test_the_svg_is_lines_and_text_and_draws_the_same(menu: Player, browser: Browser, tmp_path: Path) -> None:
    file = saved(menu, made_here(menu, "svg"), tmp_path)
    root = ElementTree.parse(file).getroot()
    spaced = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{spaced}svg"
    strokes = {path.get("stroke") for path in root.iter(f"{spaced}path")}
    assert set(LIGHT) <= strokes
    dashed = {path.get("stroke"): path.get("stroke-dasharray") for path in root.iter(f"{spaced}path")}
    assert dashed[style("momentum", 0, "light")[0]] == "9 4"
    texts = [text.text for text in root.iter(f"{spaced}text")]
    for said in [HEAD, "step 60", "saddle", "start", *NAMES]:
        assert said in texts
    assert not list(root.iter(f"{spaced}image"))
    opened = browser.new_page(viewport={"width": 720, "height": 800}, device_scale_factor=2)
    opened.goto(file.as_uri())
    assert min(share_of_each(Image.open(io.BytesIO(opened.screenshot())), LIGHT)) > MIN_SHARE
    opened.close()


def test_a_picture_has_the_theme_that_is_on(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1400, "height": 900})
    dark = Player(context.new_page(), address).open()
    dark.button("Export").click()
    with Image.open(saved(dark, made_here(dark, "png"), tmp_path)) as image:
        corner = "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").getpixel((1, 1)))
    context.close()
    assert corner == GROUNDS["dark"].paper


FRAMES = """async ([film, places]) => {
  const video = document.createElement('video');
  Object.assign(video, { muted: true, src: film });
  const happens = (name) => new Promise((done) => video.addEventListener(name, done, { once: true }));
  await happens('loadeddata');
  const [width, height] = [video.videoWidth, video.videoHeight];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const frames = [];
  video.currentTime = 1e9;
  await happens('seeked');
  const seconds = video.currentTime;
  for (const place of places) {
    const there = happens('seeked');
    video.currentTime = place * seconds * 0.99;
    await there;
    canvas.getContext('2d').drawImage(video, 0, 0);
    frames.push(canvas.toDataURL());
  }
  return { seconds, frames, width, height };
}"""


def test_a_film_is_given_up_then_another_runs_to_the_end_while_the_view_stays(
    menu: Player, browser: Browser, tmp_path: Path
) -> None:
    bar = menu.page.get_by_role("progressbar", name="Recording")
    made_here(menu, "film").click()
    menu.button("Cancel").click()
    expect(bar).to_be_hidden()
    with menu.page.expect_download(timeout=PATIENCE) as download:
        made_here(menu, "film").click()
        expect(bar).to_be_visible()
        menu.page.wait_for_function("document.querySelector('.descent-recording progress').value > 0.3")
        assert menu.number("step") == 60
    expect(bar).to_be_hidden()
    assert download.value.suggested_filename == "descent-double-well.webm"
    download.value.save_as(tmp_path / "film.webm")
    film = base64.b64encode((tmp_path / "film.webm").read_bytes()).decode()
    opened = browser.new_page()
    seen = opened.evaluate(FRAMES, [f"data:video/webm;base64,{film}", [0, 0.1, 0.3, 0.9]])
    opened.close()
    assert seen["seconds"] > 5
    assert max(seen["width"], seen["height"]) == pytest.approx(1280, abs=2)
    assert seen["width"] % 2 == seen["height"] % 2 == 0
    assert len(set(seen["frames"])) == 4
    first, *_, last = (frame_of(frame) for frame in seen["frames"])
    assert differing(first, last) > 2000


def frame_of(address: str) -> Image.Image:
    """An image from its data address."""
    return Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))).convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> int:
    """Pixels that differ by more than a codec's noise."""
    pairs = zip(one.get_flattened_data(), other.get_flattened_data(), strict=True)
    return sum(max(abs(a - b) for a, b in zip(*pair, strict=True)) > 60 for pair in pairs)


def test_table_and_settings_are_those_of_the_moment_of_the_click(player: Player, tmp_path: Path) -> None:
    player.button("Export").click()
    expect(made_there(player, "csv")).to_be_visible()
    revision = player.number("revision")
    player.slider("Learning rate").press("ArrowRight")
    player.repainted_after(revision)
    if not made_there(player, "json").count():
        player.button("Export").click()
    told = json.loads(saved(player, made_there(player, "json"), tmp_path).read_text())
    rate = settings_from_json(json.dumps(told)).learning_rate
    assert rate != Settings().learning_rate
    rows = list(csv.DictReader(io.StringIO(saved(player, made_there(player, "csv"), tmp_path).read_text())))
    assert float(rows[0]["learning_rate"]) == rate
    assert len(rows) == 6 * 201


def test_the_gallery_has_nothing_to_export(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Export")).to_have_count(0)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}, "has_touch": True}], indirect=True)
def test_on_a_phone_button_and_list_are_within_reach(player: Player) -> None:
    player.button("Export").click()
    for row in (made_there(player, "html"), made_here(player, "film"), made_there(player, "json")):
        expect(row).to_be_in_viewport(ratio=1)
    assert player.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture(scope="module")
def web_page(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that is saved, from the app."""
    context = browser.new_context()
    player = Player(context.new_page(), address).open()
    player.button("Export").click()
    file = saved(player, made_there(player, "html"), tmp_path_factory.mktemp("exports"))
    context.close()
    return file


@pytest.fixture
def offline(page: Page, web_page: Path) -> Iterator[Player]:
    """The saved page from the disk, without a network; it asks for nothing else."""
    page.context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(web_page.as_uri())
    yield Player(page, "").shown()
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [web_page.as_uri()]
    assert page.url == web_page.as_uri()


def test_the_page_plays_and_obeys_without_a_network(offline: Player) -> None:
    assert offline.number("racers") == 6
    expect(offline.page).to_have_title(f"{HEAD} · Descent")
    offline.wait_for("Number(data.step) > 3")
    offline.page.keyboard.press("Space")
    expect(offline.button("Play")).to_be_visible()
    offline.page.keyboard.press("End")
    offline.wait_for("data.step === '200'")
    offline.slider("Step").fill("60")
    offline.wait_for("data.step === '60'")
    expect(offline.page.locator(".descent-plot .xtick text").first).to_be_attached(timeout=PATIENCE)
    picture = Image.open(io.BytesIO(offline.page.screenshot()))
    assert min(share_of_each(picture, LIGHT)) > MIN_SHARE
    for name in NAMES:
        assert name in offline.outcomes()
    expect(offline.page.get_by_test_id("sentence")).to_contain_text("stuck in the same local minimum")


def test_what_needs_a_server_is_not_in_the_page(offline: Player) -> None:
    for name in ("Anatomy", "Copy link", "Export"):
        expect(offline.button(name)).to_have_count(0)
    offline.page.keyboard.press("Home")
    offline.wait_for("data.step === '0'")
    ground = offline.page.locator(".descent-plot .xtick text")
    expect(ground.first).to_be_attached(timeout=PATIENCE)
    before = ground.all_text_contents()
    offline.page.mouse.move(*offline.map_point(0.5, 0.5))
    offline.page.mouse.down()
    offline.page.mouse.move(*offline.map_point(0.3, 0.4), steps=4)
    offline.page.mouse.up()
    expect(ground).not_to_have_text(before)  # the hand moves the map, not the start
    assert offline.number("revision") == 1


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_the_page_is_dark_where_all_is_dark_and_narrow_on_a_phone(offline: Player) -> None:
    page = offline.page
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(16, 21, 28)" if dark else "rgb(251, 250, 247)")
    wide = page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    boxes = [page.locator(part).first.bounding_box() for part in (".descent-map", ".descent-side")]
    assert (boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]) == (wide == 390)


def test_page_and_picture_have_the_third_dimension_too(
    playwright: Playwright, address: str, web_page: Path, tmp_path: Path
) -> None:
    solid = launched(playwright, SOLID)
    player = Player(solid.new_page(viewport=SMALL), address).open()
    player.pause()
    player.button("3-D view").click()
    expect(player.page.locator(".descent-surface canvas").first).to_be_visible(timeout=PATIENCE)
    player.button("Export").click()
    root = ElementTree.parse(saved(player, made_here(player, "svg"), tmp_path)).getroot()
    surfaces = list(root.iter("{http://www.w3.org/2000/svg}image"))
    assert len(surfaces) == 1
    drawn = frame_of(surfaces[0].get("href", ""))
    assert max(share_of_each(drawn, LIGHT)) > MIN_SHARE
    assert len(drawn.getcolors(1 << 24)) > 1000
    player.page.close()
    opened = solid.new_context(offline=True, viewport=SMALL).new_page()
    opened.goto(web_page.as_uri())
    player = Player(opened, "").shown()
    player.button("3-D view").click()
    expect(opened.locator(".descent-surface canvas").first).to_be_visible(timeout=PATIENCE)
    solid.close()
