"""The calls of a document's conversation with the DIAN: send once, then ask. Source: colombia.md 6.

What is asked hangs from what is known: a ticket of the test set, the fiscal id, or (after "given
before") the document as the DIAN holds it. Notes remember across calls what the case does not.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company, Environment
from acuse.domain.submission import Call, CallPurpose, Case, SubmissionState
from acuse.jurisdictions.co import service
from acuse.jurisdictions.co.rules_verdicts import BATCH_PATIENCE

RECEPTION = "RECEPTION"  # Case.kind of a signed event
COMPARE = "compare"  # value of the note `known`: fetch the original and compare it
Arguments = tuple[tuple[str, str], ...]


def next_call(case: Case, company: Company, credential: Credential, at: datetime) -> Call | None:
    """Send what was never sent; ask about everything else."""
    if case.state in (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT):
        purpose, (operation, arguments) = CallPurpose.SEND, _sending(case, company)
    elif case.state in (SubmissionState.WAITING, SubmissionState.UNCERTAIN):
        purpose, (operation, arguments) = CallPurpose.ASK, _asking(case, at)
    else:
        return None
    return service.call(
        purpose, operation, arguments, company=company, credential=credential, at=at
    )


def _sending(case: Case, company: Company) -> tuple[str, Arguments]:
    name, archive = service.archive_of(case.file_name, case.sealed)
    if case.kind == RECEPTION:
        return "SendEventUpdateStatus", (("contentFile", archive),)
    sent: Arguments = (("fileName", name), ("contentFile", archive))
    test_set = str(company.extra.get("test_set_id", "") or "").strip()
    if test_set and _rehearses(company):
        return "SendTestSetAsync", (*sent, ("testSetId", test_set))
    return "SendBillSync", sent


def _rehearses(company: Company) -> bool:
    """Whether documents go to the test set: before the company is enabled, never in production."""
    return not company.electronic_invoicing and company.environment is not Environment.PRODUCTION


def _asking(case: Case, at: datetime) -> tuple[str, Arguments]:
    if case.note(known_note(case), at) == COMPARE:
        return "GetXmlByDocumentKey", (("trackId", case.fiscal_id),)
    if case.state is SubmissionState.WAITING and case.ticket and not _batch_is_spent(case, at):
        return "GetStatusZip", (("trackId", case.ticket),)
    return "GetStatus", (("trackId", case.fiscal_id),)


def _batch_is_spent(case: Case, at: datetime) -> bool:
    """Whether the ticket tells no more: the set spoke for itself, or "in process" lasts too long.

    A ticket that was never queued is "in process" for ever (colombia.md 6, table of verdicts).
    """
    if case.note(set_note(case.ticket), at) is not None:
        return True
    return case.sent_at is not None and at - case.sent_at > BATCH_PATIENCE


def known_note(case: Case) -> str:
    """The name of the note on a document that the DIAN says it was given before."""
    return f"known:{case.fiscal_id[:48]}"


def set_note(ticket: str) -> str:
    """The name of the note on a ticket whose answer was about the test set."""
    return f"set:{hashlib.sha256(ticket.encode()).hexdigest()[:48]}"
