"""What was frozen to be mailed, byte for byte, each thing under its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.face import Attachment
from acuse.domain.recipient import RecipientState
from acuse.store import artifacts, models


@dataclass(frozen=True, slots=True)
class Frozen:
    """A file of a packet, or the message to an address: `name` is the file's or the address."""

    id: int
    name: str
    sha256: str


def packet_files(company_id: int, document_id: int) -> tuple[Frozen, ...]:
    """The files of the document's packets; what a second packet repeats is named once."""
    rows = models.PacketFile.objects.filter(
        company_id=company_id, delivery__document_id=document_id
    ).order_by("delivery_id", "ordinal")
    found: dict[tuple[str, str], Frozen] = {}
    for one, name, sha256 in rows.values_list("id", "name", "artifact__sha256"):
        found.setdefault((name, sha256), Frozen(one, name, sha256))
    return tuple(found.values())


def messages(company_id: int, document_id: int) -> tuple[Frozen, ...]:
    """The messages about the document, one for each address of each delivery.

    Those that were made anew before they left are not shown.
    """
    rows = models.Recipient.objects.filter(
        company_id=company_id, delivery__document_id=document_id
    ).exclude(state=RecipientState.REPLACED.value)
    rows = rows.order_by("id")
    return tuple(Frozen(*row) for row in rows.values_list("id", "address", "message__sha256"))


def packet_file(company_id: int, document_id: int, file_id: int) -> Attachment:
    """One file as it was frozen; raises PacketFile.DoesNotExist for another document's."""
    row = models.PacketFile.objects.get(
        pk=file_id, company_id=company_id, delivery__document_id=document_id
    )
    return Attachment(row.name, row.content_type, artifacts.load(row.artifact_id), row.optional)


def message(company_id: int, document_id: int, recipient_id: int) -> Attachment:
    """One message as it is handed to the server; raises Recipient.DoesNotExist for another's."""
    row = models.Recipient.objects.get(
        pk=recipient_id, company_id=company_id, delivery__document_id=document_id
    )
    name = f"mensaje-{row.pk}.eml"
    return Attachment(name, "message/rfc822", artifacts.load(row.message_id))
