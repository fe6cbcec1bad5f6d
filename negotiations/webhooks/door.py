"""The way out: a connection that asks where a name leads, checks it, and goes to that very address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from negotiations.rules.networks import Network, is_allowed

Resolve = Callable[[str, int], list[str]]
# Of the addresses a name leads to so many are tried.
TRIED = 3


class AddressNotAllowed(Exception):
    """The name leads to no address that may be connected to."""


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name, in the system's order. Raises OSError, or UnicodeError for what is no name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(where[0]) for _family, _kind, _protocol, _name, where in found))


class Deadline:
    """A time for the whole of something on a socket: when it is over, the connection is shut down under it.

    Timeouts of single reads never end for a peer that sends a byte now and then.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.has_passed = False
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _lines: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for held in self._held:
                held.close()
            self._held.clear()

    @property
    def left(self) -> float:
        """Seconds, at least a little, so that it can be a timeout."""
        return max(self.ends - time.monotonic(), 0.001)

    def watch(self, connected: socket.socket) -> None:
        """Shut this connection down in time; through a handle of its own, which wrapping in TLS does not take."""
        with self._lock:
            self._held.append(connected.dup())
            if self.has_passed:
                self._shut()

    def _pass(self) -> None:
        with self._lock:
            self.has_passed = True
            self._shut()

    def _shut(self) -> None:
        for held in self._held:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


class Door:
    """Opens connections to checked addresses only; the name is not asked for a second time."""

    def __init__(self, resolve: Resolve, allowed: Iterable[Network], deadline: Deadline) -> None:
        self.resolve, self.allowed, self.deadline = resolve, tuple(allowed), deadline

    def open(self, host: str, port: int) -> socket.socket:
        """A connection to one of the addresses of the host. Raises AddressNotAllowed or OSError."""
        addresses = [one for one in self.resolve(host, port) if is_allowed(one, allowed=self.allowed)][:TRIED]
        if not addresses:
            raise AddressNotAllowed
        for more, address in reversed(list(enumerate(reversed(addresses)))):
            try:
                # One that does not answer leaves time for the others.
                connected = socket.create_connection((address, port), timeout=self.deadline.left / (more + 1))
            except OSError:
                if not more:
                    raise
                continue
            break
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.deadline.watch(connected)
        return connected


class PlainConnection(HTTPConnection):
    """HTTP through the door."""

    door: Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, int(self.port or self.default_port))


class SecureConnection(HTTPSConnection):
    """HTTPS through the door: the certificate is checked against the name, whatever address it led to."""

    door: Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, int(self.port or self.default_port))


def connection_to(host: str, port: int | None, *, door: Door, context: Any | None) -> HTTPConnection:
    """A connection that opens when it is used; with a TLS context it is HTTPS."""
    timeout = door.deadline.left
    made: PlainConnection | SecureConnection
    if context is None:
        made = PlainConnection(host, port, timeout=timeout)
    else:
        made = SecureConnection(host, port, timeout=timeout, ssl_context=context)
    made.door = door
    return made
