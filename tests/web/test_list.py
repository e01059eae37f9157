"""The list of documents: every kind in one, told apart where there are several."""

from __future__ import annotations

import pytest

from acuse.domain.document import Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, TaxId
from acuse.flow import outside
from acuse.flow.draft import draft
from tests.flow.house import House
from tests.jurisdictions.co import makers as colombian
from tests.web.conftest import Enter
from tests.web.forms import page


def test_the_list_tells_kinds_apart_where_there_are_several(house: House, enter: Enter) -> None:
    company = house.colombia()
    invoice = house.issue(company)
    note = colombian.document(
        kind=DocumentKind.CREDIT_NOTE,
        number=None,
        date=None,
        references=(
            Reference(
                invoice.number,
                outside.now().date(),
                invoice.fiscal_id,
                DocumentKind.INVOICE,
                "3",
                "Rebaja",
            ),
        ),
    )
    draft(company.id, note, by="prueba", at=outside.now())
    client = enter(company)
    everything = client.get(f"/e/{company.id}/facturas/")
    kinds = page(everything).xpath("//td[contains(@class,'kind')]/text()")
    assert kinds == ["Nota crédito", "Factura electrónica de venta"]
    notes = client.get(f"/e/{company.id}/facturas/?tipo=CREDIT_NOTE&ver=borradores")
    assert page(notes).xpath("//td[contains(@class,'kind')]/text()") == ["Nota crédito"]
    none = client.get(f"/e/{company.id}/facturas/?tipo=PURCHASE")
    assert "Nada por aquí con ese filtro" in none.content.decode()


def test_a_chip_agrees_with_its_kind(house: House, enter: Enter) -> None:
    company = house.colombia()
    house.issue(company)
    seller = colombian.buyer(
        tax_id=TaxId("CC", "1020304050"),
        name="Ana Inventada Paz",
        address=Address("Calle 1 2 3", "11001", "", "", "", "CO"),
    )
    bought = colombian.document(
        kind=DocumentKind.PURCHASE, counterparty=seller, number=None, date=None
    )
    house.issue_document(company, bought)
    house.run(company)
    client = enter(company)
    chips = page(client.get(f"/e/{company.id}/facturas/")).xpath(
        "//td[6]/span[contains(@class,'chip')]/text()"
    )
    assert chips == ["Rechazado", "Aceptada"]  # the sandbox knows no range of purchases


@pytest.mark.parametrize("earlier", ["²", "x", "-1", "9" * 18, ""])
def test_a_page_below_what_is_no_key_is_the_first(house: House, enter: Enter, earlier: str) -> None:
    company = house.colombia()
    invoice = house.issue(company)
    client = enter(company)
    first = client.get(f"/e/{company.id}/facturas/", {"antes": earlier})
    assert invoice.number in first.content.decode()
    assert client.get(f"/e/{company.id}/recibidos/", {"antes": earlier}).status_code == 200
