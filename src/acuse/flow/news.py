"""News of a conversation with the authority: told in the Actividad of all that it is about."""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.activity import Event
from acuse.store import activity, batches
from acuse.store.submissions import Held


def tell(held: Held, *events: Event) -> None:
    """Write the events down: in the document's timeline, or in that of each in the batch.

    Of a declaration they are the company's own.
    """
    if not events:
        return
    if held.batch_id is None:
        activity.record(held.company_id, held.document_id, *events)
        return
    named = [replace(one, facts={**one.facts, "batch": held.case.number}) for one in events]
    for member in batches.members(held.batch_id):
        activity.record(held.company_id, member.document_id, *named)
