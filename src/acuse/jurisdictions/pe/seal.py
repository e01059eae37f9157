"""The signed document: composed once, signed once, frozen."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.pe.compose import compose
from acuse.jurisdictions.pe.ids import number_text, stem
from acuse.jurisdictions.pe.signing import sealed
from acuse.jurisdictions.pe.traits import TRAITS


def seal(document: Document, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The sealed document; its fiscal id is the DigestValue (valor resumen, hash)."""
    assert document.number is not None
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    number = number_text(document.number)
    composed = compose(document, company, at)
    return sealed(
        (composed.before, composed.after),
        composed.namespaces,
        number=number,
        file=stem(company.tax_id.number, kind.code, number),
        credential=credential,
        at=at,
    )
