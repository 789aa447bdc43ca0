"""Holds two records against each other and says what differs."""

import json
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.screens.arrays import missing
from tests.screens.pictures import difference, highlighted
from tests.screens.recording import NUMBERS, PICTURES, TABLES

WHEN = ("before", "after")

MAX_LINES = 12
"""So many differing lines of a text are shown."""


def compare(before: Path, after: Path, differences: Path) -> bool:
    """Print what is equal and what is not; whether all is.

    Args:
        before: a folder that `record` wrote.
        after: another one.
        differences: receives a picture of each difference.
    """
    first, second = (json.loads((folder / NUMBERS).read_text()) for folder in (before, after))
    is_equal = bool(first)
    for name in sorted({*first, *second}):
        pair = first.get(name, {"failure": "no such view"}), second.get(name, {"failure": "no such view"})
        lines = [
            f"not seen {when}: {view['failure']}" for when, view in zip(WHEN, pair, strict=True) if "failure" in view
        ]
        lines = lines or [*_numbers(*pair), *_tables(before, after, *pair)]
        print(f"{name:32} {'different' if lines else 'equal'}")
        for line in lines:
            print(f"    {line}")
        is_equal &= not lines
    files = sorted({file.name for folder in (before, after) for file in (folder / PICTURES).glob("*.png")})
    for name in files:
        is_equal &= _picture(before / PICTURES / name, after / PICTURES / name, differences / name)
    print(f"{len({*first, *second})} views, {len(files)} pictures: {'equal' if is_equal else 'DIFFERENT'}")
    return is_equal


def _numbers(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Texts line by line, and the arrays and numbers that are gone; more of these may have come."""
    for part in ("text", "fields", "labels", "errors"):
        changes = list(unified_diff(before[part], after[part], "before", "after", n=0, lineterm=""))[2:]
        yield from (f"{part} {line}" for line in changes[:MAX_LINES] if not line.startswith("@@"))
        if len(changes) > MAX_LINES:
            yield f"{part}: and more"
    for part in ("arrays", "numbers"):
        gone = missing(before[part], after[part])
        if gone:
            yield f"{part}: {len(gone)} of {len(before[part])} are gone, such as {', '.join(gone[:3])}"


def _tables(before: Path, after: Path, first: dict[str, Any], second: dict[str, Any]) -> Iterator[str]:
    """Downloads byte for byte: that is each number in full."""
    if first["tables"] != second["tables"]:
        yield f"tables: {first['tables']} before, {second['tables']} after"
        return
    for name in first["tables"]:
        one, other = ((folder / TABLES / name).read_text() for folder in (before, after))
        if one != other:
            yield f"{name}: {_first_change(one, other)}"


def _first_change(before: str, after: str) -> str:
    rows, others = before.splitlines(), after.splitlines()
    for number, (row, other) in enumerate(zip(rows, others, strict=False), 1):
        if row != other:
            return f"line {number} was {row!r}, is {other!r}"
    return f"{len(rows)} lines before, {len(others)} after"


def _picture(before: Path, after: Path, changes: Path) -> bool:
    """Print how much of a picture differs, and whether that is as good as nothing."""
    name = before.name
    if not (before.exists() and after.exists()):
        print(f"{name:48} only {'before' if before.exists() else 'after'}")
        return False
    if before.read_bytes() == after.read_bytes():
        print(f"{name:48} equal")
        return True
    one, other = (np.asarray(Image.open(file).convert("RGB")) for file in (before, after))
    found = difference(one, other)
    if found.pixels is None:
        print(f"{name:48} different: {one.shape[1]} × {one.shape[0]} before, {other.shape[1]} × {other.shape[0]} after")
        return False
    word = "equal" if found.is_equal else "different"
    print(f"{name:48} {word}: {100 * found.share:.3f} % of the pixels differ, {100 * found.changed:.3f} % at all")
    if found.pixels.any():
        changes.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(highlighted(other, found.pixels)).save(changes)
    return found.is_equal
