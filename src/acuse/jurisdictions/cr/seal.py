"""A signed document: composed once, signed once (XAdES-EPES), frozen."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Draws, Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.cr.compose import compose
from acuse.jurisdictions.cr.doubts import POLICY
from acuse.jurisdictions.cr.ids import COSTA_RICA
from acuse.xml.xades import sign_xades


def seal(
    document: Document, company: Company, draws: Draws, credential: Credential, at: datetime
) -> Sealed:
    """The sealed document; its fiscal id is the clave, its number the consecutivo."""
    composed = compose(document, company, draws, at)
    signed = sign_xades(
        composed.before,
        composed.after,
        namespaces={"": composed.namespace},
        credential=credential,
        signature_id=f"S-{composed.clave}",
        at=at.astimezone(COSTA_RICA),
        policy=POLICY,
    )
    return Sealed(
        content=signed.content,
        fiscal_id=composed.clave,
        number=composed.consecutive,
        file_name=f"{composed.clave}.xml",
        sealed_at=at,
    )
