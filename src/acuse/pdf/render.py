"""A face as PDF/A-3b with its XML attached, by one reused typst compiler for each process.

The compiler's root holds our templates only; what a user wrote goes in as JSON strings, which
typst takes as text and never as code (reliability.md E17).
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from acuse.domain.face import Face
from acuse.pdf.qr import svg

TEMPLATE = "document.typ"
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class CannotRender(Exception):
    """The compiler refused; the message is its diagnosis."""


@cache
def _compiler() -> typst.Compiler:
    here = Path(str(resources.files(__package__)))
    templates, fonts = here / "templates", here / "fonts"
    return typst.Compiler(
        input=templates / TEMPLATE,
        root=templates,
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
    )


def render(face: Face, logo: bytes | None) -> bytes:
    """The PDF; raises CannotRender. `logo` is a PNG or JPEG, anything else is left out."""
    try:
        made = _compiler().compile(
            format="pdf",
            sys_inputs=_inputs(face, logo),
            pdf_standards="a-3b",
            timestamp=face.moment,
            pdf_tags=False,
        )
    except typst.TypstError as error:
        raise CannotRender(error.message) from error
    if not isinstance(made, bytes):
        raise CannotRender("the compiler made no single PDF")
    return made


def _inputs(face: Face, logo: bytes | None) -> dict[str, str]:
    data = {
        "title": face.title,
        "number": face.number,
        "issuer_name": face.issuer_name,
        "issuer": [[one.label, one.value] for one in face.issuer],
        "issuer_id": face.issuer_id,
        "counterparty": [[one.label, one.value] for one in face.counterparty],
        "facts": [[one.label, one.value] for one in face.facts],
        "columns": [[c.heading, c.share, c.figures] for c in face.columns],
        "lines": [line.cells for line in face.lines],
        "totals": [[one.label, one.value] for one in face.totals],
        "words": face.words,
        "notes": face.notes,
        "legal": face.legal,
        "fiscal_id_label": face.fiscal_id_label,
        "fiscal_id": face.fiscal_id,
        "watermark": face.watermark,
        "xml_name": face.xml_name,
        "language": face.language,
    }
    inputs = {
        "face": json.dumps(data, ensure_ascii=False),
        "xml": face.xml.decode("utf-8"),
        "qr": svg(face.qr) if face.qr else "",
    }
    if logo and logo.startswith((PNG, JPEG)):
        inputs["logo"] = json.dumps(list(logo))
    return inputs
