"""The files of an issued document, each under its name: whoever asks gets the same bytes."""

from __future__ import annotations

from acuse.domain.face import Attachment
from acuse.flow import outside
from acuse.store import deliveries, documents
from acuse.xml import archive

XML, PDF, ZIP = "application/xml", "application/pdf", "application/zip"


def xml(document_id: int) -> Attachment:
    """The signed document."""
    sealed = documents.sealed(document_id)
    return Attachment(sealed.file_name, XML, sealed.content)


def pdf(document_id: int) -> Attachment:
    """The mailed PDF where there is one, else one rendered now, which is not kept."""
    name = f"{_stem(document_id)}.pdf"
    for kept in deliveries.earlier_packet(document_id):
        if kept.content_type == PDF:
            return Attachment(name, PDF, kept.content)
    issued = documents.load(document_id)
    return Attachment(name, PDF, outside.paper(issued, documents.verdict(document_id)))


def receipt(document_id: int) -> Attachment | None:
    """The authority's answer as it came; None while there is none."""
    verdict = documents.verdict(document_id)
    if verdict is None or verdict.receipt is None:
        return None
    packed = verdict.receipt.startswith(b"PK")
    name = f"{_stem(document_id)}-respuesta.{'zip' if packed else 'xml'}"
    return Attachment(name, ZIP if packed else XML, verdict.receipt)


def everything(document_id: int) -> Attachment:
    """What was mailed as one ZIP; before any mail, what there is."""
    kept = deliveries.earlier_packet(document_id)
    if len(kept) == 1 and kept[0].content_type == ZIP:
        return kept[0]
    found = kept or tuple(
        made for make in (xml, receipt, pdf) if (made := make(document_id)) is not None
    )
    packed = archive.pack_all((one.name, one.content) for one in found)
    return Attachment(f"{_stem(document_id)}.zip", ZIP, packed)


def _stem(document_id: int) -> str:
    return documents.sealed(document_id).file_name.removesuffix(".xml")
