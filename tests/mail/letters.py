"""Invented letters and their attachments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from acuse import jurisdictions
from acuse.domain.face import Attachment
from acuse.domain.kinds import DocumentKind
from acuse.mail.compose import Letter
from acuse.mail.defaults import default_body
from acuse.mail.letter import LetterFacts
from tests.support.makers import AT

XML = "<?xml version='1.0'?>\r\n<a>ñ</a>\n.\r\n..\n".encode()
FILES = (
    Attachment("20999888772-01-F001-123.xml", "application/xml", XML),
    Attachment("R-20999888772-01-F001-123.zip", "application/zip", b"PK\x03\x04\x00\r.\r\n.\n"),
    Attachment("20999888772-01-F001-123.pdf", "application/pdf", bytes(range(256)) * 3),
)
TOKEN = "0123456789abcdef0123456789abcdef"


def letter(**changes: Any) -> Letter:
    """A letter that anybody can read."""
    made = Letter(
        sender_name="Comercial Ejemplar",
        sender="avisos@acuse.example",
        to="pagos@cliente.example",
        reply_to_name="Comercial Ejemplar",
        reply_to="facturas@ejemplar.example",
        subject="Factura F001-123 de Comercial Ejemplar",
        text="Hola, Ñandú:\n.\nVa tu factura.\n",
        html="<p>Hola, Ñandú</p>\n",
        message_id=f"<{TOKEN}@acuse.example>",
        date=AT,
        token=TOKEN,
    )
    return replace(made, **changes)


def body(kind: DocumentKind = DocumentKind.INVOICE, country: str = "PE") -> str:
    """The house's own words for that kind of document."""
    traits = jurisdictions.find(country).traits.kind(kind)
    assert traits is not None
    return default_body(traits)


def facts(**changes: Any) -> LetterFacts:
    """What a letter about a Peruvian factura tells."""
    made = LetterFacts(
        company_name="Comercial Ejemplar",
        company_tax_id="RUC 20999888772",
        company_email="facturas@ejemplar.example",
        company_phone="+51 1 555 0100",
        customer_name="Inversiones Ñandú & Cía. S.A.C.",
        kind_name="Factura electrónica",
        number="F001-123",
        issued_on="24/11/2026",
        fiscal_id="hAsH+0=",
        total="S/ 118.00",
        authority="SUNAT",
        accepted_by="SUNAT la aceptó",
        accepted_on="25/11/2026",
        due_on="25/12/2026",
        files=tuple((file.name, file.content_type) for file in FILES),
        watermark="",
    )
    return replace(made, **changes)
