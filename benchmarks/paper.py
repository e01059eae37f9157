"""P4: the PDF, against WeasyPrint with the same content, and itself when long."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.support import makers
from weasyprint import HTML

from acuse import jurisdictions
from acuse.domain.face import Face
from acuse.pdf.qr import svg
from acuse.pdf.render import render
from benchmarks.goals import Goal
from benchmarks.signing import COUNTRIES, DRAWS
from benchmarks.slices import per_second


def goals() -> Iterator[Goal]:
    """The goals of this module."""
    ten, hundred = face(10), face(100)
    own = per_second({"10": lambda: render(ten, None), "100": lambda: render(hundred, None)})
    yield Goal("P4 growth", own["10"] / own["100"], 3.0, most=True, note="100 lines to 10")
    pair = per_second({"typst": lambda: render(ten, None), "weasyprint": weasyprint(ten)})
    yield Goal("P4 peer", pair["typst"] / pair["weasyprint"], 15.0, note="times WeasyPrint's speed")


def face(lines: int) -> Face:
    """A Peruvian face of so many lines."""
    company, holder, document, line = COUNTRIES["PE"]
    many = replace(document, lines=(line,) * lines)
    jurisdiction = jurisdictions.find("PE")
    sealed = jurisdiction.seal(many, company, DRAWS, holder, makers.AT)
    return jurisdiction.face(many, company, sealed, None)


def weasyprint(shown: Face) -> Callable[[], object]:
    """The peer, given the same words, code and columns."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line.cells)}</tr>"
        for line in shown.lines
    )
    fields = "".join(
        f"<p>{html.escape(f.label)} {html.escape(f.value)}</p>"
        for f in (*shown.issuer, *shown.counterparty, *shown.facts, *shown.totals)
    )
    page = (
        f"<h1>{html.escape(shown.title)} {shown.number}</h1>{svg(shown.qr)}{fields}"
        f"<table>{rows}</table><p>{html.escape(shown.words)}</p>"
    )
    return lambda: HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")
