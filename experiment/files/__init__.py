"""Settings and paths as files that can be saved and opened again."""

from experiment.files.paths import COLUMNS, paths_csv
from experiment.files.settings_file import settings_from_json, settings_json

__all__ = ["COLUMNS", "paths_csv", "settings_from_json", "settings_json"]
