"""Length-prefixed messages between our own processes: a JSON head and raw bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any

SIZES = struct.Struct("!II")
LARGEST = 64 * 1024 * 1024


class Broken(Exception):
    """The other side ended or does not speak this language."""


def pack(head: Mapping[str, Any], *parts: bytes) -> bytes:
    """One message; the head tells the sizes of the parts."""
    encoded = json.dumps({**head, "parts": [len(part) for part in parts]}).encode()
    body = b"".join(parts)
    return SIZES.pack(len(encoded), len(body)) + encoded + body


def read(receive: Callable[[int], bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message, None at a clean end; `receive` gives at most so many bytes."""
    start = _exactly(receive, SIZES.size, may_end=True)
    if start is None:
        return None
    head_size, body_size = SIZES.unpack(start)
    if head_size + body_size > LARGEST:
        raise Broken("a message too large")
    encoded = _exactly(receive, head_size) or b""
    body = _exactly(receive, body_size) or b""
    try:
        head = json.loads(encoded)
        sizes = [int(size) for size in head.pop("parts")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Broken("a head that is none") from error
    if sum(sizes) != body_size or min(sizes, default=0) < 0:
        raise Broken("a body that is not of its parts")
    parts, offset = [], 0
    for size in sizes:
        parts.append(body[offset : offset + size])
        offset += size
    return head, parts


def _exactly(receive: Callable[[int], bytes], size: int, *, may_end: bool = False) -> bytes | None:
    pieces, missing = [], size
    while missing:
        piece = receive(min(missing, 1 << 20))
        if not piece:
            if may_end and missing == size:
                return None
            raise Broken("the other side ended in mid-message")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
