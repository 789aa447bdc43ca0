"""The error for a visitor's file that is not understood: it names the row and says what to change."""


class TableError(ValueError):
    """A file that was not understood; `row` is counted from 1 with the header and blank lines, 0 for the whole file."""

    def __init__(self, problem: str, row: int = 0) -> None:
        super().__init__(f"Row {row}: {problem}" if row else problem)
        self.row = row


def shown(text: str, most: int = 30) -> str:
    """What was received, short and on one line.

    >>> shown("a\\tb")
    '"a b"'
    """
    return f'"{printable(text, most)}{"…" if len(text) > most else ""}"'


def printable(text: str, most: int) -> str:
    """The first letters of a text, with a space for each that can't be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:most])
