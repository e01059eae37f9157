"""Who calls, as limits count it: the network that one customer has whole."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network

# As proxies write it: bare, with the port behind it, IPv6 in brackets, quoted (RFC 7239 6).
_WRITTEN = re.compile(
    r'"?(?:\[(?P<bracketed>[^\[\]]+)\](?::\d+)?|(?P<v4>[\d.]+):\d+|(?P<bare>[^\[\]"]+))"?', re.ASCII
)
LONGEST = 100


def network(told: str) -> str:
    """The address of IPv4, the /64 of IPv6; "" for what is no address, as of a Unix socket.

    An IPv4 address in the clothes of IPv6 (RFC 4291 2.5.5.2), as sockets for both tell it, is
    itself.
    """
    written = _WRITTEN.fullmatch(told.strip()[:LONGEST])
    if written is None:
        return ""
    try:
        found = ip_address(next(filter(None, written.groups())).partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    prefix = 64 if isinstance(found, IPv6Address) else 32
    return str(ip_network((found, prefix), strict=False))
