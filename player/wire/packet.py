"""How numbers travel to the browser: a header in JSON and the arrays behind it, deflated; see `packet.js`."""

import json
import zlib
from collections.abc import Iterable, Mapping

import numpy as np

from player.wire.messages import Waiting


def packet(header: Mapping[str, object], arrays: Iterable[np.ndarray] = ()) -> bytes:
    """Header length (4 bytes, little-endian), header (JSON, filled up to a multiple of 4), the arrays; all by zlib.

    Args:
        header: plain data without NaN or infinity.
        arrays: of unsigned bytes or little-endian numbers; their bytes follow one another.

    >>> len(packet({"stamp": "settings", "working": None})) < 100
    True
    """
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    return zlib.compress(b"".join([len(text).to_bytes(4, "little"), text, *(part.tobytes() for part in arrays)]))


def waiting(stamp: str, share: float | None) -> bytes:
    """A header alone: what belongs to the settings of `stamp` is under way, `share` of it done; None: nobody works."""
    header: Waiting = {"stamp": stamp, "working": share}
    return packet(header)
