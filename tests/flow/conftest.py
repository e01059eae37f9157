"""The whole journey in one process: real HTTP and SMTP to a sandbox in threads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acuse_sandbox.running import Sandbox
from tests.flow.house import House


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def house(
    running_sandbox: Sandbox,
    signer_socket: object,
    transactional_db: None,
    settings: object,
) -> Iterator[House]:
    """A clean house: no companies, an empty sandbox."""
    made = House(running_sandbox, settings)
    yield made
    made.close()
    assert running_sandbox.errors == []
