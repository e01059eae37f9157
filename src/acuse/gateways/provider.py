"""A mail provider's own interface: anymail writes the request, the house's client carries it.

What matters is the same as with SMTP: whether the request may have left, and who is refused. The
client follows no redirects, verifies certificates and has a deadline; nothing is tried twice here.
anymail and boto3 are loaded with the first mail that goes this way, so nobody else pays for them.
Source: reliability.md 5.2, mail.md 7; ADR 14.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.domain.route import Provider
from acuse.domain.submission import NoReply
from acuse.gateways.provider_call import Unanswered, carried, instead
from acuse.mail import provider_answers
from acuse.mail.provider_answers import KEPT_TEXT

TAKEN = 250
UNSPEAKABLE = 553


@dataclass(frozen=True, slots=True)
class Road:
    """A provider and how to enter it; which of the settings count depends on the provider.

    `region` is AWS's, or "eu" where a provider has a second place; `api` leads to the pretended
    world instead: an address of this machine, else ValueError.
    """

    provider: Provider
    key: str = field(repr=False)
    user: str = ""  # SES: the id of the key
    region: str = ""
    domain: str = ""  # Mailgun: the domain that sends
    stream: str = ""  # Postmark: its message stream
    configuration: str = ""  # SES: its configuration set
    api: str = ""

    def __post_init__(self) -> None:
        instead("https://x/", self.api)


def send(
    message: bytes,
    *,
    recipient: str,
    road: Road,
    before_dot: Callable[[], bool],
    name: str = "",
) -> SmtpOutcome:
    """How the attempt ended, in the words of SMTP. `before_dot` is asked before the request leaves.

    Events name the mail by `name`, our token. The envelope's sender is the provider's own.
    """
    from acuse.gateways import provider_backends

    try:
        request = provider_backends.written(message, recipient=recipient, road=road, name=name)
    except provider_backends.Unspeakable as trouble:
        return SmtpOutcome(trouble.stage, UNSPEAKABLE, str(trouble)[:KEPT_TEXT])
    if not before_dot():
        return SmtpOutcome(Stage.BODY, 0, "abandoned before the request")
    try:
        answer = request.leave(carried)
    except Unanswered as silence:
        return _silence(silence.answer)
    if not 200 <= answer.status <= 299:
        kind = answer.headers.get("x-amzn-errortype", "")[:100]
        return provider_answers.refused(road.provider, answer.status, answer.body, kind)
    try:
        taken = request.name_in(answer)
    except provider_backends.Unreadable as trouble:
        return provider_answers.lost(f"HTTP {answer.status}, unreadable: {trouble}")
    return SmtpOutcome(Stage.DOT, TAKEN, f"HTTP {answer.status} {taken}"[:KEPT_TEXT], name=taken)


def _silence(answer: NoReply) -> SmtpOutcome:
    if answer.left:
        return provider_answers.lost(answer.reason)
    return provider_answers.not_sent(answer.reason)
