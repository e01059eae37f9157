"""A provider's event as a report: the same reasons and actions as those of a mail server.

The addressee's server has the first word, as in a delivery report; how the provider calls the
failure counts where that server said nothing, or was never asked. Source: mail.md 4 and 7.
"""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.domain.provider_event import ProviderEvent, Told
from acuse.domain.report import Action, Places, Report, ReportKind, Result, Source
from acuse.mail.reasons import reason
from acuse.mail.reports.delivery_status import codes_in
from acuse.mail.reports.rules_provider_words import PASSING, SUPPRESSED, WORDS

_ACTIONS = {
    Told.TAKEN: Action.TAKEN,
    Told.DELIVERED: Action.DELIVERED,
    Told.DELAYED: Action.DELAYED,
    Told.FAILED: Action.FAILED,
    Told.DROPPED: Action.FAILED,
}
_KINDS = {Told.COMPLAINED: ReportKind.COMPLAINT, Told.AUTO_REPLIED: ReportKind.AUTO_REPLY}
CHALLENGE = "challengeverification"


def report(events: tuple[ProviderEvent, ...], digest: str) -> Report:
    """The report that the events of one message are; OTHER for what tells nothing of a mail."""
    if not events:
        return Report(ReportKind.OTHER, digest, Source.PROVIDER)
    first = events[0]
    kind = ReportKind.DELIVERY if first.told in _ACTIONS else _KINDS.get(first.told)
    if first.told is Told.AUTO_REPLIED and first.word == CHALLENGE:
        kind = ReportKind.CHALLENGE
    return Report(
        kind=kind or ReportKind.OTHER,
        digest=digest,
        source=Source.PROVIDER,
        results=tuple(_result(one) for one in events) if kind else (),
        places=Places(
            returned=tuple(dict.fromkeys(text for one in events for text in one.named)),
            provider=first.name,
        ),
        detail=first.word,
    )


def _result(event: ProviderEvent) -> Result:
    """What is said of one address; of a complaint or an answer only whose it is."""
    action = _ACTIONS.get(event.told, Action.TAKEN)
    status, code = codes_in(event.said)
    status = status or codes_in(event.status)[0]
    told = Result(event.address, action, status=status, code=code, said=event.said)
    return replace(told, reason=_reason(event, told)) if action is Action.FAILED else told


def _reason(event: ProviderEvent, told: Result) -> BounceReason:
    if event.word in SUPPRESSED.get(event.provider, ()):
        return BounceReason.SUPPRESSED
    found = reason(status=told.status, code=told.code, said=told.said)
    if found is BounceReason.UNDEFINED:
        found = WORDS.get((event.provider, event.word), found)
    passing = event.word.startswith(PASSING)
    if passing and response_to(found) is Response.HOLD:
        return BounceReason.EXPIRED
    return found
