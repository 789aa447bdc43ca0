"""What is said of a line that cannot be read: what, allowed, received, what to try."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interop.read.line import Program

MAX_SHOWN = 40
"""Characters of what was received that are shown."""


class ProgramError(ValueError):
    """A text that is not read; the message says why, and what to try.

    `without` is the program that is left without what has no counterpart here, its notes saying what was left out;
    None if there is none.
    """

    without: "Program | None" = None


class NoCounterpartError(ProgramError):
    """Something that a library has and this page has not; the rest of the program can be read without it."""


class Notes(list[str]):
    """What is said beside an optimizer; with `lenient`, what has no counterpart is left out instead of refused."""

    def __init__(self, lenient: bool = False) -> None:
        super().__init__()
        self.lenient = lenient

    def leave_out(self, what: str, message: str) -> None:
        """Note that something was left out.

        Args:
            what: the thing as it is written, with its value.
            message: why it cannot be read, for whoever does not want it left out.

        Raises:
            NoCounterpartError: with the message, unless `lenient`.
        """
        if not self.lenient:
            raise NoCounterpartError(message)
        self.append(f"{what} was left out.")


def excerpt(value: Any) -> str:
    """A value as an error repeats it, cut short; it may stand between backticks."""
    text = (value if isinstance(value, str) else repr(value)).replace("`", "'")
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def choices(known: Any) -> str:
    """A list of names to choose from."""
    return ", ".join(known)
