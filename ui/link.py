"""The link: settings to a query string and back, so that a view can be sent, reloaded and replayed."""

from collections.abc import Callable, Mapping
from typing import Any

from landscapes import LANDSCAPES, Landscape, from_formula
from landscapes.formula import DOMAIN, FURTHEST, Formula
from optimizers import SCHEDULES
from records import Record, number_fields, switch_fields
from ui.methods import METHODS
from ui.settings import (
    LONGEST_NAME,
    MOST_NOISE,
    MOST_RACERS,
    MOST_STEPS,
    SHARED,
    SURFACES,
    Racer,
    Settings,
    racer,
    slug_of,
)

RATE = number_fields(METHODS["descent"].optimizer)["learning_rate"]
MOMENTUM = number_fields(METHODS["descent"].optimizer)["momentum"]


def to_query(settings: Settings) -> dict[str, str]:
    """The settings as query parameters: what matters most always, the rest where it is not the default."""
    default = Settings()
    query = _landscape_query(settings.landscape)
    query["racers"] = ",".join(racer.method for racer in settings.racers)
    for number, runner in enumerate(settings.racers, 1):
        query |= _racer_query(f"racer{number}", runner)
    query |= {name: _text(getattr(settings, name)) for name in ("learning_rate", "momentum", "steps")}
    query |= _schedule_query("decay_schedule", settings.decay_schedule)
    for name in ("batch_size", "noise", "seed", "playhead", "page"):
        if getattr(settings, name) != getattr(default, name):
            query[name] = _text(getattr(settings, name))
    if settings.start is not None:
        query["start"] = ",".join(map(_text, settings.start))
    return query


def _landscape_query(surface: Landscape) -> dict[str, str]:
    if isinstance(surface, Formula):
        own = {"landscape": "own", "landscape.formula": surface.text}
        return own if surface.domain == DOMAIN else own | {"landscape.domain": _text(sum(surface.domain, ()))}
    return {"landscape": slug_of(surface, SURFACES)} | _record_query("landscape", surface)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "all"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _record_query(prefix: str, record: Record, default: Record | None = None, skip: tuple = ()) -> dict[str, str]:
    default = default or type(record)()
    names = [name for name in (*number_fields(record), *switch_fields(record)) if name not in skip]
    return {
        f"{prefix}.{name}": _text(getattr(record, name))
        for name in names
        if getattr(record, name) != getattr(default, name)
    }


def _schedule_query(name: str, schedule: Any) -> dict[str, str]:
    slug = slug_of(schedule, SCHEDULES)
    kind = {} if slug == "constant" else {name: slug}
    return kind | _record_query(name, schedule)


def _racer_query(prefix: str, runner: Racer) -> dict[str, str]:
    default = racer(runner.method)
    query = {}
    if runner.name != default.name:
        query[f"{prefix}.name"] = runner.name
    if runner.apart != default.apart:
        query[f"{prefix}.apart"] = ",".join(runner.apart) or "nothing"
    query |= _record_query(prefix, runner.optimizer, default.optimizer)
    query |= _schedule_query(f"{prefix}.decay_schedule", runner.decay_schedule)
    if runner.batch_size is not None:
        query[f"{prefix}.batch_size"] = _text(runner.batch_size)
    return query


class Reader:
    """Takes values out of a query one by one; what is wrong is noted and the default used instead."""

    def __init__(self, query: Mapping[str, str], problems: list[str]) -> None:
        self.query = dict(query)
        self.problems = problems
        self.taken: set[str] = set()

    def take(self, key: str, parse: Callable[[str], Any], default: Any) -> Any:
        """The value under `key`, or the default if it is absent or `parse` refuses it with a ValueError."""
        self.taken.add(key)
        if key not in self.query:
            return default
        try:
            return parse(self.query[key])
        except ValueError as refused:
            self.problems.append(str(refused))
            return default

    def unknown(self) -> list[str]:
        """The keys that nothing asked for."""
        return [key for key in self.query if key not in self.taken]


def from_query(query: Mapping[str, str], problems: list[str] | None = None) -> Settings:
    """The settings that a query describes; the inverse of `to_query`.

    Nothing is evaluated: numbers are read by `float`, everything else is looked up.

    Args:
        query: parameter name to text.
        problems: receives one sentence for each value that could not be used (what, allowed, received); the
            default stands in its place.

    >>> from_query(to_query(Settings(steps=300))) == Settings(steps=300)
    True
    """
    default = Settings()
    read = Reader(query, [] if problems is None else problems)
    landscape = _landscape(read, default.landscape)
    rate = _number("learning_rate", RATE.low, RATE.high)
    settings = Settings(
        page=read.take("page", _choice("page", ("playground",)), default.page),
        landscape=landscape,
        racers=_racers(read, default.racers),
        learning_rate=read.take("learning_rate", rate, landscape.learning_rate),
        momentum=read.take("momentum", _number("momentum", MOMENTUM.low, MOMENTUM.high), default.momentum),
        decay_schedule=_record(read, "decay_schedule", default.decay_schedule, SCHEDULES),
        batch_size=read.take("batch_size", _batch_size, default.batch_size),
        noise=read.take("noise", _number("noise", 0, MOST_NOISE), default.noise),
        steps=read.take("steps", _whole("steps", 1, MOST_STEPS), default.steps),
        seed=read.take("seed", _whole("seed", 0, 2**32 - 1), default.seed),
        start=read.take("start", _point, default.start),
        playhead=read.take("playhead", _whole("playhead", 0, MOST_STEPS), default.playhead),
    )
    read.problems += [
        f"`{key[:40]}` is not known. Received: {key[:40]}={read.query[key][:40]}." for key in read.unknown()
    ]
    return settings


def _landscape(read: Reader, default: Landscape) -> Landscape:
    if read.query.get("landscape") != "own":
        return _record(read, "landscape", default, LANDSCAPES)
    read.take("landscape", str, "own")
    ends = read.take("landscape.domain", _numbers("domain", -FURTHEST, FURTHEST, 4), sum(DOMAIN, ()))

    def made(text: str) -> Landscape:
        return from_formula(text, (ends[:2], ends[2:]))

    return read.take("landscape.formula", made, default)


def _racers(read: Reader, default: tuple[Racer, ...]) -> tuple[Racer, ...]:
    def parse(text: str) -> list[str]:
        methods = text.split(",")
        if not 1 <= len(methods) <= MOST_RACERS:
            raise ValueError(f"`racers` must name 1 to {MOST_RACERS} methods. Received: {len(methods)}.")
        return [_choice("racers", METHODS)(method) for method in methods]

    methods = read.take("racers", parse, [runner.method for runner in default])
    return tuple(_racer(read, f"racer{number}", method) for number, method in enumerate(methods, 1))


def _racer(read: Reader, prefix: str, method: str) -> Racer:
    default = racer(method)
    return Racer(
        method,
        read.take(f"{prefix}.name", _name, default.name),
        _fields(read, prefix, default.optimizer),
        read.take(f"{prefix}.apart", _apart, default.apart),
        _record(read, f"{prefix}.decay_schedule", default.decay_schedule, SCHEDULES),
        read.take(f"{prefix}.batch_size", _batch_size, default.batch_size),
    )


def _record(read: Reader, name: str, default: Any, registry: Mapping[str, type]) -> Any:
    slug = read.take(name, _choice(name, registry), slug_of(default, dict(registry)))
    return _fields(read, name, registry[slug]())


def _fields(read: Reader, prefix: str, record: Any) -> Any:
    for name, slid in number_fields(record).items():
        parse: Callable[[str], Any] = _number(name, slid.low, slid.high)
        if isinstance(getattr(record, name), tuple):
            parse = _numbers(name, slid.low, slid.high, len(getattr(record, name)))
        record = read.take(f"{prefix}.{name}", _replacing(record, name, parse), record)
    for name in switch_fields(record):
        parse_switch = {"yes": True, "no": False}
        record = read.take(f"{prefix}.{name}", _replacing(record, name, _lookup(name, parse_switch)), record)
    return record


def _replacing(record: Any, name: str, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: record.replace(**{name: parse(text)})


def _number(name: str, low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"`{name}` must be a number from {low:g} to {high:g}. Received: {text[:40]}.")
        return value

    return parse


def _numbers(name: str, low: float, high: float, count: int) -> Callable[[str], tuple[float, ...]]:
    def parse(text: str) -> tuple[float, ...]:
        parts = text.split(",")
        if len(parts) != count:
            raise ValueError(f"`{name}` must be {count} numbers with commas between. Received: {text[:40]}.")
        return tuple(map(_number(name, low, high), parts))

    return parse


def _whole(name: str, low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if not low <= value <= high:
            raise ValueError(f"`{name}` must be a whole number from {low} to {high}. Received: {text[:40]}.")
        return value

    return parse


def _choice(name: str, choices: Any) -> Callable[[str], str]:
    return _lookup(name, {choice: choice for choice in choices})


def _lookup(name: str, choices: Mapping[str, Any]) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        if text not in choices:
            raise ValueError(f"`{name}` must be one of {', '.join(choices)}. Received: {text[:40]}.")
        return choices[text]

    return parse


def _batch_size(text: str) -> int | None:
    return None if text == "all" else _whole("batch_size", 1, 63)(text)


def _apart(text: str) -> tuple[str, ...]:
    named = [] if text == "nothing" else [_choice("apart", SHARED)(part) for part in text.split(",")]
    return tuple(field for field in SHARED if field in named)


def _name(text: str) -> str:
    if not 1 <= len(text) <= LONGEST_NAME or not text.isprintable():
        raise ValueError(f"`name` must be 1 to {LONGEST_NAME} printable letters. Received: {text[:40]}.")
    return text


def _point(text: str) -> tuple[float, float]:
    x, y = _numbers("start", -1e6, 1e6, 2)(text)
    return x, y
