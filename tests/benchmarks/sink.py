"""A mail server that takes everything and keeps nothing, in a process of its own: the floor of sending."""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Thread


@contextmanager
def sink() -> Iterator[int]:
    """The port that a sink listens on until the block ends."""
    mine, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield int(mine.recv())
    finally:
        process.terminate()
        process.join()


def serve(ready: Connection) -> None:
    """Answer every client, each by itself, for good."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ready.send(server.getsockname()[1])
        while True:
            client, _address = server.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=attend, args=(client,), daemon=True).start()


def attend(client: socket.socket) -> None:
    with client:
        converse(client)


def converse(client: socket.socket) -> None:
    """One session; ends with QUIT or when the client goes."""
    client.sendall(b"220 sink ESMTP\r\n")
    held = b""
    while True:
        while b"\r\n" not in held:
            more = client.recv(65536)
            if not more:
                return
            held += more
        line, _, held = held.partition(b"\r\n")
        word = line[:4].upper()
        if word == b"DATA":
            client.sendall(b"354 go on\r\n")
            held = swallow(client, held)
            client.sendall(b"250 taken\r\n")
        elif word == b"QUIT":
            client.sendall(b"221 bye\r\n")
            return
        else:
            client.sendall(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if word == b"EHLO" else b"250 fine\r\n")


def swallow(client: socket.socket, held: bytes) -> bytes:
    """Read a message to its end; returns what came after it."""
    end = b"\r\n.\r\n"
    tail = held
    while end not in tail:
        more = client.recv(262144)
        if not more:
            return b""
        # Only the last bytes can begin the end; the rest is thrown away.
        tail = tail[-len(end) :] + more
    return tail.partition(end)[2]
