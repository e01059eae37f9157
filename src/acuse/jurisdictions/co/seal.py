"""The signed document: composed once, audited, signed once (XAdES-EPES), frozen.

Source: colombia.md 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Draws, Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.co.compose import NAMESPACES, compose
from acuse.jurisdictions.co.doubts import POLICY
from acuse.jurisdictions.co.ids import BOGOTA, file_stem
from acuse.xml.xades import Shape, sign_xades

SHAPE = Shape(
    key_info="{}-keyinfo",
    properties="{}-signedprops",
    reference="{}-ref0",
    value="{}-sigvalue",
    timespec="milliseconds",
    role="supplier",
    tells_format=False,
)


def seal(
    document: Document, company: Company, draws: Draws, credential: Credential, at: datetime
) -> Sealed:
    """The sealed document; its fiscal id is the CUFE, CUDE or CUDS."""
    composed = compose(document, company, credential, at)
    content = sign(
        composed.before,
        composed.after,
        NAMESPACES[composed.root],
        composed.fiscal_id,
        credential,
        at,
    )
    year = at.astimezone(BOGOTA).year
    stem = file_stem(composed.file_kind, company.tax_id.number, year, draws.file)
    return Sealed(content, composed.fiscal_id, composed.number, f"{stem}.xml", at)


def sign(
    before: str,
    after: str,
    namespaces: Mapping[str, str],
    fiscal_id: str,
    credential: Credential,
    at: datetime,
) -> bytes:
    """The document with its signature between `before` and `after`.

    `namespaces` are those that the root declares; the parts of the signature are named after the
    beginning of the fiscal id, so that the same document always gets the same bytes.
    """
    return sign_xades(
        before,
        after,
        namespaces=namespaces,
        credential=credential,
        signature_id=f"xmldsig-{_uuid(fiscal_id)}",
        at=at.astimezone(BOGOTA),
        policy=POLICY,
        shape=SHAPE,
    ).content


def _uuid(fiscal_id: str) -> str:
    """32 of its hex digits in the form of a UUID."""
    start = fiscal_id[:32]
    return "-".join((start[:8], start[8:12], start[12:16], start[16:20], start[20:]))
