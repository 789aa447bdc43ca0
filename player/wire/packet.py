"""The packet in which numbers are sent to the browser: a header in JSON, then arrays, compressed; see `packet.js`."""

import json
import zlib
from collections.abc import Iterable, Mapping

import numpy as np

from player.wire.messages import Waiting


def packet(header: Mapping[str, object], arrays: Iterable[np.ndarray] = ()) -> bytes:
    """The packet: length of the header (4 bytes, little-endian), the header in JSON, the arrays; compressed by zlib.

    Args:
        header: plain data without NaN or infinity. It is filled with blanks to a multiple of 4 bytes.
        arrays: arrays of unsigned bytes or little-endian numbers. Their bytes follow one another.

    >>> len(packet({"stamp": "settings", "working": None})) < 100
    True
    """
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    # the browser lays typed arrays over the bytes, which must begin at multiples of their size
    text += b" " * (-len(text) % 4)
    return zlib.compress(b"".join([len(text).to_bytes(4, "little"), text, *(part.tobytes() for part in arrays)]))


def waiting(stamp: str, share: float | None) -> bytes:
    """A packet that says that the result for the settings of `stamp` is under way.

    `share` is the finished part, 0 to 1; None if nobody works on it.
    """
    header: Waiting = {"stamp": stamp, "working": share}
    return packet(header)
