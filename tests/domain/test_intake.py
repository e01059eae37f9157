"""The document format: what is read, and that nothing is lost on the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.document import (
    Charge,
    Discount,
    Document,
    Instalment,
    Line,
    Payment,
    PaymentForm,
    Period,
    Prepayment,
    Reference,
    Tax,
)
from acuse.domain.intake import OBSERVATIONS, write_document
from acuse.domain.json_text import parse_json
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Customer, TaxId, Wish
from tests.domain.formats import TRAITS, item, read, small


def test_a_small_document_is_an_invoice_paid_at_once_in_the_countrys_money() -> None:
    assert read(small()) == Document(
        kind=DocumentKind.INVOICE,
        counterparty=Customer(TaxId("TIN", "123"), "Ana Paz", ("ana@paz.example",)),
        lines=(Line("Silla", Decimal(2), Decimal("10.50"), extra={"good": "77"}),),
        currency="ZZD",
    )


def test_every_field_of_the_format_has_its_place() -> None:
    raw = small(
        kind="RECEIPT",
        date="2026-11-25",
        dueDate="2026-12-25",
        numberTemplate={"prefix": "F001"},
        currency={"code": "USD", "exchangeRate": "3.745"},
        paymentForm="CREDIT",
        paymentMethod="DEBIT_CARD",
        instalments=[{"dueDate": "2026-12-25", "amount": "20"}],
        discount=5,
        anotation="Gracias.\nVuelva pronto.",
        observations="interno",
        purchaseOrder="OC-1",
        extra={"plan": 3, "trip": "2026-12-01"},
        items=[
            item(
                reference="S-1",
                unit="U",
                discount={"amount": "1.25", "reason": "oferta"},
                tax=[{"percentage": 10}, {"code": "EXC", "percentage": "5"}],
                extra={"good": "77", "weight": "0.5", "fragile": True, "grade": "B"},
            )
        ],
    )
    raw["client"] |= {
        "phonePrimary": "+51 1 555",
        "settings": {"sendElectronicDocuments": False},
        "address": {"address": "Calle 1", "place": "01", "department": "Lima", "country": "PE"},
        "extra": {"zone": "norte"},
    }
    due = date(2026, 12, 25)
    good = {"good": "77", "weight": Decimal("0.5"), "fragile": True, "grade": "B"}
    assert read(raw) == Document(
        kind=DocumentKind.RECEIPT,
        counterparty=Customer(
            TaxId("TIN", "123"),
            "Ana Paz",
            ("ana@paz.example",),
            Address("Calle 1", "01", region="Lima", country="PE"),
            "+51 1 555",
            Wish.NEVER,
            {"zone": "norte"},
        ),
        lines=(
            Line(
                "Silla",
                Decimal(2),
                Decimal("10.50"),
                "U",
                "S-1",
                (Tax("VAT", Decimal(10)), Tax("EXC", Decimal(5))),
                (Discount(amount=Decimal("1.25"), reason="oferta"),),
                good,
            ),
        ),
        currency="USD",
        date=date(2026, 11, 25),
        number=Number("F001", 0),
        exchange_rate=Decimal("3.745"),
        discounts=(Discount(percent=Decimal(5)),),
        payment=Payment(PaymentForm.CREDIT, "CARD", due, (Instalment(due, Decimal(20)),)),
        notes=("Gracias.", "Vuelva pronto."),
        purchase_order="OC-1",
        extra={"plan": 3, "trip": date(2026, 12, 1), OBSERVATIONS: "interno"},
    )


_WORD = st.from_regex(
    r"[A-Za-zñÑáéí0-9](?:[A-Za-zñÑáéí0-9 .,&<>-]{0,20}[A-Za-z0-9])?", fullmatch=True
)
_CLEAN = _WORD.map(lambda word: " ".join(word.split()))
_FIGURE = st.decimals(0, 10**9, places=4)
_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
_DISCOUNTS = st.lists(
    st.builds(lambda amount, reason: Discount(amount=amount, reason=reason), _FIGURE, _CLEAN)
    | st.builds(lambda percent: Discount(percent=percent), st.decimals(0, 100, places=2)),
    max_size=1,
).map(tuple)
_CHARGES = _DISCOUNTS.map(
    lambda found: tuple(Charge(one.amount, one.percent, one.reason) for one in found)
)
_REFERENCES = st.builds(
    Reference,
    number=_CLEAN,
    date=_DAYS,
    fiscal_id=st.just("") | _CLEAN,
    kind=st.none() | st.sampled_from([DocumentKind.INVOICE, DocumentKind.RECEIPT]),
    reason_code=st.sampled_from(["", "2"]),
    reason=st.just("") | _CLEAN,
)
_LINES = st.builds(
    Line,
    description=_CLEAN,
    quantity=_FIGURE,
    price=_FIGURE,
    unit=st.just("") | st.just("U"),
    code=st.just("") | _CLEAN,
    taxes=st.lists(
        st.builds(Tax, st.sampled_from(["VAT", "EXC"]), _FIGURE, st.none() | _FIGURE), max_size=2
    ).map(tuple),
    discounts=_DISCOUNTS,
    charges=_CHARGES,
    extra=st.fixed_dictionaries(
        {"good": _CLEAN}, optional={"weight": _FIGURE, "fragile": st.booleans()}
    ),
)
_CUSTOMERS = st.builds(
    Customer,
    tax_id=st.builds(TaxId, st.sampled_from(["TIN", "PASS"]), _CLEAN),
    name=_CLEAN,
    emails=st.sampled_from([(), ("a@t.example",), ("a@t.example", "na@na.pe", "b@gmial.com")]),
    address=st.none() | st.builds(Address, _CLEAN, _CLEAN.map(lambda word: word[:20])),
    phone=st.just("") | _CLEAN,
    wish=st.sampled_from(Wish),
    extra=st.just({}) | st.builds(lambda zone: {"zone": zone}, _CLEAN),
    rules=st.just(()),
) | st.builds(
    Customer(TaxId("TIN", "1"), "Cliente").reached_at,
    st.lists(
        st.builds(
            ContactAddress,
            st.sampled_from(["b@t.example", "c@t.example", "na@na.pe"]),
            st.sampled_from(Role),
            st.frozensets(st.sampled_from([DocumentKind.INVOICE, DocumentKind.RECEIPT])),
        ),
        max_size=3,
    ).map(lambda some: [ContactAddress("a@t.example"), *some]),
)
_DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from([DocumentKind.INVOICE, DocumentKind.RECEIPT]),
    counterparty=_CUSTOMERS,
    lines=st.lists(_LINES, min_size=1, max_size=3).map(tuple),
    currency=st.sampled_from(["ZZD", "USD"]),
    date=st.none() | _DAYS,
    number=st.none() | st.builds(Number, st.just("F001"), st.just(0)),
    exchange_rate=st.none() | st.decimals(1, 5000, places=3),
    discounts=_DISCOUNTS,
    charges=_CHARGES,
    prepayments=st.lists(
        st.builds(Prepayment, _FIGURE, _DAYS, st.just("") | _CLEAN), max_size=2
    ).map(tuple),
    references=st.lists(_REFERENCES, max_size=2).map(tuple),
    period=st.none() | st.tuples(_DAYS, _DAYS).map(sorted).map(lambda days: Period(*days)),
    payment=st.builds(
        Payment,
        form=st.sampled_from(PaymentForm),
        method=st.sampled_from(["CASH", "CARD", "TRANSFER", "SINPE"]),
        due=st.none() | _DAYS,
        instalments=st.lists(st.builds(Instalment, _DAYS, _FIGURE), max_size=3).map(tuple),
    ),
    notes=st.lists(_CLEAN, max_size=3).map(tuple),
    purchase_order=st.just("") | _CLEAN,
    extra=st.fixed_dictionaries(
        {}, optional={"plan": st.integers(0, 9), "trip": _DAYS, OBSERVATIONS: _CLEAN}
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=timedelta(seconds=2))
@given(_DOCUMENTS)
def test_a_document_written_as_json_and_read_is_the_same(document: Document) -> None:
    text = json.dumps(write_document(document, TRAITS))
    raw = parse_json(text)
    assert isinstance(raw, dict)
    assert read(raw) == document


def test_a_number_once_given_is_not_written_into_a_copy() -> None:
    issued = replace(read(small()), number=Number("F001", 7))
    copy = read(write_document(issued, TRAITS))
    assert copy.number == Number("F001", 0)
