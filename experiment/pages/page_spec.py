"""One record for each page: its names, its question, its first settings, and what it adds to a race."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from experiment.race.runs import RaceView, Run
from experiment.race.settings import SURFACES, Racer, Settings
from landscapes import Landscape


@dataclasses.dataclass(frozen=True, kw_only=True)
class PageSpec:
    """A page of the app. Fields without a value have a default that adds nothing.

    Args:
        slug: its name in links, and of its file in `pages/`.
        title: its name in the bar.
        question: the question before its presets.
        first: the settings that it opens with; None for a page without settings of a race.
        presets: further settings to start from, by name.
        landscapes: the landscapes that its list offers, by slug.
        kind: the class of the landscapes that it can show at all.
        compared: returns a racer's style in pictures, where all racers use one method.
        summary: returns a sentence that comes before the outcome of the race.
        race_facts: returns further facts of the race for its pictures, by name.
        run_facts: returns further facts of a run for its pictures, by name.
        columns: returns further curves for its charts, arrays (steps + 1,) by name.
        code: whether each racer's line of Keras is shown.
        stored: returns the settings to store, given those that were just changed and those before.
        tables: further files to download, by name: label, description, end of the file's name, function that writes it.
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
        """The path of the page's file. The first page is the app itself."""
        return "app.py" if self.slug == "playground" else f"pages/{self.slug}.py"
