"""The signed factura: composed once, signed once, frozen."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.pe.compose import NAMESPACES, compose
from acuse.jurisdictions.pe.ids import FACTURA, number_text, stem
from acuse.jurisdictions.pe.parties import signature_id
from acuse.xml.signature import sign_enveloped


def seal(document: Document, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The sealed document; its fiscal id is the DigestValue (valor resumen, hash)."""
    assert document.number is not None
    number = number_text(document.number)
    before, after = compose(document, company, at)
    signed = sign_enveloped(
        before,
        after,
        namespaces=NAMESPACES,
        credential=credential,
        signature_id=signature_id(number),
    )
    return Sealed(
        content=signed.content,
        fiscal_id=signed.digest,
        number=number,
        file_name=f"{stem(company.tax_id.number, FACTURA, number)}.xml",
        sealed_at=at,
    )
