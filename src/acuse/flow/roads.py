"""Roads: by which a company's mail leaves, under which address, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings

from acuse.domain.party import Company, Environment
from acuse.domain.recipient import SmtpOutcome
from acuse.domain.route import PROVIDERS, RouteKind
from acuse.flow import outside
from acuse.gateways import provider as providers
from acuse.gateways import smtp
from acuse.store import routes

Road = smtp.Route | providers.Road
SECRET = "smtp"  # noqa: S105 - the name under which passwords and keys are wrapped
SANDBOX_SENDER = "avisos@acuse.example"


def sender(company: Company) -> str:
    """The address that the company's mail comes from."""
    if company.environment is Environment.SANDBOX:
        return SANDBOX_SENDER
    route = routes.of_company(company.id)
    return route.sender if route else ""


def of_company(company_id: int, environment: Environment) -> Road | None:
    """The road that the company's mail takes: a rehearsal's never leaves the pretended world."""
    if environment is Environment.SANDBOX:
        host, _, port = settings.SANDBOX_SMTP.rpartition(":")
        told = settings.ASK_DELIVERED
        return smtp.Route(host=host, port=int(port), delivered=told) if host else None
    stored = routes.of_company(company_id)
    return opened(stored) if stored else None


def of_notices(company: Company) -> tuple[Road, str] | None:
    """The road and the sender of mails to the company's own people; None where there is none."""
    if company.environment is Environment.SANDBOX:
        road = of_company(company.id, company.environment)
        return (road, SANDBOX_SENDER) if road else None
    stored = routes.of_notices(company.id)
    return (opened(stored), stored.sender) if stored else None


def server(road: Road) -> str:
    """Who is spoken to, as a person knows it: a mail server's host, or a provider."""
    return road.host if isinstance(road, smtp.Route) else PROVIDERS[road.provider].name


def provider(road: Road) -> str:
    """The provider whose interface the road is; "" for a mail server's."""
    return road.provider.value if isinstance(road, providers.Road) else ""


def carry(
    message: bytes,
    *,
    sender: str,
    recipient: str,
    road: Road,
    before_dot: Callable[[], bool],
    name: str = "",
) -> SmtpOutcome:
    """How the attempt to hand one message over for one address ended.

    `before_dot` is asked right before it may count as sent; reports are asked for under `name`.
    Raises ValueError for a message that cannot go on the wire.
    """
    if isinstance(road, providers.Road):
        return providers.send(
            message, recipient=recipient, road=road, before_dot=before_dot, name=name
        )
    return smtp.send(
        smtp.prepare(message),
        sender=sender,
        recipient=recipient,
        route=road,
        before_dot=before_dot,
        name=name,
    )


def secret(stored: routes.Route) -> str:
    """The road's password or key in plain, "" where it has none."""
    if not stored.wrapped_password:
        return ""
    return outside.open_secret(stored.owner, SECRET, stored.wrapped_password)


def opened(stored: routes.Route) -> Road:
    """The way to the road's server. A company's own may stand on a private network if allowed."""
    if stored.kind is RouteKind.PROVIDER:
        return _provider(stored)
    return smtp.Route(
        host=stored.host,
        port=stored.port,
        security=smtp.Security(stored.security),
        username=stored.username,
        password=secret(stored),
        helo=stored.helo or stored.sender.partition("@")[2] or "localhost",
        delivered=stored.owner == 0 and settings.ASK_DELIVERED,
        private=stored.owner == 0 or settings.PRIVATE_MAILBOXES,
    )


def try_out(
    message: bytes, *, sender: str, recipient: str, road: Road, waits: smtp.Waits
) -> tuple[SmtpOutcome, tuple[smtp.Said, ...]]:
    """How a trial ended, on a connection of its own, with all that was said; nothing is kept."""
    if isinstance(road, providers.Road):
        return providers.send(message, recipient=recipient, road=road, before_dot=lambda: True), ()
    road = replace(road, waits=waits)
    return smtp.try_out(smtp.prepare(message), sender=sender, recipient=recipient, route=road)


def _provider(stored: routes.Route) -> providers.Road:
    assert stored.provider is not None, "the row has one"
    told = {name: str(value) for name, value in stored.parameters.items()}
    return providers.Road(
        provider=stored.provider,
        key=secret(stored),
        user=told.get("access_key") or stored.username,
        region=told.get("region", ""),
        domain=told.get("domain", ""),
        stream=told.get("stream", ""),
        configuration=told.get("configuration_set", ""),
        api=settings.PROVIDER_URL,
    )
