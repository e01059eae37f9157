"""The lines of a document's Actividad: what happened, as dotted kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What a line of the timeline tells; its Spanish sentence is made at display."""

    DOCUMENT_CREATED = "document.created"
    DOCUMENT_EDITED = "document.edited"
    DOCUMENT_DISCARDED = "document.discarded"
    DOCUMENT_ISSUED = "document.issued"
    DOCUMENT_REOPENED = "document.reopened"
    DOCUMENT_WITHDRAWN = "document.withdrawn"
    DOCUMENT_GATHERED = "document.gathered"
    DOCUMENT_RETURNED = "document.returned"
    DOCUMENT_ALONE = "document.alone"
    VOIDING_ASKED = "voiding.asked"
    VOIDING_REJECTED = "voiding.rejected"
    DOCUMENT_VOIDED = "document.voided"
    SUBMISSION_SENT = "submission.sent"
    SUBMISSION_WAITING = "submission.waiting"
    SUBMISSION_ANSWER_LOST = "submission.answer_lost"
    SUBMISSION_ASKED = "submission.asked"
    SUBMISSION_ALREADY_KNOWN = "submission.already_known"
    SUBMISSION_NOT_KNOWN = "submission.not_known"
    SUBMISSION_REFUSED = "submission.refused"
    SUBMISSION_DELAYED = "submission.delayed"
    SUBMISSION_STUCK = "submission.stuck"
    SUBMISSION_RETRIED = "submission.retried"
    SUBMISSION_CONTRADICTED = "submission.contradicted"
    VERDICT_ACCEPTED = "verdict.accepted"
    VERDICT_OBSERVED = "verdict.observed"
    VERDICT_REJECTED = "verdict.rejected"
    DELIVERY_OPENED = "delivery.opened"
    DELIVERY_HELD = "delivery.held"
    DELIVERY_SKIPPED = "delivery.skipped"
    DELIVERY_RELEASED = "delivery.released"
    DELIVERY_DISMISSED = "delivery.dismissed"
    PACKET_READY = "packet.ready"
    RECIPIENT_SENDING = "recipient.sending"
    RECIPIENT_SENT = "recipient.sent"
    RECIPIENT_DEFERRED = "recipient.deferred"
    RECIPIENT_FAILED = "recipient.failed"
    RECIPIENT_UNCERTAIN = "recipient.uncertain"
    RECIPIENT_RESENT = "recipient.resent"
    RECIPIENT_STUCK = "recipient.stuck"
    RECIPIENT_CANCELLED = "recipient.cancelled"
    RECIPIENT_DELIVERED = "recipient.delivered"
    RECIPIENT_BOUNCED = "recipient.bounced"
    MAIL_OPENED = "mail.opened"
    PAGE_VISITED = "page.visited"
    PAGE_DOWNLOADED = "page.downloaded"
    PAGE_MADE = "page.made"
    PAGE_REVOKED = "page.revoked"
    RECIPIENT_RETRIED = "recipient.retried"
    FAILURE_RESOLVED = "recipient.resolved"
    RECIPIENT_DELAYED = "recipient.delayed"
    RECIPIENT_RELAYED = "recipient.relayed"
    RECIPIENT_READ = "recipient.read"
    RECIPIENT_COMPLAINED = "recipient.complained"
    RECIPIENT_AUTO_REPLIED = "recipient.auto_replied"
    RECIPIENT_CHALLENGED = "recipient.challenged"
    RECIPIENT_REPLIED = "recipient.replied"
    RECIPIENT_FORWARDED = "recipient.forwarded"
    RECIPIENT_NOT_FORWARDED = "recipient.not_forwarded"
    ADDRESS_SUPPRESSED = "address.suppressed"
    ADDRESS_RELEASED = "address.released"
    SWITCH_TURNED_ON = "switch.turned_on"
    SWITCH_TURNED_OFF = "switch.turned_off"
    OPENS_TURNED_ON = "opens.turned_on"
    OPENS_TURNED_OFF = "opens.turned_off"
    COMPANY_CREATED = "company.created"
    COMPANY_EDITED = "company.edited"
    API_ACCESS_GIVEN = "company.api_access_given"
    API_ACCESS_REVOKED = "company.api_access_revoked"
    CERTIFICATE_STORED = "certificate.stored"
    CHANNEL_STOPPED = "channel.stopped"
    CHANNEL_RESUMED = "channel.resumed"
    CUSTOMER_EDITED = "customer.edited"
    CONTACTS_IMPORTED = "company.contacts_imported"
    DOCUMENT_CONTINGENCY = "document.contingency"
    CONTINGENCY_NOT_NEEDED = "document.contingency_not_needed"
    CONTAINER_HANDED_OVER = "document.container_handed_over"
    PAYMENT_REGISTERED = "payment.registered"
    BUYER_DECLARED = "buyer.declared"
    DOCUMENT_RECEIVED = "received.kept"
    RECEIPT_RECEIVED = "received.answered"
    RECEPTION_DECLARED = "reception.declared"
    RECEPTION_JUDGED = "reception.judged"
    TEST_SET_STARTED = "company.test_set_started"
    RANGES_FETCHED = "company.ranges_fetched"
    SENDER_KEY_MADE = "sender.key_made"
    SENDER_PROVED = "sender.proved"
    SENDER_LOST = "sender.lost"
    SENDER_KEY_SEEN = "sender.key_seen"
    SENDER_KEY_LOST = "sender.key_lost"
    ROUTE_SAVED = "route.saved"
    ROUTE_CLEARED = "route.cleared"
    ROUTE_PAUSED = "route.paused"
    ROUTE_WORKS = "route.works"
    ROUTE_RESUMED = "route.resumed"
    HOOK_DRAWN = "hook.drawn"
    MAILBOX_SAVED = "mailbox.saved"
    MAILBOX_CLOSED = "mailbox.closed"
    MAILBOX_STOPPED = "mailbox.stopped"
    ALARM_RAISED = "alarm.raised"
    ALARM_ENDED = "alarm.ended"
    MAIL_TEMPLATE_SAVED = "company.mail_template_saved"
    INVOICING_ENABLED = "company.invoicing_enabled"


SYSTEM = "sistema"
CUSTOMER = "cliente"  # whoever holds the link that was sent to the customer
COPIED = "copia de archivo"  # whoever holds the link of the company's own copy


@dataclass(frozen=True, slots=True)
class Event:
    """One line: when (UTC), what, by whom (a user's name, or SYSTEM), and its facts.

    `facts` holds plain JSON values only; amounts and dates as text.
    """

    at: datetime
    kind: EventKind
    actor: str = SYSTEM
    facts: Mapping[str, Any] = field(default_factory=dict)
