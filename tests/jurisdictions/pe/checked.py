"""A Peruvian issuer of every kind, a good document of each, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from acuse.domain.document import (
    Document,
    Instalment,
    Line,
    Payment,
    PaymentForm,
    Reference,
    Tax,
)
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import Company, Customer, TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import jurisdiction
from tests.support import makers
from tests.support.makers import AT, line

D = Decimal
K = DocumentKind
TODAY = AT.date()
NIL: tuple[Problem, ...] = ()
NUMBER = "client.identificationObject.number"
TYPE = "client.identificationObject.type"
IGV, EXEMPT = Tax("IGV", D(18)), {"affectation": "20"}
SERIES = {K.INVOICE: "F001", K.RECEIPT: "B001", K.CREDIT_NOTE: "FC01", K.DEBIT_NOTE: "FD01"}
PERSON = Customer(TaxId("DNI", "99888777"), "Rosa Inventada Quispe")
NOBODY = Customer(TaxId("SD", "-"), "CLIENTES VARIOS")
FOREIGNER = Customer(TaxId("ND", "98-7654321"), "IMAGINARY IMPORTS LLC")
GUEST = Customer(TaxId("PP", "X1234567"), "Jane Invented")
LICENSE = {"detraction_account": "00-000-123456"}


def issuer(**changes: Any) -> Company:
    """A company that may issue every kind."""
    given: dict[str, Any] = {
        "ranges": tuple(
            NumberingRange(ordinal, kind, series, 1, 99_999_999, 1)
            for ordinal, (kind, series) in enumerate(SERIES.items(), start=1)
        ),
        "extra": LICENSE,
    } | changes
    return makers.company(**given)


def reference(number: str = "F001-100", **changes: Any) -> Reference:
    """A factura of some days ago that a note corrects."""
    given: dict[str, Any] = {
        "number": number,
        "date": TODAY - timedelta(days=5),
        "kind": K.INVOICE,
        "reason_code": "01",
    } | changes
    return Reference(**given)


BOLETA = reference("B001-100", kind=K.RECEIPT)


def document(kind: DocumentKind = K.INVOICE, **changes: Any) -> Document:
    """A good document of that kind."""
    given: dict[str, Any] = {"kind": kind, "number": Number(SERIES.get(kind, "F001"), 123)}
    if kind in (K.CREDIT_NOTE, K.DEBIT_NOTE):
        given["references"] = (reference(),)
    return makers.document(**given | changes)


def problems(
    kind: DocumentKind = K.INVOICE, company: Company | None = None, **changes: Any
) -> tuple[Problem, ...]:
    """What blocks such a document."""
    return jurisdiction.document_problems(document(kind, **changes), company or issuer(), AT)


def warnings(
    kind: DocumentKind = K.INVOICE, company: Company | None = None, **changes: Any
) -> tuple[Problem, ...]:
    """What is only told of it."""
    return jurisdiction.document_warnings(document(kind, **changes), company or issuer(), AT)


def of_line(**changes: Any) -> tuple[Problem, ...]:
    """What blocks a factura whose one line has these changes."""
    return problems(lines=(line(**changes),))


def of_company(purpose: Purpose = Purpose.ISSUE, **changes: Any) -> tuple[Problem, ...]:
    """What a company with these changes lacks."""
    return jurisdiction.company_problems(issuer(**changes), AT, purpose)


def told(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Code and field of each problem."""
    return [(problem.code, problem.field) for problem in found]


def credit(*parts: tuple[int, str], due: date | None = None) -> Payment:
    """Instalments in so many days."""
    instalments = tuple(Instalment(TODAY + timedelta(days=d), D(a)) for d, a in parts)
    return Payment(PaymentForm.CREDIT, "TRANSFER", due, instalments)


def one(**changes: Any) -> dict[str, Any]:
    """A document of one line with these changes."""
    return {"lines": (line(**changes),)}


def taxed(*taxes: Tax, **changes: Any) -> dict[str, Any]:
    """A document of one line with these taxes."""
    return one(taxes=taxes, **changes)


def with_own(line_extra: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A document of one line with these own fields."""
    return one(extra=line_extra, **changes)


def exported(operation: str = "0200", **extra: Any) -> dict[str, Any]:
    """A good export."""
    return {
        "counterparty": FOREIGNER,
        "lines": (line(taxes=(), extra={"affectation": "40"}),),
        "extra": {"operation_type": operation, **extra},
    }


def changed(value: Line, **changes: Any) -> Line:
    """The line with some fields changed."""
    return replace(value, **changes)
