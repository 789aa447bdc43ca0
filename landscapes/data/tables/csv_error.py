"""The error for a visitor's file that is not understood: it names the row and says what to change."""


class TableError(ValueError):
    """A file that was not understood. `row` counts from 1, header and blank lines included; 0 is the whole file."""

    def __init__(self, problem: str, row: int = 0) -> None:
        super().__init__(f"Row {row}: {problem}" if row else problem)
        self.row = row


class AmbiguousNumbers(TableError):  # noqa: N818  # it says what the numbers are
    """A file whose points or commas may separate thousands or be decimal: three digits follow each of them.

    `cell` is one of its numbers, as written. `readings` maps each decimal mark to the value that it would give:
    {".": 250000.0, ",": 250.0} for 250,000. Pass the right mark to `read_table` as `decimal`.
    """

    def __init__(self, cell: str, readings: dict[str, float], row: int = 0) -> None:
        marks = " or ".join(f'"{mark}" for {readings[mark]:.12g}' for mark in readings)
        super().__init__(
            f"Thousands or decimals? Received: {excerpt(cell)}. Try to say the decimal mark: {marks}.", row
        )
        self.cell, self.readings = cell, readings


def excerpt(text: str, most: int = 30) -> str:
    """A text in quotes for an error: on one line, at most `most` letters, then an ellipsis.

    >>> excerpt("a\\tb")
    '"a b"'
    """
    return f'"{printable(text, most)}{"…" if len(text) > most else ""}"'


def printable(text: str, most: int) -> str:
    """The first `most` letters of a text, with a space in place of each that can't be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:most])
