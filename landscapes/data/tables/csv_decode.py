"""From the bytes of a file to its text: finds the encoding, and refuses what is not text."""

import re

from landscapes.data.tables.csv_error import TableError

MAX_BYTES = 1_000_000
"""The most bytes of a file, or letters of a text."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of spreadsheet files, in Excel's and LibreOffice's new format (a ZIP archive) and Excel's old one."""


def decode(content: bytes | str) -> str:
    """The text of a file, without its byte order mark.

    A byte order mark decides the encoding. Without one it is UTF-8, and if that fails Windows-1252, as Excel saves it
    in western Europe. A wrong guess would change letters in the names of the columns and nothing else.

    Raises:
        TableError: for a file that is too large, or is not text.

    >>> decode("Höhe;m".encode("cp1252"))
    'Höhe;m'
    """
    if not isinstance(content, bytes | str):
        raise TableError(f"A table must be text or the bytes of a file. Received: {type(content).__name__}.")
    if len(content) > MAX_BYTES:
        received = f"{len(content) / 1e6:.1f} MB" if len(content) >= 1.05e6 else f"{len(content):,} bytes"
        raise TableError(f"A file may have 1 MB ({MAX_BYTES:,} bytes). Received: {received}. Try to keep fewer rows.")
    text = content if isinstance(content, str) else _text(content)
    if _CONTROL.search(text):
        raise TableError("This is not text: it has control characters. Try to save it as CSV, encoding UTF-8.")
    return text.removeprefix("\ufeff")


def _text(content: bytes) -> str:
    if content.startswith(_SPREADSHEETS):
        raise TableError("This is a spreadsheet or an archive, not a CSV file. Try to save the sheet as CSV.")
    # UTF-16, as Excel saves "Unicode text"; without its mark it is refused, since every other byte is 0
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        advice = "Try to save it as CSV, encoding UTF-8"
        raise TableError(f"This is not text in UTF-8, UTF-16 or Windows-1252. {advice}.") from None
