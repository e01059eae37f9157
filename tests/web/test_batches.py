"""The screens of batches, and the buttons of a document that goes by way of one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.submission import Cause, Judged, Refused
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.flow import gather, outside
from acuse.store import batches, gathered, models
from tests.flow.clerk import ACCEPTED, TestClerk, answer
from tests.flow.clerk import clerk as clerk
from tests.flow.house import House
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page, words


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def place(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/resumenes/{rest}"


def document_place(company: Company, document: int, verb: str = "") -> str:
    return f"/e/{company.id}/facturas/{document}/{verb}"


def only(company: Company) -> batches.Kept:
    (found,) = batches.page(company.id)
    return found


def test_nobody_sees_batches_where_none_are_made(house: House, enter: Enter) -> None:
    elsewhere = house.costa_rica()
    client = enter(elsewhere)
    assert client.get(place(elsewhere)).status_code == 404
    assert "Resúmenes" not in client.get(f"/e/{elsewhere.id}/facturas/").content.decode()


def test_the_empty_list_says_how_batches_come(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    told = words(enter(company).get(place(company)))
    assert "Aún no hay resúmenes ni bajas" in told


def test_what_waits_is_sent_by_a_button(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    clerk.closed = False
    document = house.issue(company).id
    client = enter(company)
    assert "1 documento espera el resumen" in words(client.get(place(company)))
    assert "Espera el resumen de su día" in words(client.get(document_place(company, document)))
    client.post(place(company, "enviar/"))
    batch = only(company)
    assert batch.made_by == "ana@taller.example"
    told = words(client.get(document_place(company, document)))
    assert f"Va en el resumen {batch.number}" in told
    listed = words(client.get(place(company)))
    assert batch.number in listed
    assert "En proceso" in listed


def test_a_judged_batch_shows_what_became_of_each(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    for _ in range(2):
        house.issue(company)
    gather.gather_all(at=outside.now())
    batch = only(company)
    rejected = Verdict(Outcome.REJECTED, (Remark("2278", "Falta el IGV", 2),), b"constancia")
    answer(batch.id, Judged(rejected, culprits=(2,)))
    client = enter(company)
    told = words(client.get(place(company, f"{batch.id}/")))
    assert "Falta el IGV (2278), línea 2" in told
    assert "Vuelve a esperar" in told
    assert "Quedó fuera" in told
    files = [client.get(place(company, f"{batch.id}/archivos/{n}")) for n in ("xml", "respuesta")]
    assert [one.content for one in files] == [batches.sealed(batch.id).content, b"constancia"]
    assert client.get(place(company, f"{batch.id}/archivos/otra")).status_code == 404


def test_a_stuck_batch_is_retried_or_dissolved(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    document = house.issue(company).id
    gather.gather_all(at=outside.now())
    batch = only(company)
    answer(batch.id, Refused("el archivo no vale", Cause.FILE))
    client = enter(company)
    told = client.get(place(company, f"{batch.id}/"))
    assert "el archivo no vale" in words(told)
    assert {"Reintentar", "Devolver los documentos"} <= set(buttons(told))
    client.post(place(company, f"{batch.id}/devolver/"))
    assert "Espera el resumen de su día" in words(client.get(document_place(company, document)))
    assert "Retirado" in words(client.get(place(company)))


def test_a_document_left_out_can_go_by_summary_again(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    document = house.issue(company).id
    gather.gather_all(at=outside.now())
    answer(only(company).id, Judged(Verdict(Outcome.REJECTED, (Remark("2278", "Falta el IGV"),))))
    client = enter(company)
    shown = client.get(document_place(company, document))
    assert "2278 Falta el IGV" in words(shown)
    assert "Enviar en un resumen" in buttons(shown)
    client.post(document_place(company, document, "resumen/"))
    assert house.submission(document).state == "GATHERED"


def test_an_accepted_document_is_voided_with_a_reason(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    document = house.issue(company).id
    gather.gather_all(at=outside.now())
    answer(only(company).id, ACCEPTED)
    client = enter(company)
    assert "Pedir la anulación" in buttons(client.get(document_place(company, document)))
    refused = client.post(
        document_place(company, document, "anular/"), {"reason": " "}, follow=True
    )
    assert "de 3 a 100" in alerts(refused)
    client.post(document_place(company, document, "anular/"), {"reason": "Se duplicó"})
    waiting = words(client.get(document_place(company, document)))
    assert "Pedida; SUNAT todavía no responde" in waiting
    answer(batches.page(company.id)[0].id, ACCEPTED)
    assert "Anulada" in words(client.get(document_place(company, document)))


def test_a_late_voiding_says_why_and_a_mailed_one_what_is_better(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    document = house.issue(company).id
    gather.gather_all(at=outside.now())
    answer(only(company).id, ACCEPTED)
    house.run(company)
    client = enter(company)
    assert "Emite una nota crédito." in words(client.get(document_place(company, document)))
    clerk.late = Problem("document", "PE-2957", "Pasaron más de 7 días.")
    shown = client.get(document_place(company, document))
    assert "Pasaron más de 7 días." in words(shown)
    assert "Pedir la anulación" not in buttons(shown)


def test_another_companys_batch_is_not_there(
    house: House, enter: Enter, company: Company, clerk: TestClerk
) -> None:
    house.issue(company)
    gather.gather_all(at=outside.now())
    batch = only(company)
    other = house.costa_rica()
    client = enter(other, email="otro@taller.example")
    for verb in ("", "archivos/xml"):
        assert client.get(place(company, f"{batch.id}/{verb}")).status_code == 404
    for verb in ("reintentar/", "devolver/"):
        assert client.post(place(company, f"{batch.id}/{verb}")).status_code == 404


def test_what_waits_too_long_leads_to_the_place_that_mends_it(
    house: House,
    enter: Enter,
    company: Company,
    clerk: TestClerk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house.issue(company)
    models.Certificate.objects.filter(company_id=company.id).update(active=False)
    gather.gather_all(at=outside.now())
    client = enter(company)
    shown = client.get(f"/e/{company.id}/fallos/LATE/")
    assert gathered.why(company.id) in words(shown)
    (link,) = page(shown).xpath("//td/a[.='Ver lo que espera resumen']/@href")
    assert link == place(company)
    models.Certificate.objects.filter(company_id=company.id).update(active=True)
    gather.gather_all(at=outside.now())
    monkeypatch.setattr("acuse.store.failing.LATE_AFTER", timedelta())
    shown = client.get(f"/e/{company.id}/fallos/LATE/")
    (link,) = page(shown).xpath("//td/a[.='Ver su resumen']/@href")
    assert link == place(company, f"{only(company).id}/")
