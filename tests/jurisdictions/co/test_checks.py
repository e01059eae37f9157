"""What is told of a Colombian document before it gets a number: one value differs each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import (
    Charge,
    Discount,
    Instalment,
    Payment,
    PaymentForm,
    Period,
    Prepayment,
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.jurisdictions.co import checks
from acuse.jurisdictions.co.checks_kinds import till_warnings
from acuse.jurisdictions.co.traits import TRAITS
from tests.jurisdictions.co.checked import (
    CASH,
    CONSUMER,
    CREDIT,
    KEY,
    LAST_MONTH,
    PREFIXES,
    SELLER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    K,
    buyer,
    company,
    document,
    line,
    numbering,
    of,
    reference,
)
from tests.support.makers import AT

D = Decimal
TIP = Charge(amount=D("5000"), reason="Propina voluntaria")
PART = Instalment(TODAY, D(119_000))
AIU = {"operation": "09", "aiu_subject": "Aseo de oficinas"}
MANDATE_LINE = line(extra={"principal_nit": "999000222"})
PERIOD_NOTE: dict[str, Any] = {"references": (), "period": LAST_MONTH}

GOOD: list[tuple[DocumentKind, dict[str, Any]]] = [
    *((kind, {}) for kind in PREFIXES),
    (K.INVOICE, {"date": None}),
    (K.INVOICE, {"number": Number("SETP", 0)}),
    (K.INVOICE, {"number": Number("SETP", 990_000_001)}),
    (K.INVOICE, {"counterparty": CONSUMER}),
    (K.INVOICE, {"currency": "USD", "exchange_rate": D("4012.345678")}),
    (K.INVOICE, {"exchange_rate": D(1)}),
    (K.INVOICE, {"payment": CREDIT}),
    (K.INVOICE, {"payment": replace(CREDIT, due=TODAY)}),
    (K.INVOICE, {"payment": Payment(PaymentForm.CREDIT, instalments=(PART,))}),
    (K.INVOICE, {"extra": {"payment_code": "ZZZ"}}),
    (K.RECEIPT, {"extra": CASH | {"buyer_points": 17}}),
    (K.INVOICE, {"notes": ("Entregar de 8 a 12 del día.", "")}),
    (K.INVOICE, {"discounts": (Discount(percent=D(5)),), "charges": (TIP,)}),
    (K.INVOICE, {"discounts": (Discount(amount=D(119_000), reason="Todo va de regalo"),)}),
    (K.INVOICE, {"prepayments": (Prepayment(D(119_000), TODAY, "RC-1"),)}),
    (K.INVOICE, {"extra": AIU}),
    (K.INVOICE, {"extra": {"operation": "12"}}),
    (K.INVOICE, {"extra": {"operation": "11"}, "lines": (MANDATE_LINE, line())}),
    (K.INVOICE, {"contingency": True}),
    (K.INVOICE, {"lines": (line(),) * 500}),
    (K.INVOICE, {"extra": {"incoterm": "FOB", "delivery_address": "Bodega 3, Cali"}}),
    (K.EXPORT_INVOICE, {"contingency": True}),
    (K.CREDIT_NOTE, PERIOD_NOTE),
    (K.DEBIT_NOTE, PERIOD_NOTE),
    (K.CREDIT_NOTE, {"references": (replace(reference(date=TODAY), kind=None),)}),
    (K.CREDIT_NOTE, {"references": (reference(reason_code="6"), reference(reason_code="5"))}),
    (K.CREDIT_NOTE, {"references": (reference(K.PAPER_INVOICE),)}),
    (K.CREDIT_NOTE, {"extra": {"operation": "20"}}),
    (K.PURCHASE, {"extra": {"operation": "10"}}),
]
WRONG: list[tuple[str, str, DocumentKind, dict[str, Any]]] = [
    ("date", "FAD09e", K.INVOICE, {"date": YESTERDAY}),
    ("date", "CAD09e", K.CREDIT_NOTE, {"date": TOMORROW}),
    ("date", "DAD09e", K.DEBIT_NOTE, {"date": YESTERDAY}),
    ("numberTemplate", "FAB05a", K.INVOICE, {"number": Number("OTRA", 0)}),
    ("numberTemplate", "FAD05d", K.INVOICE, {"number": Number("SETP", 989_999_999)}),
    ("numberTemplate", "FAD05d", K.INVOICE, {"number": Number("SETP", 995_000_001)}),
    ("currency.code", "FAD15a", K.INVOICE, {"currency": "XXX"}),
    ("currency.code", "CAD15a", K.CREDIT_NOTE, {"currency": "XXX"}),
    ("currency.exchangeRate", "FAR04", K.INVOICE, {"exchange_rate": D(4012)}),
    ("currency.exchangeRate", "FAR06", K.INVOICE, {"currency": "USD"}),
    ("currency.exchangeRate", "FAR06", K.INVOICE, {"currency": "USD", "exchange_rate": D(0)}),
    ("currency.exchangeRate", "FAR06", K.INVOICE, {"currency": "USD", "exchange_rate": D("1E-7")}),
    ("currency.exchangeRate", "VLR01", K.INVOICE, {"currency": "USD", "exchange_rate": D(-1)}),
    ("extra.payment_code", "FAN03", K.INVOICE, {"extra": {"payment_code": "00"}}),
    ("dueDate", "FAN04", K.INVOICE, {"payment": Payment(PaymentForm.CREDIT)}),
    ("dueDate", "DAN04", K.DEBIT_NOTE, {"payment": Payment(PaymentForm.CREDIT)}),
    ("dueDate", "FAD11", K.INVOICE, {"payment": replace(CREDIT, due=YESTERDAY)}),
    (
        "instalments.1.dueDate",
        "FAD11",
        K.INVOICE,
        {"payment": Payment(PaymentForm.CREDIT, instalments=(PART, replace(PART, due=YESTERDAY)))},
    ),
    (
        "instalments.0.amount",
        "OWN-10",
        K.INVOICE,
        {"payment": Payment(PaymentForm.CREDIT, instalments=(replace(PART, amount=D(0)),))},
    ),
    (
        "instalments.0.amount",
        "VLR01",
        K.INVOICE,
        {"payment": Payment(PaymentForm.CREDIT, instalments=(replace(PART, amount=D(-1)),))},
    ),
    ("items", "FAV03", K.INVOICE, {"extra": AIU, "lines": (line(taxes=()),)}),
    ("extra.buyer_points", "VLR01", K.RECEIPT, {"extra": CASH | {"buyer_points": -1}}),
    ("anotation", "FAD13", K.INVOICE, {"notes": ("Gracias.",)}),
    ("anotation", "FAD13", K.INVOICE, {"notes": ("N" * 5001,)}),
    ("purchaseOrder", "FAF02", K.INVOICE, {"purchase_order": "O" * 51}),
    ("items", "FAV01", K.INVOICE, {"lines": ()}),
    ("items", "OWN-7", K.INVOICE, {"lines": (line(),) * 501}),
    ("discount", "FAQ06", K.INVOICE, {"discounts": (Discount(percent=D(101)),)}),
    ("discount", "FAQ06", K.INVOICE, {"discounts": (Discount(D(1), D(1)),)}),
    ("discount", "FAQ07", K.INVOICE, {"discounts": (Discount(amount=D("0.001")),)}),
    ("discount", "VLR01", K.INVOICE, {"discounts": (Discount(amount=D(-1)),)}),
    ("discount", "VLR01", K.INVOICE, {"discounts": (Discount(amount=D("119000.01")),)}),
    ("discount.reason", "FAQ05", K.INVOICE, {"discounts": (Discount(amount=D(1), reason="Uno"),)}),
    ("charge", "FAQ07", K.INVOICE, {"charges": (Charge(amount=D("0.001")),)}),
    ("charge.reason", "FAQ05", K.INVOICE, {"charges": (Charge(amount=D(1), reason="Flete"),)}),
    ("prepayments.0.amount", "FBD03", K.INVOICE, {"prepayments": (Prepayment(D(0), TODAY),)}),
    ("prepayments.0.amount", "VLR01", K.INVOICE, {"prepayments": (Prepayment(D(-1), TODAY),)}),
    ("prepayments.0.date", "FBD05", K.INVOICE, {"prepayments": (Prepayment(D(1), TOMORROW),)}),
    (
        "prepayments.0.reference",
        "FBD02",
        K.INVOICE,
        {"prepayments": (Prepayment(D(1), TODAY, "R" * 151),)},
    ),
    ("prepayments", "OWN-8", K.INVOICE, {"prepayments": (Prepayment(D("119000.01"), TODAY),)}),
    ("extra.operation", "FAD02", K.INVOICE, {"extra": {"operation": "SS-CUFE"}}),
    ("extra.operation", "FAD02", K.EXPORT_INVOICE, {"extra": {"operation": "09"}}),
    ("extra.operation", "CAD02a", K.CREDIT_NOTE, {"extra": {"operation": "22"}}),
    ("extra.operation", "DAD02a", K.DEBIT_NOTE, PERIOD_NOTE | {"extra": {"operation": "30"}}),
    ("extra.operation", "DSAD02", K.PURCHASE, {"extra": {"operation": "11"}}),
    ("extra.aiu_subject", "FAV03", K.INVOICE, {"extra": {"operation": "09"}}),
    (
        "items.0.extra.principal_nit",
        "FBA01",
        K.INVOICE,
        {"extra": {"operation": "11"}},
    ),
    (
        "items.0.extra.principal_nit",
        "FBA04",
        K.INVOICE,
        {"extra": {"operation": "11"}, "lines": (line(extra={"principal_nit": "ABC"}),)},
    ),
    (
        "items.0.extra.principal_nit",
        "FBA07",
        K.INVOICE,
        {"extra": {"operation": "11"}, "lines": (line(extra={"principal_nit": "999000222-1"}),)},
    ),
    ("items.0.extra.principal_nit", "FAD02", K.INVOICE, {"lines": (MANDATE_LINE,)}),
    ("kind", "OWN-9", K.CREDIT_NOTE, {"contingency": True}),
    ("kind", "OWN-9", K.RECEIPT, {"contingency": True}),
    ("extra.incoterm", "FBC04", K.EXPORT_INVOICE, {"extra": {"incoterm": "XXX"}}),
    ("extra.delivery_address", "FAM14", K.INVOICE, {"extra": {"delivery_address": "C" * 301}}),
    ("extra.paper_number", "FAI02", K.PAPER_INVOICE, {"extra": {"paper_date": TODAY}}),
    (
        "extra.paper_number",
        "FAI02",
        K.PAPER_INVOICE,
        {"extra": {"paper_date": TODAY, "paper_number": "P" * 21}},
    ),
    ("extra.paper_date", "FAI03", K.PAPER_INVOICE, {"extra": {"paper_number": "P1"}}),
    (
        "extra.paper_date",
        "FAI03",
        K.PAPER_INVOICE,
        {"extra": {"paper_number": "P1", "paper_date": TOMORROW}},
    ),
    *(
        (f"extra.{name}", "DEPD11", K.RECEIPT, {"extra": CASH | {name: " "}})
        for name in CASH
    ),
    ("references", "OWN-5", K.INVOICE, {"references": (reference(),)}),
    ("references", "CAE02", K.CREDIT_NOTE, {"references": ()}),
    ("references", "DAE02", K.DEBIT_NOTE, {"references": ()}),
    ("references", "NSBG02", K.PURCHASE_NOTE, {"references": (), "period": LAST_MONTH}),
    ("references", "NABG02", K.RECEIPT_NOTE, {"references": ()}),
    ("period", "CAD02a", K.CREDIT_NOTE, {"period": LAST_MONTH}),
    (
        "period.end",
        "CAE04",
        K.CREDIT_NOTE,
        PERIOD_NOTE | {"period": Period(LAST_MONTH.end, LAST_MONTH.start)},
    ),
    ("period.end", "CAE04", K.CREDIT_NOTE, PERIOD_NOTE | {"period": Period(TODAY, TOMORROW)}),
    *(
        (
            f"references.0.{field}",
            code,
            K.CREDIT_NOTE,
            {"references": (replace(reference(), **changes),)},
        )
        for field, code, changes in (
            ("reason", "CBF04", {"reason": "R" * 5001}),
            ("reason", "CBF04", {"reason": "Daño\x01"}),
            ("number", "CBG03", {"number": "SETP-990"}),
            ("number", "CBG03", {"number": "S" * 21}),
            ("fiscalId", "CBG04a", {"fiscal_id": ""}),
            ("fiscalId", "CBG04a", {"fiscal_id": "a" * 95}),
            ("fiscalId", "CBG04a", {"fiscal_id": "A" * 96}),
            ("kind", "OWN-6", {"kind": K.CREDIT_NOTE}),
            ("kind", "OWN-6", {"kind": K.PURCHASE}),
            ("date", "CBG06", {"date": TOMORROW}),
            ("reasonCode", "CBF03", {"reason_code": "7"}),
            ("reasonCode", "CBF03", {"reason_code": ""}),
        )
    ),
    (
        "references.0.date",
        "NSBG06",
        K.PURCHASE_NOTE,
        {"references": (reference(K.PURCHASE, date=TOMORROW),)},
    ),
    (
        "references.0.reasonCode",
        "DBF03",
        K.DEBIT_NOTE,
        {"references": (reference(reason_code="5"),)},
    ),
    ("client.address", "DSAJ28", K.PURCHASE, {"counterparty": buyer()}),
    ("client", "DSAJ21", K.PURCHASE, {"counterparty": replace(CONSUMER, address=SELLER)}),
    ("client", "FAK21", K.EXPORT_INVOICE, {"counterparty": CONSUMER}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "changes"), GOOD, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(GOOD)]
)
def test_nothing_is_told_of_a_good_document(kind: DocumentKind, changes: dict[str, Any]) -> None:
    assert of(document(kind, **changes)) == []


@pytest.mark.parametrize(
    ("field", "code", "kind", "changes"),
    WRONG,
    ids=[f"{n}-{one[1]}" for n, one in enumerate(WRONG)],
)
def test_what_is_wrong_with_a_document_is_told_in_the_code_of_its_kind(
    field: str, code: str, kind: DocumentKind, changes: dict[str, Any]
) -> None:
    assert of(document(kind, **changes)) == [(field, f"CO-{code}")]


@pytest.mark.parametrize(
    "changes",
    [{"next": 995_000_001}, {"active": False}],
)
def test_a_range_that_gives_no_more_numbers_is_told(changes: dict[str, Any]) -> None:
    issuer = company(ranges=(numbering(**changes),))
    assert of(document(), issuer) == [("numberTemplate", "CO-FAD05d")]
    assert of(document(number=Number("SETP", 990_000_001)), issuer) == []  # it has its number


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("CO-FAD09a", {"valid_from": TOMORROW}),
        ("CO-FAD09b", {"valid_until": YESTERDAY}),
    ],
)
def test_a_range_that_is_not_in_force_is_told_even_of_a_number_given_before(
    code: str, changes: dict[str, Any]
) -> None:
    numbered = document(number=Number("SETP", 990_000_001))
    for one in (document(), numbered):
        assert of(one, company(ranges=(numbering(**changes),))) == [("numberTemplate", code)]
        in_force = numbering(valid_from=TODAY, valid_until=TODAY)
        assert of(one, company(ranges=(in_force,))) == []


def test_another_open_range_of_the_kind_will_do_unless_a_prefix_is_wished() -> None:
    ranges = (numbering(active=False), numbering(series="FE"))
    issuer = company(ranges=ranges)
    assert of(document(), issuer) == []
    assert of(document(number=Number("FE", 0)), issuer) == []
    assert of(document(number=Number("SETP", 0)), issuer) == [("numberTemplate", "CO-FAD05d")]


@pytest.mark.parametrize("kind", [kind for kind in PREFIXES if kind is not K.INVOICE])
def test_a_range_of_another_kind_gives_no_number(kind: DocumentKind) -> None:
    letters = checks.LETTERS.get(kind, "F")
    issuer = company(ranges=(numbering(),))
    assert of(document(kind), issuer) == [("numberTemplate", f"CO-{letters}AB05a")]


@pytest.mark.parametrize("series", ["S-1", "ÑA", "S 1"])
def test_a_number_takes_letters_and_digits_only(series: str) -> None:
    issuer = company(ranges=(numbering(series=series),))
    assert of(document(), issuer) == [("numberTemplate.prefix", "CO-FAD05a")]


def test_a_number_has_twenty_characters_at_most() -> None:
    kind, series = K.CREDIT_NOTE, "NOTASDECREDITO"  # 14 and 7 more
    short = company(ranges=(numbering(kind, series=series, first=1, next=999_999),))
    long = company(ranges=(numbering(kind, series=series, first=1, next=1_000_000),))
    assert of(document(kind), short) == []
    assert of(document(kind), long) == [("numberTemplate.prefix", "CO-CAD05a")]


@pytest.mark.parametrize("kind", PREFIXES)
def test_only_kinds_with_a_cufe_need_the_technical_key(kind: DocumentKind) -> None:
    told = of(document(kind), company(secrets=frozenset({"software_pin"})))
    needed = kind in (K.INVOICE, K.EXPORT_INVOICE)
    assert told == ([(f"company.secrets.{KEY}", "CO-FAD06")] if needed else [])


def test_a_kind_that_is_not_served_is_told_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fewer = tuple(one for one in TRAITS.kinds if one.kind is not K.RECEIPT)
    monkeypatch.setattr(checks, "TRAITS", replace(TRAITS, kinds=fewer))
    assert of(document(K.RECEIPT)) == [("kind", "CO-FAD12")]
    assert of(document()) == []


@pytest.mark.parametrize(
    ("price", "codes"), [("261870", []), ("261870.01", ["CO-OWN-24"]), ("9000000", ["CO-OWN-24"])]
)
def test_a_large_sale_at_the_till_is_warned_of_and_never_stopped(
    price: str, codes: list[str]
) -> None:
    sale = document(K.RECEIPT, lines=(line(quantity=D(1), price=D(price)),))
    assert [one.code for one in till_warnings(sale, AT)] == codes
    assert of(sale) == []
    assert till_warnings(replace(sale, kind=K.INVOICE), AT) == ()
    assert till_warnings(sale, AT.replace(year=2031)) == ()  # nobody knows its UVT yet


def test_the_day_is_that_of_bogota() -> None:
    evening = datetime(2026, 11, 26, 4, 59, tzinfo=UTC)  # still the 25th there
    found = tuple(checks.document_problems(document(), company(), evening))
    assert found == ()
    later = tuple(checks.document_problems(document(), company(), evening + timedelta(minutes=1)))
    assert [problem.code for problem in later] == ["CO-FAD09e"]


def test_every_problem_names_its_rule_and_ends_as_a_sentence() -> None:
    found = [
        problem
        for _, _, kind, changes in WRONG
        for problem in checks.document_problems(document(kind, **changes), company(), AT)
    ]
    assert all(problem.rule for problem in found)
    unfinished = [one.text for one in found if not one.text.endswith((".", "…"))]
    assert unfinished == []


def test_a_document_of_many_bad_lines_is_told_line_by_line() -> None:
    bad = replace(line(), description="")
    told = of(document(lines=(bad, line(), bad)))
    assert told == [("items.0.name", "CO-FAZ02"), ("items.2.name", "CO-FAZ02")]


def test_amounts_beyond_the_fields_are_told_and_stop_nothing() -> None:
    huge = line(price=D("999999999999999"), quantity=D("999999999999999"))
    assert of(document(lines=(huge,))) == [("items.0", "CO-FAV06")]
    many = line(price=D("999999999999999"), quantity=D(1), taxes=(Tax("IVA", D(0)),))
    assert of(document(lines=(many, many))) == [("items", "CO-FAU14")]
