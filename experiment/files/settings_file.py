"""The settings of a view as a JSON file that people and programs can read, and that can be opened again."""

import json
import re
import urllib.parse
from typing import Any

from experiment.files.edited_file import Edits
from experiment.link.link import RENAMED, from_query, to_query
from experiment.race.settings import SURFACES, Racer, Settings, slug_of
from landscapes.formula.formula import Formula
from records import Record, choice_fields, number_fields, switch_fields

SPREAD = re.compile(r"\[\n[^\[\]{}]*\]")
"""A flat list over several lines. JSON has no line ends inside texts, so it can match nothing else."""

MAX_LETTERS = 100_000
"""The most letters of a file. Saved files have a few thousand."""

TRY = "Try a file that Export made under Settings (JSON)."


def settings_json(settings: Settings) -> str:
    """The settings as JSON: all values by name, each racer with the values that it ran with, and the `link` to them."""
    text = json.dumps(described(settings), indent=2, ensure_ascii=False, allow_nan=False)
    return (
        SPREAD.sub(lambda spread: re.sub(r"\n\s*", " ", spread[0]).replace("[ ", "[").replace(" ]", "]"), text) + "\n"
    )


def settings_from_json(text: str | bytes, problems: list[str] | None = None) -> Settings:
    """The settings that `settings_json` wrote. Where a value was edited in the file, it counts instead of the link's.

    Args:
        text: the file, with a byte order mark or without.
        problems: a list that receives a sentence for each value that can't be used, and is replaced by the default, and
            for each value that differs from the link.

    Raises:
        ValueError: if the text is not such a file.

    >>> settings_from_json(settings_json(Settings(steps=300))) == Settings(steps=300)
    True
    >>> settings_from_json(settings_json(Settings(steps=300)).replace('"steps": 300', '"steps": 400')).steps
    400
    """
    query, notes = query_of(text)
    if problems is not None:
        problems += notes
    return from_query(query, problems)


def query_of(text: str | bytes) -> tuple[dict[str, str], list[str]]:
    """The settings in a file as query parameters, and a sentence for each value that differs from its link's.

    Raises:
        ValueError: if the text is not a settings file.
    """
    decoded = _decoded(text)
    if len(decoded) > MAX_LETTERS:
        raise ValueError(f"A settings file may have {MAX_LETTERS:,} letters. Received: {len(decoded):,}. {TRY}")
    try:
        parts = json.loads(decoded)
    except (ValueError, RecursionError):
        parts = None
    link = parts.get("link") if isinstance(parts, dict) else None
    if not isinstance(link, str):
        raise ValueError(f"A settings file must be JSON with a `link`. Received: {decoded[:40]!r}. {TRY}")
    query = dict(urllib.parse.parse_qsl(link.rpartition("?")[2], keep_blank_values=True))
    query = {RENAMED.get(key, key): text for key, text in query.items()}
    in_link: list[str] = []
    for racer in parts["racers"] if isinstance(parts.get("racers"), list) else ():
        if isinstance(racer, dict) and "apart" in racer:  # as older files call it
            racer.setdefault("overrides", racer.pop("apart"))
    edits = Edits(query, described(from_query(query, in_link)))
    try:
        edits.read({name: value for name, value in parts.items() if name != "link"})
    except RecursionError:
        raise ValueError(
            f"A settings file must be JSON with a `link`. Received: values nested too deep. {TRY}"
        ) from None
    # a problem of the link counts only if no edited value has taken its place
    left: list[str] = []
    from_query(edits.query, left)
    return edits.query, [*edits.notes, *(problem for problem in in_link if problem not in left)]


def _decoded(text: str | bytes) -> str:
    """The text of a file. A byte order mark, as editors on Windows write it, decides the encoding; else it is UTF-8."""
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16", errors="replace")
    return text.decode("utf-8-sig", errors="replace")


def described(settings: Settings) -> dict[str, Any]:
    """The contents of a settings file, as values of JSON."""
    return {
        "page": settings.page,
        "landscape": _landscape(settings),
        "start": list(map(float, settings.resolved_start)),
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
    landscape = settings.landscape
    own = {"formula": landscape.text} if isinstance(landscape, Formula) else {}
    domain = [list(map(float, ends)) for ends in landscape.domain]
    slug = slug_of(landscape, SURFACES)
    return {"name": slug, "title": landscape.title, **own, "domain": domain, "fields": _fields(landscape)}


def _racer(settings: Settings, racer: Racer) -> dict[str, Any]:
    batch = settings.batch(racer)
    return {
        "name": racer.name,
        "method": racer.method,
        "optimizer": _named(settings.optimizer(racer)),
        "batch_size": batch.size,
        "samples": batch.samples,
        "overrides": list(racer.overrides),
    }


def _named(record: Record) -> dict[str, Any]:
    """A record as values of JSON: its class and its fields, and likewise for a schedule in one of them."""
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
