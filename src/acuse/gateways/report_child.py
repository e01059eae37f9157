"""The reading child's own program: takes messages, tells what they are, until its pipe closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from acuse.gateways.confined import serve
from acuse.mail.reports.read import read

MEMORY = 1 << 30


def main() -> None:
    """Serve the parent."""
    serve(MEMORY, _work)


def _work(
    head: Mapping[str, Any], parts: list[bytes]
) -> tuple[Mapping[str, Any], tuple[bytes, ...]]:
    (raw,) = parts
    return {"report": asdict(read(raw, to=tuple(head["to"])))}, ()


if __name__ == "__main__":
    main()
