"""What new news make of a recipient: its state, compared and set, and the lines that tell of it.

Called inside the transaction of the report that brought them, the recipient's row locked.
"""

from __future__ import annotations

from datetime import datetime

from acuse.domain import bounce_news
from acuse.domain.activity import Event, EventKind
from acuse.domain.bounce_news import News, NewsKind
from acuse.domain.delivery import Trigger
from acuse.domain.failure import of_bounce
from acuse.domain.recipient import RecipientState
from acuse.domain.report import Report
from acuse.flow import release
from acuse.flow.copied import about_copy
from acuse.store import news
from acuse.store.news import Followed

_R = RecipientState
LEFT = (_R.SENT, _R.DELIVERED)
TOLD = {  # news that are a line of their own, whatever they make of the state
    NewsKind.READ: EventKind.RECIPIENT_READ,
    NewsKind.COMPLAINED: EventKind.RECIPIENT_COMPLAINED,
    NewsKind.AUTO_REPLIED: EventKind.RECIPIENT_AUTO_REPLIED,
    NewsKind.CHALLENGED: EventKind.RECIPIENT_CHALLENGED,
    NewsKind.REPLIED: EventKind.RECIPIENT_REPLIED,
}
WHILE_SENT = {  # these say nothing once it is known what became of the mail
    NewsKind.DELAYED: EventKind.RECIPIENT_DELAYED,
    NewsKind.RELAYED: EventKind.RECIPIENT_RELAYED,
    NewsKind.EXPANDED: EventKind.RECIPIENT_RELAYED,
}


def follow(
    recipient: Followed, new: tuple[News, ...], report: Report, *, at: datetime
) -> tuple[Event, ...]:
    """The lines that the new news are; the recipient is where all that was told of it leads.

    A kind of news is a line once, however many servers tell it; only each answer is one.
    """
    if not new:
        return ()
    told = news.reported(recipient.id)
    earlier = {one.kind for one in told if one not in new} - {NewsKind.REPLIED}
    after = bounce_news.fold(recipient.state, told)
    moved = after.state is not recipient.state and news.move(
        recipient, after.state, cause=_cause(after)
    )
    state = after.state if moved else recipient.state
    heavier = not moved and _shown_anew(recipient, after)
    if moved and state in LEFT and recipient.state not in LEFT:
        _left_by_hand(recipient, at)
    about: dict[str, object] = {"to": recipient.address, **about_copy(recipient.trigger)}
    lines = [_moved(recipient, after, at)] if moved or heavier else []
    for kind in dict.fromkeys(one.kind for one in new):
        line = TOLD.get(kind) or (WHILE_SENT.get(kind) if state is _R.SENT else None)
        if line and kind not in earlier:
            lines.append(Event(at, line, facts=about | _words(report, kind)))
    return tuple(lines)


def _cause(after: bounce_news.Followed) -> str:
    """Under what a bounced mail is shown among the failures; "" for what did not bounce."""
    if after.state is not _R.BOUNCED or after.failure is None:
        return ""
    return of_bounce(after.failure.reason).value


def _shown_anew(recipient: Followed, after: bounce_news.Followed) -> bool:
    """Whether a bounced mail is shown under another cause from now on: a heavier failure came."""
    cause = _cause(after)
    if not cause or recipient.state is not after.state or cause == recipient.cause:
        return False
    return news.blame(recipient, cause)


def _moved(recipient: Followed, after: bounce_news.Followed, at: datetime) -> Event:
    about: dict[str, object] = {
        "to": recipient.address,
        "was": recipient.state.value,
        **about_copy(recipient.trigger),
    }
    match after.state:
        case _R.BOUNCED:
            failure = after.failure
            assert failure is not None, "only a failure bounces"
            facts = {
                "reason": failure.reason.value,
                "status": failure.status,
                "text": failure.said,
                "cause": _cause(after),
            }
            return Event(at, EventKind.RECIPIENT_BOUNCED, facts=about | facts)
        case _R.DELIVERED:
            return Event(at, EventKind.RECIPIENT_DELIVERED, facts=about)
        case _:
            return Event(at, EventKind.RECIPIENT_SENT, facts=about | {"proven": True})


def _words(report: Report, kind: NewsKind) -> dict[str, str]:
    """What a person or a program answered: its subject and sender, no more."""
    if kind in (NewsKind.REPLIED, NewsKind.AUTO_REPLIED, NewsKind.CHALLENGED):
        return {"sender": report.sender, "subject": report.subject}
    return {}


def _left_by_hand(recipient: Followed, at: datetime) -> None:
    if recipient.trigger is Trigger.MANUAL:
        release.sent_by_hand(recipient.document_id, at=at)
