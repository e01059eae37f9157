"""A sandbox with a toy authority for each test; it must not have failed itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acuse_sandbox.running import Sandbox
from tests.sandbox.clients import Control, Toy


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def sandbox(toy: Toy) -> Iterator[Sandbox]:
    with Sandbox(authorities={"toy": toy}) as running:
        yield running
    assert running.errors == []


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    return Control(sandbox.control_url)
