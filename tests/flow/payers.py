"""A company that sells on credit whose tax is due when it is paid, and its customer's payments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Payment, PaymentForm, Reference, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.domain.payment import Paid
from acuse.flow import company as company_flow
from acuse.flow import outside, payment
from acuse.flow.issue import issue
from acuse.flow.settlement import Settlement
from acuse.store import documents
from tests.flow.house import BY, House
from tests.support import makers

LAST = 9_999_999_999
DEFERRED = "10"


def today() -> date:
    """The day in Costa Rica."""
    return (outside.now() - timedelta(hours=6)).date()


class Payers:
    """What a seller on credit does; every document is of 9870.05280."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.company: Company = house.costa_rica()
        for kind in (DocumentKind.PAYMENT, DocumentKind.CREDIT_NOTE):
            one = NumberingRange(0, kind, "00100001", 1, LAST, 1)
            company_flow.add_range(self.company.id, one)

    def sell(self, condition: str = DEFERRED, *, run: bool = True, **changes: Any) -> int:
        """The id of an accepted document of that condition, of two lines (worked example W1)."""
        lines = tuple(
            makers.costa_rican_line(
                quantity=Decimal(quantity), price=Decimal(price), taxes=(Tax("IVA", Decimal(13)),)
            )
            for quantity, price in (("3", "2500"), ("1", "1234.56"))
        )
        credit = Payment(PaymentForm.CREDIT, "TRANSFER", today() + timedelta(days=90))
        told = {"lines": lines, "payment": credit, "extra": {"sale_condition": condition}}
        issued = self.house.issue(self.company, **told | changes)
        if run:
            self.house.run(self.company)
            assert self.house.state(issued.id).startswith("ACCEPTED")
        return issued.id

    def pay(self, document_id: int, amount: str | Decimal, **changes: Any) -> int:
        """The id of the receipt's draft."""
        paid = Paid(**{"amount": Decimal(amount), "day": today()} | changes)
        return payment.register(self.company.id, document_id, paid, by=BY, at=outside.now())

    def issue(self, receipt_id: int, *, run: bool = True) -> None:
        issue(receipt_id, by=BY, at=outside.now())
        if run:
            self.house.run(self.company)

    def credit(self, document_id: int, price: str, **changes: Any) -> int:
        """The id of an accepted credit note to the document, of that price and IVA."""
        original = documents.load(document_id)
        reference = Reference(
            original.sealed.number, today(), original.sealed.fiscal_id, DocumentKind.INVOICE, "06"
        )
        line = makers.costa_rican_line(quantity=Decimal(1), price=Decimal(price))
        told = {"kind": DocumentKind.CREDIT_NOTE, "references": (reference,), "lines": (line,)}
        issued = self.house.issue(self.company, **told | changes)
        self.house.run(self.company)
        assert self.house.state(issued.id).startswith("ACCEPTED"), issued
        return issued.id

    def standing(self, document_id: int) -> Settlement:
        found = payment.standing(self.company, documents.load(document_id))
        assert found is not None
        return found


@pytest.fixture
def payers(house: House) -> Payers:
    return Payers(house)
