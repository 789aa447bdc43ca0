"""The Export button in the bar: the present view as a web page, a picture, a film, a table or its settings."""

from collections.abc import Callable

import streamlit as st

from experiment.files.paths import paths_csv
from experiment.files.settings_file import settings_json
from experiment.pages import PAGES
from experiment.pages.page_spec import PageSpec
from experiment.race.settings import SURFACES, Settings, slug_of
from player import exports_view
from player.payloads.web_page import web_page
from ui.common.state import newest
from ui.exports.open_file import open_file

FILES: dict[str, tuple[str, str, str, Callable[[Settings], str]]] = {
    "html": ("Web page (HTML)", "Plays without a network, 3 MB", "text/html", web_page),
    "csv": ("Paths (CSV)", "Every number of every step", "text/csv", paths_csv),
    "json": ("Settings (JSON)", "What was set, and the link", "application/json", settings_json),
}
"""The files that the server makes: label, description, media type, and the function that makes each."""


@st.fragment
def export_menu(page: PageSpec) -> None:
    """Draw the button. Its menu is made when it is opened, and each file when it is asked for."""
    with st.popover("Export", key="export", on_change="rerun", width="content") as unfolded:
        if unfolded.open:
            with st.container(key="exports"):
                _list(page, newest())
                open_file()


def _list(page: PageSpec, settings: Callable[[], Settings]) -> None:
    name = file_name(settings())
    _file("html", name, settings)
    exports_view(name)
    _file("csv", name, settings)
    for key, (label, what, ending, make) in page.tables.items():
        _download(key, label, what, f"{name}.{ending}", "text/csv", make, settings)
    _file("json", name, settings)


def _file(ending: str, name: str, settings: Callable[[], Settings]) -> None:
    label, what, mime, make = FILES[ending]
    _download(ending, label, what, f"{name}.{ending}", mime, make, settings)


def _download(
    key: str,
    label: str,
    what: str,
    file: str,
    mime: str,
    make: Callable[[Settings], str],
    settings: Callable[[], Settings],
) -> None:
    st.download_button(
        f"{label} :gray[{what}]",
        lambda: make(settings()),
        file,
        mime,
        key=f"export.{key}",
        on_click="ignore",
        width="stretch",
    )


def file_name(settings: Settings) -> str:
    """The name of a file of these settings, without its ending.

    >>> file_name(Settings())
    'descent-double-well'
    """
    landscape = slug_of(settings.landscape, SURFACES).replace("_", "-")
    return "-".join(["descent", *([] if PAGES[settings.page].file == "app.py" else [settings.page]), landscape])
