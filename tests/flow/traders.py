"""Two companies of one country that sell to each other, before its pretended authority."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.document import Payment, PaymentForm
from acuse.domain.party import Customer, TaxId
from acuse.domain.received import ReceptionKind, Signatory
from acuse.flow import declare, outside, receive
from acuse.store import deliveries
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as co

PERSON = Signatory(TaxId("CC", "1020304050"), "Persona", "De Prueba", "Recepción", "Compras")


class Traders:
    """A seller and a buyer, each a company of this installation."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seller = house.colombia()
        self.buyer = house.colombia(
            serial=co.BUYER,
            tax_id=TaxId("NIT", co.BUYER),
            legal_name="COMPRADOR DE PRUEBA S.A.S.",
        )

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

    def acknowledge(self, document_id: int) -> None:
        """The buyer keeps what was mailed and acknowledges it."""
        raw, buyer = self.mailed(document_id), self.buyer.id
        received_id = receive.receive(buyer, raw, source="mail", by=BY, at=outside.now())
        kind = ReceptionKind.ACKNOWLEDGED
        declare.declare(buyer, received_id, kind, person=PERSON, by=BY, at=outside.now())
        self.house.run(self.buyer)


@pytest.fixture
def traders(house: House) -> Traders:
    return Traders(house)
