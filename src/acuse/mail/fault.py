"""What the end of an attempt says of our own road, apart from what it says of the address.

Source: reliability.md F67-F73 and F80, mail.md 4 (what others hold against us is ours). A refusal
of an address (RCPT) never speaks of the road.
"""

from __future__ import annotations

import re

from acuse.domain.bounce import BounceReason
from acuse.domain.breaker import Effect
from acuse.domain.recipient import OURS, SmtpOutcome, Stage
from acuse.mail.codes import Meaning, enhanced, meaning
from acuse.mail.reasons import speaks_of

# Asked to slow down, whatever else is said: for our reputation, say.
PACE = frozenset({BounceReason.SPEEDING, BounceReason.TOO_MANY_CONNECTIONS})
# What one mailbox gets too much of (4.2.x), or one mail (4.5.3), is not ours.
THEIRS = re.compile(r"\b4\.2\.\d|\b4\.5\.3\b")
# Our domain does not prove itself: PTR, SPF, DKIM, DMARC, as large receivers number them.
UNPROVEN = re.compile(r"\b5\.7\.(?:2[5-9]|30|32|515)\b")


def effect(outcome: SmtpOutcome) -> Effect:
    """What the attempt says of its road."""
    kind = outcome.code // 100
    if kind == 4 and _too_fast(outcome):
        return Effect.BUSY
    if outcome.stage not in OURS:
        unproven = outcome.stage in (Stage.DATA, Stage.DOT) and UNPROVEN.search(outcome.text)
        return Effect.REFUSED if kind == 5 and unproven else Effect.WORKED
    if about_the_mail(outcome):
        return Effect.WORKED
    return Effect.REFUSED if kind == 5 else Effect.SILENT


def _too_fast(outcome: SmtpOutcome) -> bool:
    status = enhanced(outcome.code, outcome.text)
    return speaks_of(PACE, status=status, said=outcome.text) and not THEIRS.search(outcome.text)


def about_the_mail(outcome: SmtpOutcome) -> bool:
    """Whether what was said before the address was named is about this mail: its size, its turn."""
    if outcome.stage is not Stage.MAIL or outcome.code < 400:
        return False
    return meaning(outcome.code, outcome.text) in (Meaning.SIZE, Meaning.GREYLISTED)
