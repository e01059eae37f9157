"""A face that wants its code on every page, and one that is drawn on a till's roll."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.pdf import fit
from acuse.pdf.render import render
from tests.pdf.codes_drawn import MILLIMETRE, codes
from tests.pdf.faces import XML, peru
from tests.pdf.pictures import png

TWO_CENTIMETRES = 20.0
CONTENT = (
    "NumFac: SETP990000123\nFecFac: 2026-11-25\n" + 96 * "a1" + "\nhttps://dian.example/" + 96 * "b"
)


def pages(face: Face, logo: bytes | None = None) -> list[PageObject]:
    return list(PdfReader(BytesIO(render(face, logo))).pages)


def text(page: PageObject) -> str:
    return "".join(page.extract_text().split()).replace(fit.BREAK, "")


def marked(size: int, **changes: Any) -> Face:
    """A long code at every page's foot."""
    return peru(
        size, qr=CONTENT, qr_level="m", qr_each_page=True, fiscal_id=CONTENT[-96:], **changes
    )


@pytest.mark.parametrize("size", [1, 60])
def test_the_code_is_on_every_page_and_large_enough(size: int) -> None:
    found = pages(marked(size))
    assert len(found) >= (1 if size == 1 else 3)
    for page in found:
        ((left, bottom, right, top),) = codes(page)
        assert right - left >= TWO_CENTIMETRES
        assert top - bottom >= TWO_CENTIMETRES
        assert bottom >= 5  # what a printer cannot reach
        assert left >= 16
        assert CONTENT[-96:] in text(page)


def test_the_code_stands_beside_the_sums_only_unless_it_is_wanted_on_every_page() -> None:
    found = pages(peru(60))
    assert [len(codes(page)) for page in found] == [0] * (len(found) - 1) + [1]


def test_no_line_runs_into_the_code() -> None:
    for page in pages(marked(60)):
        ((_, _, _, top),) = codes(page)
        assert lowest(page, "PRD-") > top


def lowest(page: PageObject, wanted: str) -> float:
    """The height in mm at which the last such text stands, 297 where there is none."""
    heights = [297.0]

    def note(said: str, outer: list[float], inner: list[float], *_: object) -> None:
        if wanted in said:
            heights.append((inner[5] * outer[3] + outer[5]) / MILLIMETRE)

    page.extract_text(visitor_text=note)
    return min(heights)


def test_without_a_content_there_is_no_code_and_no_room_for_it() -> None:
    (page,) = pages(peru(1, qr="", qr_each_page=True))
    assert codes(page) == []
    assert "F001-123" in text(page)


def ticket(size: int = 3, **changes: Any) -> Face:
    """A till's document."""
    rows = tuple(
        FaceLine((f"Café tostado n.º {n} [CAFE-{n}]\n2 Unidad × 12.500,00 · INC 8 %", "25.000,00"))
        for n in range(size)
    )
    return marked(
        1,
        paper="80mm",
        columns=(Column("Producto", 0.66), Column("Valor", 0.34, figures=True)),
        **{"lines": rows} | changes,
    )


def millimetres(page: PageObject) -> tuple[int, int]:
    box = page.mediabox
    return round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)


def test_a_ticket_shows_every_text_of_its_face_on_one_roll() -> None:
    face = ticket(watermark="SIN VALIDEZ FISCAL")
    (page,) = pages(face, png())
    told = text(page)
    fields = (*face.issuer, *face.counterparty, *face.facts, *face.totals)
    wanted = [face.title, face.number, face.issuer_name, face.issuer_id, face.words]
    wanted += [part for field in fields for part in (field.label, field.value)]
    wanted += [cell for line in face.lines for cell in line.cells]
    wanted += [*face.notes, *face.legal, face.fiscal_id_label, face.fiscal_id, face.watermark]
    assert [part for part in wanted if "".join(part.split()) not in told] == []
    assert millimetres(page)[0] == 80


def test_a_roll_is_as_long_as_what_it_says() -> None:
    (short,), (long,) = pages(ticket(1)), pages(ticket(100))
    assert millimetres(short)[1] < millimetres(long)[1]


def test_the_code_of_a_ticket_is_large_and_inside_the_roll() -> None:
    (page,) = pages(ticket())
    ((left, _, right, _),) = codes(page)
    assert right - left >= 40
    assert 0 < left < right < 80


def test_a_very_long_roll_gets_pages_and_its_code_on_each() -> None:
    found = pages(ticket(500))
    assert len(found) > 1
    assert all(millimetres(page) == (80, 1000) for page in found)
    for number, page in enumerate(found, start=1):
        ((left, bottom, right, top),) = codes(page)
        assert right - left >= TWO_CENTIMETRES
        assert top - bottom >= TWO_CENTIMETRES
        assert f"Página{number}de{len(found)}" in text(page)
    assert "CAFE-499" in "".join(map(text, found))


def test_a_ticket_carries_its_xml_and_is_the_same_every_time() -> None:
    drawn = render(ticket(), png())
    assert PdfReader(BytesIO(drawn)).attachments == {ticket().xml_name: [XML]}
    assert render(ticket(), png()) == drawn


@pytest.mark.parametrize("hostile", ['#read("/etc/passwd")', "$x^2$ *n* _c_", '"; panic("x") #{'])
def test_what_a_user_wrote_is_printed_on_the_roll_and_never_run(hostile: str) -> None:
    (page,) = pages(
        ticket(
            issuer_name=hostile,
            counterparty=(Field(hostile, hostile),),
            lines=(FaceLine((hostile, "1,00")),),
            notes=(hostile,),
        )
    )
    assert text(page).count("".join(hostile.split())) == 5


def test_words_too_long_for_the_roll_break_inside_it() -> None:
    long = "X" * 300
    (page,) = pages(ticket(issuer_name=long, notes=(long,), facts=(Field("Nota", long),)))
    assert text(page).count("X" * 300) == 3
