"""Interleaved measuring: baseline and candidate take turns, the order rotates, medians count."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

ROUNDS = 7
SECONDS = 0.25


def per_second(
    work: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS
) -> dict[str, float]:
    """How often each piece of work is done a second: the median of its slices."""
    names = list(work)
    for run in work.values():
        run()
    rates: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            rates[name].append(_slice(work[name]))
    return {name: statistics.median(found) for name, found in rates.items()}


def _slice(run: Callable[[], object]) -> float:
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS:
        run()
        done += 1
    return done / spent
