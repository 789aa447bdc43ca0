"""A socket that was opened before sends at once, and so does what it accepts afterwards."""

import os
import socket

import pytest

from player.no_delay import DESCRIPTORS, send_at_once

pytestmark = pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="Windows has no /dev/fd")


def sends_at_once(one: socket.socket) -> bool:
    return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_it_holds_for_what_is_open_and_what_comes():
    with socket.socket() as listening:
        listening.bind(("localhost", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()) as early, listening.accept()[0] as first:
            assert not any(map(sends_at_once, (listening, early, first)))
            assert send_at_once() >= 3
            assert all(map(sends_at_once, (listening, early, first)))
            with socket.create_connection(listening.getsockname()), listening.accept()[0] as second:
                assert sends_at_once(second)
            first.sendall(b"still open")
            assert early.recv(10) == b"still open"


def test_what_is_no_tcp_socket_is_left_alone():
    before = send_at_once()
    reader, writer = os.pipe()
    with socket.socket(type=socket.SOCK_DGRAM), socket.socket() as one:
        assert send_at_once() == before + 1
        assert sends_at_once(one)
    os.write(writer, b"x")
    assert os.read(reader, 1) == b"x"
    os.close(reader)
    os.close(writer)
