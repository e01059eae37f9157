"""Where a Peruvian document is looked up: by anybody, at SUNAT, by what its code holds.

Source: peru.md 7 (the code's fields) and 12 (the address in a guía's CDR). No paper names the page
for the other kinds, and beta has none.
"""

from __future__ import annotations

from acuse.domain.document import Document
from acuse.domain.face import Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, Environment
from acuse.domain.traits import Lines
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.pe import kinds
from acuse.jurisdictions.pe.face_despatch import link
from acuse.jurisdictions.pe.traits import TRAITS

WHERE = "en la página de SUNAT, en su consulta de validez de comprobantes electrónicos"
WHERE_ENGLISH = "on SUNAT's website, in its look-up of electronic documents"


def verify(
    document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
) -> Lookup | None:
    """What SUNAT's page asks for; a guía has no amount."""
    if company.environment is not Environment.PRODUCTION:
        return None
    series, _, value = sealed.number.partition("-")
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    assert document.date is not None
    values = [
        Field("RUC del emisor", company.tax_id.number),
        Field("Tipo", kind.name),
        Field("Serie", series),
        Field("Número", value),
        Field("Fecha de emisión", f"{document.date:%d/%m/%Y}"),
    ]
    carries = kind.lines is Lines.GOODS
    if not carries:
        total = kinds.answers(document).totals(document).total
        values.append(Field("Importe total", f"{total:.2f}"))
    return Lookup(WHERE, WHERE_ENGLISH, tuple(values), link(verdict) if carries else "")
