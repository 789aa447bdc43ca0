"""The link: settings as query parameters and back, so that a view can be sent, reloaded and replayed."""

from collections.abc import Callable, Mapping
from typing import Any

from experiment.link import parse
from experiment.link.parse import Reader
from experiment.pages import race_pages
from experiment.race.methods import METHODS
from experiment.race.settings import (
    MAX_NOISE,
    MAX_RACERS,
    MAX_STEPS,
    MEASURES,
    MOMENTUM,
    RATE,
    SURFACES,
    TOLERANCES,
    Racer,
    Settings,
    racer,
    slug_of,
)
from landscapes import LANDSCAPES, Landscape, from_formula
from landscapes.formula.formula import DOMAIN, MAX_DOMAIN, Formula
from optimizers import SCHEDULES
from records import Record, choice_fields, number_fields, switch_fields

RENAMED = {f"racer{number}.apart": f"racer{number}.overrides" for number in range(1, MAX_RACERS + 1)}
"""The keys of older links, and the key of today for each."""


def to_query(settings: Settings) -> dict[str, str]:
    """The settings as query parameters. Landscape, racers, rate, momentum and steps are always among them."""
    default, settings = Settings(), _with_sizes_in_range(settings)
    query = _landscape_query(settings.landscape)
    query["racers"] = ",".join(racer.method for racer in settings.racers)
    for number, runner in enumerate(settings.racers, 1):
        query |= _racer_query(f"racer{number}", runner)
    query |= {name: _text(getattr(settings, name)) for name in ("learning_rate", "momentum", "steps")}
    query |= _schedule_query("decay_schedule", settings.decay_schedule)
    for name in ("batch_size", "noise", "seed", "playhead", "page", "axes", "measure", "tolerance", "wide"):
        if getattr(settings, name) != getattr(default, name):
            query[name] = _text(getattr(settings, name))
    if settings.start is not None:
        query["start"] = ",".join(map(_text, settings.start))
    return query


def _with_sizes_in_range(settings: Settings) -> Settings:
    """The settings, with None for batch sizes that are not below the landscape's number of samples.

    Another landscape, chosen since, may have fewer samples than the size allows for.
    """
    samples = settings.landscape.sample_count

    def cut(thing: Any) -> Any:
        return thing.replace(batch_size=None) if thing.batch_size and thing.batch_size >= samples else thing

    return cut(settings).replace(racers=tuple(map(cut, settings.racers)))


def _landscape_query(landscape: Landscape) -> dict[str, str]:
    if isinstance(landscape, Formula):
        own = {"landscape": "own", "landscape.formula": landscape.text}
        return own if landscape.domain == DOMAIN else own | {"landscape.domain": _text(sum(landscape.domain, ()))}
    return {"landscape": slug_of(landscape, SURFACES)} | record_query("landscape", landscape)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "all"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    # shorter than 200.0, and still exact
    return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def record_query(
    prefix: str, record: Record, default: Record | None = None, skip: tuple[str, ...] = ()
) -> dict[str, str]:
    """The fields of a record that differ from the default, as query parameters `prefix.name`; `skip` are left out."""
    default = default or type(record)()
    fields = (*choice_fields(record), *number_fields(record), *switch_fields(record))
    return {
        f"{prefix}.{name}": _text(getattr(record, name))
        for name in fields
        if name not in skip and getattr(record, name) != getattr(default, name)
    }


def _schedule_query(name: str, schedule: Any) -> dict[str, str]:
    slug = slug_of(schedule, SCHEDULES)
    kind = {} if slug == "constant" else {name: slug}
    return kind | record_query(name, schedule)


def _racer_query(prefix: str, runner: Racer) -> dict[str, str]:
    default = racer(runner.method)
    query = {}
    if runner.name != default.name:
        query[f"{prefix}.name"] = runner.name
    if runner.overrides != default.overrides:
        query[f"{prefix}.overrides"] = ",".join(runner.overrides) or "nothing"
    query |= record_query(prefix, runner.optimizer, default.optimizer)
    query |= _schedule_query(f"{prefix}.decay_schedule", runner.decay_schedule)
    if runner.batch_size is not None:
        query[f"{prefix}.batch_size"] = _text(runner.batch_size)
    return query


def from_query(query: Mapping[str, str], problems: list[str] | None = None) -> Settings:
    """The settings that a query describes; the inverse of `to_query`.

    Nothing is evaluated: numbers are read by `float`, everything else is looked up.

    Args:
        query: parameter name to text.
        problems: a list that receives one sentence for each value that can't be used (what, allowed, received). The
            default takes its place.

    >>> from_query(to_query(Settings(steps=300))) == Settings(steps=300)
    True
    """
    default = Settings()
    read = Reader(query, [] if problems is None else problems, RENAMED)
    landscape = _landscape(read, default.landscape)
    # the landscape comes first: the default rate and the largest batch depend on it
    rate = parse.number_parser("learning_rate", *RATE.reach)
    size = parse.batch_size(landscape.sample_count)
    settings = Settings(
        page=read.read("page", parse.choice("page", race_pages()), default.page),
        landscape=landscape,
        racers=_racers(read, default.racers, size),
        learning_rate=read.read("learning_rate", rate, landscape.learning_rate),
        momentum=read.read("momentum", parse.number_parser("momentum", MOMENTUM.low, MOMENTUM.high), default.momentum),
        decay_schedule=_record(read, "decay_schedule", default.decay_schedule, SCHEDULES),
        batch_size=read.read("batch_size", size, default.batch_size),
        noise=read.read("noise", parse.number_parser("noise", 0, MAX_NOISE), default.noise),
        steps=read.read("steps", parse.whole("steps", 1, MAX_STEPS), default.steps),
        seed=read.read("seed", parse.whole("seed", 0, 2**32 - 1), default.seed),
        start=read.read("start", parse.point, default.start),
        playhead=read.read("playhead", parse.whole("playhead", 0, MAX_STEPS), default.playhead),
        axes=read.read("axes", parse.axes, default.axes),
        measure=read.read("measure", parse.choice("measure", MEASURES), default.measure),
        tolerance=read.read(
            "tolerance", parse.number_parser("tolerance", TOLERANCES[-1], TOLERANCES[0]), default.tolerance
        ),
        wide=read.read("wide", parse.lookup("wide", {"yes": True, "no": False}), default.wide),
    )
    read.note_unknown()
    return settings


def _landscape(read: Reader, default: Landscape) -> Landscape:
    if read.query.get("landscape") != "own":
        return _record(read, "landscape", default, LANDSCAPES)
    read.read("landscape", str, "own")
    ends = read.read("landscape.domain", parse.numbers_parser("domain", -MAX_DOMAIN, MAX_DOMAIN, 4), sum(DOMAIN, ()))

    def formula_of(text: str) -> Landscape:
        return from_formula(text, (ends[:2], ends[2:]))

    return read.read("landscape.formula", formula_of, default)


def _racers(read: Reader, default: tuple[Racer, ...], size: Callable[[str], Any]) -> tuple[Racer, ...]:
    def methods_of(text: str) -> list[str]:
        methods = text.split(",")
        if not 1 <= len(methods) <= MAX_RACERS:
            raise ValueError(f"`racers` must name 1 to {MAX_RACERS} methods. Received: {len(methods)}.")
        return [parse.choice("racers", METHODS)(method) for method in methods]

    methods = read.read("racers", methods_of, [runner.method for runner in default])
    return tuple(_racer(read, f"racer{number}", method, size) for number, method in enumerate(methods, 1))


def _racer(read: Reader, prefix: str, method: str, size: Callable[[str], Any]) -> Racer:
    default = racer(method)
    return Racer(
        method,
        read.read(f"{prefix}.name", parse.name_of, default.name),
        read_fields(read, prefix, default.optimizer),
        read.read(f"{prefix}.overrides", parse.overrides, default.overrides),
        _record(read, f"{prefix}.decay_schedule", default.decay_schedule, SCHEDULES),
        read.read(f"{prefix}.batch_size", size, default.batch_size),
    )


def _record(read: Reader, name: str, default: Any, registry: Mapping[str, type]) -> Any:
    slug = read.read(name, parse.choice(name, registry), slug_of(default, dict(registry)))
    return read_fields(read, name, registry[slug]())


def read_fields(read: Reader, prefix: str, record: Any) -> Any:
    """A copy of the record with the fields that the query has under `prefix.name`."""
    for name, options in choice_fields(record).items():
        record = read.read(f"{prefix}.{name}", _replacing(record, name, parse.choice(name, options.options)), record)
    for name, slid in number_fields(record).items():
        read_one: Callable[[str], Any] = parse.number_parser(name, *slid.reach)
        if isinstance(getattr(record, name), tuple):
            read_one = parse.numbers_parser(name, *slid.reach, len(getattr(record, name)))
        record = read.read(f"{prefix}.{name}", _replacing(record, name, read_one), record)
    for name in switch_fields(record):
        read_one = parse.lookup(name, {"yes": True, "no": False})
        record = read.read(f"{prefix}.{name}", _replacing(record, name, read_one), record)
    return record


def _replacing(record: Any, name: str, read_one: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: record.replace(**{name: read_one(text)})
