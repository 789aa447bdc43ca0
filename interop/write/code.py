"""A program for another library: its source, and whether its path is the one here."""

import dataclasses
import textwrap

from interop.write.layout import WIDTH


@dataclasses.dataclass(frozen=True)
class ProgramSource:
    """A whole program, or none.

    `source` is empty if the library has no such method. `same` is whether its path is the one here, step for step and
    up to rounding. If it is not, `notes` tell why, and so does a comment in the source.
    """

    source: str
    same: bool = True
    notes: tuple[str, ...] = ()


def program(*blocks: str, notes: tuple[str, ...] = ()) -> ProgramSource:
    """The program of several blocks of lines, with the notes in a comment above the last block."""
    *before, last = [block for block in blocks if block]
    return ProgramSource("\n\n".join([*before, f"{comment(' '.join(notes))}{last}"]), not notes, notes)


def comment(text: str) -> str:
    """Sentences as lines of a comment in Python."""
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, WIDTH - 2))


def missing(library: str, title: str) -> ProgramSource:
    """The program for a method that a library does not have: no source, and a note."""
    return ProgramSource("", False, (f"{library} has no {title}.",))
