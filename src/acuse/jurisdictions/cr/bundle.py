"""The packet for the customer: signed XML, Hacienda's answer, PDF. Source: costa-rica.md 8."""

from __future__ import annotations

from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Sealed
from acuse.domain.problem import Problem
from acuse.domain.verdict import Verdict


def bundle(sealed: Sealed, verdict: Verdict | None, pdf: bytes) -> tuple[Attachment, ...] | Problem:
    """The three files; without Hacienda's XML the mail waits."""
    if verdict is None or verdict.receipt is None:
        text = "Falta la respuesta de Hacienda: sin ella no se envía."
        return Problem("receipt", "CR-OWN-2", text)
    clave = sealed.fiscal_id
    return (
        Attachment(f"{clave}.xml", "application/xml", sealed.content),
        Attachment(f"{clave}-respuesta.xml", "application/xml", verdict.receipt),
        Attachment(f"{clave}.pdf", "application/pdf", pdf),
    )
