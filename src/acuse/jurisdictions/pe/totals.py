"""The sums of a document, exactly: the authority's tolerance of ±1 is never used.

Source: peru.md 3.3–3.6; its worked examples are the tests. A document adds up for who reads it:
of an advance exactly that tax is taken off that it had, and of a price with tax exactly what it
was, where rounding base times rate again could differ by a cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.money import ZERO, rounded
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.pe import codes, content, rates
from acuse.jurisdictions.pe.adjustments import AFTER, Advance, Global, advances, globals_of
from acuse.jurisdictions.pe.codes import EXEMPT, FREE, ICBPER, IGV, ISC, IVAP, OTROS, UNTAXED
from acuse.jurisdictions.pe.line_sums import HUNDRED, NOTHING, LineSum, LineTax, Setting, line_sum

SOLES = "PEN"
LABELS = {
    ISC: "ISC",
    IGV: "IGV",
    IVAP: "IVAP",
    codes.EXPORT: "Op. de exportación",
    EXEMPT: "Op. exonerada",
    UNTAXED: "Op. inafecta",
    FREE: "Op. gratuita",
    OTROS: "Otros tributos",
    ICBPER: "ICBPER",
}


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is taken from or put on the payment without changing the total."""

    code: str
    percent: Decimal
    base: Decimal
    amount: Decimal  # IGV retention: in the document's currency; the others: in soles


@dataclass(frozen=True, slots=True)
class Sums:
    """The document as SUNAT counts it; `bases` are tribute, base, tax in the order of writing."""

    lines: tuple[LineSum, ...]
    bases: tuple[tuple[str, Decimal, Decimal], ...]
    globals: tuple[Global, ...]
    advances: tuple[Advance, ...]
    line_extension: Decimal
    tax_inclusive: Decimal
    tax: Decimal
    allowance: Decimal
    charge: Decimal
    prepaid: Decimal
    rounding: Decimal
    payable: Decimal
    detraction: Held | None
    retention: Held | None
    perception: Held | None
    pending: Decimal  # what a sale on credit leaves to be paid in instalments

    def base(self, tribute: str) -> Decimal:
        """The header's base of a tribute, zero without it."""
        return next((base for code, base, _ in self.bases if code == tribute), NOTHING)

    def amount(self, tribute: str) -> Decimal:
        """The header's amount of a tribute, zero without it."""
        return next((tax for code, _, tax in self.bases if code == tribute), NOTHING)

    @property
    def rate(self) -> Decimal:
        """The document's one rate of IGV or IVAP (3462), 0 without a taxed line."""
        found = (one.rate for one in self.lines if one.tribute in (IGV, IVAP))
        return next(found, ZERO)


def sums(document: Document) -> Sums:
    """The document's sums."""
    setting = Setting.of(document)
    lines = tuple([line_sum(line, setting) for line in document.lines])
    taxed = _taxed(lines)
    extension = _sum(one.value for one in lines if not one.free)
    before = globals_of(document, lines, taxed, after=False, base=NOTHING)
    paid = advances(document, lines, taxed)
    moved = _sum(one.signed for one in before)
    igv = _igv(lines, taxed, before, with_tax=document.prices_with_tax)
    isc = _sum(_amount(one, ISC) for one in lines if not one.free)
    others = _sum(_amount(one, OTROS) + _amount(one, ICBPER) for one in lines)
    inclusive = extension + moved + isc + others + igv
    late = globals_of(
        document, lines, taxed, after=True, base=extension + moved, inclusive=inclusive
    )
    allowance = _sum(one.allowance for one in lines) + _sum(
        one.amount for one in late if not one.is_charge
    )
    charge = _sum(one.surcharge for one in lines) + _sum(
        one.amount for one in late if one.is_charge
    )
    prepaid = _sum(one.paid for one in paid)
    rounding = content.amount(document.extra, "rounding") if document.extra else ZERO
    payable = inclusive - allowance + charge - prepaid + rounding
    bases = _bases(lines, taxed, (igv, isc, moved), paid)
    detraction, retention, perception = _held(document, payable)
    return Sums(
        lines=lines,
        bases=bases,
        globals=(*before, *late),
        advances=paid,
        line_extension=extension + moved,
        tax_inclusive=inclusive,
        tax=_sum(tax for tribute, _, tax in bases if tribute != FREE),
        allowance=allowance,
        charge=charge,
        prepaid=prepaid,
        rounding=rounding,
        payable=payable,
        detraction=detraction,
        retention=retention,
        perception=perception,
        pending=_pending(document, payable, detraction, retention),
    )


def _taxed(lines: tuple[LineSum, ...]) -> str:
    """The tribute that global discounts and advances touch: IVAP where there is rice."""
    return IVAP if any(one.tribute == IVAP for one in lines) else IGV


def _igv(
    lines: tuple[LineSum, ...], taxed: str, before: tuple[Global, ...], *, with_tax: bool
) -> Decimal:
    """IGV or IVAP before advances: Σ of the lines, of base times rate where a global changes it."""
    told = _sum(_amount(one, taxed) for one in lines)
    if not before:
        return told
    if with_tax:
        return told + _sum(one.signed_tax for one in before)
    mine = [one for one in lines if one.tribute == taxed]
    base = _sum(one.igv.base for one in mine if one.igv) + _sum(one.signed for one in before)
    return rounded(base * (mine[0].rate if mine else ZERO) / HUNDRED)


def _bases(
    lines: tuple[LineSum, ...],
    taxed: str,
    counted: tuple[Decimal, Decimal, Decimal],
    paid: tuple[Advance, ...],
) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """The header's subtotals: of each tribute that a line has (2638)."""
    igv, isc, moved = counted
    present = {tax.tribute for one in lines for tax in one.taxes}
    if ISC in present and all(one.free for one in lines if one.of(ISC)):
        present.discard(ISC)  # what is given away is not in the header (3296)
    found = []
    for tribute in codes.TRIBUTES:
        if tribute not in present:
            continue
        of_it = [(one, tax) for one in lines for tax in one.taxes if tax.tribute == tribute]
        off = _sum(one.net for one in paid if one.tribute == tribute)
        if tribute == ISC:
            base = _sum(tax.base for one, tax in of_it if not one.free)
            found.append((tribute, base, isc - _sum(one.isc for one in paid)))
        elif tribute == taxed:
            base = _sum(one.value for one, _ in of_it) + moved - off
            found.append((tribute, base, igv - _sum(one.tax for one in paid)))
        elif tribute in (OTROS, ICBPER):
            base = _sum(tax.base for _, tax in of_it)
            found.append((tribute, base, _sum(tax.amount for _, tax in of_it)))
        else:
            base = _sum(one.value for one, _ in of_it) - off
            found.append((tribute, base, _sum(tax.amount for _, tax in of_it)))
    return tuple(found)


def _held(document: Document, payable: Decimal) -> tuple[Held | None, Held | None, Held | None]:
    """Detracción, IGV retention and percepción."""
    extra = document.extra
    if not extra:
        return None, None, None
    rate = in_soles(document)
    detraction, told = None, content.detraction(document)
    if told is not None and told.percent is not None:
        amount = told.told
        if amount is None:
            # the deposit is in whole soles (peru.md 3.6)
            amount = rounded(payable * told.percent / HUNDRED * rate, 0)
        detraction = Held(told.code, told.percent, payable, amount)
    retention = perception = None
    if extra.get("igv_retention") is True:
        percent = rates.must("retention", "igv", document.date)
        retention = Held("62", percent, payable, rounded(payable * percent / HUNDRED))
    code = content.own(extra, "perception_code")
    regime = rates.at("perception", code, document.date)
    if regime is not None:
        base = rounded(payable * rate)
        perception = Held(code, regime, base, rounded(base * regime / HUNDRED))
    return detraction, retention, perception


def in_soles(document: Document) -> Decimal:
    """What one unit of the document's currency is in soles."""
    if document.currency == SOLES:
        return Decimal(1)
    return document.exchange_rate or ZERO


def _pending(
    document: Document, payable: Decimal, detraction: Held | None, retention: Held | None
) -> Decimal:
    """What the customer will still pay: neither what is deposited nor what is withheld."""
    rate = in_soles(document)
    deposited = rounded(detraction.amount / rate) if detraction and rate else NOTHING
    withheld = retention.amount if retention else NOTHING
    now = content.amount(document.extra, "paid_now") if document.extra else ZERO
    return payable - now - deposited - withheld


def totals(document: Document) -> Totals:
    """The same in the form that every country gives; what is given away counts nothing."""
    counted = sums(document)
    off = _sum(one.discount for one in counted.lines if not one.free)
    on_credit = document.payment.form is PaymentForm.CREDIT
    return Totals(
        lines=tuple(_line_total(one) for one in counted.lines),
        taxes=tuple(
            TaxTotal(label(tribute, counted), base, ZERO if tribute == FREE else tax)
            for tribute, base, tax in counted.bases
        ),
        subtotal=counted.line_extension,
        discount=off
        + counted.allowance
        + _sum(
            one.amount for one in counted.globals if not one.is_charge and one.code not in AFTER
        ),
        tax=counted.tax,
        total=counted.payable,
        due=counted.pending if on_credit and counted.pending != counted.payable else None,
    )


def _line_total(one: LineSum) -> LineTotal:
    net = NOTHING if one.free else one.value
    return LineTotal(net, one.discount, one.tax, net + one.tax - one.allowance + one.surcharge)


def label(tribute: str, counted: Sums) -> str:
    """How the tribute is called in totals: "IGV 18 %", "Op. exonerada"."""
    if tribute in (IGV, IVAP):
        return f"{LABELS[tribute]} {counted.rate.normalize():f} %"
    return LABELS[tribute]


def _amount(line: LineSum, tribute: str) -> Decimal:
    found: LineTax | None = line.of(tribute)
    return found.amount if found else NOTHING


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
