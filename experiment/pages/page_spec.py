"""One record a page: what it is called and asks, what it opens with, and what it adds to a race."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from experiment.race.runs import RaceView, Run
from experiment.race.settings import SURFACES, Racer, Settings
from landscapes import Landscape


@dataclasses.dataclass(frozen=True, kw_only=True)
class PageSpec:
    """A page of the app. What a page has nothing to say of has a default that adds nothing.

    Args:
        slug: its name in links, and of its file in `pages/`.
        title: its name in the bar.
        question: what it asks, before its presets.
        first: what it opens with; None for a page that shows no settings.
        presets: further settings to go on from, by name.
        landscapes: what its list offers.
        kind: the landscapes that it can show at all.
        compared: the style of a racer, where all racers use the same method.
        summary: said before who got where.
        race_facts: what else of the race its pictures show, by name.
        run_facts: what else of a run its pictures show, by name.
        columns: what else its charts show, (steps + 1,) by name.
        code: whether each racer's line of Keras goes along.
        stored: what is kept of settings that a hand has changed; it is called with these and the ones before.
        tables: further files to take home: label, what it is, how its name ends, and what writes it, by name.
    """

    slug: str
    title: str
    question: str = ""
    first: Settings | None = None
    presets: Mapping[str, Settings] = dataclasses.field(default_factory=dict)
    landscapes: Mapping[str, type[Landscape]] = dataclasses.field(default_factory=lambda: SURFACES)
    kind: type[Landscape] = Landscape
    compared: Callable[[Settings, Racer], str] | None = None
    summary: Callable[[RaceView], str] = lambda view: ""
    race_facts: Callable[[RaceView], dict[str, Any]] = lambda view: {}
    run_facts: Callable[[Settings, Run], dict[str, Any]] = lambda settings, run: {}
    columns: Callable[[Landscape, Run], dict[str, np.ndarray]] = lambda landscape, run: {}
    code: bool = False
    stored: Callable[[Settings, Settings | None], Settings] = lambda settings, before: settings
    tables: Mapping[str, tuple[str, str, str, Callable[[Settings], str]]] = dataclasses.field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file of the page; the first page is the app itself."""
        return "app.py" if self.slug == "playground" else f"pages/{self.slug}.py"
