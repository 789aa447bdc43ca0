"""What is set, what it ran, and what is said of it: no display."""

from experiment.files.settings_file import settings_from_json, settings_json
from experiment.link.link import from_query, to_query
from experiment.race.settings import Settings

__all__ = ["Settings", "from_query", "settings_from_json", "settings_json", "to_query"]
