"""A face as PDF/A-3b with its XML attached, by one reused typst compiler for each process.

The compiler's root holds our templates only; what a user wrote goes in as JSON strings, which
typst takes as text and never as code (reliability.md E17).
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import typst

from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.pdf import fit, glyphs
from acuse.pdf.qr import svg

PROBE = "probe.typ"
LOGOS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
LOGO_BOX = (600, 150)  # drawn into 60 × 15 mm, whatever the picture's own size


@dataclass(frozen=True, slots=True)
class Paper:
    """A template, the width of its table in mm, and the longest word that each place holds."""

    template: str
    width: float
    name: int
    issuer: int
    counterparty: int
    facts: int
    sections: int
    totals: int
    texts: int
    legal: int
    fiscal_id: int


PAPERS = {
    "A4": Paper("document.typ", fit.PAPER, 26, 50, 36, 18, 24, 30, 80, 34, 46),
    "80mm": Paper("ticket.typ", 72.0, 20, 34, 22, 22, 22, 20, 34, 34, 40),
}

Texts = str | float | bool | list["Texts"] | dict[str, "Texts"]


class CannotRender(Exception):
    """The compiler refused; the message is its diagnosis."""


@cache
def _compiler(template: str) -> typst.Compiler:
    here = Path(str(resources.files(__package__)))
    templates, fonts = here / "templates", here / "fonts"
    return typst.Compiler(
        input=templates / template,
        root=templates,
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
    )


def render(face: Face, logo: bytes | None) -> bytes:
    """The PDF; raises CannotRender. `logo` is a PNG or JPEG; what cannot be read is left out."""
    paper = PAPERS[face.paper]
    inputs = {
        "face": json.dumps(drawable(_texts(face, paper)), ensure_ascii=False),
        "xml": _decoded(face.xml),
        "qr": svg(face.qr, error=face.qr_level) if face.qr else "",
        "logo": _usable(logo) if logo else "",
    }
    return compiled(paper.template, inputs, face.moment)


def compiled(template: str, inputs: dict[str, str], moment: int) -> bytes:
    """The PDF of the template with these inputs, dated so; raises CannotRender."""
    try:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards="a-3b",
            timestamp=moment,
            pdf_tags=False,
        )
    except typst.TypstError as error:
        raise CannotRender(error.message) from error
    if not isinstance(made, bytes):
        raise CannotRender("the compiler made no single PDF")
    return made


def _texts(face: Face, paper: Paper) -> dict[str, Texts]:
    widths = [fit.room(column, face.columns, paper.width) for column in face.columns]
    return {
        "title": face.title,
        "number": face.number,
        "issuer_name": fit.broken(face.issuer_name, paper.name),
        "issuer": labelled(face.issuer, paper.issuer),
        "issuer_id": face.issuer_id,
        "counterparty": labelled(face.counterparty, paper.counterparty),
        "facts": labelled(face.facts, paper.facts),
        "sections": [[one.title, labelled(one.fields, paper.sections)] for one in face.sections],
        "columns": [[one.heading, one.share, one.figures] for one in face.columns],
        "lines": [
            [
                list(fit.cell(text, width=width, figures=column.figures))
                for text, column, width in zip(line.cells, face.columns, widths, strict=True)
            ]
            for line in face.lines
        ],
        "low": [_low(line, face.columns, widths) for line in face.lines],
        "totals": labelled(face.totals, paper.totals),
        "words": fit.broken(face.words, paper.texts),
        "notes": [fit.broken(note, paper.texts) for note in face.notes],
        "legal": [fit.broken(line, paper.legal) for line in face.legal],
        "fiscal_id_label": face.fiscal_id_label,
        "fiscal_id": fit.broken(face.fiscal_id, paper.fiscal_id),
        "qr_each_page": face.qr_each_page,
        "watermark": face.watermark,
        "xml_name": face.xml_name,
        "language": face.language,
    }


def _low(line: FaceLine, columns: tuple[Column, ...], widths: list[float]) -> bool:
    """Whether each cell of the row is one line: typst need not measure it, which costs a layout."""
    return all(
        fit.one_line(text, width=width, figures=column.figures)
        for text, column, width in zip(line.cells, columns, widths, strict=True)
    )


def labelled(fields: tuple[Field, ...], most: int) -> list[Texts]:
    """The fields for the template, with places to break in words longer than `most`."""
    return [[one.label, fit.broken(one.value, most)] for one in fields]


def drawable(texts: Texts) -> Texts:
    """The same texts, with a stand-in for what our fonts cannot draw; most have nothing such."""
    doubtful = glyphs.unsure("".join(_strings(texts)))
    gone = glyphs.missing(doubtful, _can_draw) if doubtful else frozenset()
    return _without(texts, gone) if gone else texts


def _strings(texts: Texts) -> list[str]:
    match texts:
        case str():
            return [texts]
        case list():
            return [found for one in texts for found in _strings(one)]
        case dict():
            return [found for one in texts.values() for found in _strings(one)]
    return []


def _without(texts: Texts, gone: frozenset[str]) -> Texts:
    match texts:
        case str():
            return glyphs.replaced(texts, gone)
        case list():
            return [_without(one, gone) for one in texts]
        case dict():
            return {name: _without(one, gone) for name, one in texts.items()}
    return texts


@lru_cache(maxsize=4096)
def _can_draw(text: str) -> bool:
    return _compiles(text=text, logo="")


def _compiles(*, text: str, logo: str) -> bool:
    try:
        compiled(PROBE, {"text": text, "logo": logo}, 0)
    except CannotRender:
        return False
    return True


def _decoded(xml: bytes) -> str:
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRender("the XML is not UTF-8, and would not be embedded as it is") from error


@lru_cache(maxsize=16)
def _usable(logo: bytes) -> str:
    """The logo inside an SVG, which typst decodes faster than a list; "" for a damaged picture."""
    kind = next((kind for start, kind in LOGOS.items() if logo.startswith(start)), "")
    if not kind:
        return ""
    width, height = LOGO_BOX
    framed = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="xMinYMid meet" '
        f'href="data:image/{kind};base64,{b64encode(logo).decode()}"/></svg>'
    )
    return framed if _compiles(text="", logo=framed) else ""
