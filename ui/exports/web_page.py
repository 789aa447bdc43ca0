"""The race as a web page that plays without a network: to be sent, archived, or shown where there is none."""

from player.offline import offline_page
from ui.colours import colours, streamlit_colours
from ui.exports.settings_file import settings_json
from ui.settings import Settings
from ui.view import packed_race, stage


def web_page(settings: Settings) -> str:
    """One HTML file with the map, the play bar, the curves, the outcomes and the sentence of these settings."""
    surface = settings.landscape
    return offline_page(
        title=surface.title,
        story=surface.story,
        stage=stage(surface),
        packed=packed_race(settings),
        settings=settings_json(settings),
        colours=streamlit_colours() + colours(),
    )
