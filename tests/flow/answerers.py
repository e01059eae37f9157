"""A seller whose documents come with the authority's answer beside them, and who buys from it."""

from __future__ import annotations

from typing import Any

import pytest

from acuse.domain.party import Customer, TaxId
from acuse.domain.received import ReceptionKind
from acuse.flow import declare, outside, receive
from acuse.store import deliveries, models
from acuse.xml import archive
from tests.flow.house import BY, House
from tests.support import makers

BUYER = "3101777666"


class Answerers:
    """A seller and a buyer, each a company of this installation."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seller = house.costa_rica()
        self.buyer = house.costa_rica(
            serial="CPJ-3-101-777666",
            tax_id=TaxId("CJ", BUYER),
            legal_name="Compradora Inventada S.A.",
            trade_name="",
            email="compras@inventada.example",
        )

    def sell(self, **changes: Any) -> int:
        """The id of the seller's document, accepted and mailed to the buyer."""
        buyer = Customer(
            TaxId("CJ", BUYER), "Compradora Inventada S.A.", ("compras@inventada.example",)
        )
        told = {"number": None, "date": None, "counterparty": buyer}
        document = makers.costa_rican_document(**told | changes)
        document_id = self.house.issue_document(self.seller, document).id
        self.house.run(self.seller)
        assert self.house.state(document_id).startswith("ACCEPTED"), self.house.told(
            self.seller, document_id
        )
        return document_id

    def files(self, document_id: int) -> tuple[bytes, bytes]:
        """The XML and the authority's answer as the buyer got them by mail."""
        packet = {file.name: file.content for file in deliveries.earlier_packet(document_id)}
        (answer,) = (name for name in packet if name.endswith("-respuesta.xml"))
        return packet[answer.replace("-respuesta", "")], packet[answer]

    def zipped(self, document_id: int) -> bytes:
        """Both of them in one archive."""
        document, answer = self.files(document_id)
        return archive.pack_all((("factura.xml", document), ("respuesta.xml", answer)))

    def taken(self) -> int:
        """The id of a sold document, kept by its buyer."""
        raw = self.zipped(self.sell())
        return receive.receive(self.buyer.id, raw, source="web", by=BY, at=outside.now())

    def declare(self, received_id: int, kind: ReceptionKind, **changes: Any) -> int:
        """The id of the buyer's answer, on its way."""
        note = "" if kind is ReceptionKind.ACCEPTED else "Faltó una caja"
        told = {"note": note, **changes}
        return declare.declare(self.buyer.id, received_id, kind, by=BY, at=outside.now(), **told)

    def outcome(self, reception_id: int) -> str:
        """What the authority said of it so far."""
        return models.Reception.objects.get(pk=reception_id).outcome


@pytest.fixture
def answerers(house: House) -> Answerers:
    return Answerers(house)
