"""What a person decides about a document that waits: each button stands only where it works."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse import jurisdictions
from acuse.domain.activity import EventKind
from acuse.domain.party import Company
from acuse.flow import contingency, outside, phrases
from acuse.flow.issue import Issued
from acuse.store import activity, documents, models
from tests.flow.house import House
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page

HANDED = {"handover-way": "PRINTED", "handover-to": "Ana Paz", "handover-day": "2026-01-20"}


def place(company: Company, issued: Issued, verb: str = "") -> str:
    return f"/e/{company.id}/facturas/{issued.id}/{verb}"


def stuck(house: House, company: Company, *, not_held: bool) -> Issued:
    issued = house.issue(company)
    rows = models.Submission.objects.filter(document_id=issued.id)
    rows.update(state="IN_FLIGHT")
    rows.update(state="STUCK", wake_at=None, reason="La norma no deja enviarlo.", not_held=not_held)
    return issued


def last_told(company: Company, issued: Issued) -> str:
    traits = jurisdictions.find(company.jurisdiction).traits
    return phrases.sentence(activity.timeline(company.id, issued.id)[-1], traits)


# not held by the authority


def test_what_never_arrived_is_mended_or_left_unused(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = stuck(house, company, not_held=True)
    client = enter(company)
    offered = buttons(client.get(place(company, issued)))
    assert {"Reintentar", "Corregir", "Dejar sin uso"} <= set(offered)
    response = client.post(place(company, issued, "corregir/"))
    assert response.headers["Location"] == place(company, issued, "editar/")
    assert house.state(issued.id) == "DRAFT"


def test_a_number_is_left_unused_with_its_reason_only(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = stuck(house, company, not_held=True)
    client = enter(company)
    refused = client.post(place(company, issued, "sin-uso/"), {"reason": " "}, follow=True)
    assert "falta el motivo" in alerts(refused)
    assert house.state(issued.id) == "ISSUED"
    client.post(place(company, issued, "sin-uso/"), {"reason": "Pedido cancelado"})
    assert house.state(issued.id) == "WITHDRAWN"
    assert last_told(company, issued).endswith("Pedido cancelado")
    assert client.get(place(company, issued)).status_code == 200


def test_without_the_proof_it_can_only_be_asked_again(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = stuck(house, company, not_held=False)
    client = enter(company)
    offered = buttons(client.get(place(company, issued)))
    assert "Reintentar" in offered
    assert not {"Corregir", "Dejar sin uso"} & set(offered)
    told = {"corregir/": {}, "sin-uso/": {"reason": "x"}}
    for verb, values in told.items():
        response = client.post(place(company, issued, verb), values, follow=True)
        assert "no está probado" in alerts(response)
    assert house.state(issued.id) == "ISSUED"


# held mail


@pytest.fixture
def held(house: House) -> tuple[Company, Issued]:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.run(company)
    assert house.delivery(issued.id).state == "HELD"
    return company, issued


def test_a_delivery_by_other_means_says_who_when_and_how(
    house: House, enter: Enter, held: tuple[Company, Issued]
) -> None:
    company, issued = held
    client = enter(company)
    delivery = house.delivery(issued.id)
    asked = place(company, issued, f"retenido/{delivery.pk}/")
    note = {"handover-note": "con la mercancía"}
    client.post(asked, {"do": "handed_over", **HANDED, **note})
    event = activity.timeline(company.id, issued.id)[-1]
    assert event.kind is EventKind.DELIVERY_DISMISSED
    assert event.actor == "ana@taller.example"
    assert event.facts == {
        "reason": "HANDED_OVER",
        "way": "PRINTED",
        "to": "Ana Paz",
        "day": "2026-01-20",
        "how": "con la mercancía",
    }
    told = "(impreso, a Ana Paz, el 20/01/2026: con la mercancía)."
    assert last_told(company, issued).endswith(told)
    after = house.delivery(issued.id)
    assert (after.state, after.reason) == ("SKIPPED", "HANDED_OVER")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"handover-to": ""}, "falta a quién"),
        ({"handover-way": "PIGEON"}, "falta a quién o cómo"),
        ({"handover-way": "OTHER"}, "por qué medio"),
        ({"handover-day": "ayer"}, "no es una fecha"),
        ({"handover-day": "2999-01-01"}, "todavía no llega"),
    ],
)
def test_a_delivery_that_is_half_told_is_not_written_down(
    house: House, enter: Enter, held: tuple[Company, Issued], changes: dict[str, str], why: str
) -> None:
    company, issued = held
    delivery = house.delivery(issued.id)
    asked = place(company, issued, f"retenido/{delivery.pk}/")
    told = {"do": "handed_over", **HANDED, **changes}
    response = enter(company).post(asked, told, follow=True)
    assert why in alerts(response)
    assert house.delivery(issued.id).state == "HELD"


def test_a_held_mail_is_not_wanted(
    house: House, enter: Enter, held: tuple[Company, Issued]
) -> None:
    company, issued = held
    asked = place(company, issued, f"retenido/{house.delivery(issued.id).pk}/")
    enter(company).post(asked, {"do": "not_wanted"})
    assert house.delivery(issued.id).reason == "NOT_WANTED"


def test_another_companys_held_mail_does_not_exist(
    house: House, enter: Enter, held: tuple[Company, Issued]
) -> None:
    company, issued = held
    other = house.costa_rica()
    mine = house.issue(other)
    asked = place(other, mine, f"retenido/{house.delivery(issued.id).pk}/")
    assert enter(other).post(asked, {"do": "not_wanted"}).status_code == 404
    assert house.delivery(issued.id).state == "HELD"


# the authority's outage


def test_in_an_outage_a_document_is_made_again_and_handed_over(house: House, enter: Enter) -> None:
    company = house.colombia()
    house.sandbox.world.settings["dian.fault"] = "page_503"
    issued = house.issue(company)
    house.submit(company)
    client = enter(company)
    assert "Emitir en contingencia" in buttons(client.get(place(company, issued)))
    early = client.post(place(company, issued, "contingencia/"), follow=True)
    assert "Todavía no" in alerts(early)
    client.post(place(company, issued, "contingencia/"), {"announced": "on"})
    assert documents.load(issued.id).document.contingency
    detail = client.get(place(company, issued))
    assert "Entregado al cliente" in buttons(detail)
    assert "Emitir en contingencia" not in buttons(detail)
    assert "En contingencia" in page(detail).get_element_by_id("chips").text_content()
    assert "48 horas" in detail.content.decode()
    packet = client.get(place(company, issued, "archivos/contenedor"))
    assert packet.content.startswith(b"PK")
    half = client.post(place(company, issued, "contingencia/entrega/"), follow=True)
    assert "falta a quién" in alerts(half)
    client.post(place(company, issued, "contingencia/entrega/"), HANDED)
    assert "impreso, a Ana Paz, el 20/01/2026" in last_told(company, issued)


def test_the_clock_of_an_outage_runs_from_the_services_return(house: House, enter: Enter) -> None:
    company = house.colombia()
    issued = house.issue(company)
    client = enter(company)
    client.post(place(company, issued, "contingencia/"), {"announced": "on"})
    back = outside.now() + timedelta(minutes=1)
    models.Exchange.objects.create(
        company_id=company.id,
        submission=house.submission(issued.id),
        epoch=0,
        purpose="ASK",
        method="POST",
        url="sandbox://dian",
        request_sha256="0" * 64,
        started_at=back,
        finished_at=back,
        status=200,
    )
    due = contingency.deadline(company.id, issued.id)
    assert due == back + timedelta(hours=48)
    assert (
        "ya responde: hay que transmitirlo hasta"
        in client.get(place(company, issued)).content.decode()
    )


def test_a_country_without_contingency_offers_none(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = house.issue(company)
    client = enter(company)
    assert "Emitir en contingencia" not in buttons(client.get(place(company, issued)))
    asked = client.post(place(company, issued, "contingencia/"), {"announced": "on"}, follow=True)
    assert "no tiene contingencia" in alerts(asked)
    assert client.get(place(company, issued, "archivos/contenedor")).status_code == 404
    assert client.post(place(company, issued, "contingencia/entrega/"), HANDED).status_code == 404


def test_another_companys_document_is_not_made_again(house: House, enter: Enter) -> None:
    company, other = house.colombia(), house.peru()
    issued = house.issue(company)
    client = enter(other)
    for verb in ("contingencia/", "contingencia/entrega/"):
        assert client.post(place(other, issued, verb), HANDED).status_code == 404
    assert client.get(place(other, issued, "archivos/contenedor")).status_code == 404


def test_a_retry_asks_first(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = stuck(house, company, not_held=False)
    client = enter(company)
    client.post(place(company, issued, "reintentar/"))
    assert house.submission(issued.id).state == "UNCERTAIN"
    assert last_told(company, issued).startswith("Reintento pedido")
