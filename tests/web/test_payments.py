"""Payments on a document's page: what is left, the receipts, and a form that proposes the next."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import HttpResponse

from acuse.flow import outside
from acuse.store import drafts, models
from acuse.web.documents import paying
from tests.flow.house import House
from tests.flow.payers import Payers, today
from tests.flow.payers import payers as payers  # noqa: F401 - a fixture
from tests.web.conftest import Enter
from tests.web.forms import alerts, fields, page, words


def place(payers: Payers, document_id: int, verb: str = "") -> str:
    return f"/e/{payers.company.id}/facturas/{document_id}/{verb}"


def section(response: HttpResponse) -> str:
    """What the section of payments says, "" where there is none."""
    found = page(response).xpath("//section[@aria-labelledby='t-payments']")
    return " ".join(" ".join(found[0].itertext()).split()) if found else ""


def form(response: HttpResponse) -> dict[str, str]:
    (found,) = page(response).xpath("//form[@aria-label='Registrar pago']")
    return {
        name: value or "" for name, value in found.fields.items() if name != "csrfmiddlewaretoken"
    }


def test_a_payment_leads_to_its_receipt_and_back(payers: Payers, enter: Enter) -> None:
    client, sold = enter(payers.company), payers.sell()
    shown = client.get(place(payers, sold))
    assert "Queda ₡ 9.870,05" in section(shown)
    assert "Todavía no hay pagos" in section(shown)
    assert f"Vence {today() + timedelta(days=90):%d/%m/%Y}" in section(shown)
    values = form(shown)
    assert values == {
        "payment-amount": "9870,0528",
        "payment-method": "TRANSFER",
        "payment-day": today().isoformat(),
        "payment-note": "",
    }
    values |= {"payment-amount": "5.000,50", "payment-note": "Depósito 4471"}
    made = client.post(place(payers, sold, "pagos/"), values, follow=True)
    (receipt,) = models.Document.objects.filter(kind="PAYMENT")
    assert made.redirect_chain[-1][0] == place(payers, receipt.pk)
    assert "Pago registrado. Este es su recibo" in words(made)
    number = models.Document.objects.get(pk=sold).number
    assert f"Paga {number}" in section(made)
    assert "Depósito 4471" in section(made)
    assert "Sin IVA₡ 4.425,22" in words(made)
    shown = client.get(place(payers, sold))
    assert "Recibo sin emitir ₡ 5.000,50 Borrador" in section(shown)
    assert "En recibos sin aceptar ₡ 5.000,50 Queda ₡ 4.869,55" in section(shown)
    assert "Pago registrado: CRC 5000.50" in words(shown)
    client.post(place(payers, receipt.pk, "emitir/"))
    payers.house.run(payers.company)
    shown = client.get(place(payers, sold))
    assert "Pagado ₡ 5.000,50 Queda" in section(shown)
    assert "₡ 5.000,50 Aceptado" in section(shown)
    assert f"Paga {number}" in section(client.get(place(payers, receipt.pk)))


def test_a_receipt_is_edited_in_the_usual_form_and_keeps_what_it_pays(
    payers: Payers, enter: Enter
) -> None:
    client, sold = enter(payers.company), payers.sell()
    receipt = payers.pay(sold, "5000", note="Depósito 4471")
    before = drafts.load(payers.company.id, receipt)
    edited = fields(client.get(place(payers, receipt, "editar/")))
    client.post(place(payers, receipt, "editar/"), edited | {"do": "draft"})
    assert drafts.load(payers.company.id, receipt) == before
    client.post(
        place(payers, receipt, "editar/"), edited | {"items-0-price": "10000", "do": "draft"}
    )
    changed = drafts.load(payers.company.id, receipt)
    assert (changed.lines[0].price, changed.references) == (10000, before.references)
    refused = client.post(place(payers, receipt, "emitir/"), follow=True)
    assert "Se paga 10575.22124 y del documento queda 9870.0528" in alerts(refused)


def test_what_is_wrong_stands_in_place_and_keeps_what_was_typed(
    payers: Payers, enter: Enter
) -> None:
    client, sold = enter(payers.company), payers.sell()
    told = {"payment-amount": "10000", "payment-day": "2020-01-01", "payment-method": "SINPE"}
    refused = client.post(place(payers, sold, "pagos/"), told)
    assert refused.status_code == 422
    assert "No se registró el pago" in alerts(refused)
    assert form(refused) | told == form(refused)
    amount = page(refused).get_element_by_id("payment-amount")
    assert amount.get("aria-invalid") == "true"
    assert "del documento queda 9870.0528" in words(refused)
    assert "anterior al documento" in words(refused)
    empty = client.post(place(payers, sold, "pagos/"), {"payment-amount": "mucho"})
    assert "que no es una cifra" in words(empty)
    assert not models.Document.objects.filter(kind="PAYMENT").exists()


def test_when_nothing_is_left_there_is_no_form(payers: Payers, enter: Enter) -> None:
    client, sold = enter(payers.company), payers.sell()
    payers.pay(sold, "9870.05")
    shown = client.get(place(payers, sold))
    assert section(shown).startswith("Pagos Total")
    assert not page(shown).xpath("//form[@aria-label='Registrar pago']")
    (receipt,) = models.Document.objects.filter(kind="PAYMENT")
    payers.issue(receipt.pk)
    assert section(client.get(place(payers, sold))).startswith("Pagos Pagado Total")
    refused = client.post(place(payers, sold, "pagos/"), {"payment-amount": "1"})
    assert "ya está pagado por completo" in alerts(refused)


def test_a_late_document_says_so(
    payers: Payers, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, sold = enter(payers.company), payers.sell()
    assert "Vencido" not in section(client.get(place(payers, sold)))
    later = SimpleNamespace(now=lambda: outside.now() + timedelta(days=91))
    monkeypatch.setattr(paying, "outside", later)
    shown = client.get(place(payers, sold))
    assert section(shown).startswith("Pagos Vencido")
    assert "Venció" in section(shown)


def test_a_sale_in_dollars_asks_for_the_rate(payers: Payers, enter: Enter) -> None:
    client = enter(payers.company)
    sold = payers.sell(currency="USD", exchange_rate=Decimal("512.34"))
    values = form(client.get(place(payers, sold)))
    assert values["payment-rate"] == ""
    refused = client.post(place(payers, sold, "pagos/"), values)
    assert "falta el tipo de cambio del día del pago" in words(refused)
    client.post(place(payers, sold, "pagos/"), values | {"payment-rate": "498,10"})
    (receipt,) = models.Document.objects.filter(kind="PAYMENT")
    assert drafts.load(payers.company.id, receipt.pk).exchange_rate == Decimal("498.10")


def test_no_other_document_shows_payments(payers: Payers, house: House, enter: Enter) -> None:
    client, usual = enter(payers.company), payers.sell("02")
    assert section(client.get(place(payers, usual))) == ""
    refused = client.post(place(payers, usual, "pagos/"), {"payment-amount": "1"}, follow=True)
    assert "no llevan recibo" in alerts(refused)
    assert client.post(place(payers, 10**9, "pagos/")).status_code == 404
    peru = house.peru()
    issued = house.issue(peru)
    house.run(peru)
    other = enter(peru, email="otra@taller.example")
    assert "Pagos" not in words(other.get(f"/e/{peru.id}/facturas/{issued.id}/"))
    assert other.post(place(payers, usual, "pagos/")).status_code == 404
