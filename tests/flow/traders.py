"""Two companies of one country that sell to each other, before its pretended authority."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from acuse import jurisdictions
from acuse.domain.document import Payment, PaymentForm
from acuse.domain.party import Company, Customer, Environment, TaxId
from acuse.domain.received import Signatory
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.gateways.invented import make_certificate
from acuse.store import deliveries
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as co
from tests.support.makers import replaced

PERSON = Signatory(TaxId("CC", "1020304050"), "Persona", "De Prueba", "Recepción", "Compras")


class Traders:
    """A seller and a buyer, each a company of this installation."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seller = self._company(co.company(environment=Environment.SANDBOX))
        self.buyer = self._company(
            co.company(
                environment=Environment.SANDBOX,
                tax_id=TaxId("NIT", co.BUYER),
                legal_name="COMPRADOR DE PRUEBA S.A.S.",
            )
        )

    def _company(self, value: Company) -> Company:
        at = outside.now()
        company_id = company_flow.create(value, by=BY, at=at)
        p12 = make_certificate("Empresa", value.tax_id.number, password="1234", at=at)
        company_flow.store_certificate(company_id, p12, "1234", by=BY, at=at)
        for name in sorted(value.secrets):
            secret = co.credential().secret(name)
            company_flow.set_secret(company_id, name, secret, by=BY, at=at)
        for numbering in value.ranges:
            company_flow.add_range(company_id, numbering)
        company_flow.enable_electronic_invoicing(company_id, by=BY, at=at)
        return replaced(value, id=company_id)

    def sell(self, **changes: Any) -> int:
        """The id of the seller's document, accepted and mailed to the buyer."""
        today = outside.now().date()
        credit = Payment(PaymentForm.CREDIT, "TRANSFER", today + timedelta(days=30))
        buyer: Customer = co.buyer()
        told = {"number": None, "date": None, "payment": credit, "counterparty": buyer}
        document_id = self.house.issue_document(self.seller, co.document(**told | changes)).id
        self.house.run(self.seller)
        assert self.house.state(document_id).startswith("ACCEPTED"), self.house.told(
            self.seller, document_id
        )
        return document_id

    def mailed(self, document_id: int) -> bytes:
        """The file that the buyer got by mail."""
        (packet,) = deliveries.earlier_packet(document_id)
        return packet.content


def opened(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: files.read(name) for name in files.namelist()}


@pytest.fixture
def traders(house: House, monkeypatch: pytest.MonkeyPatch) -> Traders:
    """Their country is served in this test, whether the list of countries has it or not."""
    codes = tuple(sorted({*jurisdictions.CODES, "CO"}))
    monkeypatch.setattr(jurisdictions, "CODES", codes)
    return Traders(house)
