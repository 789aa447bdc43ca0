"""The Export button in the bar: the present view as a page, a picture, a film, a table or its settings."""

from collections.abc import Callable, Mapping

import streamlit as st

from player import exports_view
from ui.exports.open_file import open_file
from ui.exports.paths import paths_csv
from ui.exports.plane import plane_csv
from ui.exports.settings_file import settings_json
from ui.exports.web_page import web_page
from ui.settings import SURFACES, Settings, slug_of
from ui.state import newest

FILES: dict[str, tuple[str, str, str, Callable[[Settings], str]]] = {
    "html": ("Web page (HTML)", "Plays without a network, 3 MB", "text/html", web_page),
    "csv": ("Paths (CSV)", "Every number of every step", "text/csv", paths_csv),
    "map": ("Tuning map (CSV)", "How each cell ends", "text/csv", plane_csv),
    "json": ("Settings (JSON)", "What was set, and the link", "application/json", settings_json),
}
"""Label, what it is, media type and maker of each file that the server makes."""

ENDINGS = {"map": "map.csv"}
"""What a file's name ends with, where that is not what it is called here."""


@st.fragment
def export_menu(pages: Mapping[str, str]) -> None:
    """The button; what it unfolds is made when it is unfolded, and each file when it is asked for.

    Args:
        pages: the file of each page, by the page's name in the settings.
    """
    with st.popover("Export", key="export", on_change="rerun", width="content") as unfolded:
        if unfolded.open:
            with st.container(key="exports"):
                _list(newest())
                open_file(pages)


def _list(settings: Callable[[], Settings]) -> None:
    name = file_name(settings())
    _file("html", name, settings)
    exports_view(name)
    _file("csv", name, settings)
    if settings().page == "tune":
        _file("map", name, settings)
    _file("json", name, settings)


def _file(ending: str, name: str, settings: Callable[[], Settings]) -> None:
    label, what, mime, make = FILES[ending]
    st.download_button(
        f"{label} :gray[{what}]",
        lambda: make(settings()),
        f"{name}.{ENDINGS.get(ending, ending)}",
        mime,
        key=f"export.{ending}",
        on_click="ignore",
        width="stretch",
    )


def file_name(settings: Settings) -> str:
    """What a file of these settings is called, without its ending.

    >>> file_name(Settings())
    'descent-double-well'
    """
    landscape = slug_of(settings.landscape, SURFACES).replace("_", "-")
    return "-".join(["descent", *([] if settings.page == "playground" else [settings.page]), landscape])
