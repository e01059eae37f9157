"""A world with its DIAN, seconds after the examples were signed."""

from __future__ import annotations

import pytest

from tests.sandbox.dian.place import Place


@pytest.fixture
def place() -> Place:
    return Place()
