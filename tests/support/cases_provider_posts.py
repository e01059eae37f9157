"""The kinds of news that providers post, in the words of each; the data are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NO_USER = "smtp; 550 5.1.1 no such user here"
FULL = "smtp; 452 4.2.2 mailbox full"

# The kinds of news, and the word of each provider for them.
TAKEN, DELIVERED, DELAYED, BOUNCED, FULL_BOX, DROPPED, COMPLAINED, OPENED = (
    "taken",
    "delivered",
    "delayed",
    "bounced",
    "full",
    "dropped",
    "complained",
    "opened",
)
KINDS = (TAKEN, DELIVERED, DELAYED, BOUNCED, FULL_BOX, DROPPED, COMPLAINED, OPENED)
POSTMARK = {
    DELIVERED: ("Delivery", {"Details": "smtp;250 2.0.0 ok queued"}),
    DELAYED: ("Bounce", {"Type": "Transient", "TypeCode": 2, "Details": "smtp;451 4.3.0 later"}),
    BOUNCED: ("Bounce", {"Type": "HardBounce", "TypeCode": 1, "Details": NO_USER}),
    FULL_BOX: ("Bounce", {"Type": "SoftBounce", "TypeCode": 4096, "Details": FULL}),
    DROPPED: (
        "Bounce",
        {"Type": "ManuallyDeactivated", "TypeCode": 100_007, "Details": "deactivated by hand"},
    ),
    COMPLAINED: ("SpamComplaint", {"Type": "SpamComplaint", "TypeCode": 100_001, "Details": ""}),
    OPENED: ("Open", {"FirstOpen": True, "UserAgent": "Correo/1"}),
}
SENDGRID = {
    TAKEN: ("processed", {}),
    DELIVERED: ("delivered", {"response": "250 2.0.0 ok"}),
    DELAYED: ("deferred", {"response": "451 4.3.0 later", "attempt": "3"}),
    BOUNCED: ("bounce", {"type": "bounce", "reason": NO_USER[6:], "status": "5.1.1"}),
    FULL_BOX: ("bounce", {"type": "blocked", "reason": FULL[6:], "status": "4.2.2"}),
    DROPPED: ("dropped", {"reason": "Bounced Address"}),
    COMPLAINED: ("spamreport", {}),
    OPENED: ("open", {"useragent": "Correo/1"}),
}
BREVO = {
    TAKEN: ("request", ""),
    DELIVERED: ("delivered", ""),
    DELAYED: ("deferred", "451 4.3.0 later"),
    BOUNCED: ("hard_bounce", NO_USER[6:]),
    FULL_BOX: ("soft_bounce", FULL[6:]),
    DROPPED: ("blocked", "blocked : due to blacklist user"),
    COMPLAINED: ("spam", ""),
    OPENED: ("unique_opened", ""),
}
MAILGUN: dict[str, tuple[str, dict[str, Any]]] = {
    TAKEN: ("accepted", {}),
    DELIVERED: ("delivered", {"delivery-status": {"code": 250, "message": "OK"}}),
    DELAYED: (
        "failed",
        {
            "severity": "temporary",
            "reason": "generic",
            "delivery-status": {"code": 451, "message": "4.3.0 later"},
        },
    ),
    BOUNCED: (
        "failed",
        {
            "severity": "permanent",
            "reason": "bounce",
            "delivery-status": {"code": 550, "message": NO_USER[6:], "enhanced-code": "5.1.1"},
        },
    ),
    FULL_BOX: (
        "failed",
        {
            "severity": "permanent",
            "reason": "old",
            "delivery-status": {"code": 452, "message": FULL[6:]},
        },
    ),
    DROPPED: (
        "failed",
        {
            "severity": "permanent",
            "reason": "suppress-bounce",
            "delivery-status": {
                "code": 605,
                "message": "",
                "description": "Not delivering to previously bounced address",
            },
        },
    ),
    COMPLAINED: ("complained", {}),
    OPENED: ("opened", {"client-info": {"user-agent": "Correo/1"}}),
}
RESEND: dict[str, tuple[str, dict[str, Any]]] = {
    TAKEN: ("email.sent", {}),
    DELIVERED: ("email.delivered", {}),
    DELAYED: ("email.delivery_delayed", {}),
    BOUNCED: (
        "email.bounced",
        {
            "bounce": {
                "type": "Permanent",
                "subType": "NoEmail",
                "message": "The recipient's email provider sent a hard bounce message.",
            }
        },
    ),
    FULL_BOX: (
        "email.bounced",
        {"bounce": {"type": "Transient", "subType": "MailboxFull", "message": "inbox was full"}},
    ),
    DROPPED: (
        "email.bounced",
        {
            "bounce": {
                "type": "Permanent",
                "subType": "Suppressed",
                "message": "Resend has suppressed sending to this address",
            }
        },
    ),
    COMPLAINED: ("email.complained", {}),
    OPENED: ("email.opened", {}),
}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its provider knows it; `token` "" where the event does not carry it."""

    to: str
    name: str
    token: str = ""


def ses(kind: str, mail: Mail) -> dict[str, Any]:
    """What SES writes into the message of SNS."""
    one = {"emailAddress": mail.to}
    told: dict[str, tuple[str, dict[str, Any]]] = {
        TAKEN: ("Send", {}),
        DELIVERED: ("Delivery", {"recipients": [mail.to], "smtpResponse": "250 2.0.0 ok"}),
        DELAYED: (
            "DeliveryDelay",
            {
                "delayType": "TransientCommunicationFailure",
                "delayedRecipients": [one | {"status": "4.4.1", "diagnosticCode": "451 later"}],
            },
        ),
        BOUNCED: (
            "Bounce",
            {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [
                    one | {"action": "failed", "status": "5.1.1", "diagnosticCode": NO_USER}
                ],
            },
        ),
        FULL_BOX: (
            "Bounce",
            {
                "bounceType": "Transient",
                "bounceSubType": "MailboxFull",
                "bouncedRecipients": [one | {"diagnosticCode": FULL}],
            },
        ),
        DROPPED: (
            "Bounce",
            {
                "bounceType": "Permanent",
                "bounceSubType": "OnAccountSuppressionList",
                "bouncedRecipients": [
                    one | {"diagnosticCode": "did not send: the address is on the list"}
                ],
            },
        ),
        COMPLAINED: (
            "Complaint",
            {"complainedRecipients": [one], "complaintFeedbackType": "abuse"},
        ),
        OPENED: ("Open", {"userAgent": "Correo/1"}),
    }
    name, about = told[kind]
    tags = {"acuse": [mail.token]} if mail.token else {}
    return {
        "eventType": name,
        name[:1].lower() + name[1:]: about,
        "mail": {
            "messageId": mail.name,
            "destination": [mail.to],
            "timestamp": "2026-11-26T15:00:00.000Z",
            "headers": [],
            "tags": tags,
        },
        "aField": "that nobody knows yet",
    }
