"""A draft is edited in the form it was made in; what the form does not show stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.document import (
    Charge,
    Discount,
    Document,
    Instalment,
    Payment,
    PaymentForm,
    Period,
    Prepayment,
    Reference,
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import draft as drafting
from acuse.flow import outside
from acuse.store import documents, drafts, models
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as colombian
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, fields

FULL = colombian.document(
    colombian.line(
        taxes=(Tax("IVA", Decimal(19)), Tax("RETEICA", Decimal("0.69"))),
        discounts=(Discount(amount=Decimal(500), reason="Lealtad"),),
        charges=(Charge(percent=Decimal(2), reason="Manejo"),),
        extra={"brand": "Propia", "free_value": Decimal("12.5")},
    ),
    colombian.line(taxes=(Tax("IBUA", Decimal(0), Decimal(35)),), unit="NIU"),
    colombian.line(percent=None),
    number=None,
    discounts=(Discount(percent=Decimal(10), reason="Feria"),),
    charges=(Charge(amount=Decimal(900), reason="Flete"),),
    prepayments=(Prepayment(Decimal(100), date(2026, 11, 1), "RC-1"),),
    payment=Payment(
        PaymentForm.CREDIT,
        "PLATFORM",
        date(2027, 1, 20),
        (Instalment(date(2026, 12, 20), Decimal(1)), Instalment(date(2027, 1, 20), Decimal(2))),
    ),
    references=(Reference("OTRA-1", date(2026, 10, 1)),),
    notes=("Gracias", "por su compra"),
    purchase_order="OC-9",
    currency="USD",
    exchange_rate=Decimal("4100.5"),
    extra={"operation": "10", "order_date": date(2026, 11, 2), "observations": "de palabra"},
)
NOTE = colombian.document(
    kind=DocumentKind.CREDIT_NOTE,
    number=None,
    references=(
        Reference("SETP1", date(2026, 10, 1), "a" * 96, DocumentKind.INVOICE, "3", "Rebaja"),
        Reference("SETP2", date(2026, 10, 2), "b" * 96, DocumentKind.INVOICE),
    ),
    period=Period(date(2026, 10, 1), date(2026, 10, 31)),
)


def drafted(company: Company, document: Document) -> int:
    return drafting.draft(company.id, document, by=BY, at=outside.now())


def edit(company: Company, draft_id: int) -> str:
    return f"/e/{company.id}/facturas/{draft_id}/editar/"


@pytest.mark.parametrize("document", [FULL, NOTE], ids=["invoice", "note"])
def test_a_draft_saved_as_it_stands_is_the_same(
    house: House, enter: Enter, document: Document
) -> None:
    company = house.colombia()
    draft_id = drafted(company, document)
    before = drafts.load(company.id, draft_id)
    client = enter(company)
    shown = fields(client.get(edit(company, draft_id)))
    response = client.post(edit(company, draft_id), shown | {"do": "draft"})
    assert response.status_code == 302, alerts(response)
    assert drafts.load(company.id, draft_id) == before
    assert house.told(company, draft_id)[-1] is EventKind.DOCUMENT_EDITED


def test_a_draft_is_mended_and_issued(house: House, enter: Enter) -> None:
    company = house.peru()
    draft_id = drafted(company, makers.document(number=None, date=None))
    client = enter(company)
    shown = fields(client.get(edit(company, draft_id)))
    response = client.post(edit(company, draft_id), shown | {"items-0-price": "75", "do": "issue"})
    assert response.status_code == 302, alerts(response)
    assert documents.load(draft_id).total == Decimal(177)


def test_a_draft_that_is_still_wrong_is_neither_saved_nor_issued(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    draft_id = drafted(company, makers.document(number=None, date=None))
    client = enter(company)
    shown = fields(client.get(edit(company, draft_id)))
    response = client.post(edit(company, draft_id), shown | {"items-0-price": "mucho"})
    assert response.status_code == 422
    assert "«mucho»" in alerts(response)
    assert house.state(draft_id) == "DRAFT"
    assert EventKind.DOCUMENT_EDITED not in house.told(company, draft_id)


def test_another_companys_draft_does_not_exist(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    draft_id = drafted(company, makers.document(number=None, date=None))
    client = enter(other)
    assert client.get(edit(other, draft_id)).status_code == 404
    document = makers.costa_rican_document(number=None)
    with pytest.raises(Blocked):
        drafting.edit(other.id, draft_id, document, by=BY, at=outside.now())


def test_what_is_issued_is_not_edited(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = house.issue(company)
    assert enter(company).get(edit(company, issued.id)).status_code == 404
    with pytest.raises(Blocked, match="Ya no es un borrador"):
        drafting.edit(company.id, issued.id, makers.document(), by=BY, at=outside.now())


def test_a_draft_keeps_its_kind(house: House) -> None:
    company = house.colombia()
    draft_id = drafted(company, FULL)
    with pytest.raises(Blocked, match="no cambia de tipo"):
        drafting.edit(company.id, draft_id, NOTE, by=BY, at=outside.now())


def test_a_rejected_document_is_corrected_under_its_number(house: House, enter: Enter) -> None:
    company = house.colombia()
    issued = house.issue(company, counterparty=colombian.buyer(name="Distribuidora RECHAZA FAK24"))
    house.run(company)
    client = enter(company)
    place = f"/e/{company.id}/facturas/{issued.id}/"
    detail = client.get(place)
    assert "Corregir y volver a emitir" in buttons(detail)
    assert "Copiar a un borrador nuevo" not in buttons(detail)
    response = client.post(f"{place}corregir/", follow=True)
    assert response.redirect_chain == [(edit(company, issued.id), 302)]
    assert issued.number in response.content.decode()
    shown = fields(response)
    assert shown["date"] == ""
    contact = models.Customer.objects.get(company_id=company.id)
    models.Customer.objects.filter(pk=contact.pk).update(name="Distribuidora")
    response = client.post(edit(company, issued.id), shown | {"do": "issue"})
    assert response.status_code == 302, alerts(response)
    assert "rechazó" not in alerts(client.get(place))
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert models.Document.objects.get().number == issued.number


def test_where_a_number_is_used_once_a_rejected_document_is_copied(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    house.sandbox.world.scripts.add("sunat", {}, [ScriptedReply(Script.REJECT, code="2017")])
    issued = house.issue(company)
    house.run(company)
    client = enter(company)
    place = f"/e/{company.id}/facturas/{issued.id}/"
    detail = client.get(place)
    assert "Copiar a un borrador nuevo" in buttons(detail)
    assert "Corregir y volver a emitir" not in buttons(detail)
    assert "dos veces" in alerts(client.post(f"{place}corregir/", follow=True))
    response = client.post(f"{place}copiar/", follow=True)
    copied = models.Document.objects.latest("id")
    assert response.redirect_chain == [(edit(company, copied.pk), 302)]
    shown = fields(response)
    assert shown["items-0-name"] == "Chompa de alpaca"
    client.post(edit(company, copied.pk), shown | {"do": "issue"})
    assert models.Document.objects.get(pk=copied.pk).number == "F001-2"
    assert house.state(issued.id) == "REJECTED"


def test_another_companys_document_is_neither_corrected_nor_copied(
    house: House, enter: Enter
) -> None:
    company, other = house.peru(), house.costa_rica()
    issued = house.issue(company)
    client = enter(other)
    for verb in ("corregir", "copiar", "sin-uso"):
        asked = f"/e/{other.id}/facturas/{issued.id}/{verb}/"
        assert client.post(asked, {"reason": "x"}).status_code == 404
    assert models.Document.objects.count() == 1


def test_only_what_was_rejected_is_corrected(house: House, enter: Enter) -> None:
    company = house.colombia()
    issued = house.issue(company)
    place = f"/e/{company.id}/facturas/{issued.id}/"
    response = enter(company).post(f"{place}corregir/", follow=True)
    assert "no está probado" in alerts(response)
    assert house.state(issued.id) == "ISSUED"


def test_a_draft_that_nobody_wants_leaves_the_lists(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    document = makers.document(number=None, date=None)
    draft_id = drafting.draft(company.id, document, by=BY, at=outside.now())
    place = f"/e/{company.id}/facturas/{draft_id}/"
    assert "Descartar" in buttons(client.get(place))
    told = client.post(f"{place}descartar/", follow=True).content.decode()
    assert "Borrador descartado." in told
    assert f'href="{place}"' not in told
    assert place not in client.get(f"/e/{company.id}/facturas/?ver=borradores").content.decode()
    assert models.Document.objects.get().state == "DISCARDED"
    shown = client.get(place)
    assert shown.status_code == 200
    assert "Borrador descartado: ya no se puede emitir." in shown.content.decode()
    assert not {"Emitir", "Editar", "Descartar"} & set(buttons(shown))
    assert client.get(f"{place}editar/").status_code == 404
    refused = client.post(f"{place}emitir/", follow=True)
    assert "Ya no es un borrador" in alerts(refused)
    assert house.next_number(company) == 1
    assert not drafting.discard(company.id, draft_id, by=BY, at=outside.now())
    kinds = [one.kind for one in models.Event.objects.filter(document_id=draft_id)]
    assert kinds.count(EventKind.DOCUMENT_DISCARDED) == 1


def test_what_has_a_number_is_not_discarded(house: House, enter: Enter) -> None:
    company = house.peru()
    client, issued = enter(company), house.issue(company)
    place = f"/e/{company.id}/facturas/{issued.id}/"
    told = client.post(f"{place}descartar/", follow=True)
    assert "Ya no es un borrador" in alerts(told)
    assert models.Document.objects.get().state == "ISSUED"
