"""Where a Colombian document is looked up: the address that its code holds.

Source: colombia.md 4.6.
"""

from __future__ import annotations

from acuse.domain.document import Document
from acuse.domain.face import Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, Environment
from acuse.jurisdictions.co import face_words as words
from acuse.jurisdictions.co import ids

WHERE = "en el catálogo de documentos de la DIAN"
WHERE_ENGLISH = "in the DIAN's catalogue of documents"


def verify(document: Document, company: Company, sealed: Sealed) -> Lookup | None:
    """The catalogue of the environment, open at the document."""
    if company.environment is Environment.SANDBOX:
        return None
    key = Field(words.fiscal_id_name(document.kind), sealed.fiscal_id)
    return Lookup(WHERE, WHERE_ENGLISH, (key,), ids.qr_url(sealed.fiscal_id, company.environment))
