"""Writes the types for JavaScript from `messages.py`: `python -m player.wire.typedefs`."""

import ast
import inspect
import itertools
import types
from collections.abc import Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from player.bundle import STATIC
from player.wire import messages

FILE = STATIC / "wire/messages.js"
HEAD = "/** What the server sends, made of `player/wire/messages.py` by `python -m player.wire.typedefs`. */\n"
CLASSES = {node.name: node for node in ast.parse(inspect.getsource(messages)).body if isinstance(node, ast.ClassDef)}
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def typedefs() -> str:
    """The whole file: a typedef for each TypedDict, after those of its parts."""
    return "\n".join([HEAD, *(f"{_typedef(message)}\n" for message in _with_parts(messages.MESSAGES)), "export {};\n"])


def javascript(hint: Any) -> str:
    """A type of Python as JSDoc writes it.

    >>> javascript(tuple[float, str | None]), javascript(Sequence[int]), javascript(Literal["a", "b"])
    ('[number, string | null]', 'number[]', "'a' | 'b'")
    """
    if hint in PLAIN:
        return PLAIN[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f"'{part}'" for part in parts)
    if origin in (Union, types.UnionType):
        return " | ".join(map(javascript, parts))
    if origin is tuple:
        return f"[{', '.join(map(javascript, parts))}]"
    if origin is dict:
        return f"Record<{javascript(parts[0])}, {javascript(parts[1])}>"
    if origin is Sequence:
        entry = javascript(parts[0])
        return f"({entry})[]" if "|" in entry and not entry.startswith("[") else f"{entry}[]"
    raise TypeError(f"A message holds plain data and TypedDicts. Received: {hint}.")


def _with_parts(roots: Sequence[type]) -> list[type]:
    """The TypedDicts and all their parts, each after its parts."""
    ordered: list[type] = []

    def visit(hint: Any) -> None:
        if is_typeddict(hint):
            for part in get_type_hints(hint).values():
                visit(part)
            if hint not in ordered:
                ordered.append(hint)
        else:
            for part in get_args(hint):
                visit(part)

    for root in roots:
        visit(root)
    return ordered


def _typedef(message: type) -> str:
    texts = _texts(message.__name__)
    required: frozenset[str] = message.__required_keys__  # type: ignore[attr-defined]
    lines = [f"@typedef {{object}} {message.__name__} {inspect.getdoc(message)}"]
    for name, hint in get_type_hints(message).items():
        key = name if name in required else f"[{name}]"
        lines.append(f"@property {{{javascript(hint)}}} {key} {texts.get(name, '')}".rstrip())
    return "\n".join(["/**", *(f" * {line}" for line in lines), " */"])


def _texts(name: str) -> dict[str, str]:
    """The text under each field of a TypedDict and of its bases, by the field's name."""
    texts: dict[str, str] = {}
    for base in CLASSES[name].bases:
        if isinstance(base, ast.Name) and base.id in CLASSES:
            texts |= _texts(base.id)
    for field, below in itertools.pairwise(CLASSES[name].body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            assert isinstance(below.value, ast.Constant)
            texts[field.target.id] = str(below.value.value)
    return texts


def main() -> None:
    """Write the file."""
    FILE.write_text(typedefs(), encoding="utf-8")


if __name__ == "__main__":
    main()
