"""The PDF child's own program: reads faces, writes PDFs, until its parent closes the pipe."""

from __future__ import annotations

import ctypes
import resource
import sys

from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.gateways import wire
from acuse.pdf.render import CannotRender, render

MEMORY = 2 << 30
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # Linux: clone(2)


def main() -> None:
    """Serve the parent."""
    leave_the_network()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (message := wire.read(sys.stdin.buffer.read)) is not None:
        head, (xml, logo) = message
        asked = head["asked"]
        try:
            reply = wire.pack({"asked": asked}, render(_face(head["face"], xml), logo or None))
        except CannotRender as error:
            reply = wire.pack({"asked": asked, "problem": str(error)[:500]})
        sys.stdout.buffer.write(reply)
        sys.stdout.buffer.flush()


def leave_the_network() -> bool:
    """Whether this process now has a network of its own, with nothing in it.

    Not every system lets a process do that; the compiler asks for nothing anyway. To be called
    before there is a second thread.
    """
    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return False
    return any(unshare(wish) == 0 for wish in (NEW_NETWORK, NEW_USER | NEW_NETWORK))


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
