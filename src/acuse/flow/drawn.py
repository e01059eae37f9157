"""A name that nobody guesses: 128 random bits, shown once, and kept as their hash alone."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

_FORM = re.compile(r"[A-Za-z0-9_-]{22}")


def draw() -> str:
    """A new one."""
    return secrets.token_urlsafe(16)


def digest(plain: str) -> str:
    """The hash of a name that was drawn."""
    return sha256(plain.encode()).hexdigest()


def digest_told(told: str) -> str:
    """The hash of what somebody says is one; of what has not its form, that of nothing."""
    return digest(told if _FORM.fullmatch(told) else "")
