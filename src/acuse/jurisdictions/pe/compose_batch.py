"""Batches as XML: SummaryDocuments-1 (RC) and VoidedDocuments-1 (RA, RR), UBL 2.0.

Element by element in the order of peru.md 6; what the schema allows beyond that is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from acuse.domain.batch import Batch, BatchKind, Member
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import parties, services
from acuse.jurisdictions.pe.compose_lines import cents
from acuse.jurisdictions.pe.content import IDENTITIES
from acuse.jurisdictions.pe.summary_lines import Perception, SummaryLine, line_of
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, namespace_declarations, node

SUNAT = "urn:sunat:names:specification:ubl:peru:schema:xsd:"
PREFIXES = {
    BatchKind.SUMMARY: "RC",
    BatchKind.VOIDING: "RA",
    BatchKind.REVERSAL: "RR",
}
ROOTS = {"RC": "SummaryDocuments", "RA": "VoidedDocuments", "RR": "VoidedDocuments"}
EXTENSION = ("ext:UBLExtensions", "ext:UBLExtension", "ext:ExtensionContent")
TRIBUTES = {  # catalogue 05, as far as a summary tells of them
    "1000": ("IGV", "VAT"),
    "1016": ("IVAP", "VAT"),
    "2000": ("ISC", "EXC"),
    "7152": ("ICBPER", "OTH"),
    "9999": ("OTROS", "OTH"),
}
LONGEST_NAME = 100  # of the issuer in a batch (2228), where a factura has room for 1500

_versions = {
    "RC": joined(leaf("cbc:UBLVersionID")("2.0"), leaf("cbc:CustomizationID")("1.1")),
    "RA": joined(leaf("cbc:UBLVersionID")("2.0"), leaf("cbc:CustomizationID")("1.0")),
}
_versions["RR"] = _versions["RA"]
_reference_date = leaf("cbc:ReferenceDate")
_issue_date = leaf("cbc:IssueDate")
_account = leaf("cbc:CustomerAssignedAccountID")
_account_kind = leaf("cbc:AdditionalAccountID")
_line_id = leaf("cbc:LineID")
_type_code = leaf("cbc:DocumentTypeCode")
_serial = leaf("sac:DocumentSerialID")
_serial_number = leaf("sac:DocumentNumberID")
_reason = leaf("sac:VoidReasonDescription")
_voided_line = node("sac:VoidedDocumentsLine")
_summary_line = node("sac:SummaryDocumentsLine")
_reference = node("cac:BillingReference", "cac:InvoiceDocumentReference")
_status = node("cac:Status")
_condition = leaf("cbc:ConditionCode")
_total = leaf("sac:TotalAmount", "currencyID")
_payment = node("sac:BillingPayment")
_paid = leaf("cbc:PaidAmount", "currencyID")
_instruction = leaf("cbc:InstructionID")
_amount = leaf("cbc:Amount", "currencyID")
_tax_amount = leaf("cbc:TaxAmount", "currencyID")
_perceived = node("sac:SUNATPerceptionSummaryDocumentReference")
_regime = leaf("sac:SUNATPerceptionSystemCode")
_regime_percent = leaf("sac:SUNATPerceptionPercent")
_perceived_amount = leaf("cbc:TotalInvoiceAmount", currencyID="PEN")
_cashed = leaf("sac:SUNATTotalCashed", currencyID="PEN")
_perceived_base = leaf("cbc:TaxableAmount", currencyID="PEN")
CHARGED = leaf("cbc:ChargeIndicator")("true")


def number_of(batch: Batch) -> str:
    """The batch's own number: RC-20261125-1."""
    return f"{PREFIXES[batch.kind]}-{batch.made_on:%Y%m%d}-{batch.ordinal}"


def namespaces(batch: Batch) -> dict[str, str]:
    """The namespaces that its root declares."""
    root = ROOTS[PREFIXES[batch.kind]]
    return {
        "": f"{SUNAT}{root}-1",
        "sac": f"{SUNAT}SunatAggregateComponents-1",
        **ubl.NAMESPACES,
    }


def compose(batch: Batch, company: Company) -> tuple[str, str]:
    """The canonical text before and after the place of the signature."""
    if batch.kind is BatchKind.SUMMARY:
        return around(batch, company, summary(line_of(member) for member in batch.members))
    lines = (_voided(place, member) for place, member in enumerate(batch.members, start=1))
    return around(batch, company, joined(*lines))


def around(batch: Batch, company: Company, lines: Markup) -> tuple[str, str]:
    """The file with those lines in it, before and after the place of the signature."""
    number = number_of(batch)
    root = ROOTS[PREFIXES[batch.kind]]
    start = f"<{root}{namespace_declarations(namespaces(batch))}>"
    body = joined(
        _versions[PREFIXES[batch.kind]],
        ubl.id_(number),
        _reference_date(batch.reference_date.isoformat()),
        _issue_date(batch.made_on.isoformat()),
        parties.signature(company, number),
        _issuer(company.tax_id.number, company.legal_name),
        lines,
    )
    before = start + "".join(f"<{name}>" for name in EXTENSION)
    after = "".join(f"</{name}>" for name in reversed(EXTENSION))
    return before, f"{after}{body}</{root}>"


@lru_cache(maxsize=256)
def _issuer(ruc: str, name: str) -> Markup:
    shown = name[:LONGEST_NAME].strip()
    return ubl.supplier(
        _account(ruc),
        _account_kind(IDENTITIES["RUC"]),
        ubl.party(ubl.party_legal_entity(ubl.registration_name(shown))),
    )


def _voided(place: int, member: Member) -> Markup:
    series, _, value = member.number.partition("-")
    return _voided_line(
        _line_id(str(place)),
        _type_code(services.KIND_CODES[member.document.kind]),
        _serial(series),
        _serial_number(value),
        _reason(member.reason),
    )


def summary(lines: Iterable[SummaryLine]) -> Markup:
    """The lines of a summary, numbered from 1 on."""
    return joined(*(_line(place, line) for place, line in enumerate(lines, start=1)))


def _line(place: int, line: SummaryLine) -> Markup:
    kind, identity = line.identity
    return _summary_line(
        _line_id(str(place)),
        _type_code(line.code),
        ubl.id_(line.number),
        ubl.customer(_account(identity), _account_kind(kind)),
        _reference(ubl.id_(line.modifies[0]), _type_code(line.modifies[1]))
        if line.modifies
        else EMPTY,
        _perception(line.perception, line.total) if line.perception else EMPTY,
        _status(_condition(line.state)),
        _total(cents(line.total), line.currency),
        *(
            _payment(_paid(cents(amount), line.currency), _instruction(code))
            for code, amount in line.sales
        ),
        ubl.allowance_charge(CHARGED, _amount(cents(line.charges), line.currency))
        if line.charges
        else EMPTY,
        *(_tax(tribute, amount, line.currency) for tribute, amount in line.taxes),
    )


def _tax(tribute: str, amount: Decimal, currency: str) -> Markup:
    name, kind = TRIBUTES[tribute]
    written = _tax_amount(cents(amount), currency)
    scheme = ubl.tax_scheme(tribute, name, kind)
    return ubl.tax_total(written, ubl.tax_subtotal(written, ubl.tax_category(scheme)))


def _perception(told: Perception, total: Decimal) -> Markup:
    return _perceived(
        _regime(told.regime),
        _regime_percent(trimmed(told.percent, 5)),
        _perceived_amount(cents(told.amount)),
        _cashed(cents(total + told.amount)),
        _perceived_base(cents(told.base)),
    )
