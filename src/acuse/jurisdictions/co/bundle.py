"""The packet for the customer: one ZIP with the AttachedDocument and the PDF.

Source: colombia.md 8 (mail: one attachment, 2 MB) and 6 (file names).
"""

from __future__ import annotations

import re
from datetime import datetime

from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.mail_weight import LETTER, encoded
from acuse.domain.problem import Problem
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.co.container import container
from acuse.jurisdictions.co.service import zip_name
from acuse.xml import parse
from acuse.xml.archive import pack_all

MAIL = 2_000_000  # bytes that the mail may have (annex 10.6)
LARGEST = (MAIL - LETTER) * 57 // 78  # the rest in base64: lines of 76 signs say 57 bytes
RULE = "colombia.md 8"


def bundle(
    sealed: Sealed, verdict: Verdict | None, pdf: bytes, credential: Credential, at: datetime
) -> tuple[Attachment, ...] | Problem:
    """The one attachment, or why there is none; same arguments, same bytes.

    Without a verdict: the container of a contingency (type 04), handed over by its issuer.
    """
    if verdict is None:
        return packed(sealed, container(sealed, None, credential, at), pdf)
    if verdict.receipt is None:
        text = "Falta la respuesta de la DIAN: sin ella la factura no está expedida y no se envía."
        return Problem("receipt", "CO-OWN-50", text, RULE)
    try:
        attached = container(sealed, verdict, credential, at)
    except (UnicodeDecodeError, parse.Unreadable):
        text = "La respuesta de la DIAN no se puede leer: no se envía. Avisa a soporte."
        return Problem("receipt", "CO-OWN-51", text, RULE)
    return packed(sealed, attached, pdf)


def packed(sealed: Sealed, attached: bytes, pdf: bytes) -> tuple[Attachment, ...] | Problem:
    """The ZIP of a container and its PDF, both under the names of the DIAN's series."""
    stem = container_stem(sealed.file_name)
    content = pack_all(((f"{stem}.xml", attached), (f"{stem}.pdf", pdf)))
    if len(content) > LARGEST:
        text = (
            f"El correo del cliente pesaría {_as_mail(content)} MB y la DIAN admite 2 MB. Usa un "
            "logotipo más liviano o entrégalo por otro medio."
        )
        return Problem("pdf", "CO-OWN-52", text, RULE)
    return (Attachment(zip_name(sealed.file_name), "application/zip", content),)


def _as_mail(content: bytes) -> str:
    """Megabytes of the mail that carries it, in the country's way."""
    return f"{(LETTER + encoded(len(content))) / 1e6:.1f}".replace(".", ",")


def container_stem(file_name: str) -> str:
    """`ad` for the kind in the document's own file name: the same consecutive."""
    return re.sub(r"^[a-z]+", "ad", file_name.removesuffix(".xml"), count=1)
