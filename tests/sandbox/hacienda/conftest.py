"""A world with its Hacienda, a minute after the examples were issued."""

from __future__ import annotations

import pytest

from tests.sandbox.hacienda.place import Place


@pytest.fixture
def place() -> Place:
    return Place()
