"""The sheet's formulas, read from nothing but a sealed document: 3270 to 3306, each on its own.

Shares no code with the writer. SUNAT lets each sum be 1.00 off; what we write ourselves is held to
a cent for each line, and what is added up to nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NS = {"c": UBL + "CommonBasicComponents-2", "a": UBL + "CommonAggregateComponents-2"}
D = Decimal
CHARGED = ("1000", "1016", "2000", "7152", "9999")
SOLD = ("1000", "1016", "9995", "9997", "9998")
CENT = D("0.01")


def broken(content: bytes) -> list[str]:
    """The codes of the formulas that do not hold."""
    root = etree.fromstring(content)
    lines = [
        Line(one) for one in root.xpath("a:*[c:LineExtensionAmount and a:Item]", namespaces=NS)
    ]
    found = [code for line in lines for code in line.broken()]
    return sorted({*found, *Header(root, lines).broken()})


def amount(node: etree._Element, path: str) -> Decimal:
    """The amount there, zero where there is none."""
    return D(node.findtext(path, "0", NS))


def adjusted(node: etree._Element, *codes: str) -> Decimal:
    """What discounts or charges of these codes come to."""
    found = D(0)
    for one in node.findall("a:AllowanceCharge", NS):
        if one.findtext("c:AllowanceChargeReasonCode", "", NS) in codes:
            found += amount(one, "c:Amount")
    return found


class Line:
    """A line as its XML tells it."""

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        self.value = amount(node, "c:LineExtensionAmount")
        (quantity,) = node.xpath(
            "c:InvoicedQuantity | c:CreditedQuantity | c:DebitedQuantity", namespaces=NS
        )
        self.quantity = D(quantity.text)
        self.tax = amount(node, "a:TaxTotal/c:TaxAmount")
        self.unit = amount(node, "a:Price/c:PriceAmount")
        self.price = amount(node, ".//a:AlternativeConditionPrice/c:PriceAmount")
        self.price_type = node.findtext(".//c:PriceTypeCode", "", NS)
        self.taxes = {
            one.findtext(".//a:TaxScheme/c:ID", "", NS): (
                amount(one, "c:TaxableAmount"),
                amount(one, "c:TaxAmount"),
                amount(one, "a:TaxCategory/c:Percent"),
            )
            for one in node.findall("a:TaxTotal/a:TaxSubtotal", NS)
        }
        (self.family,) = [code for code in self.taxes if code in (*SOLD, "9996")]

    @property
    def free(self) -> bool:
        """Whether it is given away."""
        return self.family == "9996"

    def broken(self) -> Iterator[str]:
        """What does not hold of the line by itself."""
        room = CENT * 2
        if self.tax != sum(self.taxes[code][1] for code in CHARGED if code in self.taxes):
            yield "3292"
        base, tax, percent = self.taxes[self.family]
        if base != self.value + self.taxes.get("2000", (D(0), D(0), D(0)))[1]:
            yield "3272"
        if abs(base * percent / 100 - tax) > room:
            yield "3103"
        if (self.price_type == "02") is not self.free or (self.free and self.unit):
            yield "3224"
        worth = self.price if self.free else self.unit
        value = self.quantity * worth - adjusted(self.node, "00") + adjusted(self.node, "47")
        if abs(value - self.value) > room:
            yield "3271"
        paid = self.value + self.tax - adjusted(self.node, "01") + adjusted(self.node, "48")
        if not self.free and abs(self.price * self.quantity - paid) > CENT:
            yield "3270"


class Header:
    """The totals as their XML tells them."""

    def __init__(self, root: etree._Element, lines: list[Line]) -> None:
        self.root, self.lines = root, lines
        self.taxes = {
            one.findtext(".//a:TaxScheme/c:ID", "", NS): (
                amount(one, "c:TaxableAmount"),
                amount(one, "c:TaxAmount"),
            )
            for one in root.findall("a:TaxTotal/a:TaxSubtotal", NS)
        }
        (total,) = root.xpath("a:LegalMonetaryTotal | a:RequestedMonetaryTotal", namespaces=NS)
        self.total = total

    def of(self, tribute: str) -> tuple[Decimal, Decimal]:
        """Base and tax of a tribute."""
        return self.taxes.get(tribute, (D(0), D(0)))

    def sold(self, *tributes: str) -> Decimal:
        """Σ value of the lines of these tributes."""
        return sum((one.value for one in self.lines if one.family in tributes), D(0))

    def broken(self) -> Iterator[str]:
        """What does not hold of the document."""
        root = self.root
        taxed = "1016" if "1016" in self.taxes else "1000"
        moved = adjusted(root, "49") - adjusted(root, "02")
        if {one.family for one in self.lines} - self.taxes.keys():
            yield "2638"
        if amount(root, "a:TaxTotal/c:TaxAmount") != sum(self.of(code)[1] for code in CHARGED):
            yield "3294"
        for code, off, rule in (
            (taxed, adjusted(root, "04") - moved, "3277"),
            ("9997", adjusted(root, "05"), "3275"),
            ("9998", adjusted(root, "06"), "3274"),
            ("9995", D(0), "3273"),
            ("9996", D(0), "3276"),
        ):
            if self.of(code)[0] != self.sold(code) - off:
                yield rule
        yield from self._rates(taxed, moved)
        yield from self._totals(moved)

    def _rates(self, taxed: str, moved: Decimal) -> Iterator[str]:
        mine = [one.taxes[taxed] for one in self.lines if one.family == taxed]
        if not mine:
            return
        base = sum((one[0] for one in mine), moved) - adjusted(self.root, "04", "20")
        room = CENT * (len(self.lines) + 4)
        if abs(base * mine[0][2] / 100 - self.of(taxed)[1]) > min(room, D(1)):
            yield "3291"
        bags = sum((one.taxes["7152"][1] for one in self.lines if "7152" in one.taxes), D(0))
        if bags != self.of("7152")[1]:
            yield "3306"

    def _totals(self, moved: Decimal) -> Iterator[str]:
        root, total = self.root, self.total
        extension = amount(total, "c:LineExtensionAmount")
        if extension != self.sold(*SOLD) + moved:
            yield "3278"
        off = sum((one for one in map(self._off, self.lines)), adjusted(root, "03", "63"))
        if amount(total, "c:AllowanceTotalAmount") != off:
            yield "3300"
        on = adjusted(root, "45", "46", "50") + sum(
            (adjusted(one.node, "48") for one in self.lines), D(0)
        )
        if amount(total, "c:ChargeTotalAmount") != on:
            yield "3301"
        inclusive = amount(total, "c:TaxInclusiveAmount")
        prepaid = amount(total, "c:PrepaidAmount")
        rounding = amount(total, "c:PayableRoundingAmount")
        payable = amount(total, "c:PayableAmount")
        if payable != inclusive - off + on - prepaid + rounding:
            yield "3280"
        paid = sum(
            (amount(one, "c:PaidAmount") for one in root.findall("a:PrepaidPayment", NS)), D(0)
        )
        if paid != prepaid:
            yield "2509"
        # It adds up for who reads it: what the subtotals say is what is to be paid.
        shown = sum((self.of(code)[0] for code in SOLD), D(0))
        shown += sum((self.of(code)[1] for code in CHARGED), D(0)) - off + on + rounding
        if payable != shown:
            yield "adds up"

    @staticmethod
    def _off(one: Line) -> Decimal:
        return adjusted(one.node, "01")
