"""Good and bad Colombian documents, with the code that tells what is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from acuse.domain.document import (
    Charge,
    Discount,
    Instalment,
    Payment,
    PaymentForm,
    Period,
    Prepayment,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from tests.jurisdictions.co.checked import (
    CASH,
    CONSUMER,
    CREDIT,
    LAST_MONTH,
    PREFIXES,
    SELLER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    K,
    buyer,
    line,
    reference,
)

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
    (K.RECEIPT, {"contingency": True}),
    (K.INVOICE, {"extra": {"operation": "SS-SinAporte"}}),
    (K.INVOICE, {"extra": {"representative_number": "999000222"}}),
    (K.INVOICE, {"extra": {"representative_type": "PP", "representative_number": "AB-123"}}),
    (K.CREDIT_NOTE, PERIOD_NOTE | {"extra": {"reason_code": "6"}}),
    (K.DEBIT_NOTE, PERIOD_NOTE | {"extra": {"reason_code": "1"}}),
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
    ("extra.operation", "FAD02", K.INVOICE, {"extra": {"operation": "SS-OTRA"}}),
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
    ("kind", "OWN-9", K.PURCHASE, {"contingency": True}),
    ("extra.representative_number", "FAL03", K.INVOICE, {"extra": {"representative_type": "CC"}}),
    *(
        (
            "extra.representative_number",
            code,
            K.INVOICE,
            {"extra": {"representative_type": kind, "representative_number": number}},
        )
        for code, kind, number in (
            ("FAL03", "NIT", "ABC"),
            ("FAL06", "NIT", "999000222-1"),
            ("FAL03", "CC", "1.098.777"),
        )
    ),
    (
        "extra.representative_type",
        "FAL07",
        K.INVOICE,
        {"extra": {"representative_type": "RUC", "representative_number": "999000222"}},
    ),
    ("extra.reason_code", "CBF03", K.CREDIT_NOTE, PERIOD_NOTE | {"extra": {"reason_code": "7"}}),
    ("extra.reason_code", "DBF03", K.DEBIT_NOTE, PERIOD_NOTE | {"extra": {"reason_code": "5"}}),
    ("extra.reason_code", "CBF03", K.CREDIT_NOTE, {"extra": {"reason_code": "3"}}),
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
