"""A race taken home: as a web page, as a table of its paths, as its settings. The player makes pictures and films."""

from ui.exports.paths import COLUMNS, paths_csv
from ui.exports.settings_file import settings_from_json, settings_json
from ui.exports.web_page import web_page

__all__ = ["COLUMNS", "paths_csv", "settings_from_json", "settings_json", "web_page"]
