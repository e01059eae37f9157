"""What was mailed can be had again byte for byte, and by nobody else."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from django.test import Client

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import mail_templates, outside
from acuse.store import companies, frozen, models
from tests.flow.house import BY, House
from tests.web.conftest import Enter


def detail(company: Company, document_id: int, rest: str = "") -> str:
    return f"/e/{company.id}/facturas/{document_id}/{rest}"


@pytest.mark.parametrize("country", ["peru", "colombia", "costa_rica"])
def test_packet_and_message_come_back_as_they_left(
    house: House, enter: Enter, country: str
) -> None:
    company = getattr(house, country)()
    issued = house.issue(company)
    house.run(company)
    client: Client = enter(company)
    page = client.get(detail(company, issued.id)).content.decode()
    (stored,) = house.mail()
    (message,) = frozen.messages(company.id, issued.id)
    got = client.get(detail(company, issued.id, f"enviado/mensaje/{message.id}/"))
    assert got["Content-Type"] == "message/rfc822"
    assert hashlib.sha256(got.content).hexdigest() == message.sha256
    assert got.content.rstrip() == stored.raw.rstrip()
    files = frozen.packet_files(company.id, issued.id)
    assert files
    for one in files:
        got = client.get(detail(company, issued.id, f"enviado/archivo/{one.id}/"))
        assert hashlib.sha256(got.content).hexdigest() == one.sha256
        assert one.name in got["Content-Disposition"]
        assert f"enviado/archivo/{one.id}/" in page
        assert one.sha256[:16] in page


def test_nobody_has_anothers(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    first, second = house.issue(company), house.issue(company)
    house.run(company)
    file = models.PacketFile.objects.filter(delivery__document_id=first.id).first()
    message = models.Recipient.objects.get(delivery__document_id=first.id)
    assert file is not None
    client = enter(company, other)
    for rest in (f"enviado/archivo/{file.pk}/", f"enviado/mensaje/{message.pk}/"):
        assert client.get(detail(company, first.id, rest)).status_code == 200
        assert client.get(detail(company, second.id, rest)).status_code == 404
        assert client.get(detail(other, first.id, rest)).status_code == 404
    assert Client().get(detail(company, first.id, rest)).status_code == 302


def test_a_held_mail_says_what_its_words_lack(house: House, enter: Enter) -> None:
    company = house.peru(phone="+51 1 555 0100")
    mail_templates.save(
        company.id,
        DocumentKind.INVOICE,
        "x",
        "Llama al {{empresa.telefono}}",
        seen=0,
        by=BY,
        at=outside.now(),
    )
    company_flow.save(replace(companies.load(company.id), phone=""), by=BY, at=outside.now())
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    page = enter(company).get(detail(company, issued.id)).content.decode()
    assert "el paquete o el mensaje no está completo" in page
    assert "usa «empresa.telefono» y este documento no tiene ese dato" in page
