"""The settings of a view as a file that people and programs can read, and that opens again."""

import json
import re
import urllib.parse
from typing import Any

from landscapes.formula import Formula
from records import Record, choice_fields, number_fields, switch_fields
from ui.link import from_query, to_query
from ui.settings import SURFACES, Racer, Settings, slug_of

SPREAD = re.compile(r"\[\n[^\[\]{}]*\]")
"""A list of numbers or names over several lines; inside a text JSON has no line ends."""

TRY = "Try a file that Export made under Settings (JSON)."


def settings_json(settings: Settings) -> str:
    """The settings by name, each racer with the values it ran with, and `link`, which alone is read back."""
    text = json.dumps(_described(settings), indent=2, ensure_ascii=False, allow_nan=False)
    return SPREAD.sub(lambda found: re.sub(r"\n\s*", " ", found[0]).replace("[ ", "[").replace(" ]", "]"), text) + "\n"


def settings_from_json(text: str, problems: list[str] | None = None) -> Settings:
    """The settings that `settings_json` wrote, from their `link`.

    Args:
        text: the file.
        problems: receives a sentence for each value that could not be used; the default stands in its place.

    Raises:
        ValueError: if the text is not such a file.

    >>> settings_from_json(settings_json(Settings(steps=300))) == Settings(steps=300)
    True
    """
    return from_query(query_of(text), problems)


def query_of(text: str) -> dict[str, str]:
    """The link in a settings file, as query parameters; raises ValueError if the text is not such a file."""
    try:
        link = json.loads(text)["link"]
    except (ValueError, TypeError, KeyError):
        link = None
    if not isinstance(link, str):
        raise ValueError(f"A settings file must be JSON with a `link`. Received: {text[:40]!r}. {TRY}")
    return dict(urllib.parse.parse_qsl(link, keep_blank_values=True))


def _described(settings: Settings) -> dict[str, Any]:
    return {
        "page": settings.page,
        "landscape": _landscape(settings),
        "start": list(map(float, settings.begin)),
        "steps": settings.steps,
        "seed": settings.seed,
        "noise": float(settings.noise),
        "playhead": settings.playhead,
        "shared": {
            "learning_rate": float(settings.learning_rate),
            "momentum": float(settings.momentum),
            "decay_schedule": _named(settings.decay_schedule.starting_at(settings.learning_rate)),
            "batch_size": settings.batch_size,
        },
        "racers": [_racer(settings, racer) for racer in settings.racers],
        "link": urllib.parse.urlencode(to_query(settings)),
    }


def _landscape(settings: Settings) -> dict[str, Any]:
    surface = settings.landscape
    own = {"formula": surface.text} if isinstance(surface, Formula) else {}
    domain = [list(map(float, ends)) for ends in surface.domain]
    slug = slug_of(surface, SURFACES)
    return {"name": slug, "title": surface.title, **own, "domain": domain, "fields": _fields(surface)}


def _racer(settings: Settings, racer: Racer) -> dict[str, Any]:
    batch = settings.batch(racer)
    return {
        "name": racer.name,
        "method": racer.method,
        "optimizer": _named(settings.optimizer(racer)),
        "batch_size": batch.size,
        "samples": batch.samples,
        "apart": list(racer.apart),
    }


def _named(record: Record) -> dict[str, Any]:
    """A record's class, and its fields; a schedule in one of them likewise."""
    return {"class": type(record).__name__, **_fields(record)}


def _fields(record: Record) -> dict[str, Any]:
    names = (*choice_fields(record), *number_fields(record), *switch_fields(record))
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return _named(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value if isinstance(value, (bool, str, int)) else float(value)
