"""The PDF child's own program: reads faces, writes PDFs, until its parent closes the pipe."""

from __future__ import annotations

import resource
import sys

from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.gateways import wire
from acuse.pdf.render import CannotRender, render

MEMORY = 2 << 30


def main() -> None:
    """Serve the parent."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while (message := wire.read(sys.stdin.buffer.read)) is not None:
        head, (xml, logo) = message
        try:
            reply = wire.pack({}, render(_face(head["face"], xml), logo or None))
        except CannotRender as error:
            reply = wire.pack({"problem": str(error)[:500]})
        sys.stdout.buffer.write(reply)
        sys.stdout.buffer.flush()


def _face(raw: dict[str, object], xml: bytes) -> Face:
    fields = dict(raw)
    for name in ("issuer", "counterparty", "facts", "totals"):
        fields[name] = tuple(Field(**field) for field in fields[name])  # type: ignore[attr-defined]
    fields["columns"] = tuple(Column(**one) for one in fields["columns"])  # type: ignore[attr-defined]
    fields["lines"] = tuple(FaceLine(tuple(one["cells"])) for one in fields["lines"])  # type: ignore[attr-defined]
    for name in ("notes", "legal"):
        fields[name] = tuple(fields[name])  # type: ignore[arg-type]
    fields["xml"] = xml
    return Face(**fields)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
