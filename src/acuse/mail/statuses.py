"""What a server's numbers mean, wherever they stand: said in the dialogue, or in a report.

None where a number alone says nothing: words may, and what nothing explains is nobody's fault.
Source: mail.md 4; RFC 3463 (enhanced codes), 5321 4.2 (replies), 7372, 7504, 7505.
"""

from __future__ import annotations

from acuse.domain.bounce import BounceReason as B

STATUS: tuple[tuple[str, B], ...] = (  # its beginning; the longer ones first
    # Not 5.1 as a whole: 5.1.0 is also said of senders, and a wrong hold costs a customer its mail.
    ("5.1.1", B.USER_UNKNOWN),
    ("5.1.2", B.HOST_UNKNOWN),
    ("5.1.3", B.USER_UNKNOWN),
    ("5.1.6", B.HAS_MOVED),
    ("5.1.7", B.REJECTED),
    ("5.1.8", B.REJECTED),
    ("5.1.10", B.NOT_ACCEPTED),  # RFC 7505; Exchange says so of an unknown user: both are hard
    ("5.2.1", B.SUSPENDED),
    ("5.2.2", B.MAILBOX_FULL),
    ("5.2.3", B.TOO_BIG),
    ("5.2", B.FILTERED),
    ("5.3.1", B.SYSTEM_FULL),
    ("5.3.4", B.TOO_BIG),
    ("5.3", B.SYSTEM_ERROR),
    ("5.4.6", B.SYSTEM_ERROR),
    ("5.4.7", B.EXPIRED),
    ("5.4", B.NETWORK_ERROR),  # also 5.4.4: a route may be back tomorrow
    ("5.5.1", B.SYNTAX_ERROR),  # 5.5.0 says nothing: Outlook.com says so of unknown users
    ("5.5.2", B.SYNTAX_ERROR),
    ("5.5.4", B.SYNTAX_ERROR),
    ("5.6", B.CONTENT_ERROR),
    ("5.7.10", B.FAILED_STARTTLS),
    ("5.7.20", B.AUTH_FAILURE),
    ("5.7.21", B.AUTH_FAILURE),
    ("5.7.22", B.AUTH_FAILURE),
    ("5.7.23", B.AUTH_FAILURE),
    ("5.7.24", B.AUTH_FAILURE),
    ("5.7.25", B.REQUIRE_PTR),
    ("5.7.26", B.AUTH_FAILURE),
    ("5.7.27", B.REJECTED),  # RFC 7505: it is our own domain that takes no mail
    ("5.7.8", B.AUTH_FAILURE),
    ("5.7.9", B.AUTH_FAILURE),
    ("5.7.515", B.AUTH_FAILURE),
    ("5.7.705", B.SPEEDING),
    ("5.7.708", B.SPEEDING),
    ("5.7", B.POLICY_VIOLATION),
    ("4.2.1", B.SUSPENDED),
    ("4.2.2", B.MAILBOX_FULL),
    ("4.3.1", B.SYSTEM_FULL),
    ("4.3", B.SYSTEM_ERROR),
    ("4.4.7", B.EXPIRED),
    ("4.4", B.NETWORK_ERROR),
    ("4.7.28", B.SPEEDING),
    ("4.7.705", B.SPEEDING),
    ("4.7.708", B.SPEEDING),
    ("4.7", B.EXPIRED),  # asked to come later, and later was too late
)

REPLIES: tuple[tuple[int, int, B], ...] = (  # first, last, what the reply alone means
    (552, 552, B.MAILBOX_FULL),
    (556, 556, B.NOT_ACCEPTED),  # RFC 7504
    (530, 539, B.AUTH_FAILURE),
    (452, 452, B.SYSTEM_FULL),
    (400, 499, B.EXPIRED),
)


def of_status(status: str) -> B | None:
    """What an enhanced code says; any text is survived."""
    told = f"{status}."
    return next((one for start, one in STATUS if told.startswith(f"{start}.")), None)


def of_reply(code: int) -> B | None:
    """What a reply code says without an enhanced one."""
    return next((one for first, last, one in REPLIES if first <= code <= last), None)
