"""Good and bad Peruvian documents, with the code that tells what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from acuse.domain.document import Charge, Discount, Instalment, Payment, Prepayment, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from tests.jurisdictions.pe.checked import (
    BOLETA,
    EXEMPT,
    GUEST,
    IGV,
    NOBODY,
    NUMBER,
    PERSON,
    TODAY,
    TYPE,
    K,
    credit,
    exported,
    one,
    reference,
    taxed,
    with_own,
)
from tests.support.makers import RUC, customer, line

D = Decimal
ISC, BAG = Tax("ISC", D(10)), Tax("ICBPER", D(0))
RICE = line(taxes=(Tax("IVAP", D(4)),))
TRIP = {
    "freight_from_place": "150101",
    "freight_from": "Av. Partida 100",
    "freight_to_place": "040101",
    "freight_to": "Calle Llegada 200",
    "freight_details": "Lima a Arequipa",
    "freight_value": D(2000),
    "freight_load_value": D(1800),
    "freight_capacity_value": D(2200),
}
FREIGHT = {"detraction_code": "027"}
FISH = "3001=PT-1; 3002=LA INVENTADA; 3003=ANCHOVETA; 3004=PAITA; 3005=2026-11-20; 3006=10.00"
ROOM = (
    "4009=X1234567; 4008=7; 4000=US; 4007=JANE INVENTED; 4001=US; 4002=2026-11-18; "
    "4003=2026-11-20; 4004=2026-11-23; 4006=2026-11-23; 4005=3"
)
FLIGHT = "4030=150101; 4031=ORIGEN; 4032=080101; 4033=DESTINO"
RIDE = (
    "4040=ROSA INVENTADA QUISPE; 4041=1; 4049=99888777; 4042=080101; 4043=ESTACIÓN DE PARTIDA; "
    "4044=080902; 4045=ESTACIÓN DE LLEGADA; 4046=B-14; 4047=06:40:00; 4048=2026-12-01"
)
TICKET = {
    "operation_type": "0302",
    "agency_ruc": "20999000119",
    "payment_means": "006",
    "payment_authorisation": "A1B2C3",
}
STATE = "5000=EXP-1; 5001=1234; 5002=LP-1; 5003=C-55"
LOAN = "7001=1; 7002=3; 7003=PARTIDA-1; 7004=CONTRATO-1; 7005=2026-01-15; 7006=150101; 7007=Jr. Uno"
ADVANCE = Prepayment(D("59"), TODAY - timedelta(days=9), "F001-90")
NEW_TERMS: dict[str, Any] = {
    "lines": (line(quantity=D(1), price=D(0)),),
    "references": (reference(reason_code="13"),),
    "payment": credit((30, "59.00"), (60, "59.00")),
}
MACHINE_ROUNDED: dict[str, Any] = {
    "references": (reference("001-12345", kind=None),),
    "extra": {"modified_type": "12", "rounding": D("1.01")},
}
MACHINE = {"references": (reference("001-12345", kind=None),), "extra": {"modified_type": "12"}}


def without(text: str, code: str) -> str:
    """The properties without one of them."""
    return "; ".join(part for part in text.split("; ") if not part.startswith(code))


def room(properties: str = ROOM) -> dict[str, Any]:
    """A room for a guest from abroad."""
    sold = line(taxes=(), extra={"affectation": "40", "properties": properties})
    return {"counterparty": GUEST, "lines": (sold,), "extra": {"operation_type": "0202"}}


def tour(properties: str) -> dict[str, Any]:
    """A package tour."""
    return room(properties) | {"extra": {"operation_type": "0205"}}


def fish(properties: str = FISH) -> dict[str, Any]:
    """A catch."""
    return with_own({"properties": properties}) | {"extra": {"detraction_code": "004"}}


def flight(properties: str = FLIGHT) -> dict[str, Any]:
    """Freight by air inside the country."""
    return with_own({"properties": properties}) | {"extra": {"operation_type": "0301"}}


def ticket(properties: str = RIDE, **changes: Any) -> dict[str, Any]:
    """A train ticket with these changes of its sale; "" takes a field away."""
    own = {name: value for name, value in (TICKET | changes).items() if value}
    return with_own({"properties": properties}) | {"extra": own}


def loan(properties: str = LOAN) -> dict[str, Any]:
    """A line about a housing loan."""
    return with_own({"properties": properties, "product_code": "84121901"})


def operation(code: str, properties: str = "") -> dict[str, Any]:
    """A document of that operation, its line with these properties."""
    own = {"properties": properties} if properties else {}
    return with_own(own) | {"extra": {"operation_type": code}}


def trip(**changes: Any) -> dict[str, Any]:
    """Transport of goods with these changes of its trip."""
    return with_own(TRIP | changes) | {"extra": FREIGHT}


def advance(**changes: Any) -> dict[str, Any]:
    """A document with one advance."""
    return {"prepayments": (replace(ADVANCE, **changes),)}


def kind(reason: str, **changes: Any) -> dict[str, Any]:
    """A note for that reason."""
    return {"references": (reference(reason_code=reason),)} | changes


GOOD: list[tuple[DocumentKind, dict[str, Any]]] = [
    *((one_, {}) for one_ in (K.INVOICE, K.RECEIPT, K.CREDIT_NOTE, K.DEBIT_NOTE)),
    (K.INVOICE, {"date": TODAY + timedelta(days=2)}),
    (K.INVOICE, {"date": TODAY - timedelta(days=3)}),
    (K.RECEIPT, {"date": TODAY - timedelta(days=7)}),
    (K.CREDIT_NOTE, {"date": TODAY - timedelta(days=3)}),
    (
        K.CREDIT_NOTE,
        {
            "date": TODAY - timedelta(days=5),
            "number": Number("BC01", 1),
            "references": (BOLETA,),
        },
    ),
    (K.INVOICE, {"date": None}),
    (K.INVOICE, {"date": None, "payment": credit((1, "118"))}),
    (K.INVOICE, {"currency": "USD"}),
    (K.INVOICE, {"number": Number("FA1Z", 0)}),
    (K.INVOICE, {"purchase_order": "x" * 20}),
    (K.INVOICE, {"counterparty": customer(name="a" * 1500)}),
    (K.INVOICE, {"counterparty": customer(name="\U0001f642 ñ &<>")}),
    (K.INVOICE, {"lines": (line(),) * 999}),
    (K.INVOICE, {"discounts": (Discount(amount=D("100.00")),)}),
    (K.INVOICE, {"payment": credit((1, "118.00"))}),
    (K.INVOICE, {"payment": credit((30, "59.00"), (60, "59.00"))}),
    (K.INVOICE, {"payment": Payment(due=TODAY)}),
    (K.RECEIPT, {"counterparty": PERSON}),
    (K.RECEIPT, {"counterparty": NOBODY}),
    (K.RECEIPT, {"counterparty": NOBODY} | one(quantity=D(1), price=D("593.22"))),
    (K.RECEIPT, {"counterparty": NOBODY, "currency": "USD", "exchange_rate": D("3.75")}),
    (K.RECEIPT, {"payment": credit((0, "1"))}),
    (K.INVOICE, exported()),
    (K.INVOICE, exported("0201", country_of_use="US")),
    (K.INVOICE, exported("0200", incoterm="FOB")),
    (K.INVOICE, taxed(IGV, ISC)),
    (K.INVOICE, taxed(IGV, Tax("ISC", D(0), D("2.25")))),
    (K.INVOICE, taxed(IGV, ISC, extra={"isc_system": "03", "isc_price": D(5)})),
    (K.INVOICE, taxed(IGV, Tax("OTROS", D(10)))),
    (K.INVOICE, taxed(IGV, BAG)),
    (K.INVOICE, taxed(IGV, Tax("ICBPER", D(0), D("0.50")))),
    (K.INVOICE, {"lines": (RICE, RICE)}),
    (K.INVOICE, taxed(Tax("IGV", D("10.5")))),
    (K.INVOICE, with_own({"affectation": "15"})),
    (K.INVOICE, with_own({"product_code": "53103001", "gtin": "7750000000011"})),
    (K.INVOICE, {"charges": (Charge(amount=D(3)),), "extra": {"charge_code": "45"}}),
    (K.INVOICE, {"extra": {"rounding": D(-1)}}),
    (K.INVOICE, {"extra": {"igv_retention": True}} | one(price=D(1000))),
    (K.INVOICE, {"extra": {"perception_code": "51"}}),
    (K.INVOICE, {"extra": {"operation_type": "2001"}, "payment": credit((30, "118.00"))}),
    (K.INVOICE, {"extra": {"income_retention": D(5)}}),
    (K.INVOICE, {"extra": {"detraction_code": "037"}}),
    (K.INVOICE, {"extra": {"detraction_code": "038", "detraction_percent": D(5)}}),
    (K.DEBIT_NOTE, {"extra": {"detraction_code": "037"}}),
    (K.INVOICE, {"extra": {"paid_now": D(18)}, "payment": credit((1, "100"))}),
    (K.INVOICE, advance()),
    (K.INVOICE, advance(reference="E001-5")),
    (K.INVOICE, advance(reference="0001-15")),
    (K.INVOICE, advance(amount=D(118))),
    (K.INVOICE, {"extra": {"prepayment_affectations": "10"}} | advance()),
    (
        K.INVOICE,
        {"extra": {"prepaid_isc": D(5)}} | taxed(IGV, ISC) | advance(amount=D("64.90")),
    ),
    (K.INVOICE, {"extra": {"despatch_documents": "T001-15; V001-3; EG07-1"}}),
    (K.INVOICE, {"extra": {"related_documents": "05=123456; 99=CONTRATO-7"}}),
    (K.INVOICE, {"extra": {"legends": "2001; 2002"}} | one(taxes=(), extra=EXEMPT)),
    (K.INVOICE, {"extra": {"delivery_address": "Puesto 12", "delivery_place": "150101"}}),
    (K.INVOICE, with_own({"properties": "5010=ABC-123; 5012=Marca"})),
    (K.INVOICE, with_own({"properties": STATE})),
    (K.INVOICE, with_own({"properties": "7014=2026-01-01/2026-12-31"})),
    (K.INVOICE, fish()),
    (K.INVOICE, room()),
    (K.INVOICE, flight()),
    *((one_, ticket()) for one_ in (K.INVOICE, K.RECEIPT)),
    (K.INVOICE, ticket(payment_means="108", payment_authorisation="9" * 30)),
    (K.INVOICE, loan()),
    (K.INVOICE, trip()),
    (
        K.INVOICE,
        operation("0112")
        | {"lines": (line(extra={"product_code": "80131501"}),), "counterparty": PERSON},
    ),
    (K.INVOICE, operation("2100", "7004=CONTRATO-1; 7005=2026-01-15; 7012=1000.00")),
    (K.INVOICE, operation("2104", "7013=P-1; 7014=2026-01-01; 7015=1; 7016=1000")),
    (K.INVOICE, operation("2104", "7013=P-1; 7015=3")),
    (K.INVOICE, operation("2106") | {"counterparty": GUEST}),
    (K.RECEIPT, operation("2105", "7017=CUSPP1; 7018=202611; 7019=0.00")),
    (K.RECEIPT, {"extra": {"operation_type": "0113"}} | one(taxes=())),
    (K.CREDIT_NOTE, NEW_TERMS),
    (K.CREDIT_NOTE, MACHINE),
    (K.CREDIT_NOTE, MACHINE | {"number": Number("BC01", 1)}),
    (K.CREDIT_NOTE, kind("10", references=(reference("X-1", kind=None, reason_code="10"),))),
    (K.DEBIT_NOTE, kind("03", references=(reference("X-1", kind=None, reason_code="03"),))),
    (K.CREDIT_NOTE, {"references": (reference(), reference("F001-101"))}),
    (K.CREDIT_NOTE, {"references": (reference("E001-5"),)}),
    (K.CREDIT_NOTE, {"references": (reference(reason="Devolvió todo"),)}),
    (K.CREDIT_NOTE, kind("11") | one(taxes=(), extra={"affectation": "40"})),
    (K.CREDIT_NOTE, kind("12", lines=(RICE,))),
    (K.CREDIT_NOTE, taxed(Tax("IGV", D(10)))),
    (K.CREDIT_NOTE, {"extra": {"tip": D(5)}}),
    (K.CREDIT_NOTE, {"counterparty": GUEST}),
    (K.CREDIT_NOTE, one(discounts=(Discount(amount=D(10)),))),
]

WRONG: list[tuple[str, str, DocumentKind, dict[str, Any]]] = [
    # head
    ("PE-1003", "kind", K.PURCHASE_NOTE, {}),
    ("PE-2329", "date", K.INVOICE, {"date": TODAY + timedelta(days=3)}),
    ("PE-2108", "date", K.INVOICE, {"date": TODAY - timedelta(days=4)}),
    ("PE-1079", "date", K.RECEIPT, {"date": TODAY - timedelta(days=8)}),
    (
        "PE-1079",
        "date",
        K.CREDIT_NOTE,
        {
            "date": TODAY - timedelta(days=6),
            "number": Number("BC01", 1),
            "references": (replace(BOLETA, date=TODAY - timedelta(days=7)),),
        },
    ),
    (
        "PE-2108",
        "date",
        K.DEBIT_NOTE,
        {"date": TODAY - timedelta(days=4), "references": (reference(),)},
    ),
    ("PE-3088", "currency.code", K.INVOICE, {"currency": "GBP"}),
    ("PE-3206", "extra.operation_type", K.INVOICE, {"extra": {"operation_type": "9999"}}),
    ("PE-1001", "numberTemplate", K.INVOICE, {"number": Number("B001", 0)}),
    ("PE-1001", "numberTemplate", K.INVOICE, {"number": Number("F0011", 0)}),
    ("PE-1001", "numberTemplate", K.INVOICE, {"number": Number("f001", 0)}),
    ("PE-1001", "numberTemplate", K.RECEIPT, {"number": Number("F001", 0)}),
    ("PE-1001", "numberTemplate", K.CREDIT_NOTE, {"number": Number("T001", 0)}),
    # customer
    ("PE-2015", TYPE, K.INVOICE, {"counterparty": customer(tax_id=TaxId("NIT", "1"))}),
    ("PE-2016", TYPE, K.CREDIT_NOTE, {"counterparty": customer(tax_id=TaxId("NIT", "1"))}),
    ("PE-2014", NUMBER, K.RECEIPT, {"counterparty": customer(tax_id=TaxId("DNI", ""))}),
    ("PE-2679", NUMBER, K.CREDIT_NOTE, {"counterparty": customer(tax_id=TaxId("DNI", ""))}),
    ("PE-2017", NUMBER, K.INVOICE, {"counterparty": customer(tax_id=TaxId("RUC", "20999000118"))}),
    ("PE-2017", NUMBER, K.INVOICE, {"counterparty": customer(tax_id=TaxId("RUC", "2099900011"))}),
    ("PE-2017", NUMBER, K.RECEIPT, {"counterparty": customer(tax_id=TaxId("RUC", "\u0662" * 11))}),
    ("PE-2017", NUMBER, K.INVOICE, {"counterparty": customer(tax_id=TaxId("RUC", ""))}),
    ("PE-OWN-2", NUMBER, K.INVOICE, {"counterparty": customer(tax_id=TaxId("RUC", RUC))}),
    ("PE-OWN-5", NUMBER, K.RECEIPT, {"counterparty": customer(tax_id=TaxId("PP", "X 1"))}),
    (
        "PE-2801",
        NUMBER,
        K.INVOICE,
        operation("0112")
        | {
            "counterparty": customer(tax_id=TaxId("DNI", "123")),
            "lines": (line(extra={"product_code": "80131501"}),),
        },
    ),
    (
        "PE-2802",
        NUMBER,
        K.INVOICE,
        exported() | {"counterparty": customer(tax_id=TaxId("PP", "X" * 16))},
    ),
    ("PE-2800", TYPE, K.INVOICE, {"counterparty": PERSON}),
    ("PE-2800", TYPE, K.INVOICE, exported() | {"counterparty": customer()}),
    ("PE-2800", TYPE, K.RECEIPT, exported() | {"counterparty": customer()}),
    ("PE-2800", TYPE, K.INVOICE, operation("2106") | {"counterparty": customer()}),
    (
        "PE-2800",
        TYPE,
        K.INVOICE,
        operation("0112")
        | {"counterparty": GUEST, "lines": (line(extra={"product_code": "80131501"}),)},
    ),
    ("PE-2022", "client.name", K.INVOICE, {"counterparty": customer(name="ab")}),
    ("PE-2022", "client.name", K.INVOICE, {"counterparty": customer(name="a\nb c")}),
    ("PE-OWN-5", "client.name", K.INVOICE, {"counterparty": customer(name="abc\x00")}),
    ("PE-OWN-5", "client.name", K.INVOICE, {"counterparty": customer(name="abc\ud800")}),
    ("PE-2022", "client.name", K.INVOICE, {"counterparty": customer(name="a" * 1501)}),
    ("PE-2022", "client.name", K.CREDIT_NOTE, {"counterparty": customer(name="a" * 1001)}),
    (
        "PE-OWN-5",
        "client.address.address",
        K.INVOICE,
        {"counterparty": customer(address=Address("a\x07"))},
    ),
    ("PE-2514", TYPE, K.RECEIPT, {"counterparty": NOBODY} | one(price=D("296.62"))),
    (
        "PE-2514",
        "currency.exchangeRate",
        K.RECEIPT,
        {"counterparty": NOBODY, "currency": "USD"},
    ),
    # lines
    ("PE-OWN-1", "items", K.INVOICE, {"lines": ()}),
    ("PE-2023", "items", K.INVOICE, {"lines": (line(),) * 1000}),
    ("PE-2137", "items", K.CREDIT_NOTE, {"lines": (line(),) * 1000}),
    ("PE-2027", "items.0.name", K.INVOICE, one(description="")),
    ("PE-2027", "items.0.name", K.INVOICE, one(description="   ")),
    ("PE-2027", "items.0.name", K.INVOICE, one(description="x" * 501)),
    ("PE-OWN-5", "items.0.name", K.INVOICE, one(description="a\x1bb")),
    ("PE-2936", "items.0.unit", K.INVOICE, one(unit="UND")),
    ("PE-2024", "items.0.quantity", K.INVOICE, one(quantity=D(0))),
    ("PE-2024", "items.0.quantity", K.INVOICE, one(quantity=D(-1))),
    ("PE-2025", "items.0.quantity", K.INVOICE, one(quantity=D("1.00000000001"))),
    ("PE-2139", "items.0.quantity", K.CREDIT_NOTE, one(quantity=D("1.00000000001"))),
    ("PE-2025", "items.0.quantity", K.INVOICE, one(quantity=D(10) ** 12)),
    ("PE-2025", "items.0.quantity", K.INVOICE, one(quantity=D("NaN"))),
    ("PE-2025", "items.0.quantity", K.INVOICE, one(quantity=D("1E+999999"))),
    ("PE-2068", "items.0.price", K.INVOICE, one(price=D(0))),
    ("PE-2068", "items.0.price", K.DEBIT_NOTE, kind("13") | one(price=D(0))),
    ("PE-2369", "items.0.price", K.INVOICE, one(price=D("0.12345678901"))),
    ("PE-2369", "items.0.price", K.INVOICE, one(price=D("Infinity"))),
    ("PE-3105", "items.0.price", K.INVOICE, one(quantity=D("0.001"), price=D("0.01"))),
    ("PE-3105", "items.0.price", K.INVOICE, one(discounts=(Discount(percent=D(100)),))),
    ("PE-2955", "items.0.discount", K.INVOICE, one(discounts=(Discount(amount=D("100.01")),))),
    ("PE-2955", "items.0.discount", K.INVOICE, one(discounts=(Discount(amount=D("-0.01")),))),
    ("PE-2955", "items.0.discount", K.INVOICE, one(discounts=(Discount(percent=D("NaN")),))),
    ("PE-2955", "items.0.charge", K.INVOICE, one(charges=(Charge(amount=D(-1)),))),
    (
        "PE-2955",
        "items.0.discount",
        K.INVOICE,
        with_own({"discount_code": "01"}, discounts=(Discount(amount=D("118.01")),)),
    ),
    (
        "PE-3271",
        "items.0.discount",
        K.INVOICE,
        with_own({"affectation": "15"}, discounts=(Discount(amount=D(1)),)),
    ),
    (
        "PE-3270",
        "items.0.extra.discount_code",
        K.CREDIT_NOTE,
        with_own({"discount_code": "01"}, discounts=(Discount(amount=D(1)),)),
    ),
    # taxes of lines
    ("PE-2036", "items.0.tax.0", K.INVOICE, taxed(Tax("IVA", D(18)))),
    ("PE-3067", "items.0.tax.1", K.INVOICE, taxed(IGV, IGV)),
    ("PE-3102", "items.0.tax.0", K.INVOICE, taxed(Tax("IGV", D("NaN")))),
    ("PE-3102", "items.0.tax.0", K.INVOICE, taxed(Tax("IGV", D(-1)))),
    ("PE-3102", "items.0.tax.0.perUnit", K.INVOICE, taxed(Tax("IGV", D(18), D(1)))),
    ("PE-3102", "items.0.tax", K.INVOICE, taxed(Tax("IGV", D(10)))),
    ("PE-3102", "items.0.tax", K.INVOICE, taxed(Tax("IGV", D(0)), extra={"affectation": "10"})),
    ("PE-3102", "items.0.tax", K.CREDIT_NOTE, taxed(Tax("IGV", D(19)))),
    ("PE-3102", "items.0.tax", K.INVOICE, taxed(Tax("IVAP", D(5)))),
    ("PE-3102", "items.0.tax", K.INVOICE, taxed(IGV, Tax("OTROS", D(0)))),
    ("PE-2371", "items.0.extra.affectation", K.INVOICE, taxed()),
    ("PE-2371", "items.0.extra.affectation", K.INVOICE, taxed(Tax("IGV", D(0)))),
    ("PE-2040", "items.0.extra.affectation", K.INVOICE, with_own({"affectation": "22"})),
    ("PE-2640", "items.0.extra.affectation", K.INVOICE, with_own({"free": True})),
    ("PE-3110", "items.0.tax", K.INVOICE, with_own(EXEMPT)),
    ("PE-3223", "items.0.tax", K.INVOICE, taxed(Tax("IVAP", D(4)), IGV)),
    (
        "PE-3223",
        "items.0.tax",
        K.INVOICE,
        taxed(Tax("IVAP", D(4)), extra={"affectation": "10"}),
    ),
    ("PE-3223", "items.0.tax", K.INVOICE, taxed(Tax("IVAP", D(4)), ISC)),
    ("PE-2041", "items.0.extra.isc_system", K.INVOICE, taxed(IGV, ISC, extra={"isc_system": "9"})),
    (
        "PE-2199",
        "items.0.extra.isc_system",
        K.CREDIT_NOTE,
        taxed(IGV, ISC, extra={"isc_system": "9"}),
    ),
    ("PE-3104", "items.0.tax", K.INVOICE, taxed(IGV, Tax("ISC", D(0)))),
    ("PE-3104", "items.0.tax", K.INVOICE, taxed(IGV, ISC, extra={"isc_system": "02"})),
    ("PE-3108", "items.0.extra.isc_price", K.INVOICE, taxed(IGV, ISC, extra={"isc_system": "03"})),
    ("PE-2892", "items.0.quantity", K.INVOICE, taxed(IGV, BAG, quantity=D("1.5"))),
    ("PE-2892", "items.0.quantity", K.INVOICE, taxed(IGV, BAG, quantity=D(100_000))),
    ("PE-3238", "items.0.tax", K.INVOICE, taxed(IGV, Tax("ICBPER", D(0), D(0)))),
    (
        "PE-3111",
        "items.0.price",
        K.INVOICE,
        taxed(Tax("IVAP", D(4)), quantity=D(1), price=D("0.07")),
    ),
    # what stands together
    ("PE-2644", "items.0.extra.affectation", K.INVOICE, {"lines": (line(), RICE)}),
    ("PE-2644", "items.0.extra.affectation", K.CREDIT_NOTE, kind("12")),
    ("PE-3230", "references.0.reasonCode", K.CREDIT_NOTE, {"lines": (RICE,)}),
    ("PE-2642", "items.0.extra.affectation", K.INVOICE, exported() | {"lines": (line(),)}),
    ("PE-2642", "items.0.extra.affectation", K.CREDIT_NOTE, kind("11")),
    (
        "PE-3107",
        "items.0.tax",
        K.INVOICE,
        exported() | {"lines": (line(taxes=(Tax("OTROS", D(5)),), extra={"affectation": "40"}),)},
    ),
    (
        "PE-3462",
        "items",
        K.INVOICE,
        {"lines": (line(), line(taxes=(Tax("IGV", D("10.5")),)))},
    ),
    ("PE-3181", "items.0.extra.product_code", K.INVOICE, operation("0112")),
    ("PE-3240", "items.0.tax", K.RECEIPT, operation("0113")),
    ("PE-3240", "items.0.tax", K.RECEIPT, operation("0113") | taxed(BAG)),
    (
        "PE-3240",
        "items.0.extra.affectation",
        K.RECEIPT,
        operation("0113") | taxed(extra=EXEMPT),
    ),
    # discounts, charges, advances
    ("PE-2968", "discount", K.INVOICE, {"discounts": (Discount(amount=D("100.01")),)}),
    ("PE-2968", "discount", K.INVOICE, {"discounts": (Discount(amount=D(-1)),)}),
    ("PE-2968", "charge", K.INVOICE, {"charges": (Charge(amount=D(-1)),)}),
    ("PE-2968", "extra.tip", K.INVOICE, {"extra": {"tip": D("1.005")}}),
    ("PE-2968", "extra.other_charge", K.INVOICE, {"extra": {"other_charge": D(-1)}}),
    ("PE-2968", "extra.tip", K.INVOICE, {"extra": {"tip": D("Infinity")}}),
    (
        "PE-OWN-3",
        "discount",
        K.INVOICE,
        {"discounts": (Discount(amount=D(1)),)} | one(taxes=(), extra=EXEMPT),
    ),
    (
        "PE-OWN-3",
        "charge",
        K.INVOICE,
        {"charges": (Charge(amount=D(1)),)} | one(taxes=(), extra=EXEMPT),
    ),
    ("PE-3303", "extra.rounding", K.INVOICE, {"extra": {"rounding": D("1.01")}}),
    (
        "PE-3074",
        "charge",
        K.INVOICE,
        {"charges": (Charge(amount=D(0)),), "extra": {"charge_code": "45"}},
    ),
    ("PE-3280", "discount", K.CREDIT_NOTE, {"discounts": (Discount(amount=D(1)),)}),
    ("PE-3280", "charge", K.CREDIT_NOTE, {"charges": (Charge(amount=D(1)),)}),
    ("PE-3280", "prepayments", K.CREDIT_NOTE, advance()),
    ("PE-2503", "prepayments.0.amount", K.INVOICE, advance(amount=D(0))),
    ("PE-2503", "prepayments.0.amount", K.INVOICE, advance(amount=D("1.005"))),
    ("PE-2521", "prepayments.0.reference", K.INVOICE, advance(reference="")),
    ("PE-2521", "prepayments.0.reference", K.INVOICE, advance(reference="T001-1")),
    ("PE-3282", "extra.prepaid_isc", K.INVOICE, {"extra": {"prepaid_isc": D(1)}}),
    ("PE-3298", "extra.prepaid_isc", K.INVOICE, {"extra": {"prepaid_isc": D(1)}} | advance()),
    (
        "PE-3287",
        "extra.prepayment_affectations",
        K.INVOICE,
        {"extra": {"prepayment_affectations": "40"}} | advance(),
    ),
    (
        "PE-3287",
        "extra.prepayment_affectations",
        K.INVOICE,
        {"extra": {"prepayment_affectations": "10; 10"}} | advance(),
    ),
    (
        "PE-3287",
        "prepayments",
        K.INVOICE,
        {"extra": {"prepayment_affectations": "20"}} | advance(),
    ),
    (
        "PE-2999",
        "prepayments",
        K.INVOICE,
        advance(amount=D(119)) | {"extra": {"other_charge": D(5)}},
    ),
    ("PE-2062", "items", K.INVOICE, {"extra": {"other_discount": D("118.01")}}),
    ("PE-2062", "items", K.INVOICE, {"lines": (line(quantity=D(1), price=D("900000000000")),) * 2}),
    # legends and what is around
    ("PE-3027", "extra.legends", K.INVOICE, {"extra": {"legends": "3000"}}),
    ("PE-3283", "extra.legends", K.INVOICE, {"extra": {"legends": "2001"}}),
    ("PE-3284", "extra.legends", K.INVOICE, {"extra": {"legends": "2002"}}),
    ("PE-3285", "extra.legends", K.INVOICE, {"extra": {"legends": "2003"}}),
    ("PE-3289", "extra.legends", K.INVOICE, {"extra": {"legends": "2008"}}),
    (
        "PE-2364",
        "extra.despatch_documents",
        K.INVOICE,
        {"extra": {"despatch_documents": "T001-1; T001-1"}},
    ),
    (
        "PE-OWN-9",
        "extra.related_documents",
        K.INVOICE,
        {"extra": {"related_documents": "99"}},
    ),
    (
        "PE-OWN-9",
        "extra.related_documents",
        K.INVOICE,
        {"extra": {"related_documents": "99=A B"}},
    ),
    (
        "PE-2365",
        "extra.related_documents",
        K.INVOICE,
        {"extra": {"related_documents": "99=A; 99=A"}},
    ),
    ("PE-OWN-9", "extra.incoterm", K.INVOICE, exported(incoterm="FOBX")),
    # payment
    (
        "PE-3252",
        "instalments",
        K.INVOICE,
        {"payment": Payment(instalments=(Instalment(TODAY, D(1)),))},
    ),
    ("PE-3249", "instalments", K.INVOICE, {"payment": credit()}),
    ("PE-3250", "paymentForm", K.INVOICE, {"payment": credit(), "extra": {"paid_now": D(118)}}),
    ("PE-3319", "instalments", K.INVOICE, {"payment": credit((30, "118.01"))}),
    ("PE-3319", "instalments", K.INVOICE, {"payment": credit((30, "59"), (60, "58.99"))}),
    (
        "PE-3319",
        "instalments",
        K.INVOICE,
        {"payment": credit((30, "118")), "extra": {"detraction_code": "037"}},
    ),
    ("PE-3267", "instalments.0.dueDate", K.INVOICE, {"payment": credit((0, "118.00"))}),
    ("PE-3253", "instalments.1.amount", K.INVOICE, {"payment": credit((1, "118"), (2, "0"))}),
    ("PE-3253", "instalments.0.amount", K.INVOICE, {"payment": credit((1, "117.999"))}),
    ("PE-3253", "instalments.0.amount", K.INVOICE, {"payment": credit((1, "NaN"))}),
    (
        "PE-3246",
        "instalments",
        K.INVOICE,
        {"payment": credit(*[(n + 1, "0.11") for n in range(1000)])},
    ),
    ("PE-OWN-6", "dueDate", K.INVOICE, {"payment": Payment(due=TODAY - timedelta(days=1))}),
    # detracción, percepción, retenciones
    ("PE-3127", "extra.detraction_code", K.INVOICE, operation("1001")),
    (
        "PE-3128",
        "extra.operation_type",
        K.INVOICE,
        {"extra": {"operation_type": "0101", "detraction_code": "037"}},
    ),
    (
        "PE-3033",
        "extra.detraction_code",
        K.INVOICE,
        {"extra": {"detraction_code": "006", "detraction_percent": D(4)}},
    ),
    (
        "PE-3129",
        "extra.detraction_code",
        K.INVOICE,
        {"extra": {"operation_type": "1003", "detraction_code": "037"}},
    ),
    (
        "PE-3035",
        "extra.detraction_percent",
        K.INVOICE,
        {"extra": {"detraction_code": "038"}},
    ),
    (
        "PE-3037",
        "extra.detraction_amount",
        K.INVOICE,
        {"extra": {"detraction_code": "037", "detraction_amount": D(0)}},
    ),
    (
        "PE-3174",
        "extra.detraction_means",
        K.INVOICE,
        {"extra": {"detraction_code": "037", "detraction_means": "555"}},
    ),
    (
        "PE-3208",
        "currency.exchangeRate",
        K.INVOICE,
        {"currency": "USD", "extra": {"detraction_code": "037"}},
    ),
    ("PE-3156", "extra.agency_ruc", K.INVOICE, ticket(agency_ruc="")),
    ("PE-3156", "extra.agency_ruc", K.RECEIPT, ticket(agency_ruc="")),
    ("PE-OWN-11", "extra.agency_ruc", K.INVOICE, ticket(agency_ruc="20999000118")),
    ("PE-3173", "extra.payment_means", K.INVOICE, ticket(payment_means="")),
    ("PE-3174", "extra.payment_means", K.RECEIPT, ticket(payment_means="555")),
    ("PE-3175", "extra.payment_authorisation", K.RECEIPT, ticket(payment_authorisation="")),
    (
        "PE-OWN-12",
        "extra.payment_authorisation",
        K.INVOICE,
        ticket(payment_authorisation="9" * 31),
    ),
    ("PE-OWN-10", "extra.operation_type", K.INVOICE, ticket(operation_type="0101")),
    ("PE-3093", "extra.perception_code", K.INVOICE, operation("2001")),
    ("PE-3071", "extra.perception_code", K.INVOICE, {"extra": {"perception_code": "59"}}),
    (
        "PE-3308",
        "extra.operation_type",
        K.INVOICE,
        {"extra": {"operation_type": "0101", "perception_code": "51"}},
    ),
    (
        "PE-3330",
        "extra.perception_code",
        K.INVOICE,
        {"extra": {"perception_code": "51"}, "payment": credit((30, "118.00"))},
    ),
    (
        "PE-2788",
        "currency.exchangeRate",
        K.INVOICE,
        {"currency": "USD", "extra": {"perception_code": "51"}},
    ),
    (
        "PE-3262",
        "extra.igv_retention",
        K.INVOICE,
        exported()
        | {
            "extra": {"operation_type": "0200", "igv_retention": True},
            "lines": (line(taxes=(), price=D(1000), extra={"affectation": "40"}),),
        },
    ),
    ("PE-3316", "extra.income_retention", K.INVOICE, operation("2002")),
    (
        "PE-3317",
        "extra.operation_type",
        K.INVOICE,
        {"extra": {"operation_type": "0101", "income_retention": D(5)}},
    ),
    # exports, transport, properties
    ("PE-3098", "extra.country_of_use", K.INVOICE, exported("0201")),
    ("PE-3099", "extra.country_of_use", K.INVOICE, exported("0208", country_of_use="PE")),
    ("PE-3099", "extra.country_of_use", K.INVOICE, exported("0201", country_of_use="ZZ")),
    ("PE-3099", "extra.country_of_use", K.INVOICE, {"extra": {"country_of_use": "ZZ"}}),
    ("PE-OWN-5", "items.0.extra.isc_price", K.INVOICE, with_own({"isc_price": "5\x00"})),
    ("PE-OWN-5", "extra.tip", K.INVOICE, {"extra": {"tip": "\ufffe"}}),
    *(
        (code, f"items.0.extra.{own}", K.INVOICE, trip(**{own: ""}))
        for code, own in (
            ("PE-3116", "freight_from_place"),
            ("PE-3117", "freight_from"),
            ("PE-3118", "freight_to_place"),
            ("PE-3119", "freight_to"),
            ("PE-3120", "freight_details"),
            ("PE-3124", "freight_value"),
            ("PE-3125", "freight_load_value"),
            ("PE-3126", "freight_capacity_value"),
        )
    ),
    ("PE-3123", "items.0.extra.freight_value", K.INVOICE, trip(freight_value=D("1.005"))),
    ("PE-OWN-8", "items.0.extra.properties", K.INVOICE, with_own({"properties": "9999=x"})),
    ("PE-3064", "items.0.extra.properties", K.INVOICE, with_own({"properties": "5010="})),
    ("PE-3065", "items.0.extra.properties", K.INVOICE, fish(FISH.replace("2026-11-20", "ayer"))),
    ("PE-3135", "items.0.extra.properties", K.INVOICE, fish(FISH.replace("10.00", "mucho"))),
    ("PE-3172", "items.0.extra.properties", K.INVOICE, with_own({"properties": "3060=22:30"})),
    ("PE-3243", "items.0.extra.properties", K.INVOICE, with_own({"properties": "7014=2026"})),
    *(
        (f"PE-{rule}", "items.0.extra.properties", K.INVOICE, fish(without(FISH, code)))
        for rule, code in (
            ("3063", "3001"),
            ("3130", "3002"),
            ("3131", "3003"),
            ("3132", "3004"),
            ("3134", "3005"),
            ("3133", "3006"),
        )
    ),
    *(
        (f"PE-{rule}", "items.0.extra.properties", K.INVOICE, room(without(ROOM, code)))
        for rule, code in (
            ("3136", "4009"),
            ("3137", "4008"),
            ("3138", "4000"),
            ("3139", "4007"),
            ("3140", "4001"),
            ("3141", "4002"),
            ("3142", "4003"),
            ("3143", "4004"),
            ("3144", "4006"),
            ("3145", "4005"),
        )
    ),
    (
        "PE-3136",
        "items.0.extra.properties",
        K.INVOICE,
        tour("4000=US; 4007=JANE INVENTED; 4008=7"),
    ),
    *(
        (f"PE-{rule}", "items.0.extra.properties", K.INVOICE, flight(without(FLIGHT, code)))
        for rule, code in (
            ("3168", "4030"),
            ("3169", "4031"),
            ("3170", "4032"),
            ("3171", "4033"),
        )
    ),
    *(
        (f"PE-{rule}", "items.0.extra.properties", K.RECEIPT, ticket(without(RIDE, code)))
        for rule, code in (
            ("3159", "4040"),
            ("3160", "4041"),
            ("3161", "4042"),
            ("3162", "4043"),
            ("3163", "4044"),
            ("3164", "4045"),
            ("3165", "4046"),
            ("3166", "4047"),
            ("3167", "4048"),
            ("3204", "4049"),
        )
    ),
    *(
        (
            f"PE-{rule}",
            "items.0.extra.properties",
            K.INVOICE,
            with_own({"properties": without(STATE, code)}),
        )
        for rule, code in (
            ("3146", "5000"),
            ("3147", "5001"),
            ("3148", "5002"),
            ("3149", "5003"),
        )
    ),
    *(
        (f"PE-{rule}", "items.0.extra.properties", K.INVOICE, loan(without(LOAN, code)))
        for rule, code in (
            ("3150", "7001"),
            ("3151", "7003"),
            ("3152", "7004"),
            ("3153", "7005"),
            ("3154", "7006"),
            ("3155", "7007"),
        )
    ),
    (
        "PE-3241",
        "items.0.extra.properties",
        K.INVOICE,
        operation("2100", "7004=CONTRATO-1; 7005=2026-01-15"),
    ),
    ("PE-3242", "items.0.extra.properties", K.INVOICE, operation("2104")),
    (
        "PE-2898",
        "items.0.extra.properties",
        K.INVOICE,
        operation("2104", "7013=P-1; 7014=2026-01-01; 7015=2"),
    ),
    ("PE-2899", "items.0.extra.properties", K.INVOICE, operation("2104", "7015=3")),
    (
        "PE-2595",
        "items.0.extra.properties",
        K.RECEIPT,
        operation("2105", "7018=202611; 7019=0.00"),
    ),
    (
        "PE-2596",
        "items.0.extra.properties",
        K.RECEIPT,
        operation("2105", "7017=CUSPP1; 7019=0.00"),
    ),
    (
        "PE-2597",
        "items.0.extra.properties",
        K.RECEIPT,
        operation("2105", "7017=CUSPP1; 7018=202611"),
    ),
    # notes
    ("PE-2524", "references", K.CREDIT_NOTE, {"references": ()}),
    ("PE-2128", "references.0.reasonCode", K.CREDIT_NOTE, kind("")),
    ("PE-2172", "references.0.reasonCode", K.CREDIT_NOTE, kind("14")),
    ("PE-2172", "references.0.reasonCode", K.DEBIT_NOTE, kind("04")),
    (
        "PE-3203",
        "references.1.reasonCode",
        K.CREDIT_NOTE,
        {"references": (reference(), reference("F001-101", reason_code="02"))},
    ),
    (
        "PE-2135",
        "references.0.reason",
        K.CREDIT_NOTE,
        {"references": (reference(reason="x" * 501),)},
    ),
    ("PE-2117", "references.0.number", K.CREDIT_NOTE, {"references": (reference("F001"),)}),
    ("PE-2205", "references.0.number", K.DEBIT_NOTE, {"references": (reference("F001"),)}),
    ("PE-2116", "references.0.kind", K.CREDIT_NOTE, {"references": (reference("X-1", kind=None),)}),
    ("PE-2204", "references.0.kind", K.DEBIT_NOTE, {"references": (reference("X-1", kind=None),)}),
    (
        "PE-2116",
        "references.0.kind",
        K.CREDIT_NOTE,
        MACHINE | {"extra": {"modified_type": "99"}},
    ),
    ("PE-2116", "numberTemplate", K.CREDIT_NOTE, {"references": (BOLETA,)}),
    ("PE-2204", "numberTemplate", K.DEBIT_NOTE, {"references": (BOLETA,)}),
    ("PE-2399", "numberTemplate", K.CREDIT_NOTE, {"number": Number("BC01", 1)}),
    ("PE-2400", "numberTemplate", K.DEBIT_NOTE, {"number": Number("BD01", 1)}),
    (
        "PE-2884",
        "references.1.kind",
        K.CREDIT_NOTE,
        {"references": (reference(), replace(BOLETA, number="0001-7"))},
    ),
    ("PE-2365", "references", K.CREDIT_NOTE, {"references": (reference(), reference())}),
    (
        "PE-2885",
        "references.0.date",
        K.CREDIT_NOTE,
        {"references": (reference(date=TODAY + timedelta(days=1)),)},
    ),
    (
        "PE-3194",
        "references",
        K.CREDIT_NOTE,
        kind("11", references=tuple(reference(n, reason_code="11") for n in ("F001-1", "F001-2")))
        | one(taxes=(), extra={"affectation": "40"}),
    ),
    (
        "PE-3261",
        "references",
        K.CREDIT_NOTE,
        NEW_TERMS
        | {"references": tuple(reference(n, reason_code="13") for n in ("F001-1", "F001-2"))},
    ),
    (
        "PE-3259",
        "references.0.kind",
        K.CREDIT_NOTE,
        NEW_TERMS
        | {"references": (replace(BOLETA, reason_code="13"),), "number": Number("BC01", 1)},
    ),
    ("PE-3257", "instalments", K.CREDIT_NOTE, NEW_TERMS | {"payment": Payment()}),
    ("PE-3315", "items", K.CREDIT_NOTE, NEW_TERMS | one()),
    (
        "PE-3321",
        "instalments.0.dueDate",
        K.CREDIT_NOTE,
        NEW_TERMS | {"payment": credit((-5, "59.00"))},
    ),
]

REMARKED: list[tuple[str, str, DocumentKind, dict[str, Any]]] = [
    ("PE-4233", "purchaseOrder", K.INVOICE, {"purchase_order": "x" * 21}),
    ("PE-4269", "items.0.code", K.INVOICE, one(code="x" * 31)),
    ("PE-4234", "items.0.code", K.CREDIT_NOTE, one(code="x" * 31)),
    ("PE-4084", "items.0.name", K.CREDIT_NOTE, one(description="ab")),
    ("PE-4332", "items.0.extra.product_code", K.INVOICE, with_own({"product_code": "123"})),
    ("PE-3496", "items.0.extra.product_code", K.CREDIT_NOTE, with_own({"product_code": "123"})),
    ("PE-4337", "items.0.extra.product_code", K.INVOICE, with_own({"product_code": "53100000"})),
    ("PE-4335", "items.0.extra.gtin", K.INVOICE, with_own({"gtin": "123"})),
    ("PE-4237", "items.0.tax", K.INVOICE, taxed(IGV, Tax("ICBPER", D(0), D("0.40")))),
    ("PE-4439", "items", K.INVOICE, taxed(Tax("IGV", D("10.5")))),
    ("PE-4207", NUMBER, K.RECEIPT, {"counterparty": customer(tax_id=TaxId("DNI", "123"))}),
    ("PE-4208", NUMBER, K.RECEIPT, {"counterparty": customer(tax_id=TaxId("PP", "X" * 16))}),
    ("PE-4022", "extra.legends", K.RECEIPT, {"extra": {"legends": "2001"}}),
    ("PE-4023", "extra.legends", K.RECEIPT, {"extra": {"legends": "2002"}}),
    ("PE-4024", "extra.legends", K.RECEIPT, {"extra": {"legends": "2003"}}),
    ("PE-4244", "extra.legends", K.RECEIPT, {"extra": {"legends": "2008"}}),
    ("PE-4314", "extra.rounding", K.RECEIPT, {"extra": {"rounding": D("1.01")}}),
    ("PE-4314", "extra.rounding", K.CREDIT_NOTE, MACHINE_ROUNDED),
    ("PE-4006", "extra.despatch_documents", K.INVOICE, {"extra": {"despatch_documents": "T1"}}),
    ("PE-4009", "extra.related_documents", K.INVOICE, {"extra": {"related_documents": "77=A"}}),
    (
        "PE-4010",
        "extra.related_documents",
        K.INVOICE,
        {"extra": {"related_documents": "99=" + "A" * 31}},
    ),
    ("PE-4236", "extra.delivery_address", K.INVOICE, {"extra": {"delivery_address": "ab"}}),
    (
        "PE-4231",
        "extra.delivery_place",
        K.INVOICE,
        {"extra": {"delivery_address": "Puesto 12", "delivery_place": "999999"}},
    ),
    ("PE-4200", "items.0.extra.freight_to_place", K.INVOICE, trip(freight_to_place="999999")),
    ("PE-4236", "items.0.extra.freight_to", K.INVOICE, trip(freight_to="ab")),
    ("PE-4270", "items.0.extra.freight_details", K.INVOICE, trip(freight_details="ab")),
    (
        "PE-4280",
        "items.0.extra.properties",
        K.INVOICE,
        room(ROOM.replace("4000=US", "4000=ZZ")),
    ),
    *(
        ("PE-4280", "items.0.extra.properties", K.RECEIPT, ticket(RIDE.replace(right, wrong)))
        for right, wrong in (
            ("4040=ROSA INVENTADA QUISPE", "4040=R"),
            ("4041=1", "4041=X"),
            ("4042=080101", "4042=999999"),
            ("4044=080902", "4044=999999"),
            ("4046=B-14", "4046=" + "9" * 101),
            ("4049=99888777", "4049=" + "9" * 21),
        )
    ),
    (
        "PE-4280",
        "items.0.extra.properties",
        K.INVOICE,
        with_own({"properties": "3050=" + "9" * 21}),
    ),
    (
        "PE-4367",
        "references.0.reasonCode",
        K.CREDIT_NOTE,
        {"references": (replace(BOLETA, reason_code="04"),), "number": Number("BC01", 1)},
    ),
    ("PE-4041", "extra.country_of_use", K.INVOICE, {"extra": {"country_of_use": "US"}}),
    ("PE-OBS-1", "items.0.tax", K.INVOICE, taxed(IGV, ISC, extra={"affectation": "15"})),
    ("PE-OBS-2", "extra.igv_retention", K.INVOICE, {"extra": {"igv_retention": True}}),
]
