"""The one place where something of Peru's is signed: a document or a batch. Source: peru.md 4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from acuse.domain.jurisdiction import Credential, Sealed
from acuse.jurisdictions.pe.parties import signature_id
from acuse.xml.signature import sign_enveloped


def sealed(
    parts: tuple[str, str],
    namespaces: Mapping[str, str],
    *,
    number: str,
    file: str,
    credential: Credential,
    at: datetime,
) -> Sealed:
    """What stands before and after the signature, signed; its fiscal id is the DigestValue (hash).

    `file` is the name without its end.
    """
    signed = sign_enveloped(
        *parts, namespaces=namespaces, credential=credential, signature_id=signature_id(number)
    )
    return Sealed(
        content=signed.content,
        fiscal_id=signed.digest,
        number=number,
        file_name=f"{file}.xml",
        sealed_at=at,
    )
