"""Goldens: files that say what comes out; `pytest --golden=write` writes them, a diff judges."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from acuse.domain.face import Face


def check(request: pytest.FixtureRequest, path: Path, content: bytes) -> None:
    """Assert that the golden holds those bytes, or write it."""
    if request.config.getoption("--golden") == "write":
        path.write_bytes(content)
    assert path.is_file(), f"no golden {path.name} of {path.parent.name}: pytest --golden=write"
    assert path.read_bytes() == content, f"{path.name} of {path.parent.name} differs"


def as_json(told: object) -> bytes:
    """A value as a file to be read."""
    return (json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def shown(face: Face) -> bytes:
    """The face as a file to be read; the embedded XML is a golden of its own."""
    told: dict[str, Any] = asdict(face)
    del told["xml"]
    if not told["sections"]:
        del told["sections"]  # most kinds have none
    return as_json(told)
