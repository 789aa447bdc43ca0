"""A settings file that was edited by hand: the value that was changed counts, and the page says so."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from experiment.link.link import from_query
from experiment.race.settings import SHARED
from optimizers import SCHEDULES

PLAIN = ("page", "steps", "seed", "noise", "playhead", "start")
DERIVED = ("title", "samples", "class")
"""Values in a file that follow from others, and cannot be set."""

RATES = ("initial_learning_rate", "learning_rate")
"""The fields of a schedule that hold its first rate. A link holds that rate elsewhere."""

Query = dict[str, str]
Part = tuple[str, Any]


class Edits:
    """Reads a file's values and compares them with those of its link. Where they differ, the file's value counts.

    Afterwards `query` is the link with the file's values, `notes` has one sentence for each value that differs, and
    `refused` the keys of values that can't be used.

    Args:
        query: the file's link.
        linked: the contents of a file with that link, as `described` returns them.
    """

    def __init__(self, query: Query, linked: Mapping[str, Any]) -> None:
        self.query, self.linked = dict(query), linked
        self.notes: list[str] = []
        self.refused: set[str] = set()

    def read(self, parts: Mapping[str, Any]) -> None:
        """Read all values of a file."""
        for name in PLAIN:
            self.take(name, name, parts.get(name, self.linked[name]), self.linked[name])
        for name, value, before in self.pairs("shared", parts.get("shared"), self.linked["shared"]):
            self.shared(name, value, before)
        self.landscape(parts.get("landscape", self.linked["landscape"]))
        self.racers(parts.get("racers", self.linked["racers"]))
        for name in [name for name in parts if name not in self.linked]:
            self.notes.append(f"`{_excerpt(name)}` is not known and was not read.")

    def take(self, path: str, key: str, value: Any, before: Any, beside: Query | None = None) -> bool:
        """Put one value into the query if it differs and can be used. Returns whether it did.

        Args:
            path: the value's place in the file, for notes.
            key: its key in a link.
            value: the value in the file.
            before: the value by the link.
            beside: further keys that a link needs for the value to be read at all.
        """
        if _same(value, before):
            return False
        can_be_left_out = value is None and key in ("playhead", "start")
        others = {name: text for name, text in (beside or {}).items() if name != key}
        known = self.query | others
        # a value is tried by reading the link with it: the link's parser knows what is allowed
        problems = [] if can_be_left_out else _problems(known, known | {key: _text(value)})
        if problems:
            # the sentence about the link's value, with the place and the value in the file
            allowed = re.sub(r"^`[^`]*`", f"`{path}`", problems[0].partition(" Received: ")[0])
            counts = "" if before is None else f": {_excerpt(before)}"
            self.notes.append(f"{allowed} Received: {_excerpt(value)}. Try a value like that; its link counts{counts}.")
            self.refused.add(key)
            return False
        self.notes.append(
            f"`{path}` is {_excerpt(value)} in the file and {_excerpt(before)} in its link: the file's counts."
        )
        if can_be_left_out:
            self.query.pop(key, None)
        else:
            self.query[key] = _text(value)
        return True

    def pairs(self, path: str, values: Any, before: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
        """Each known value of a group: its name, the file's value and the link's. Notes what is not known."""
        if values is None:
            return
        if not isinstance(values, dict):
            self.notes.append(f"`{path}` must be values by name. Received: {_excerpt(values)}. Its link counts.")
            return
        for name, value in values.items():
            if name in before:
                yield name, value, before[name]
            else:
                self.notes.append(f"`{_excerpt(f'{path}.{name}')}` is not known and was not read.")

    def derived(self, path: str, value: Any, before: Any) -> None:
        """Note a changed value that follows from others and cannot be set."""
        if not _same(value, before):
            self.notes.append(f"`{path}` follows from the other values and was not read. Received: {_excerpt(value)}.")

    def shared(self, name: str, value: Any, before: Any) -> None:
        """Read one of the values that the racers share."""
        if name != "decay_schedule":
            self.take(f"shared.{name}", name, value, before)
        else:
            self.schedule("shared.decay_schedule", "decay_schedule", value, before, "learning_rate")

    def schedule(
        self, path: str, key: str, value: Any, before: Any, rate: str, beside: Query | None = None
    ) -> list[str]:
        """Read a schedule: its class and its fields. Its first rate has a key of its own, `rate`.

        Returns:
            Which of "decay_schedule" and "learning_rate" changed.
        """
        if _same(value, before):
            return []
        if isinstance(before, (int, float)) and not isinstance(before, bool):
            before = {"class": "Constant", "learning_rate": before}
        if not isinstance(value, dict) or not isinstance(before, dict):
            return ["decay_schedule"] if self.take(path, key, _slug(value), _slug(before), beside) else []
        changed = []
        # its fields must fit together, as boundaries and values do, so each is tried with all others beside it
        fields = {name: entry for name, entry in value.items() if name not in (*RATES, "class")}
        beside = (beside or {}) | {key: _text(_slug(value))} | {f"{key}.{name}": _text(fields[name]) for name in fields}
        slug, known = _slug(value), before if value.get("class") == before.get("class") else {}
        if not known:
            whole = self.query
            self.query = {name: text for name, text in whole.items() if not name.startswith(f"{key}.")}
            self.take(f"{path}.class", key, slug, _slug(before), beside)
            if key in self.refused:
                self.query = whole
                return []
            changed.append("decay_schedule")
        begins_with = [before[name] for name in RATES if name in before]
        if not known and not {*value} & {*RATES} and begins_with:
            self.query[rate] = _text(begins_with[0])  # a schedule without a first rate begins where the other one did
            changed.append("learning_rate")
        for name, entry in value.items():
            if name == "class":
                continue
            first = name in RATES
            if self.take(f"{path}.{name}", rate if first else f"{key}.{name}", entry, known.get(name), beside):
                changed.append("learning_rate" if first else "decay_schedule")
        return changed

    def landscape(self, values: Any) -> None:
        """Read the landscape: its name, its fields, and for a typed formula the formula and the domain."""
        linked = self.linked["landscape"]
        if isinstance(values, dict) and not _same(values.get("name", linked["name"]), linked["name"]):
            whole = self.query
            self.query = {key: text for key, text in whole.items() if not key.startswith("landscape.")}
            if "formula" in values:
                self.query["landscape.formula"] = _text(values["formula"])
            self.take("landscape.name", "landscape", values["name"], linked["name"])
            if "landscape" in self.refused:
                self.query = whole
                return
            self.notes.append("The fields of the landscape in the link were not used with another one.")
            return
        for name, value, before in self.pairs("landscape", values, linked):
            if name == "fields":
                for field, entry, old in self.pairs("landscape.fields", value, before):
                    self.take(f"landscape.fields.{field}", f"landscape.{field}", entry, old)
            elif name == "formula" or (name == "domain" and "formula" in linked):
                flat = _flat(value) if name == "domain" else value
                self.take(f"landscape.{name}", f"landscape.{name}", flat, _flat(before) if name == "domain" else before)
            else:
                self.derived(f"landscape.{name}", value, before)

    def racers(self, values: Any) -> None:
        """Read the racers. Those of the link are recognized by method and name, in whatever order they are."""
        linked = self.linked["racers"]
        if _same(values, linked):
            return
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.notes.append(f"`racers` must be a list of racers. Received: {_excerpt(values)}. Its link counts.")
            return
        whole = dict(self.query)
        # the link numbers racers by place: take their keys out, and put them back under the new numbers
        own: dict[str, Query] = {}
        for key in [key for key in self.query if re.match(r"racer[0-9]+\.", key)]:
            runner, _, field = key.partition(".")
            own.setdefault(runner, {})[field] = self.query.pop(key)
        methods = [str(value.get("method", "")) for value in values]
        self.take("racers", "racers", methods, [racer["method"] for racer in linked])
        if "racers" in self.refused:
            self.query = whole
            return
        # racers of the link that are not matched yet
        left = list(range(len(linked)))
        for number, value in enumerate(values, 1):
            before = _match(value, number - 1, linked, left)
            if before is None:
                self.racer(number, value, {"overrides": []})
                continue
            left.remove(before)
            self.query |= {f"racer{number}.{field}": text for field, text in own.get(f"racer{before + 1}", {}).items()}
            self.racer(number, value, linked[before])

    def racer(self, number: int, value: Mapping[str, Any], linked: Mapping[str, Any]) -> None:
        """Read one racer. A shared value that is changed here becomes the racer's own."""
        prefix, path = f"racer{number}", f"racers[{number - 1}]"
        overrides: list[str] = []
        if "name" in value:
            self.take(f"{path}.name", f"{prefix}.name", value["name"], linked.get("name"))
        if "batch_size" in value and self.take(
            f"{path}.batch_size", f"{prefix}.batch_size", value["batch_size"], linked.get("batch_size")
        ):
            overrides.append("batch_size")
        if "samples" in value:
            self.derived(f"{path}.samples", value["samples"], linked.get("samples", value["samples"]))
        default = {"optimizer": value.get("optimizer")} if "optimizer" not in linked else linked
        optimizer = default["optimizer"] if isinstance(default["optimizer"], dict) else {}
        for name, entry, before in self.pairs(f"{path}.optimizer", value.get("optimizer"), optimizer):
            overrides += self.field(
                f"{path}.optimizer.{name}", prefix, name, entry, before if "optimizer" in linked else None
            )
        given = value.get("overrides", linked["overrides"])
        if not _same(given, linked["overrides"]):
            if isinstance(given, list):
                overrides_before = [*linked["overrides"], *overrides]
                self.made_own(prefix, value, [field for field in given if field not in overrides_before])
            self.take(f"{path}.overrides", f"{prefix}.overrides", given or "nothing", linked["overrides"] or "nothing")
        if overrides:
            own = given if isinstance(given, list) else []
            self.query[f"{prefix}.overrides"] = ",".join(field for field in SHARED if field in (*own, *overrides))

    def made_own(self, prefix: str, value: Mapping[str, Any], fields: list[Any]) -> None:
        """Put a racer's own values of `fields` into the query, where the shared values have counted so far.

        A file holds the values that each racer ran with, and it should go on running with them.
        """
        optimizer = value.get("optimizer")
        optimizer = optimizer if isinstance(optimizer, dict) else {}
        rate = optimizer.get("learning_rate")
        values = {"batch_size": value.get("batch_size"), "momentum": optimizer.get("momentum"), "learning_rate": rate}
        if isinstance(rate, dict):
            values["learning_rate"] = next((rate[name] for name in RATES if name in rate), None)
            values |= {f"decay_schedule.{name}": rate[name] for name in rate if name not in (*RATES, "class")}
        values["decay_schedule"] = _slug(rate)
        for key, entry in values.items():
            name, is_given = f"{prefix}.{key}", entry is not None or key == "batch_size"
            if key.partition(".")[0] in fields and name not in self.query and is_given:
                self.query[name] = _text(entry)

    def field(self, path: str, prefix: str, name: str, value: Any, before: Any) -> list[str]:
        """Read a field of an optimizer. Returns the shared fields that thereby become the racer's own."""
        if name == "class":
            self.derived(path, value, value if before is None else before)
            return []
        beside = {f"{prefix}.overrides": ",".join(SHARED)}
        if name == "learning_rate" and (isinstance(value, dict) or isinstance(before, dict)):
            if isinstance(value, dict):
                schedule = f"{prefix}.decay_schedule"
                changed = self.schedule(path, schedule, value, before or {}, f"{prefix}.learning_rate", beside)
                if "decay_schedule" in changed:  # the link may have had it from all racers' schedule: all is written
                    entries = {name: entry for name, entry in value.items() if name not in (*RATES, "class")}
                    texts = {f"{schedule}.{name}": _text(entry) for name, entry in entries.items()}
                    self.query |= {key: text for key, text in texts.items() if key not in self.refused}
                    self.query[schedule] = _text(_slug(value))
                return changed
            beside[f"{prefix}.decay_schedule"] = "constant"
            self.take(path, f"{prefix}.learning_rate", value, before, beside)
            if f"{prefix}.learning_rate" in self.refused:
                return []
            self.query[f"{prefix}.decay_schedule"] = "constant"
            return ["learning_rate", "decay_schedule"]
        is_other = self.take(path, f"{prefix}.{name}", value, before, beside if name in SHARED else None)
        return [name] if is_other and name in SHARED else []


def _problems(known: Query, query: Query) -> list[str]:
    """The problems of a link that the `known` link, from which it differs in one value, does not have."""
    before: list[str] = []
    after: list[str] = []
    from_query(known, before)
    from_query(query, after)
    return [problem for problem in after if problem not in before]


def _match(value: Mapping[str, Any], place: int, linked: list[Any], left: list[int]) -> int | None:
    """The index of the link's racer that corresponds to one in the file, or None.

    It has the same method, and the same name if there is such a one; among equals the one in the same place comes
    first.
    """
    order = [place, *left] if place in left else left
    fits = [number for number in order if linked[number]["method"] == value.get("method")]
    named = [number for number in fits if linked[number]["name"] == value.get("name")]
    return next(iter(named or fits), None)


def _slug(schedule: Any) -> Any:
    """The slug of a schedule, for the class that a file holds."""
    if not isinstance(schedule, dict):
        return "constant" if isinstance(schedule, (int, float)) and not isinstance(schedule, bool) else schedule
    return next(
        (slug for slug, cls in SCHEDULES.items() if cls.__name__ == schedule.get("class")), schedule.get("class")
    )


def _flat(domain: Any) -> Any:
    """The four ends of a domain in one list, as a link holds them; anything else unchanged."""
    if isinstance(domain, list) and all(isinstance(ends, list) for ends in domain):
        return [end for ends in domain for end in ends]
    return domain


def _same(one: Any, other: Any) -> bool:
    """Whether two values of JSON are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def _text(value: Any) -> str:
    """A value as a link writes it. The link's parser explains what is wrong with a value that no link can hold."""
    if isinstance(value, str):
        return value
    if value is None:
        return "all"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list) and not any(isinstance(entry, (list, dict)) for entry in value):
        return ",".join(map(_text, value))
    return json.dumps(value)[:80]


def _excerpt(value: Any) -> str:
    """A value for a sentence: on one line, at most 40 letters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "".join(letter if letter.isprintable() else " " for letter in text.replace("`", "'"))
    return text if len(text) <= 40 else f"{text[:40]}…"
