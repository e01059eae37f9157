"""What the end of an attempt says of our own road, apart from what it says of the address.

Source: reliability.md F67-F73 and F80, mail.md 4 (what others hold against us is ours). What a
server says of us when it refuses one address may be that address's own affair: it is believed of
the road when several meet it in a row.
"""

from __future__ import annotations

import re

from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.domain.breaker import Effect
from acuse.domain.recipient import OURS, SmtpOutcome, Stage
from acuse.mail.codes import Meaning, enhanced, meaning, why
from acuse.mail.reasons import speaks_of

# Asked to slow down, whatever else is said: for our reputation, say.
PACE = frozenset({BounceReason.SPEEDING, BounceReason.TOO_MANY_CONNECTIONS})
# What one mailbox gets too much of (4.2.x), or one mail (4.5.3), is not ours.
THEIRS = re.compile(r"\b4\.2\.\d|\b4\.5\.3\b")
# Our domain does not prove itself: PTR, SPF, DKIM, DMARC, as large receivers number them.
UNPROVEN = re.compile(r"\b5\.7\.(?:2[5-9]|30|32|515)\b")
# What is mended by us alone, if it is true; a policy or a filter may be about this one mail.
OURS_ALONE = frozenset(
    {
        BounceReason.NO_RELAYING,
        BounceReason.BLOCKED,
        BounceReason.BAD_REPUTATION,
        BounceReason.REQUIRE_PTR,
        BounceReason.AUTH_FAILURE,
    }
)


def effect(outcome: SmtpOutcome) -> Effect:
    """What the attempt says of its road."""
    kind = outcome.code // 100
    if kind == 4 and _too_fast(outcome):
        return Effect.BUSY
    if outcome.stage not in OURS:
        return _of_one_address(outcome) if kind == 5 else Effect.WORKED
    if about_the_mail(outcome):
        return Effect.WORKED
    return Effect.REFUSED if kind == 5 else Effect.SILENT


def ours(outcome: SmtpOutcome) -> bool:
    """Whether a refusal for good speaks of nothing but us, at whatever stage it comes."""
    return outcome.code // 100 == 5 and why(outcome.code, outcome.text) in OURS_ALONE


def _of_one_address(outcome: SmtpOutcome) -> Effect:
    if UNPROVEN.search(outcome.text):
        return Effect.REFUSED
    against_us = response_to(why(outcome.code, outcome.text)) is Response.ALARM
    return Effect.DOUBTED if against_us else Effect.WORKED


def _too_fast(outcome: SmtpOutcome) -> bool:
    status = enhanced(outcome.code, outcome.text)
    return speaks_of(PACE, status=status, said=outcome.text) and not THEIRS.search(outcome.text)


def about_the_mail(outcome: SmtpOutcome) -> bool:
    """Whether what was said before the address was named is about this mail: its size, its turn."""
    if outcome.stage is not Stage.MAIL or outcome.code < 400:
        return False
    return meaning(outcome.code, outcome.text) in (Meaning.SIZE, Meaning.GREYLISTED)
