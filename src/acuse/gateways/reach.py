"""Where a host is: each address looked at before it is connected to (reliability.md F94).

A name that somebody writes into a form must not lead into this machine or its network, and the
address that was looked at is the one that is called.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

Address = IPv4Address | IPv6Address


class Inside(Exception):
    """All addresses of the host are of this machine or of a private network."""

    def __init__(self) -> None:
        super().__init__("an address of this machine or of a private network")


def addresses(host: str, port: int) -> list[Address]:
    """The host's addresses, each once; raises OSError, UnicodeError or OverflowError."""
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(_plain(str(one[4][0])) for one in told))


def outside(found: list[Address]) -> list[Address]:
    """Those of the addresses that are neither of this machine nor private; raises Inside."""
    allowed = [one for one in found if one.is_global and not one.is_multicast]
    if not allowed:
        raise Inside
    return allowed


def connect(host: str, port: int, seconds: float, *, private: bool) -> socket.socket:
    """A connection to the first address that answers; raises as the two above, and Inside."""
    found = addresses(host, port)
    return first(found if private else outside(found), port, seconds)


def first(found: list[Address], port: int, seconds: float) -> socket.socket:
    """A connection to the first of the addresses that answers; raises OSError."""
    refused: OSError | None = None
    for address in found:
        try:
            made = socket.create_connection((str(address), port), seconds)
        except OSError as error:
            refused = error
            continue
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made
    raise refused or OSError("the host has no address")


def _plain(told: str) -> Address:
    address = ip_address(told.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address
