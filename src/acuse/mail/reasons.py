"""Why a mail failed, from the enhanced code, the SMTP reply and the server's words.

The same answer means the same, whether a server said it to us or a report brought it.
Known words say more than codes, and what is said of us weighs more than what is said of the
address: a wrongly held address costs a customer its invoices. An answer of "later" (4xx) never says
that an address is wrong, also after days of trying. Source: mail.md 4, RFC 3463, RFC 5321 4.2.
"""

from __future__ import annotations

import re

from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.domain.text import bare
from acuse.mail import words
from acuse.mail.statuses import of_reply, of_status

LONGEST = 2000
# Names of hosts and addresses hold words that say nothing: mx.antispam.example, <blocked@…>.
_NAMES = re.compile(r"<[^<>]{0,320}>|\S{0,256}@\S{1,256}|https?://\S{1,500}|\b[\w-]+(?:\.[\w-]+)+")
_KEPT = re.compile(r"resolver\.|\d+\.\d+\.\d+$")


def reason(*, status: str = "", code: int = 0, said: str = "") -> BounceReason:
    """The reason; any text is survived, and UNDEFINED is an answer."""
    text = _plain(said)
    found = (
        _by_words(words.CERTAIN, text)
        or of_status(status)
        or _by_words(words.LIKELY, text)
        or of_reply(code)
        or BounceReason.UNDEFINED
    )
    later = status.startswith("4") or (not status and 400 <= code <= 499)
    if later and response_to(found) is Response.HOLD:
        return BounceReason.EXPIRED
    return found


def speaks_of(reasons: frozenset[BounceReason], *, status: str, said: str) -> bool:
    """Whether its code, or its words among others, tell of one of these reasons."""
    text = _plain(said)
    told = (one for pattern, one in words.CERTAIN if pattern.search(text))
    return of_status(status) in reasons or any(one in reasons for one in told)


def _plain(said: str) -> str:
    """Lower case, without accents, names, addresses and links."""
    text = bare(said[:LONGEST])
    kept = _NAMES.sub(lambda found: found[0] if _KEPT.match(found[0]) else " ", text)
    return " ".join(kept.split())


def _by_words(table: words.Words, text: str) -> BounceReason | None:
    return next((one for pattern, one in table if pattern.search(text)), None)
