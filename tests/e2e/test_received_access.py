"""To whom it does not belong, a received document does not exist."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from acuse.cli.management.commands.user import make_user
from acuse.store import models
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders


@pytest.fixture
def seller(traders: Traders) -> Client:
    """A member of the seller only; what was received is the buyer's."""
    traders.acknowledge(traders.sell())
    user = make_user("ana@taller.example", "una-clave-larga-y-rara")
    models.Membership.objects.create(company_id=traders.seller.id, user_id=user)
    client = Client()
    client.force_login(User.objects.get(pk=user))
    return client


ROOMS = ("", "archivos/xml", "archivos/original", "declarado/{reception}/xml")


def test_another_companys_document_is_absent(seller: Client, traders: Traders) -> None:
    received_id = models.Received.objects.get().pk
    reception_id = models.Reception.objects.get().pk
    for company_id in (traders.seller.id, traders.buyer.id):
        for room in ROOMS:
            room = room.format(reception=reception_id)
            path = f"/e/{company_id}/recibidos/{received_id}/{room}"
            assert seller.get(path).status_code == 404, path
    path = f"/e/{traders.seller.id}/recibidos/{received_id}/"
    assert seller.post(path, {"kind": "GOODS_RECEIVED"}).status_code == 404
    assert models.Reception.objects.count() == 1


def test_its_own_company_reads_every_file(seller: Client, traders: Traders) -> None:
    user = models.Membership.objects.get(company_id=traders.seller.id).user_id
    models.Membership.objects.create(company_id=traders.buyer.id, user_id=user)
    received_id = models.Received.objects.get().pk
    reception_id = models.Reception.objects.get().pk
    base = f"/e/{traders.buyer.id}/recibidos/{received_id}"
    for name in ("archivos/xml", "archivos/respuesta", "archivos/original"):
        answer = seller.get(f"{base}/{name}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
    for name in ("xml", "respuesta"):
        answer = seller.get(f"{base}/declarado/{reception_id}/{name}")
        assert answer.content.startswith(b"<")
    assert seller.get(f"{base}/archivos/otro").status_code == 404
    assert seller.post(f"{base}/", {"kind": "OTRA"}).status_code == 404
