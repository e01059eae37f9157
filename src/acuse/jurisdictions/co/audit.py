"""The DIAN's arithmetic over the finished XML, before it is signed: what is read is what is sent.

Source: colombia.md 10, rules FAU02 to FAU14, FAS01b, FAS02, FAT02, FAV02, FAV06, FAX02. Totals are
compared to the cent: the DIAN's own whole pesos are never needed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from acuse.jurisdictions.co.forms import CREDIT, DEBIT, INVOICE

_ZERO = Decimal(0)
_LINES = {INVOICE: "InvoiceLine", CREDIT: "CreditNoteLine", DEBIT: "DebitNoteLine"}
_TOTALS = {INVOICE: "LegalMonetaryTotal", CREDIT: "LegalMonetaryTotal"}
_AMOUNT = re.compile(r'<cbc:([A-Za-z]+Amount|Amount) currencyID="COP">([0-9.]+)<')
_GROUP = re.compile(r"<cac:(WithholdingTaxTotal|TaxTotal)>(.*?)</cac:\1>", re.DOTALL)
_SCHEME = re.compile(r"<cac:TaxScheme><cbc:ID>([0-9A-Z]+)</cbc:ID>")
_ADJUSTMENT = re.compile(
    r"<cac:AllowanceCharge>.*?<cbc:ChargeIndicator>(true|false)<.*?"
    r'<cbc:Amount currencyID="COP">([0-9.]+)<.*?</cac:AllowanceCharge>',
    re.DOTALL,
)
_PRICED = re.compile(
    r'<cbc:PriceAmount currencyID="COP">([0-9.]+)</cbc:PriceAmount><cbc:BaseQuantity [^>]*>([0-9.]+)<'
)
_ID = re.compile(r"(?:<cac:[A-Za-z]+Line>)?<cbc:ID>([0-9]+)<")
_PREPAID = re.compile(r'<cbc:PaidAmount currencyID="COP">([0-9.]+)<')


class Disagreement(AssertionError):
    """What was composed breaks a rule of arithmetic of the DIAN: nothing of it is signed."""


def audit(body: str, root: str) -> None:
    """Raises Disagreement with the rule's code where the text does not add up."""
    element = f"<cac:{_LINES[root]}>"
    head, *lines = body.split(element)
    name = _TOTALS.get(root, "RequestedMonetaryTotal")
    before, _, told = head.partition(f"<cac:{name}>")
    totals = {key: Decimal(value) for key, value in _AMOUNT.findall(told)}
    counted = [_line(ordinal, line) for ordinal, line in enumerate(lines, start=1)]
    _hold("FAU02", totals["LineExtensionAmount"], sum((one[0] for one in counted), _ZERO))
    _hold("FAU04", totals["TaxExclusiveAmount"], sum((one[1] for one in counted), _ZERO))
    tax = _groups(before, "FAS")
    _hold("FAU06", totals["TaxInclusiveAmount"], totals["LineExtensionAmount"] + tax)
    _hold("FAS01b", tax, sum((one[2] for one in counted), _ZERO))
    discounts, charges = _adjustments(before)
    _hold("FAU08", totals.get("AllowanceTotalAmount", _ZERO), discounts)
    _hold("FAU10", totals.get("ChargeTotalAmount", _ZERO), charges)
    prepaid = sum(map(Decimal, _PREPAID.findall(before)), _ZERO)
    if root == INVOICE:
        _hold("FAU12", totals.get("PrepaidAmount", _ZERO), prepaid)
    payable = totals["TaxInclusiveAmount"] - discounts + charges
    _hold("FAU14", totals["PayableAmount"], payable)


def _line(ordinal: int, text: str) -> tuple[Decimal, Decimal, Decimal]:
    """The line's amount, the sum of its taxable nodes and of its taxes."""
    found = _ID.match(text)
    if not found or int(found[1]) != ordinal:
        raise Disagreement(f"FAV02: line {ordinal}")
    value = Decimal(dict(_AMOUNT.findall(text.partition("<cac:Item>")[0]))["LineExtensionAmount"])
    priced = _PRICED.search(text)
    assert priced is not None
    discounts, charges = _adjustments(text)
    gross = Decimal(priced[1]) * Decimal(priced[2])
    if abs(gross - discounts + charges - value) > Decimal("0.01"):
        raise Disagreement(f"FAV06: line {ordinal}: {gross} - {discounts} + {charges} != {value}")
    return value, _taxable(text), _groups(text, "FAX")


def _groups(text: str, family: str) -> Decimal:
    """The sum of the tax groups (withholdings apart); each is held against its subtotals."""
    owed, seen = _ZERO, set()
    for kind, group in _GROUP.findall(text):
        total, *subtotals = (Decimal(v) for n, v in _AMOUNT.findall(group) if n == "TaxAmount")
        _hold(f"{family}02", total, sum(subtotals, _ZERO))
        scheme = _SCHEME.search(group)
        assert scheme is not None
        key = (kind, scheme[1])
        if key in seen:
            raise Disagreement(f"{family}01: two groups of {scheme[1]}")
        seen.add(key)
        owed += total if kind == "TaxTotal" else _ZERO
    return owed


def _taxable(text: str) -> Decimal:
    found = (
        Decimal(value)
        for kind, group in _GROUP.findall(text)
        if kind == "TaxTotal"
        for name, value in _AMOUNT.findall(group)
        if name == "TaxableAmount"
    )
    return sum(found, _ZERO)


def _adjustments(text: str) -> tuple[Decimal, Decimal]:
    """Discounts and charges of a part of the text."""
    sums = {"false": _ZERO, "true": _ZERO}
    for charge, amount in _ADJUSTMENT.findall(text):
        sums[charge] += Decimal(amount)
    return sums["false"], sums["true"]


def _hold(rule: str, told: Decimal, counted: Decimal) -> None:
    if told != counted:
        raise Disagreement(f"{rule}: {told} is written, {counted} counted")
