"""The settings of a race, its runs, and the sentences on them; no display."""

from experiment.files.settings_file import settings_from_json, settings_json
from experiment.link.link import from_query, to_query
from experiment.race.settings import Settings

__all__ = ["Settings", "from_query", "settings_from_json", "settings_json", "to_query"]
