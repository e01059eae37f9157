"""What files weigh in a mail: more than they have bytes, for they travel in base64."""

from __future__ import annotations

LETTER = 64 * 1024  # kept free for headers and texts


def encoded(size: int) -> int:
    """Bytes of that many in base64, in lines of 76 signs with their ends."""
    signs = 4 * -(-size // 3)
    return signs + 2 * -(-signs // 76)
