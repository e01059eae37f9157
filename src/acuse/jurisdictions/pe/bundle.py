"""The packet for the customer: signed XML, CDR as received, PDF. Source: peru.md 8."""

from __future__ import annotations

from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Sealed
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.verdict import Evidence, Verdict
from acuse.jurisdictions.pe.replies_cdr import LARGEST_CDR, is_cdr_name
from acuse.xml.archive import BadArchive, unpack_one


def bundle(
    sealed: Sealed, company: Company, verdict: Verdict | None, pdf: bytes
) -> tuple[Attachment, ...] | Problem:
    """The three files; a document settled by the register alone has no CDR."""
    if verdict is None:
        return Problem("receipt", "PE-OWN-4", "Falta el veredicto de SUNAT: sin él no se envía.")
    stem = sealed.file_name.removesuffix(".xml")
    files = [Attachment(f"{stem}.xml", "application/xml", sealed.content)]
    if verdict.receipt is not None:
        files.append(_receipt(stem, verdict.receipt, company))
    elif verdict.evidence is Evidence.RECEIPT:
        return Problem("receipt", "PE-OWN-4", "Falta el CDR de SUNAT: sin él no se envía.")
    files.append(Attachment(f"{stem}.pdf", "application/pdf", pdf))
    return tuple(files)


def _receipt(stem: str, archive: bytes, company: Company) -> Attachment:
    """The CDR as it was received, or the XML in it for mailboxes that take no archive.

    Its name is that of the file that SUNAT judged: of a boleta in a summary, the summary's.
    """
    try:
        inside, content = unpack_one(archive, is_cdr_name, largest=LARGEST_CDR)
    except BadArchive:
        return _proof(f"R-{stem}.zip", "application/zip", archive)
    name = inside.rpartition(".")[0]
    if company.extra.get("receipt_as_xml") is True:
        return _proof(f"{name}.xml", "application/xml", content)
    return _proof(f"{name}.zip", "application/zip", archive)


def _proof(name: str, content_type: str, content: bytes) -> Attachment:
    """The CDR: what every suite attaches, though the law asks for the XML alone."""
    return Attachment(name, content_type, content, optional=True)
