"""The race as a web page that plays without a network, to be sent, archived, or shown offline."""

from experiment.files.settings_file import settings_json
from experiment.race.runs import race_view
from experiment.race.settings import Settings
from figures.css import colours, streamlit_colours
from player.payloads.landscape import landscape_payload
from player.payloads.offline import offline_page
from player.payloads.race import packed_race


def web_page(settings: Settings) -> str:
    """One HTML file with the map, the play bar, the curves, the outcomes and the sentence of the settings."""
    landscape = settings.landscape
    return offline_page(
        title=landscape.title,
        story=landscape.story,
        landscape_payload=landscape_payload(landscape),
        packed=packed_race(race_view(settings)),
        settings=settings_json(settings),
        colours=streamlit_colours() + colours(),
    )
