"""What is said of a line that cannot be taken: what, allowed, received, what to try."""

from typing import Any

LONGEST = 40
"""Letters of what was received that are shown."""


class ProgramError(ValueError):
    """A pasted text that is not taken on; the message says why, and what to try."""


def shown(value: Any) -> str:
    """A value as an error repeats it, cut short."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def names(known: Any) -> str:
    """A list of names to choose from."""
    return ", ".join(known)
