"""The cause under which a mail that did not leave is shown, by what the server said and when."""

from __future__ import annotations

from acuse.domain.breaker import Effect
from acuse.domain.failure import Cause
from acuse.domain.recipient import OURS, RecipientState, SmtpOutcome
from acuse.mail import fault
from acuse.mail.codes import Meaning, meaning

MEANT = {
    Meaning.ADDRESS: Cause.BAD_ADDRESS,
    Meaning.DOMAIN: Cause.BAD_ADDRESS,
    Meaning.DISABLED: Cause.BAD_ADDRESS,
    Meaning.FULL: Cause.MAILBOX_FULL,
    Meaning.SIZE: Cause.TOO_BIG,
    Meaning.CONTENT: Cause.BLOCKED,
    Meaning.SENDER: Cause.BLOCKED,
    Meaning.REFUSED: Cause.BLOCKED,
    Meaning.GREYLISTED: Cause.THEIR_SERVER,
    Meaning.BUSY: Cause.THEIR_SERVER,
    Meaning.NO_ANSWER: Cause.OUR_SERVER,  # our own way out said nothing readable
}
AGAINST_US = (Effect.REFUSED, Effect.DOUBTED)
STATES = {
    RecipientState.UNCERTAIN: Cause.UNCERTAIN,
    RecipientState.STUCK: Cause.UNDECIDED,
}


def cause(state: RecipientState, outcome: SmtpOutcome) -> Cause | None:
    """Why the mail is where the attempt left it; None once the server took it."""
    if state is RecipientState.SENT:
        return None
    if state in STATES:
        return STATES[state]
    if outcome.stage in OURS and not fault.about_the_mail(outcome):
        return Cause.OUR_SERVER
    if fault.ours(outcome):
        return Cause.OUR_SERVER
    if state is RecipientState.DEFERRED and fault.effect(outcome) in AGAINST_US:
        return Cause.OUR_SERVER
    return MEANT[meaning(outcome.code, outcome.text)]
