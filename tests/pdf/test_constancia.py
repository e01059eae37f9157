"""A constancia on paper: all that it is given stands there, and its signed JSON is inside."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from acuse.domain.constancia import Constancia, Line, Mail, Try
from acuse.domain.face import Field
from acuse.gateways.render import Renderer
from acuse.pdf import fit
from acuse.pdf.constancia import render
from acuse.pdf.render import CannotRender
from tests.pdf.faces import MOMENT
from tests.pdf.test_render import HOSTILE

DIGEST = "0123456789abcdef" * 4
SIGNED = '{\n  "constancia": {"texto": "Ñandú & Cía."},\n  "jws": "e30..AA"\n}\n'.encode()


def made(**changes: Any) -> Constancia:
    value = Constancia(
        title="CONSTANCIA",
        about="Factura electrónica F001-123",
        issuer_name="Comercial Ejemplar",
        issuer_id="RUC 20999888772",
        summary=(
            "Aceptada por SUNAT el 25/11/2026 10:30:04.",
            "Enviada a compras@inventada.example el 25/11/2026 10:36:00.",
        ),
        document=(Field("Número", "F001-123"), Field("SHA-256 del XML firmado", DIGEST)),
        verdict=(Field("Respuesta", "Aceptada"),),
        files=(Field("20999888772-01-F001-123.xml", DIGEST),),
        mails=(
            Mail(
                "compras@inventada.example",
                "Enviado: su servidor lo recibió",
                (Field("Message-ID", f"<{DIGEST[:32]}@acuse.example>"),),
                (
                    Try("25/11/2026 10:31:00", "Todavía no sale", "450 4.7.1 espera"),
                    Try("25/11/2026 10:36:00", "Enviado", "250 2.0.0 recibido"),
                ),
            ),
        ),
        lines=(Line("1", "25/11/2026 10:29:58", "Borrador creado.", "ana@taller.example"),),
        made=(Field("Hecha", "26/11/2026 08:00:00"),),
        legal=("Cuenta lo que está anotado.",),
        watermark="",
        signed_name="20999888772-01-F001-123-constancia.json",
        signed=SIGNED,
        moment=MOMENT,
    )
    return replace(value, **changes)


def squeezed(text: str) -> str:
    return re.sub(rf"[\s{fit.BREAK}]", "", text)


def shown(told: Constancia) -> str:
    pages = PdfReader(BytesIO(render(told))).pages
    return squeezed("".join(page.extract_text() for page in pages))


def test_the_paper_shows_every_text() -> None:
    told = made()
    text = shown(told)
    fields = (*told.document, *told.verdict, *told.files, *told.made, *told.mails[0].facts)
    wanted = [told.title, told.about, told.issuer_name, told.issuer_id, *told.summary, *told.legal]
    wanted += [part for field in fields for part in (field.label, field.value)]
    wanted += [told.mails[0].address, told.mails[0].state]
    wanted += [part for one in told.mails[0].tries for part in (one.at, one.result, one.said)]
    wanted += [part for one in told.lines for part in (one.ordinal, one.at, one.text, one.actor)]
    assert [part for part in wanted if squeezed(part) not in text] == []


def test_the_signed_json_is_inside_byte_for_byte_and_the_file_is_an_archives() -> None:
    pdf = render(made())
    reader = PdfReader(BytesIO(pdf))
    assert reader.attachments == {made().signed_name: [SIGNED]}
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part[^0-9]*3", metadata)
    assert b"/AFRelationship" in pdf
    assert render(made()) == pdf


def test_what_a_name_or_a_server_says_is_never_code() -> None:
    tries = tuple(Try("hoy", words, words) for words in HOSTILE)
    mail = Mail(HOSTILE[0], HOSTILE[1], (Field("x", HOSTILE[3]),), tries)
    lines = tuple(Line(str(n), "hoy", words, words) for n, words in enumerate(HOSTILE))
    text = shown(made(mails=(mail,), lines=lines, issuer_name=HOSTILE[2]))
    for words in HOSTILE:
        assert squeezed(words) in text


def test_a_long_story_goes_on_over_pages_and_long_words_break() -> None:
    lines = tuple(
        Line(str(n), "25/11/2026 10:29:58", f"{n} " + "x" * 300, "a" * 120) for n in range(200)
    )
    reader = PdfReader(BytesIO(render(made(lines=lines, mails=(), files=()))))
    assert len(reader.pages) > 10
    assert "Quépasó" in squeezed(reader.pages[3].extract_text())
    assert "Nosehaenviadoningúncorreo" in squeezed(reader.pages[0].extract_text())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(CannotRender):
        render(made(signed=b"\xff"))


def test_the_child_draws_the_same() -> None:
    renderer = Renderer()
    try:
        assert renderer.constancia(made()) == render(made())
    finally:
        renderer.close()
