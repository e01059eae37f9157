"""The PDF child's own program: reads faces, writes PDFs, until its parent closes the pipe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from acuse.domain.constancia import Constancia, Line, Mail, Try
from acuse.domain.face import Column, Face, FaceLine, Field, Section
from acuse.gateways.confined import serve
from acuse.pdf import constancia
from acuse.pdf.render import CannotRender, render

MEMORY = 2 << 30


def main() -> None:
    """Serve the parent."""
    serve(MEMORY, _work)


def _work(
    head: Mapping[str, Any], parts: list[bytes]
) -> tuple[Mapping[str, Any], tuple[bytes, ...]]:
    try:
        return {}, (drawn(head, parts),)
    except CannotRender as error:
        return {"problem": str(error)[:500]}, ()


def drawn(head: Mapping[str, Any], parts: list[bytes]) -> bytes:
    """The PDF that is asked for; raises CannotRender."""
    if "constancia" in head:
        return constancia.render(constancia_of(head["constancia"], parts[0]))
    xml, logo = parts
    return render(face_of(head["face"], xml), logo or None)


def constancia_of(raw: Mapping[str, Any], signed: bytes) -> Constancia:
    """The constancia as its parent meant it."""
    fields = dict(raw)
    for name in ("document", "verdict", "files", "made"):
        fields[name] = _labelled(fields[name])
    fields["mails"] = tuple(
        Mail(
            one["address"],
            one["state"],
            _labelled(one["facts"]),
            tuple(Try(**tried) for tried in one["tries"]),
        )
        for one in fields["mails"]
    )
    fields["lines"] = tuple(Line(**one) for one in fields["lines"])
    fields["legal"] = tuple(fields["legal"])
    return Constancia(**fields | {"signed": signed})


def face_of(raw: Mapping[str, Any], xml: bytes) -> Face:
    """The face as its parent meant it: the inverse of `asdict`, through JSON."""
    fields = dict(raw)
    for name in ("issuer", "counterparty", "facts", "totals"):
        fields[name] = _labelled(fields[name])
    fields["sections"] = tuple(
        Section(one["title"], _labelled(one["fields"])) for one in fields["sections"]
    )
    fields["columns"] = tuple(Column(**one) for one in fields["columns"])
    fields["lines"] = tuple(FaceLine(tuple(one["cells"])) for one in fields["lines"])
    for name in ("notes", "legal"):
        fields[name] = tuple(fields[name])
    return Face(**fields | {"xml": xml})


def _labelled(raw: Iterable[Mapping[str, str]]) -> tuple[Field, ...]:
    return tuple(Field(**one) for one in raw)


if __name__ == "__main__":
    main()
