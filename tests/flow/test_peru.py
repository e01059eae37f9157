"""Peru before its pretended authority: boletas by summary, voidings, notes' series, guías."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acuse.cli import rehearsal_peru as rehearsal
from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, TaxId
from acuse.flow import company as company_flow
from acuse.flow import gather, outside, void
from acuse.store import batches, deliveries, documents, models
from tests.flow.house import BY, House
from tests.support import makers

PERSON = makers.customer(tax_id=TaxId("DNI", "40112233"), name="Rosa Inventada")


@pytest.fixture
def retailer(house: House) -> Company:
    """A company with every series and credential; its boletas go by summary."""
    company = house.peru(extra={"annex": "0000", "summary_hour": 0, "register_settles": True})
    for one in rehearsal.RANGES[1:]:
        company_flow.add_range(company.id, one)
    for name, value in rehearsal.SECRETS[2:]:
        house.set_secret(company, name, value)
    return company


def boleta(house: House, company: Company, **changes: Any) -> int:
    told = {"kind": DocumentKind.RECEIPT, "counterparty": PERSON} | changes
    return house.issue(company, **told).id


def corrected(house: House, company: Company, kind: DocumentKind, document_id: int) -> str:
    """The number of a credit note about that document, no series named."""
    issued = documents.load(document_id)
    day = issued.document.date
    assert day is not None
    about = Reference(issued.sealed.number, day, "", kind, "01", "Anulación de la operación")
    note = {
        "kind": DocumentKind.CREDIT_NOTE,
        "references": (about,),
        "counterparty": issued.document.counterparty,
    }
    return house.issue(company, **note).number


def test_boletas_of_a_day_are_judged_by_their_summary_and_mailed(
    house: House, retailer: Company
) -> None:
    ids = [boleta(house, retailer) for _ in range(2)]
    assert gather.gather_all(at=outside.now()) == 0  # its day has not ended
    gather.gather(retailer.id, by=BY, at=outside.now(), now=True)
    house.run(retailer)
    assert [house.state(one) for one in ids] == ["ACCEPTED"] * 2
    names = [file.name for file in deliveries.earlier_packet(ids[0])]
    (batch,) = batches.page(retailer.id)
    assert f"R-20999888772-{batch.number}.zip" in names
    assert len(house.mail()) == 2


def test_a_boleta_is_voided_by_a_later_summary_and_a_factura_by_a_baja(
    house: House, retailer: Company
) -> None:
    receipt = boleta(house, retailer, counterparty=makers.customer(**_unmailed(PERSON)))
    gather.gather(retailer.id, by=BY, at=outside.now(), now=True)
    invoice = house.issue(retailer, counterparty=makers.customer(emails=())).id
    house.run(retailer)
    for one in (receipt, invoice):
        void.void(retailer.id, one, "El pedido se duplicó", by=BY, at=outside.now())
    house.run(retailer)
    assert [house.state(one) for one in (receipt, invoice)] == ["VOIDED", "VOIDED"]
    kinds = {one.number[:2] for one in batches.page(retailer.id)}
    assert kinds == {"RC", "RA"}
    assert house.mail() == ()


def test_a_notes_series_follows_what_it_corrects(house: House, retailer: Company) -> None:
    invoice, receipt = house.issue(retailer).id, boleta(house, retailer)
    gather.gather(retailer.id, by=BY, at=outside.now(), now=True)
    house.run(retailer)
    assert corrected(house, retailer, DocumentKind.INVOICE, invoice) == "FC01-1"
    assert corrected(house, retailer, DocumentKind.RECEIPT, receipt) == "BC01-1"


def test_a_guia_goes_by_the_other_service_and_is_printed_with_its_code(
    house: House, retailer: Company
) -> None:
    (scene,) = (one for one in rehearsal.first_act(0, date(2027, 1, 1)) if "Guía" in one.title)
    document: Document = scene.document
    issued = house.issue_document(retailer, document)
    house.run(retailer)
    assert house.state(issued.id) == "ACCEPTED"
    assert {file.name for file in deliveries.earlier_packet(issued.id)} == {
        "20999888772-09-T001-1.xml",
        "R-20999888772-09-T001-1.zip",
        "20999888772-09-T001-1.pdf",
    }
    assert models.Exchange.objects.filter(purpose="LOGIN").exists()


def _unmailed(customer: Any) -> dict[str, Any]:
    return {"tax_id": customer.tax_id, "name": customer.name, "emails": ()}
