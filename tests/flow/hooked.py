"""A company whose mail goes by a provider, and hands to play that provider."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.test import Client

from acuse.domain.party import Company
from acuse.domain.recipient import RecipientState
from acuse.domain.route import Provider
from acuse.flow import hooks, outside, track
from acuse.gateways import http, provider_proofs
from acuse.store import models
from tests.flow.house import BY, House
from tests.support.provider_api import ProviderApi
from tests.support.provider_posts import (
    CERTIFICATE,
    Mail,
    Posted,
    Poster,
    event,
    sns_certificate,
)

SENDER = "ventas@taller.example"
PARAMETERS = {
    Provider.SES: {"region": "us-east-1", "access_key": "AKIDINVENTADA"},
    Provider.MAILGUN: {"domain": "mg.taller.example", "region": "us"},
}


@dataclass
class Hooked:
    """The provider's side of a road."""

    api: ProviderApi
    poster: Poster
    address: str
    owner: int

    def post(self, posted: Posted, path: str = "") -> int:
        """The number that the post is answered with."""
        headers = {name.replace("-", "_").upper(): told for name, told in posted.headers.items()}
        kind = headers.pop("CONTENT_TYPE", "application/json")
        answer = Client(enforce_csrf_checks=True).post(
            path or self.path,
            posted.body,
            content_type=kind,
            headers=None,
            **{f"HTTP_{name}": told for name, told in headers.items()},  # type: ignore[arg-type]
        )
        return answer.status_code

    def tell(self, *events: dict[str, Any]) -> int:
        """The same for events in a post that proves itself."""
        return self.post(self.poster.post(*events, at=outside.now()))

    def news(self, kind: str, recipient: models.Recipient, **changes: str) -> dict[str, Any]:
        """An event of that mail."""
        name = models.Attempt.objects.filter(recipient_id=recipient.pk).latest("id").provider_name
        values = {"to": recipient.address, "name": name, "token": recipient.token} | changes
        return event(self.poster.provider, kind, Mail(**values))

    @property
    def path(self) -> str:
        return "/" + self.address.split("/", 3)[3]


@contextmanager
def road(company: Company | None, provider: Provider, settings: Any) -> Iterator[Hooked]:
    """The company's road (None: the installation's) leads to a played provider, which posts back.

    Mail of a rehearsal never leaves the pretended world, so the company is a real one from here on.
    """
    provider_proofs._fetched.cache_clear()
    with ProviderApi(provider) as api:
        api.pages[CERTIFICATE] = (200, sns_certificate())
        settings.PROVIDER_URL = api.url
        owner = company.id if company else 0
        yield Hooked(api, *_connected(owner, provider), owner)
    http.close()


def connect(owner: int, provider: Provider, api: ProviderApi) -> Hooked:
    """One more road to the same played provider."""
    return Hooked(api, *_connected(owner, provider), owner)


def _connected(owner: int, provider: Provider) -> tuple[Poster, str]:
    if owner:
        models.Company.objects.filter(pk=owner).update(environment="PRODUCTION")
    key = outside.wrap_secret(owner, "smtp", "una-clave-inventada")
    models.MailRoute.objects.update_or_create(
        company_id=owner or None,
        defaults={
            "kind": "PROVIDER",
            "provider": provider.value,
            "sender": SENDER,
            "wrapped_password": key,
            "parameters": PARAMETERS.get(provider, {}),
        },
    )
    place = hooks.renew(owner, secret=Poster(provider).secret, by=BY, at=outside.now())
    return Poster(provider, place.password), place.address


def accepted(house: House, company: Company, **changes: Any) -> int:
    """A document whose authority took it, its mail not yet made."""
    issued = house.issue(company, **changes)
    house.submit(company)
    return issued.id


def mailed(house: House, document_id: int) -> models.Recipient:
    """Its recipient, after the mail was tried."""
    house.deliver()
    return models.Recipient.objects.filter(delivery__document_id=document_id).latest("id")


def state(recipient: models.Recipient) -> RecipientState:
    return RecipientState(models.Recipient.objects.get(pk=recipient.pk).state)


def read_all() -> None:
    while track.track_due(at=outside.now()):
        pass
