"""Why a mail was not delivered, whose matter that is, and what is done about it.

The reasons and their actions are those of mail.md 4: neither 4.x nor 5.x alone says whether an
address is wrong.
"""

from __future__ import annotations

from enum import StrEnum


class BounceReason(StrEnum):
    """Why a server did not deliver; the comment says what it said."""

    USER_UNKNOWN = "USER_UNKNOWN"  # nobody of that name
    HOST_UNKNOWN = "HOST_UNKNOWN"  # no such domain
    HAS_MOVED = "HAS_MOVED"  # gone to another address
    NOT_ACCEPTED = "NOT_ACCEPTED"  # that domain takes no mail at all
    MAILBOX_FULL = "MAILBOX_FULL"
    SUSPENDED = "SUSPENDED"  # the mailbox exists and is closed
    FILTERED = "FILTERED"  # by the addressee's own rule
    AUTH_FAILURE = "AUTH_FAILURE"  # SPF, DKIM, DMARC, log-in
    BAD_REPUTATION = "BAD_REPUTATION"
    BLOCKED = "BLOCKED"  # our server is on a list
    REQUIRE_PTR = "REQUIRE_PTR"  # our server has no name in reverse DNS
    SPAM_DETECTED = "SPAM_DETECTED"
    POLICY_VIOLATION = "POLICY_VIOLATION"
    NO_RELAYING = "NO_RELAYING"
    SECURITY_ERROR = "SECURITY_ERROR"
    FAILED_STARTTLS = "FAILED_STARTTLS"
    TOO_MANY_CONNECTIONS = "TOO_MANY_CONNECTIONS"
    SPEEDING = "SPEEDING"  # we sent too much at once
    REJECTED = "REJECTED"  # our sender's address
    SUPPRESSED = "SUPPRESSED"  # our provider writes to that address no more
    SYNTAX_ERROR = "SYNTAX_ERROR"  # our server and theirs did not understand each other
    NOT_COMPLIANT = "NOT_COMPLIANT"  # our message breaks a rule of mail
    TOO_BIG = "TOO_BIG"
    CONTENT_ERROR = "CONTENT_ERROR"
    VIRUS_DETECTED = "VIRUS_DETECTED"
    EXPIRED = "EXPIRED"  # tried for days
    NETWORK_ERROR = "NETWORK_ERROR"
    SYSTEM_ERROR = "SYSTEM_ERROR"
    SYSTEM_FULL = "SYSTEM_FULL"
    MAILER_ERROR = "MAILER_ERROR"  # a program behind the mailbox
    UNDEFINED = "UNDEFINED"  # no reason that we know


class Response(StrEnum):
    """What a failure asks for, the heaviest for the address first."""

    HOLD = "HOLD"  # no more mail to that address; another one is asked for
    COUNT = "COUNT"  # the third within 14 days holds
    PACKET = "PACKET"  # what was sent is at fault, not where it was sent
    ALARM = "ALARM"  # the operator's matter, never the customer's fault
    LATER = "LATER"  # may be sent again by hand


_B = BounceReason

RESPONSES: dict[BounceReason, Response] = {
    _B.USER_UNKNOWN: Response.HOLD,
    _B.HOST_UNKNOWN: Response.HOLD,
    _B.HAS_MOVED: Response.HOLD,
    _B.NOT_ACCEPTED: Response.HOLD,
    _B.SUPPRESSED: Response.HOLD,
    _B.MAILBOX_FULL: Response.COUNT,
    _B.SUSPENDED: Response.COUNT,
    _B.FILTERED: Response.COUNT,
    _B.AUTH_FAILURE: Response.ALARM,
    _B.BAD_REPUTATION: Response.ALARM,
    _B.BLOCKED: Response.ALARM,
    _B.REQUIRE_PTR: Response.ALARM,
    _B.SPAM_DETECTED: Response.ALARM,
    _B.POLICY_VIOLATION: Response.ALARM,
    _B.NO_RELAYING: Response.ALARM,
    _B.SECURITY_ERROR: Response.ALARM,
    _B.FAILED_STARTTLS: Response.ALARM,
    _B.TOO_MANY_CONNECTIONS: Response.ALARM,
    _B.SPEEDING: Response.ALARM,
    _B.REJECTED: Response.ALARM,
    _B.SYNTAX_ERROR: Response.ALARM,
    _B.NOT_COMPLIANT: Response.ALARM,
    _B.TOO_BIG: Response.PACKET,
    _B.CONTENT_ERROR: Response.PACKET,
    _B.VIRUS_DETECTED: Response.PACKET,
    _B.EXPIRED: Response.LATER,
    _B.NETWORK_ERROR: Response.LATER,
    _B.SYSTEM_ERROR: Response.LATER,
    _B.SYSTEM_FULL: Response.LATER,
    _B.MAILER_ERROR: Response.LATER,
    _B.UNDEFINED: Response.LATER,
}
HEAVIEST_FIRST = tuple(Response)


def response_to(reason: BounceReason) -> Response:
    """What is done about a mail that failed for that reason."""
    return RESPONSES[reason]
