"""The arrays that the browser was sent, found by their form: no name of a component or a field is known here."""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ZLIB = b"\x78\x9c"


class Arrays:
    """Listens to a page, and keeps the newest packet of each place on it."""

    def __init__(self, page: Page) -> None:
        self._newest: dict[tuple[int, ...], list[tuple[Any, bytes]]] = {}
        self.frames = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._receive)

    def _receive(self, payload: str | bytes) -> None:
        self.frames += 1
        raw = payload if isinstance(payload, bytes) else payload.encode()
        message = ForwardMsg.FromString(raw)
        if message.WhichOneof("type") == "delta" and (found := list(packets(raw))):
            self._newest[tuple(message.metadata.delta_path)] = found

    def digests(self) -> list[str]:
        """Length and hash of the arrays of every packet, sorted."""
        tails = [tail for found in self._newest.values() for _, tail in found]
        return sorted(f"{len(tail)} {hashlib.sha256(tail).hexdigest()}" for tail in tails)

    def numbers(self) -> list[str]:
        """Every number of the headers, in full, sorted: their names may change, and more may join them."""
        headers = [header for found in self._newest.values() for header, _ in found]
        return sorted(repr(float(number)) for header in headers for number in numbers_of(header))


def packets(raw: bytes) -> Iterator[tuple[Any, bytes]]:
    """Header and arrays of each packet in a message; those without arrays say only how far something is."""
    at = raw.find(ZLIB)
    while at >= 0:
        try:
            opened = zlib.decompressobj().decompress(raw[at:])
            size = int.from_bytes(opened[:4], "little")
            header, tail = json.loads(opened[4 : 4 + size]), opened[4 + size :]
        except (zlib.error, ValueError):
            header, tail = None, b""
        if tail:
            yield header, tail
        at = raw.find(ZLIB, at + 1)


def numbers_of(value: Any) -> Iterator[float]:
    """The numbers in plain data, wherever they are."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers_of(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def missing(before: list[str], after: list[str]) -> list[str]:
    """What is in the first list more often than in the second."""
    return sorted((Counter(before) - Counter(after)).elements())
