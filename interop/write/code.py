"""A program to take along: its source, and whether it walks the path that is seen here."""

import dataclasses
import textwrap

from interop.write.layout import WIDTH


@dataclasses.dataclass(frozen=True)
class ProgramSource:
    """A whole program, or none.

    `source` is empty where the library has no such method. `same` is whether its path is the one seen here, step for
    step and to rounding; if it is not, `notes` tell why, and the source says so too.
    """

    source: str
    same: bool = True
    notes: tuple[str, ...] = ()


def program(*blocks: str, notes: tuple[str, ...] = ()) -> ProgramSource:
    """Blocks of lines under one another; the notes stand in a comment above the last one."""
    *before, last = [block for block in blocks if block]
    return ProgramSource("\n\n".join([*before, f"{comment(' '.join(notes))}{last}"]), not notes, notes)


def comment(text: str) -> str:
    """Sentences as comment lines."""
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, WIDTH - 2))


def missing(library: str, title: str) -> ProgramSource:
    """What stands for a program where a library has no such method."""
    return ProgramSource("", False, (f"{library} has no {title}.",))
