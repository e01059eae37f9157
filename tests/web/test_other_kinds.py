"""The form of what is no sale: payments without quantities, goods without prices."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.store import drafts, models
from tests.flow.house import House
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, choices, fields, page

SUPPLIER = {
    "client": "new",
    "client-type": "RUC",
    "client-number": makers.OTHER_RUC,
    "client-name": "PROVEEDORA LA INVENTADA S.A.C.",
    "client-email": "cobranzas@inventada.example",
}
RETENTION = SUPPLIER | {
    "kind": "RETENTION",
    "extra-retention_regime": "01",
    "items-0-name": "F001-100",
    "items-0-price": "1,180.00",
    "items-0-extra-related_date": "2026-01-10",
    "items-0-extra-related_total": "1180",
}
GUIDE = SUPPLIER | {
    "kind": "DESPATCH",
    "extra-reason": "01",
    "extra-mode": "02",
    "extra-light_vehicle": "true",
    "extra-weight": "10.5",
    "extra-departure_ubigeo": "040101",
    "extra-departure_address": "Calle Mercaderes 123",
    "extra-arrival_ubigeo": "150101",
    "extra-arrival_address": "Jr. de la Prueba 456",
    "items-0-name": "Cajas de chompas",
    "items-0-quantity": "10",
    "items-0-unit": "NIU",
}


def new(company: Company, query: str = "") -> str:
    return f"/e/{company.id}/facturas/nueva/{query}"


def numbered(house: House) -> Company:
    """A company with a series of guías, too."""
    company = house.peru()
    guides = NumberingRange(0, DocumentKind.DESPATCH, "T001", 1, 99_999_999, 1)
    company_flow.add_range(company.id, guides)
    return company


def test_the_panel_speaks_of_no_money_where_nothing_is_charged(house: House, enter: Enter) -> None:
    company = numbered(house)
    client = enter(company)
    whole = client.post(new(company, "totales/"), GUIDE).content.decode()
    unfinished = client.post(new(company, "totales/"), {"kind": "DESPATCH"}).content.decode()
    assert "cobranzas@inventada.example" in whole
    assert "A quién se envía aparece aquí" in unfinished
    assert "Total" not in whole
    assert "total" not in unfinished.replace('id="totals"', "")
    sale = client.post(new(company, "totales/"), {"kind": "RETENTION"}).content.decode()
    assert "El total aparece aquí" in sale


def test_payments_are_asked_for_no_quantity_and_no_tax(house: House, enter: Enter) -> None:
    response = enter(company := house.peru()).get(new(company, "?tipo=RETENTION"))
    shown = fields(response)
    assert {"items-0-price", "items-0-extra-related_date", "extra-retention_regime"} <= set(shown)
    unasked = {"items-0-quantity", "items-0-unit", "items-0-tax", "payment_form", "discount"}
    assert not unasked & set(shown)
    assert not {"extra-reason", "extra-perception_regime", "items-0-extra-affectation"} & set(shown)
    assert "Proveedor" in [h.text_content() for h in page(response).xpath("//h2")]


def test_goods_are_asked_for_no_price(house: House, enter: Enter) -> None:
    response = enter(company := house.peru()).get(new(company, "?tipo=DESPATCH"))
    shown = fields(response)
    assert {"items-0-quantity", "items-0-unit", "extra-reason", "extra-weight"} <= set(shown)
    assert not {"items-0-price", "items-0-tax", "items-0-discount", "currency"} & set(shown)
    assert "20" not in choices(response, "extra-reason")
    assert "Destinatario" in [h.text_content() for h in page(response).xpath("//h2")]


def test_one_more_line_is_of_the_same_kind(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    line = f"/e/{company.id}/facturas/nueva/linea/"
    goods = client.get(f"{line}?index=1&kind=DESPATCH").content.decode()
    sale = client.get(f"{line}?index=1").content.decode()
    assert "items-1-price" in sale
    assert "items-1-quantity" in goods
    assert "items-1-price" not in goods


def test_a_retention_is_drafted_as_it_was_typed(house: House, enter: Enter) -> None:
    company = house.peru()
    response = enter(company).post(new(company), RETENTION | {"do": "draft"})
    assert response.status_code == 302, alerts(response)
    one = drafts.load(company.id, models.Document.objects.get().pk)
    assert one.kind is DocumentKind.RETENTION
    (line,) = one.lines
    assert (line.quantity, line.price, line.taxes) == (1, Decimal("1180.00"), ())
    assert str(line.extra["related_date"]) == "2026-01-10"


def test_a_guide_is_issued_from_the_form(house: House, enter: Enter) -> None:
    company = numbered(house)
    client = enter(company)
    refused = client.post(new(company), GUIDE | {"do": "issue"})
    assert "API de guías" in alerts(refused)
    for name in ("gre_client_id", "gre_client_secret"):
        house.set_secret(company, name, "invento-de-prueba")
    response = client.post(new(company), GUIDE | {"do": "issue"})
    assert response.status_code == 302, alerts(response)
    row = models.Document.objects.get()
    assert row.number == "T001-1"
    shown = client.get(f"/e/{company.id}/facturas/{row.pk}/").content.decode()
    assert "Punto de llegada" in shown


def test_what_a_guide_lacks_is_told_beside_its_field(house: House, enter: Enter) -> None:
    company = house.peru()
    told = {name: value for name, value in GUIDE.items() if name != "extra-light_vehicle"}
    response = enter(company).post(new(company), told | {"do": "issue"})
    assert response.status_code == 422
    assert "PE-2566" in alerts(response)
    assert page(response).xpath("//input[@id='extra-plate']/@aria-invalid") == ["true"]
