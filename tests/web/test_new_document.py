"""The form of every kind of document: the country says what it asks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acuse.domain.party import Company
from acuse.store import drafts, models
from acuse.web.documents.posted_line import adjustment
from tests.flow.house import House
from tests.jurisdictions.co import makers as colombian
from tests.web.conftest import Enter
from tests.web.forms import alerts, choices, fields, page

LINE = {
    "items-0-name": "Asesoría",
    "items-0-quantity": "2",
    "items-0-price": "50.000,00",
    "items-0-unit": "94",
    "items-0-tax": "IVA|19",
}
BUYER = {
    "client": "new",
    "client-type": "NIT",
    "client-number": colombian.BUYER,
    "client-name": "COMPRADOR DE PRUEBA S.A.S.",
    "client-email": "compras@comprador.example",
}


def new(company: Company, query: str = "") -> str:
    return f"/e/{company.id}/facturas/nueva/{query}"


def test_the_kinds_of_a_country_are_offered_and_each_asks_its_own(
    house: House, enter: Enter
) -> None:
    company = house.colombia()
    client = enter(company)
    invoice = client.get(new(company))
    assert len(choices(invoice, "kind")) == 9
    assert page(invoice).xpath("//*[@name='references-0-number']") == []
    note = client.get(new(company, "?tipo=CREDIT_NOTE"))
    assert choices(note, "references-0-reasonCode") == ["", "1", "2", "3", "4", "5", "6"]
    purchase = client.get(new(company, "?tipo=PURCHASE"))
    assert "Vendedor" in [h.text_content() for h in page(purchase).xpath("//h2")]


def test_each_kind_asks_only_its_own_fields(house: House, enter: Enter) -> None:
    company = house.colombia()
    client = enter(company)
    till, bought = "extra-cash_register", "items-0-extra-purchase_date"
    sale = fields(client.get(new(company)))
    assert "extra-operation" in sale
    assert not {till, bought} & set(sale)
    receipt = fields(client.get(new(company, "?tipo=RECEIPT")))
    assert till in receipt
    assert not {"extra-operation", bought} & set(receipt)
    assert bought in fields(client.get(new(company, "?tipo=PURCHASE")))
    added = client.get(new(company, "linea/?index=7&kind=PURCHASE"))
    assert page(added).xpath("//*[@name='items-7-extra-purchase_date']")
    (button,) = page(client.get(new(company, "?tipo=PURCHASE"))).xpath("//*[@id='add-line']")
    assert button.get("hx-include") == "[name='kind']"  # a new line is of the chosen kind


def test_what_was_typed_for_another_kind_is_not_read(house: House, enter: Enter) -> None:
    company = house.colombia()
    told = {"kind": "INVOICE", "do": "draft", **BUYER, **LINE}
    told |= {"extra-cash_register": "CAJA-1", "extra-operation": "10"}
    told["items-0-extra-purchase_date"] = "ayer"
    response = enter(company).post(new(company), told)
    assert response.status_code == 302, alerts(response)
    draft = drafts.load(company.id, models.Document.objects.get().id)
    assert (draft.extra, draft.lines[0].extra) == ({"operation": "10"}, {})


def test_a_kind_that_is_chosen_keeps_what_was_typed(house: House, enter: Enter) -> None:
    company = house.colombia()
    told = {"kind": "DEBIT_NOTE", "do": "retype", **BUYER, **LINE}
    response = enter(company).post(new(company), told)
    assert response.status_code == 200
    assert alerts(response) == ""
    shown = fields(response)
    assert shown["items-0-name"] == "Asesoría"
    assert shown["client-number"] == colombian.BUYER
    assert shown["references-0-number"] == ""


def test_a_range_that_is_missing_is_told_beside_its_kind(house: House, enter: Enter) -> None:
    company = house.colombia()
    models.NumberingRange.objects.filter(company_id=company.id, series="POS1").delete()
    words = page(enter(company).get(new(company))).xpath("//option[@value='RECEIPT']/text()")
    assert words == ["Documento equivalente POS · sin numeración"]


def test_a_draft_holds_all_that_the_form_asks(house: House, enter: Enter) -> None:
    company = house.colombia()
    told = {
        **BUYER,
        **LINE,
        "kind": "INVOICE",
        "do": "draft",
        "date": "2026-11-20",
        "purchase_order": "OC-7",
        "discount": "10%",
        "charge": "1.500,50",
        "charge_reason": "Flete",
        "observations": "de palabra",
        "prepayments-0-amount": "20000",
        "prepayments-0-date": "2026-11-01",
        "extra-order_date": "2026-11-02",
        "items-0-code": "AS-1",
        "items-0-tax-1": "RETERENTA|11",
        "items-0-extra-brand": "Propia",
        "client-address": "Calle 1 2 3",
        "client-place": "11001",
    }
    response = enter(company).post(new(company), told)
    assert response.status_code == 302, alerts(response)
    row = models.Document.objects.get()
    draft = drafts.load(company.id, row.pk)
    assert (draft.purchase_order, str(draft.date)) == ("OC-7", "2026-11-20")
    assert [one.percent for one in draft.discounts] == [Decimal(10)]
    assert [(one.amount, one.reason) for one in draft.charges] == [(Decimal("1500.50"), "Flete")]
    assert [one.amount for one in draft.prepayments] == [Decimal(20000)]
    assert str(draft.extra["order_date"]) == "2026-11-02"
    (line,) = draft.lines
    assert [(tax.code, tax.percent) for tax in line.taxes] == [
        ("IVA", Decimal(19)),
        ("RETERENTA", Decimal(11)),
    ]
    assert (line.code, line.extra["brand"]) == ("AS-1", "Propia")
    assert draft.counterparty.address is not None
    assert draft.counterparty.address.place == "11001"


def test_a_country_without_charges_of_a_line_and_prepayments_is_asked_for_none(
    house: House, enter: Enter
) -> None:
    company = house.costa_rica()
    shown = fields(enter(company).get(new(company)))
    assert not {"prepayments-0-amount", "items-0-charge"} & set(shown)
    assert "charge" in shown


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(
    house: House, enter: Enter
) -> None:
    company = house.colombia()
    told = {**BUYER, **LINE, "kind": "CREDIT_NOTE", "do": "draft", "references-0-number": "SETP1"}
    response = enter(company).post(new(company), told)
    assert response.status_code == 422
    assert "No se guardó" in alerts(response)
    (date,) = page(response).xpath("//*[@name='references-0-date']")
    assert date.get("aria-invalid") == "true"
    assert not models.Document.objects.exists()


@pytest.mark.parametrize("chosen", ["999999", "9" * 40])
def test_a_contact_of_another_company_is_nobodys(house: House, enter: Enter, chosen: str) -> None:
    company = house.peru()
    response = enter(company).post(new(company), {"client": chosen, **LINE, "do": "draft"})
    assert response.status_code == 422
    assert not models.Document.objects.exists()


def test_another_companys_form_does_not_exist(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    assert enter(other).get(new(company)).status_code == 404


def test_a_note_proposes_what_it_corrects(house: House, enter: Enter) -> None:
    company = house.colombia()
    original = house.issue(company)
    house.run(company)
    client = enter(company)
    detail = client.get(f"/e/{company.id}/facturas/{original.id}/")
    links = page(detail).xpath("//a[contains(@href, 'corrige=')]/@href")
    assert [link.partition("?")[2] for link in links] == [
        f"tipo=CREDIT_NOTE&corrige={original.id}",
        f"tipo=DEBIT_NOTE&corrige={original.id}",
    ]
    shown = fields(client.get(links[0]))
    assert shown["references-0-number"] == original.number
    assert shown["references-0-fiscalId"] == original.fiscal_id
    assert shown["references-0-kind"] == "INVOICE"
    assert shown["items-0-price"] == "50000"
    shown |= {"references-0-reasonCode": "3", "references-0-reason": "Rebaja", "do": "issue"}
    response = client.post(links[0], shown)
    assert response.status_code == 302, alerts(response)
    note = models.Document.objects.latest("id")
    assert (note.kind, note.number) == ("CREDIT_NOTE", "NC1")
    house.run(company)
    assert house.state(note.pk) == "ACCEPTED"


def test_what_is_not_accepted_has_no_notes(house: House, enter: Enter) -> None:
    company = house.colombia()
    issued = house.issue(company)
    client = enter(company)
    detail = client.get(f"/e/{company.id}/facturas/{issued.id}/")
    assert page(detail).xpath("//a[contains(@href, 'corrige=')]") == []
    asked = new(company, f"?tipo=CREDIT_NOTE&corrige={issued.id}")
    assert client.get(asked).status_code == 404


def test_another_companys_document_is_not_corrected(house: House, enter: Enter) -> None:
    company, other = house.colombia(), house.peru()
    issued = house.issue(company)
    house.run(company)
    asked = new(other, f"?tipo=INVOICE&corrige={issued.id}")
    assert enter(other).get(asked).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("10 %", {"percent": "10"}),
        ("1.500,50", {"amount": "1500.50"}),
        ("0,5%", {"percent": "0.5"}),
        (" ", None),
    ],
)
def test_a_percentage_and_money_are_told_apart(typed: str, told: dict[str, str] | None) -> None:
    assert adjustment(typed, "", ".") == told


def test_the_sums_are_counted_by_the_server_and_kept_from_others(
    house: House, enter: Enter
) -> None:
    company, other = house.colombia(), house.peru()
    client = enter(company)
    counted = client.post(new(company, "totales/"), {"kind": "INVOICE", **BUYER, **LINE})
    assert "$ 119.000,00" in counted.content.decode()
    unfinished = client.post(new(company, "totales/"), {"kind": "INVOICE"})
    assert "El total aparece aquí" in unfinished.content.decode()
    assert client.post(new(other, "totales/"), LINE).status_code == 404


def test_a_further_line_has_an_index_of_its_own_and_is_kept_from_others(
    house: House, enter: Enter
) -> None:
    company, other = house.colombia(), house.peru()
    client = enter(company)
    added = client.get(new(company, "linea/?index=7"))
    assert page(added).xpath("//input[@name='items-7-name']")
    assert client.get(new(other, "linea/")).status_code == 404


TILL = {
    "kind": "RECEIPT",
    "extra-cash_register": "CAJA-1",
    "extra-cash_place": "Local 1",
    "extra-cash_kind": "Principal",
    "extra-cashier": "Ana Inventada",
    "extra-sale_code": "V-1",
}


def test_a_warning_is_shown_before_issuing_and_stops_nothing(house: House, enter: Enter) -> None:
    company = house.colombia()
    client = enter(company)
    told = {**TILL, **BUYER, **LINE, "items-0-price": "200000"}
    counted = client.post(new(company, "totales/"), told).content.decode()
    assert "CO-OWN-24" in counted
    small = client.post(new(company, "totales/"), told | {"items-0-price": "20000"})
    assert "CO-OWN-24" not in small.content.decode()
    wrong = client.post(new(company), told | {"extra-cashier": ""})
    assert wrong.status_code == 422
    assert "CO-OWN-24" in wrong.content.decode()
    assert "CO-OWN-24" not in alerts(wrong)  # beside what must be corrected, not among it
    client.post(new(company), told | {"do": "draft"})
    (draft,) = models.Document.objects.all()
    shown = client.get(f"/e/{company.id}/facturas/{draft.id}/")
    assert "CO-OWN-24" in shown.content.decode()
    client.post(f"/e/{company.id}/facturas/{draft.id}/emitir/")
    draft.refresh_from_db()
    assert draft.state == "ISSUED"


@pytest.mark.parametrize("doubt", ["ana@gmial.com", "company"])
def test_a_doubtful_address_is_asked_about_once(house: House, enter: Enter, doubt: str) -> None:
    company = house.colombia()
    client = enter(company)
    doubt = company.email if doubt == "company" else doubt
    told = {"kind": "INVOICE", "do": "draft", **BUYER, **LINE, "client-email": doubt}
    asked = client.post(new(company), told)
    assert asked.status_code == 422
    assert "envía otra vez si está bien así" in alerts(asked)
    assert "emailConfirmed" not in alerts(asked)
    (seen,) = page(asked).xpath("//input[@name='client-email-seen'][@type='hidden']/@value")
    assert not page(asked).xpath("//label[@for='client-email-seen']")
    other = told | {"client-email": "ana@hotmial.com", "client-email-seen": seen}
    assert client.post(new(company), other).status_code == 422
    assert client.post(new(company), told | {"client-email-seen": seen}).status_code == 302
    (draft,) = models.Document.objects.all()
    assert drafts.load(company.id, draft.pk).counterparty.emails == (doubt,)
