"""Bundles the modules in `static/` into one JavaScript file, so that a browser fetches them in one request.

Each module becomes a function that returns the module's exports. It stands behind those of the modules it imports.
"""

import json
import os.path
import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"

IMPORT = re.compile(
    r"^import (?P<names>\{[^}]*\}|\w+) from '(?P<path>\.[^']+)'(?: with \{ type: 'text' \})?;$", re.MULTILINE
)
LATE_IMPORT = re.compile(r"\bawait import\('(?P<path>\.[^']+)'\)")
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) \[?(?P<names>\w+(?:, \w+)*))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b", re.MULTILINE)
"""Lines that cannot stand in a function, so a bundle cannot hold them."""


def bundle(entry: str, static: Path = STATIC) -> str:
    """The source of a module with everything that it imports, as one module with the exports of the entry.

    Args:
        entry: the path of the module in `static`.
        static: the folder.

    Raises:
        ValueError: a module imports or exports in a form that is not known here, or modules import in a circle.
    """
    sources = modules(entry, static)
    parts = [_as_function(path, source) for path, source in sources.items()]
    names = ", ".join(EXPORT.findall(sources[entry]))
    return "\n".join([*parts, f"export const {{ {names} }} = {_variable(entry)};", ""])


def modules(entry: str, static: Path = STATIC) -> dict[str, str]:
    """The sources of a module and of everything that it imports, by path. Each comes after those that it imports."""
    sources: dict[str, str] = {}

    def visit(path: str, importers: tuple[str, ...]) -> None:
        if path in importers:
            raise ValueError(f"Modules must not import in a circle. Received: {' → '.join((*importers, path))}.")
        if path not in sources:
            source = (static / path).read_text(encoding="utf-8")
            if path.endswith(".js"):
                for pattern in (IMPORT, LATE_IMPORT):
                    for match in pattern.finditer(source):
                        visit(_resolved(path, match["path"]), (*importers, path))
            sources[path] = source

    visit(entry, ())
    return sources


def _as_function(path: str, source: str) -> str:
    if not path.endswith(".js"):
        return f"const {_variable(path)} = {json.dumps(source)};"
    names = ", ".join(EXPORT.findall(source))
    body = IMPORT.sub(lambda match: _destructured(path, match), source)
    body = LATE_IMPORT.sub(lambda match: _variable(_resolved(path, match["path"])), body)
    body = EXPORT.sub("", body)
    if other := OTHER.search(body):
        raise ValueError(
            f"`{path}` must use `import {{ name }} from './path.js';` and `export` before a function, a constant or "
            f"a class. Received: {other[0]}"
        )
    return f"const {_variable(path)} = (() => {{\n{body}return {{ {names} }};\n}})();"


def _destructured(path: str, match: re.Match[str]) -> str:
    """An import as a constant. No module exports a variable that changes, so a copy is as good as a binding."""
    names = re.sub(r"(\w+) as (\w+)", r"\1: \2", match["names"])
    return f"const {names} = {_variable(_resolved(path, match['path']))};"


def _resolved(importer: str, path: str) -> str:
    """The path in the folder for a relative path in an importing module."""
    return os.path.normpath(os.path.join(os.path.dirname(importer), path)).replace(os.sep, "/")


def _variable(path: str) -> str:
    """The name of a module in the bundle. No other name in the modules begins with a `$`."""
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))
