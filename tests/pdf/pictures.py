"""A small PNG, made here."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 40, height: int = 12) -> bytes:
    """A shaded rectangle."""
    row = bytes(part for x in range(width) for part in (x % 256, 93, 102))
    pixels = zlib.compress(b"".join(b"\0" + row for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
