"""A program to take along: its text, and whether it walks the path that is seen here."""

import dataclasses
import textwrap

from ui.snippets.layout import WIDTH


@dataclasses.dataclass(frozen=True)
class Code:
    """A whole program, or none.

    `text` is empty where the library has no such method. `same` is whether its path is the one seen here, to
    rounding; if it is not, `said` tells why, and the text says so too.
    """

    text: str
    same: bool = True
    said: str = ""


def program(*blocks: str, said: str = "") -> Code:
    """Blocks of lines under one another; `said` stands in a comment above the last one."""
    *before, last = [block for block in blocks if block]
    return Code("\n\n".join([*before, f"{comment(said)}{last}"]), not said, said)


def comment(said: str) -> str:
    """A sentence as comment lines."""
    return "".join(f"# {line}\n" for line in textwrap.wrap(said, WIDTH - 2))


def missing(library: str, title: str) -> Code:
    """What is shown where a library has no such method."""
    return Code("", False, f"{library} has no {title}.")
