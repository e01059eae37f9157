"""Whether an answer is as the OpenAPI page says."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter


def shaped(shape: Any, told: Any) -> None:
    """Assert that the answer has every field of the shape, and none that it does not tell."""
    plain = json.loads(json.dumps(told, default=float))
    read = TypeAdapter(shape).validate_python(plain)
    again = TypeAdapter(shape).dump_python(read, exclude_unset=True)
    assert json.dumps(again, sort_keys=True, indent=1) == json.dumps(
        plain, sort_keys=True, indent=1
    )
