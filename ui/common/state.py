"""The only place where settings are kept between reruns. All other code takes them as arguments."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from experiment.link.link import from_query, to_query
from experiment.pages import PAGES
from experiment.pages.page_spec import PageSpec
from experiment.race.settings import SURFACES, Settings, slug_of
from landscapes import Landscape
from landscapes.landscape import has_value
from ui.server.job import moved

_SETTINGS, _PROBLEMS, _PAGE, _ARRIVED = "descent.settings", "descent.problems", "descent.page", "descent.arrived"
_NEWEST, _OPENED, _NOTES = "descent.newest", "descent.opened", "descent.notes"


def enter(page: PageSpec) -> None:
    """Note which page the visitor is on, and whether its link counts: one from another page, or one just opened."""
    opened = st.session_state.pop(_OPENED, None) == page.slug
    st.session_state[_ARRIVED] = opened or st.session_state.get(_PAGE) != page.slug
    st.session_state[_PAGE] = page.slug


def current_page() -> PageSpec:
    """The page that the visitor is on."""
    return PAGES[st.session_state.get(_PAGE, "playground")]


def open_link(slug: str, notes: list[str] | None = None) -> None:
    """Let the next link to a page count, even if the visitor is on that page. The page then shows `notes`."""
    st.session_state[_OPENED], st.session_state[_NOTES] = slug, notes or []


def notes() -> list[str]:
    """The notes on the link that was last opened on this page."""
    return st.session_state.get(_key(_NOTES), [])


def _key(name: str) -> str:
    """The key of a value in the session for the present page. Each page keeps settings of its own."""
    return f"{name}.{st.session_state.get(_PAGE, 'playground')}"


def current() -> Settings:
    """The settings of this visitor on this page."""
    return st.session_state[_key(_SETTINGS)]


def newest() -> Callable[[], Settings]:
    """A function that returns the settings of this page at the time of its call, also in another thread."""
    by_page, page = st.session_state.setdefault(_NEWEST, {}), _key(_SETTINGS)
    by_page[page] = current()
    return lambda: by_page[page]


def opened_on(landscape: Landscape) -> dict[str, str]:
    """The link to the visitor's race on another landscape, from its own start and at its own learning rate."""
    settings = st.session_state.get(f"{_SETTINGS}.playground", Settings())
    rate = landscape.learning_rate
    return to_query(settings.replace(landscape=landscape, start=None, learning_rate=rate, playhead=None))


def change(**changes: Any) -> None:
    """Change some of the settings, and drop the link's playhead, which only counts for the first view."""
    store(current().replace(playhead=None, **changes))


def store(settings: Settings) -> None:
    """Replace the settings. A start where the loss has no value is refused, with a message."""
    moved()
    if not has_value(settings.landscape, settings.resolved_start):
        st.toast(f"`start` must be where the loss and its slope are finite. Received: {settings.resolved_start}.")
        before = st.session_state.get(_key(_SETTINGS))
        start = before.start if before is not None and before.landscape == settings.landscape else None
        settings = settings.replace(start=start)
    before = st.session_state.get(_key(_SETTINGS))
    st.session_state[_key(_SETTINGS)] = PAGES[settings.page].stored(settings, before)
    newest()


def read_link() -> list[str]:
    """Read the settings from the address bar at the first visit, or when a link from another page leads here.

    At other times the settings are newer than the address, which follows them; going back in the history reloads the
    page. A landscape that the page can't show is replaced by the page's first one.

    Returns:
        One sentence for each value of the link that can't be used.
    """
    page = current_page()
    first = page.first or Settings()
    query = {key: st.query_params[key] for key in st.query_params}
    led_here = bool(query) and st.session_state[_ARRIVED]
    if _key(_SETTINGS) not in st.session_state or led_here:
        problems: list[str] = []
        st.session_state[_key(_NOTES)] = st.session_state.pop(_NOTES, [])
        query = _shown_here(query, first, page.kind, problems)
        store(from_query(query, problems).replace(page=first.page) if query else first)
        st.session_state[_key(_PROBLEMS)] = problems
    return st.session_state.get(_key(_PROBLEMS), [])


def _shown_here(query: dict[str, str], first: Settings, kind: type[Landscape], problems: list[str]) -> dict[str, str]:
    """The query, with the page's first landscape if it names none or one that the page can't show."""
    allowed = [slug for slug, cls in SURFACES.items() if issubclass(cls, kind)]
    if not query or kind is Landscape or query.get("landscape") in allowed:
        return query
    if "landscape" in query:
        problems.append(f"`landscape` must be one of {', '.join(allowed)}. Received: {query['landscape'][:40]}.")
        query = {key: text for key, text in query.items() if not key.startswith("landscape.") and key != "start"}
    return query | {"landscape": slug_of(first.landscape, SURFACES)}


def write_link() -> None:
    """Write the settings into the address bar, if they differ from it by more than the playhead."""
    query = to_query(current())
    if _without_playhead(query) != _without_playhead(st.query_params.to_dict()):
        st.query_params.from_dict(query)


def _without_playhead(query: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != "playhead"}
