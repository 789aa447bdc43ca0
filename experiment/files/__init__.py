"""Settings and paths as files: what is taken home, and read again."""

from experiment.files.paths import COLUMNS, paths_csv
from experiment.files.settings_file import settings_from_json, settings_json

__all__ = ["COLUMNS", "paths_csv", "settings_from_json", "settings_json"]
