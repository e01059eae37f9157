"""A goal of performance.md 4: a ratio, and what it must be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One measured goal; `most` tells that the ratio must not exceed the goal."""

    name: str
    ratio: float
    goal: float
    most: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the ratio is what it must be."""
        return self.ratio <= self.goal if self.most else self.ratio >= self.goal
