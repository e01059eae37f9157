"""The worked examples that the rules are tried on: each breaks none."""

from __future__ import annotations

from collections.abc import Callable

from tests.sandbox.sunat.documents import CASH, Charge, Line, Tax, invoice

FREE = ("1002", "TRANSFERENCIA GRATUITA")


def sums(line: str, inclusive: str, payable: str, **others: str) -> dict[str, str]:
    """LegalMonetaryTotal in the schema's order; the others as they are given."""
    return {
        "LineExtensionAmount": line,
        "TaxInclusiveAmount": inclusive,
        **others,
        "PayableAmount": payable,
    }


def igv(base: str, tax: str, rate: str = "18.00", affectation: str = "10") -> Tax:
    return Tax("1000", base, tax, rate, affectation)


def one(
    value: str,
    shown: str,
    tax: str,
    *taxes: Tax,
    quantity: str = "1",
    price: str = "",
    shown_type: str = "01",
    charges: tuple[Charge, ...] = (),
) -> Line:
    return Line(
        taxes=taxes,
        quantity=quantity,
        value=value,
        price=price or value,
        shown=shown,
        shown_type=shown_type,
        tax=tax,
        charges=charges,
    )


def term(id_: str, means: str, amount: str = "", due: str = "", currency: str = "PEN") -> str:
    return (
        f"<cac:PaymentTerms><cbc:ID>{id_}</cbc:ID><cbc:PaymentMeansID>{means}</cbc:PaymentMeansID>"
        + (f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>' if amount else "")
        + (f"<cbc:PaymentDueDate>{due}</cbc:PaymentDueDate>" if due else "")
        + "</cac:PaymentTerms>"
    )


def plain() -> str:
    return invoice()


def coded() -> str:
    """Example 1 with the item's codes."""
    item = (
        "<cac:SellersItemIdentification><cbc:ID>P001</cbc:ID></cac:SellersItemIdentification>"
        '<cac:StandardItemIdentification><cbc:ID schemeID="GTIN-13">7750000000017</cbc:ID>'
        "</cac:StandardItemIdentification><cac:CommodityClassification>"
        "<cbc:ItemClassificationCode>44121618</cbc:ItemClassificationCode></cac:CommodityClassification>"
    )
    return invoice(lines=(Line(item=item),))


def mixed() -> str:
    return invoice(
        taxes=(
            Tax("1000", "100.00", "18.00"),
            Tax("9997", "30.00", "0.00"),
            Tax("9998", "30.00", "0.00"),
        ),
        totals=sums("160.00", "178.00", "178.00"),
        lines=(
            Line(),
            one("30.00", "30.00", "0.00", Tax("9997", "30.00", "0.00", "0.00", "20")),
            one(
                "30.00",
                "10.00",
                "0.00",
                Tax("9998", "30.00", "0.00", "0.00", "30"),
                quantity="3",
                price="10.00",
            ),
        ),
    )


def free() -> str:
    gift = Tax("9996", "10.00", "1.80", "18.00", "15")
    return invoice(
        notes=(("1000", "CIENTO DIECIOCHO"), FREE),
        taxes=(Tax("1000", "100.00", "18.00"), Tax("9996", "10.00", "1.80")),
        lines=(
            Line(),
            one("10.00", "5.00", "0.00", gift, quantity="2", price="0.00", shown_type="02"),
        ),
    )


def untaxed_free() -> str:
    gift = Tax("9996", "10.00", "0.00", "0.00", "21")
    return invoice(
        notes=(FREE,),
        tax="0.00",
        taxes=(Tax("9996", "10.00", "0.00"), Tax("9997", "90.00", "0.00")),
        totals=sums("90.00", "90.00", "90.00"),
        lines=(
            one("10.00", "10.00", "0.00", gift, price="0.00", shown_type="02"),
            one("90.00", "90.00", "0.00", Tax("9997", "90.00", "0.00", "0.00", "20")),
        ),
    )


def line_discount() -> str:
    line = one(
        "112.50",
        "13.28",
        "20.25",
        igv("112.50", "20.25"),
        quantity="10",
        price="12.50",
        charges=(Charge("00", "12.50", "0.10000", "125.00"),),
    )
    return invoice(
        tax="20.25",
        taxes=(Tax("1000", "112.50", "20.25"),),
        totals=sums("112.50", "132.75", "132.75"),
        lines=(line,),
    )


def global_discount() -> str:
    return invoice(
        charges=(Charge("02", "100.00", "0.10000", "1000.00"),),
        tax="162.00",
        taxes=(Tax("1000", "900.00", "162.00"),),
        totals=sums("900.00", "1062.00", "1062.00"),
        lines=(
            one(
                "1000.00",
                "118.00",
                "180.00",
                igv("1000.00", "180.00"),
                quantity="10",
                price="100.00",
            ),
        ),
    )


def bags() -> str:
    bag = Tax("7152", "", "1.50", bags="3", per_bag="0.50")
    return invoice(
        tax="5.15",
        taxes=(Tax("1000", "20.30", "3.65"), Tax("7152", "", "1.50")),
        totals=sums("20.30", "25.45", "25.45"),
        lines=(
            one("20.00", "23.60", "3.60", igv("20.00", "3.60")),
            one("0.30", "0.62", "1.55", igv("0.30", "0.05"), bag, quantity="3", price="0.10"),
        ),
    )


def isc() -> str:
    excise = Tax("2000", "100.00", "10.00", "10.00", tier="01")
    return invoice(
        tax="29.80",
        taxes=(Tax("2000", "100.00", "10.00"), Tax("1000", "100.00", "19.80")),
        totals=sums("100.00", "129.80", "129.80"),
        lines=(one("100.00", "129.80", "29.80", excise, igv("110.00", "19.80")),),
    )


def export() -> str:
    return invoice(
        operation="0200",
        currency="USD",
        customer=("0", "US-12345"),
        tax="0.00",
        taxes=(Tax("9995", "500.00", "0.00"),),
        totals=sums("500.00", "500.00", "500.00"),
        lines=(one("500.00", "500.00", "0.00", Tax("9995", "500.00", "0.00", "0.00", "40")),),
    )


def services_abroad() -> str:
    country = "<cac:Country><cbc:IdentificationCode>US</cbc:IdentificationCode></cac:Country>"
    return (
        export()
        .replace('listID="0200"', 'listID="0201"')
        .replace(
            "<cac:PaymentTerms>",
            f"<cac:Delivery><cac:DeliveryLocation><cac:Address>{country}</cac:Address></cac:DeliveryLocation></cac:Delivery><cac:PaymentTerms>",
            1,
        )
    )


def thousand(**more: object) -> str:
    """One line of 1000.00 with IGV."""
    facts: dict[str, object] = {
        "tax": "180.00",
        "taxes": (Tax("1000", "1000.00", "180.00"),),
        "totals": sums("1000.00", "1180.00", "1180.00"),
        "lines": (one("1000.00", "1180.00", "180.00", igv("1000.00", "180.00")),),
    }
    return invoice(**(facts | more))  # type: ignore[arg-type]


def deposit() -> str:
    means = (
        "<cac:PaymentMeans><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansCode>001</cbc:PaymentMeansCode>"
        "<cac:PayeeFinancialAccount><cbc:ID>00-000-000001</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
    notes = (("1000", "MIL CIENTO OCHENTA"), ("2006", "OPERACION SUJETA A DETRACCION"))
    return thousand(
        operation="1001", notes=notes, payment=means + term("Detraccion", "037", "142.00") + CASH
    )


def credit() -> str:
    payment = (
        term("FormaPago", "Credito", "118.00")
        + term("FormaPago", "Cuota001", "59.00", "2026-12-20")
        + term("FormaPago", "Cuota002", "59.00", "2027-01-20")
    )
    return invoice(payment=payment)


def advance() -> str:
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>F001-90</cbc:ID><cbc:DocumentTypeCode>02</cbc:DocumentTypeCode>"
        "<cbc:DocumentStatusCode>1</cbc:DocumentStatusCode><cac:IssuerParty><cac:PartyIdentification>"
        '<cbc:ID schemeID="6">20999888772</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
        "</cac:AdditionalDocumentReference>"
    )
    return thousand(
        references=reference,
        prepaid='<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="PEN">236.00'
        "</cbc:PaidAmount></cac:PrepaidPayment>",
        charges=(Charge("04", "200.00"),),
        tax="144.00",
        taxes=(Tax("1000", "800.00", "144.00"),),
        totals=sums("1000.00", "1180.00", "944.00", PrepaidAmount="236.00"),
    )


def service_charge() -> str:
    return invoice(
        charges=(Charge("46", "10.00", "0.10000", "100.00"),),
        totals=sums("100.00", "118.00", "128.00", ChargeTotalAmount="10.00"),
    )


def fise() -> str:
    return invoice(
        charges=(Charge("45", "10.00", "", "100.00"),),
        totals=sums("100.00", "118.00", "128.00", ChargeTotalAmount="10.00"),
    )


def reduced_rate() -> str:
    return invoice(
        issuer="20999007008",
        tax="10.50",
        taxes=(Tax("1000", "100.00", "10.50"),),
        totals=sums("100.00", "110.50", "110.50"),
        lines=(
            one(
                "100.00",
                "55.25",
                "10.50",
                igv("100.00", "10.50", "10.50"),
                quantity="2",
                price="50.00",
            ),
        ),
    )


def rice() -> str:
    return invoice(
        notes=(("2007", "OPERACION SUJETA AL IVAP"),),
        tax="4.00",
        taxes=(Tax("1016", "100.00", "4.00"),),
        totals=sums("100.00", "104.00", "104.00"),
        lines=(one("100.00", "104.00", "4.00", Tax("1016", "100.00", "4.00", "4.00", "17")),),
    )


def after_tax() -> str:
    return invoice(
        totals=sums("100.00", "118.00", "108.00", AllowanceTotalAmount="10.00"),
        lines=(
            one(
                "100.00",
                "108.00",
                "18.00",
                igv("100.00", "18.00"),
                charges=(Charge("01", "10.00"),),
            ),
        ),
    )


def retention() -> str:
    return thousand(
        customer=("6", "20999006001"), charges=(Charge("62", "35.40", "0.03000", "1180.00"),)
    )


def perception() -> str:
    return thousand(
        operation="2001",
        charges=(Charge("51", "23.60", "0.02000", "1180.00", "PEN"),),
        payment=term("Percepcion", "1", "1203.60").replace(
            "<cbc:PaymentMeansID>1</cbc:PaymentMeansID>", ""
        )
        + CASH,
    )


def second_category() -> str:
    return invoice(
        operation="2002",
        charges=(Charge("63", "5.00", "", "100.00"),),
        totals=sums("100.00", "118.00", "113.00", AllowanceTotalAmount="5.00"),
    )


def other_taxes() -> str:
    return invoice(
        tax="28.00",
        taxes=(Tax("1000", "100.00", "18.00"), Tax("9999", "100.00", "10.00")),
        totals=sums("100.00", "128.00", "128.00"),
        lines=(
            one(
                "100.00",
                "128.00",
                "28.00",
                igv("100.00", "18.00"),
                Tax("9999", "100.00", "10.00", "10.00"),
            ),
        ),
    )


def rounded() -> str:
    return invoice(
        tax="15.25",
        taxes=(Tax("1000", "84.72", "15.25"),),
        totals=sums("84.72", "99.97", "100.00", PayableRoundingAmount="0.03"),
        lines=(one("84.72", "99.97", "15.25", igv("84.72", "15.25")),),
    )


def exempt() -> str:
    return invoice(
        notes=(("2001", "AMAZONIA"),),
        tax="0.00",
        taxes=(Tax("9997", "90.00", "0.00"),),
        totals=sums("90.00", "90.00", "90.00"),
        lines=(one("90.00", "90.00", "0.00", Tax("9997", "90.00", "0.00", "0.00", "20")),),
    )


def related() -> str:
    """Example 1 with an order, a guía and another document."""
    return invoice(
        references=(
            "<cac:OrderReference><cbc:ID>OC-77</cbc:ID></cac:OrderReference>"
            "<cac:DespatchDocumentReference><cbc:ID>T001-5</cbc:ID><cbc:DocumentTypeCode>09</cbc:DocumentTypeCode></cac:DespatchDocumentReference>"
            "<cac:AdditionalDocumentReference><cbc:ID>X-1</cbc:ID><cbc:DocumentTypeCode>99</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        )
    )


def to_a_person() -> str:
    item = (
        "<cac:CommodityClassification><cbc:ItemClassificationCode>80131501"
        "</cbc:ItemClassificationCode></cac:CommodityClassification>"
    )
    return invoice(operation="0112", customer=("1", "12345678"), lines=(Line(item=item),))


EXAMPLES: tuple[Callable[[], str], ...] = (
    plain, coded, mixed, free, untaxed_free, line_discount, global_discount, bags, isc, export,
    services_abroad, thousand, deposit, credit, advance, service_charge, fise, reduced_rate, rice,
    after_tax, retention, perception, second_category, other_taxes, rounded, exempt, related,
    to_a_person,
)  # fmt: skip
