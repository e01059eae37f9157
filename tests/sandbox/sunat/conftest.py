"""A world with its SUNAT, at a moment when the examples are one day old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from acuse_sandbox.sunat import Sunat
from acuse_sandbox.world import World

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """The pretended SUNAT and the world it belongs to."""

    world: World
    sunat: Sunat

    def outcomes(self) -> list[tuple[str, str]]:
        """Purpose and outcome of everything received so far."""
        return [(entry.purpose, entry.outcome) for entry in self.world.ledger.read()]


@pytest.fixture
def place() -> Place:
    world = World(now=lambda: NOW)
    return Place(world, Sunat(world))
