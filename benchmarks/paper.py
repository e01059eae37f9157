"""P4: the PDF, against WeasyPrint with the same content, and itself when long.

Every render is of another document: a compiler that remembers the last one would flatter itself.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import resources
from itertools import cycle
from pathlib import Path

from tests.pdf.pictures import png
from tests.support import makers
from weasyprint import HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from acuse import jurisdictions
from acuse.domain.face import Face, Field
from acuse.domain.numbering import Number
from acuse.pdf.qr import svg
from acuse.pdf.render import render
from benchmarks.goals import Goal
from benchmarks.signing import COUNTRIES, DRAWS
from benchmarks.slices import per_second

DIFFERENT = 60
FONTS = Path(str(resources.files("acuse.pdf"))) / "fonts"
FACES = {"Regular": 400, "SemiBold": 600, "Bold": 700}
STYLE = """
@page { size: A4; margin: 15mm 16mm 17mm;
  @bottom-right { content: "Página " counter(page) " de " counter(pages); font-size: 7pt } }
body { font: 8.5pt Inter; color: #1b2430 }
header { display: flex; justify-content: space-between }
h1 { font-size: 14pt; margin: 0 } h2 { font-size: 10.5pt; color: #0b5d66 }
.box { width: 58mm; border: 0.9pt solid #0b5d66; border-radius: 2mm; padding: 4mm;
  text-align: center; font-weight: 600 }
.two { display: flex; gap: 8mm; margin: 4mm 0 } .two > * { flex: 1 }
dl { display: grid; grid-template-columns: auto 1fr; gap: 1.6mm 3mm; margin: 0 }
dt { color: #5b6675 } dd { margin: 0 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th { background: #0b5d66; color: white; font-size: 7.5pt; text-align: left; padding: 1.5mm 1.4mm }
td { border-bottom: 0.4pt solid #d5dbe2; padding: 1.5mm 1.4mm }
.figures { text-align: right; font-variant-numeric: tabular-nums }
.qr { width: 27mm } img.logo { width: 60mm }
"""


def goals() -> Iterator[Goal]:
    """The goals of this module."""
    ten, hundred = faces(10), faces(100)
    own = per_second({"10": turning(ten, _typst), "100": turning(hundred, _typst)})
    yield Goal("P4 growth", own["10"] / own["100"], 3.0, most=True, note="100 lines to 10")
    pair = per_second({"typst": turning(ten, _typst), "weasyprint": turning(ten, _weasyprint)})
    yield Goal("P4 peer", pair["typst"] / pair["weasyprint"], 15.0, note="times WeasyPrint's speed")


def face(lines: int, number: int = 1) -> Face:
    """A Peruvian face of so many lines."""
    company, holder, document, line = COUNTRIES["PE"]
    made = tuple(
        replace(line, description=f"Tejido de alpaca, lote {number}-{n}", code=f"C{number}{n:03d}")
        for n in range(lines)
    )
    many = replace(document, lines=made, number=Number("F001", number))
    jurisdiction = jurisdictions.find("PE")
    sealed = jurisdiction.seal(many, company, DRAWS, holder, makers.AT)
    return jurisdiction.face(many, company, sealed, None)


def faces(lines: int) -> tuple[Face, ...]:
    """Different faces of so many lines."""
    return tuple(face(lines, number) for number in range(1, DIFFERENT + 1))


def turning(shown: Sequence[Face], draw: Callable[[Face], object]) -> Callable[[], object]:
    """Draws the next one at each call."""
    turn = cycle(shown)
    return lambda: draw(next(turn))


LOGO = png()


def _typst(shown: Face) -> object:
    return render(shown, LOGO)


def _weasyprint(shown: Face) -> object:
    """The peer, given the same words, fonts, code, logo, layout, and the XML to attach."""
    fonts = FontConfiguration()
    attached = Attachment(string=shown.xml, name=shown.xml_name, relationship="Source")
    page = HTML(string=_page(shown), base_url=str(FONTS))
    return page.write_pdf(pdf_variant="pdf/a-3b", attachments=[attached], font_config=fonts)


def _page(shown: Face) -> str:
    known = "".join(
        f'@font-face {{ font-family: Inter; font-weight: {weight}; src: url("Inter-{name}.ttf") }}'
        for name, weight in FACES.items()
    )
    heads = "".join(f'<th style="width:{c.share}%">{_text(c.heading)}</th>' for c in shown.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=figures' if column.figures else ''}>{_text(cell)}</td>"
            for cell, column in zip(line.cells, shown.columns, strict=True)
        )
        + "</tr>"
        for line in shown.lines
    )
    logo = f'<img class=logo src="data:image/png;base64,{b64encode(LOGO).decode()}">'
    return (
        f"<style>{known}{STYLE}</style><header><div>{logo}<h1>{_text(shown.issuer_name)}</h1>"
        f"{_list(shown.issuer)}</div><div class=box>{_text(shown.issuer_id)}"
        f"<h2>{_text(shown.title)}</h2>{shown.number}</div></header>"
        f"<div class=two>{_list(shown.counterparty)}{_list(shown.facts)}</div>"
        f"<table><thead><tr>{heads}</tr></thead>{rows}</table>"
        f"<div class=two><div><div class=qr>{svg(shown.qr)}</div>{_text(shown.fiscal_id)}"
        f"{''.join(f'<p>{_text(line)}</p>' for line in shown.legal)}</div>"
        f"{_list(shown.totals)}</div><p>{_text(shown.words)}</p>"
    )


def _list(fields: tuple[Field, ...]) -> str:
    pairs = (f"<dt>{_text(one.label)}</dt><dd>{_text(one.value)}</dd>" for one in fields)
    return f"<dl>{''.join(pairs)}</dl>"


def _text(text: str) -> str:
    return html.escape(text)
