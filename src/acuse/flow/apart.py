"""Apart: one of a batch that fails holds up no other (reliability.md R11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

Claimed = TypeVar("Claimed")
log = structlog.get_logger()


def each(
    claimed: Iterable[Claimed],
    work: Callable[[Claimed], object],
    *,
    failed: Callable[[Claimed], object] | None = None,
) -> None:
    """Do the work for each one; a fault of ours in it is logged, and the next one has its turn.

    What it hit is left to `failed`, or to its lease: when that ends the sweep finds it.
    """
    for one in claimed:
        try:
            work(one)
        except Exception:
            log.exception("not worked off", work=work.__name__, id=getattr(one, "id", None))
            if failed is not None:
                failed(one)
