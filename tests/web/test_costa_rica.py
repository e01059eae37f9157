"""Costa Rica's form: what has no field stays, and what replaces a rejected document says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain.party import TaxId
from acuse.flow import draft as drafting
from acuse.flow import outside
from acuse.store import documents, drafts, models
from tests.flow.house import BY, House
from tests.jurisdictions.cr.goldens import read_case
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, choices, fields, page, words


@pytest.mark.parametrize(
    "name",
    ["surtido", "descuentos-varios", "cargos-varios", "medios-varios", "alcohol", "recibo-estado"],
)
def test_a_draft_saved_as_it_stands_is_the_same(house: House, enter: Enter, name: str) -> None:
    company = house.costa_rica()
    one = replace(read_case(name), number=None, date=None)
    draft_id = drafting.draft(company.id, one, by=BY, at=outside.now())
    before = drafts.load(company.id, draft_id)
    client, where = enter(company), f"/e/{company.id}/facturas/{draft_id}/editar/"
    response = client.post(where, fields(client.get(where)) | {"do": "draft"})
    assert response.status_code == 302, alerts(response)
    assert drafts.load(company.id, draft_id) == before


def test_a_discount_that_is_typed_takes_the_place_of_several(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    one = replace(read_case("descuentos-varios"), number=None, date=None)
    draft_id = drafting.draft(company.id, one, by=BY, at=outside.now())
    client, where = enter(company), f"/e/{company.id}/facturas/{draft_id}/editar/"
    shown = client.get(where)
    assert "2 descuentos: 10 % (04), 2500 (99 Convenio" in words(shown)
    typed = {"do": "draft", "items-0-discount": "5"}
    assert client.post(where, fields(shown) | typed).status_code == 302
    (line,) = drafts.load(company.id, draft_id).lines
    assert [str(told.percent) for told in line.discounts] == ["5"]


def test_what_is_kept_of_a_line_is_read_as_strictly_as_the_rest(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    one = replace(read_case("surtido"), number=None, date=None)
    draft_id = drafting.draft(company.id, one, by=BY, at=outside.now())
    client, where = enter(company), f"/e/{company.id}/facturas/{draft_id}/editar/"
    shown = fields(client.get(where))
    for told in ("{", "[" * 50_000, '{"components": [{"price": "x"}]}', '{"components": 3}'):
        response = client.post(where, shown | {"do": "draft", "items-0-kept": told})
        assert response.status_code in (302, 422)


def test_a_copy_of_what_was_rejected_refers_to_it(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    rejected = makers.customer(tax_id=TaxId("CF", makers.CF), name="Distribuidora RECHAZA -99")
    document_id = house.issue(company, counterparty=rejected).id
    house.run(company)
    assert house.state(document_id) == "REJECTED"
    client = enter(company)
    response = client.post(f"/e/{company.id}/facturas/{document_id}/copiar/")
    shown = client.get(response["Location"])
    assert fields(shown)["references-0-reasonCode"] == "16"
    assert page(shown).xpath("//details[.//*[@name='references-0-number']]/@open") != []
    sealed = documents.load(document_id).sealed
    assert fields(shown)["references-0-fiscalId"] == sealed.fiscal_id


def test_a_tiquete_is_sold_to_nobody_unless_somebody_is_chosen(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    client, where = enter(company), f"/e/{company.id}/facturas/nueva/"
    shown = fields(client.get(f"{where}?tipo=RECEIPT"))
    assert shown["client"] == "nobody"
    line = {"items-0-name": "Pan", "items-0-price": "900", "items-0-extra-cabys": "2399999000100"}
    assert client.post(where, shown | line | {"do": "draft"}).status_code == 302
    (draft,) = models.Document.objects.filter(company_id=company.id)
    assert drafts.load(company.id, draft.pk).counterparty.tax_id == TaxId("SD", "-")
    assert "nobody" not in choices(client.get(where), "client")


def test_a_purchase_shows_the_paper_that_it_must_name(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    shown = enter(company).get(f"/e/{company.id}/facturas/nueva/?tipo=PURCHASE")
    assert page(shown).xpath("//details[.//*[@name='references-0-number']]/@open") != []
