"""Errors and notes on a text that can't be read: what, allowed, received, what to try."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interop.read.line import Program

MAX_SHOWN = 40
"""The most characters of a received value that a message shows."""


class ProgramError(ValueError):
    """A text that can't be read. The message says why, and what to try.

    `without` is the program without the parts that have no counterpart here, with notes on what was left out; None if
    there is no such program.
    """

    without: "Program | None" = None


class NoCounterpartError(ProgramError):
    """Something that a library has and this page does not have. The rest of the program can be read without it."""


class Notes(list[str]):
    """The notes beside an optimizer. If `lenient`, parts without a counterpart are left out instead of refused."""

    def __init__(self, lenient: bool = False) -> None:
        super().__init__()
        self.lenient = lenient

    def leave_out(self, what: str, message: str) -> None:
        """Note that something was left out.

        Args:
            what: the thing as it is written, with its value.
            message: why it can't be read: the error if it is refused.

        Raises:
            NoCounterpartError: with the message, unless `lenient`.
        """
        if not self.lenient:
            raise NoCounterpartError(message)
        self.append(f"{what} was left out.")


def excerpt(value: Any) -> str:
    """A value for a message: at most MAX_SHOWN characters, without backticks, so that it can stand between them."""
    text = (value if isinstance(value, str) else repr(value)).replace("`", "'")
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def choices(known: Any) -> str:
    """The names to choose from, as a list in words."""
    return ", ".join(known)
