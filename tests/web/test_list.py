"""The list of documents: every kind in one, told apart where there are several."""

from __future__ import annotations

from acuse.domain.document import Reference
from acuse.domain.kinds import DocumentKind
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


def test_a_list_of_one_kind_has_no_column_for_it(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    response = enter(company).get(f"/e/{company.id}/facturas/?tipo=CREDIT_NOTE")
    assert page(response).xpath("//select[@name='tipo']") == []
    assert issued.number in response.content.decode()
