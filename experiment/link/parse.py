"""Parsers for the values of a link. They explain what is wrong, and evaluate nothing as code."""

from collections.abc import Callable, Mapping
from typing import Any

from experiment.race.settings import MAX_NAME_LENGTH, SHARED
from optimizers import OPTIMIZERS, SCHEDULES
from records import number_fields
from studies.sweeps.fields import BATCH_SIZE

RECORDS: tuple[Any, ...] = (*OPTIMIZERS.values(), *SCHEDULES.values())

FIELDS = sorted({name for cls in RECORDS for name in number_fields(cls)} | {BATCH_SIZE})
"""All fields that can be an axis of some racer's tuning map."""


class Reader:
    """Reads the values of a query one by one. It notes what is wrong and returns the default in its place."""

    def __init__(self, query: Mapping[str, str], problems: list[str], renamed: Mapping[str, str] | None = None) -> None:
        """A reader of one query.

        Args:
            query: parameter name to text.
            problems: a list that receives a sentence for each value that can't be used.
            renamed: the keys of older links, and the key of today for each.
        """
        self.query = dict(query)
        self.problems = problems
        self.asked: set[str] = set()
        for old, new in (renamed or {}).items():
            if old in self.query:
                text = self.query.pop(old)
                if new in self.query:
                    problems.append(f"`{old}` is the old name of `{new}`, which counts.")
                self.query.setdefault(new, text)

    def read(self, key: str, parse: Callable[[str], Any], default: Any) -> Any:
        """The parsed value under `key`; the default if the key is absent or `parse` raises ValueError."""
        self.asked.add(key)
        if key not in self.query:
            return default
        try:
            return parse(self.query[key])
        except ValueError as refused:
            self.problems.append(str(refused))
            return default

    def note_unknown(self) -> None:
        """Note the keys that were never read."""
        unknown = [key for key in self.query if key not in self.asked]
        self.problems += [f"`{key[:40]}` is not known. Received: {key[:40]}={self.query[key][:40]}." for key in unknown]


def number_parser(name: str, low: float, high: float) -> Callable[[str], float]:
    """A parser of a number from `low` to `high`. It raises ValueError, with a sentence, for any other text."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"`{name}` must be a number from {low:g} to {high:g}. Received: {text[:40]}.")
        return value

    return parse


def numbers_parser(name: str, low: float, high: float, count: int) -> Callable[[str], tuple[float, ...]]:
    """A parser of `count` numbers from `low` to `high` with commas between."""

    def parse(text: str) -> tuple[float, ...]:
        parts = text.split(",")
        if len(parts) != count:
            raise ValueError(f"`{name}` must be {count} numbers with commas between. Received: {text[:40]}.")
        return tuple(map(number_parser(name, low, high), parts))

    return parse


def whole(name: str, low: int, high: int) -> Callable[[str], int]:
    """A parser of a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if not low <= value <= high:
            raise ValueError(f"`{name}` must be a whole number from {low} to {high}. Received: {text[:40]}.")
        return value

    return parse


def choice(name: str, choices: Any) -> Callable[[str], str]:
    """A parser of a name that must be one of `choices`."""
    return lookup(name, {choice: choice for choice in choices})


def lookup(name: str, choices: Mapping[str, Any]) -> Callable[[str], Any]:
    """A parser that looks a name up in `choices`."""

    def parse(text: str) -> Any:
        if text not in choices:
            raise ValueError(f"`{name}` must be one of {', '.join(choices)}. Received: {text[:40]}.")
        return choices[text]

    return parse


def batch_size(samples: int) -> Callable[[str], int | None]:
    """A parser of a batch size below `samples`; "all" is None."""
    return lambda text: None if text == "all" else whole("batch_size", 1, samples - 1)(text)


def overrides(text: str) -> tuple[str, ...]:
    """The shared fields in which a racer has values of its own, in the order of SHARED; "nothing" is none."""
    named = [] if text == "nothing" else [choice("overrides", SHARED)(part) for part in text.split(",")]
    return tuple(field for field in SHARED if field in named)


def name_of(text: str) -> str:
    """A racer's name. Raises ValueError if it is empty, too long or not printable."""
    if not 1 <= len(text) <= MAX_NAME_LENGTH or not text.isprintable():
        raise ValueError(f"`name` must be 1 to {MAX_NAME_LENGTH} printable letters. Received: {text[:40]}.")
    return text


def axes(text: str) -> tuple[str, str]:
    """The two fields of a tuning map. Whether the racer has them is checked where the map is computed."""
    names = text.split(",")
    if len(names) != 2 or names[0] == names[1]:
        raise ValueError(f"`axes` must be two different fields with a comma between. Received: {text[:40]}.")
    x, y = (choice("axes", FIELDS)(name) for name in names)
    return x, y


def point(text: str) -> tuple[float, float]:
    """A start, (x, y), with both coordinates within ±10⁶."""
    x, y = numbers_parser("start", -1e6, 1e6, 2)(text)
    return x, y
