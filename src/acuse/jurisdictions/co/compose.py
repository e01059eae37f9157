"""A Colombian document as XML, element by element in the order of its root's schema.

Source: colombia.md 2 (kinds), 3 (structure), 3b (field table). What is signed later is this text.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.jurisdictions.co import audit, conditions, content, dian, ids, parties, taxes
from acuse.jurisdictions.co.codes import ICA, INC, IVA
from acuse.jurisdictions.co.forms import CREDIT, DEBIT, INVOICE, Form, form_of
from acuse.jurisdictions.co.ids import CUDS
from acuse.jurisdictions.co.lines import lines
from acuse.jurisdictions.co.references import references
from acuse.jurisdictions.co.totals import PESOS, Sums, in_pesos, sums
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, namespace_declarations
from acuse.xml.xades import XADES

_COMMON = {
    **ubl.NAMESPACES,
    "sts": dian.STS,
    "xades": XADES,
    "xades141": "http://uri.etsi.org/01903/v1.4.1#",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
NAMESPACES = {root: {"": f"{ubl.UBL}{root}-2", **_COMMON} for root in (INVOICE, CREDIT, DEBIT)}
_START = {
    root: f"<{root}{namespace_declarations(names)}><ext:UBLExtensions>"
    for root, names in NAMESPACES.items()
}
_OPEN = "<ext:UBLExtension><ext:ExtensionContent>"
_CLOSE = "</ext:ExtensionContent></ext:UBLExtension>"

_version = leaf("cbc:UBLVersionID")("UBL 2.1")
_customization, _profile = leaf("cbc:CustomizationID"), leaf("cbc:ProfileID")
_execution = leaf("cbc:ProfileExecutionID")
_uuid = leaf("cbc:UUID", "schemeID", "schemeName")
_day, _time, _due = leaf("cbc:IssueDate"), leaf("cbc:IssueTime"), leaf("cbc:DueDate")
_type = {INVOICE: leaf("cbc:InvoiceTypeCode"), CREDIT: leaf("cbc:CreditNoteTypeCode")}
_note = leaf("cbc:Note")
_CURRENCY = leaf(
    "cbc:DocumentCurrencyCode",
    listAgencyID="6",
    listAgencyName="United Nations Economic Commission for Europe",
    listID="ISO 4217 Alpha",
)(PESOS)
_line_count = leaf("cbc:LineCountNumeric")


class Composed(NamedTuple):
    """The canonical text around the signature's place, and what names the document."""

    root: str
    before: str
    after: str
    fiscal_id: str
    number: str
    file_kind: str


class _Draft(NamedTuple):
    """What the parts of the XML are written from; `document` is in pesos, `meant` as entered."""

    document: Document
    meant: Document
    company: Company
    form: Form
    sums: Sums
    number: str
    uuid: str
    issued: date
    day: str
    hour: str


def compose(document: Document, company: Company, credential: Credential, at: datetime) -> Composed:
    """The text before and after the place of the signature; `document.number` must be set.

    The date is that of signing on Bogotá's day (FAD09e). Raises audit.Disagreement where what is
    written would break the DIAN's arithmetic: a fault of ours, found before it is signed.
    """
    assert document.number is not None
    here = at.astimezone(ids.BOGOTA)
    pesos = in_pesos(document)
    draft = _Draft(
        document=pesos,
        meant=document,
        company=company,
        form=form_of(document),
        sums=sums(pesos),
        number=ids.number_text(document.number),
        uuid="",
        issued=here.date(),
        day=ids.day(at),
        hour=ids.hour(at),
    )
    draft = draft._replace(uuid=_identifier(draft, credential))
    body = _body(draft)
    audit.audit(body)
    return Composed(
        root=draft.form.root,
        before=f"{_START[draft.form.root]}{_extensions(draft, credential)}{_OPEN}",
        after=f"{_CLOSE}{_receipt(draft)}</ext:UBLExtensions>{body}</{draft.form.root}>",
        fiscal_id=draft.uuid,
        number=draft.number,
        file_kind=draft.form.file_kind,
    )


def _identifier(draft: _Draft, credential: Credential) -> str:
    """CUFE, CUDE or CUDS: each with its own key (colombia.md 4)."""
    counted, form = draft.sums, draft.form
    company, other = draft.company.tax_id.number, draft.document.counterparty.tax_id.number
    amounts = ids.Amounts(
        line_extension=counted.line_extension,
        iva=counted.tax(IVA),
        inc=counted.tax(INC),
        ica=counted.tax(ICA),
        payable=counted.payable,
    )
    if form.scheme == CUDS:
        return ids.cuds(
            number=draft.number,
            date=draft.day,
            time=draft.hour,
            amounts=amounts,
            seller=other,
            buyer=company,
            pin=credential.secret("software_pin"),
            environment=draft.company.environment,
        )
    return ids.cufe(
        number=draft.number,
        date=draft.day,
        time=draft.hour,
        amounts=amounts,
        issuer=company,
        acquirer=other,
        technical_key=_key(draft, credential),
        environment=draft.company.environment,
    )


def _key(draft: _Draft, credential: Credential) -> str:
    """The technical key of the range, or the software's PIN in its place (CUDE)."""
    if not draft.form.range_key:
        return credential.secret("software_pin")
    numbering = content.range_of(draft.document, draft.company)
    assert numbering is not None, "checks refuse a number outside its range"
    # As the DIAN gave it, but for blanks and capitals that copying may have added.
    return "".join(credential.secret(content.technical_key_name(numbering)).split()).lower()


def _extensions(draft: _Draft, credential: Credential) -> str:
    numbering = None
    if draft.form.controlled:
        numbering = content.range_of(draft.document, draft.company)
        assert numbering is not None
    written = dian.dian_extensions(
        draft.company,
        number=draft.number,
        uuid=draft.uuid,
        pin=credential.secret("software_pin"),
        numbering=numbering,
    )
    return f"{_OPEN}{written}{_CLOSE}"


def _receipt(draft: _Draft) -> Markup:
    """What a till's document tells besides, after the signature: that is always the second."""
    if draft.document.kind is not DocumentKind.RECEIPT:
        return EMPTY
    subtotal = str(draft.sums.line_extension)
    return dian.receipt_extensions(draft.document, draft.company, subtotal)


def _body(draft: _Draft) -> Markup:
    """All that follows the extensions, in the order of the root's schema."""
    between = {INVOICE: _invoice_sums, CREDIT: _credit_sums, DEBIT: _debit_sums}
    return joined(
        _header(draft),
        references(draft.document, draft.form),
        _parties(draft),
        *between[draft.form.root](draft),
        lines(draft.document, draft.form, draft.sums, draft.issued),
    )


def _header(draft: _Draft) -> Markup:
    document, form = draft.document, draft.form
    environment = ids.environment_code(draft.company.environment)
    days = content.due_days(document)
    return joined(
        _version,
        _customization(content.operation(document)),
        _profile(form.profile),
        _execution(environment),
        ubl.id_(draft.number),
        _uuid(draft.uuid, environment, form.scheme),
        _day(draft.day),
        _time(draft.hour),
        _due(days[-1].isoformat()) if days and form.root == INVOICE else EMPTY,
        _type[form.root](form.code) if form.root in _type else EMPTY,
        maybe(_note, content.note(document)),
        _CURRENCY,
        _line_count(str(len(document.lines))),
    )


def _parties(draft: _Draft) -> Markup:
    number = draft.document.number
    assert number is not None
    ours = parties.of_company(draft.company, number.series)
    theirs = parties.of_customer(draft.document.counterparty)
    from_, to = (theirs, ours) if draft.form.buys else (ours, theirs)
    other = content.representative(draft.document)
    looks = parties.representative(other.kind, other.number) if other else EMPTY
    return joined(parties.supplier(from_), parties.customer(to), looks)


def _invoice_sums(draft: _Draft) -> tuple[Markup, ...]:
    return (
        conditions.handed(draft.document),
        conditions.payment(draft.document),
        conditions.prepayments(draft.document),
        _adjustments(draft),
        conditions.currency(draft.meant, draft.day),
        taxes.header_taxes(draft.sums.taxes),
        taxes.header_withholdings(draft.sums.withholdings),
        taxes.monetary_total(draft.form.root, draft.sums),
    )


def _credit_sums(draft: _Draft) -> tuple[Markup, ...]:
    return (
        conditions.handed(draft.document),
        conditions.payment(draft.document),
        conditions.currency(draft.meant, draft.day),
        _adjustments(draft),
        taxes.header_taxes(draft.sums.taxes),
        taxes.monetary_total(draft.form.root, draft.sums),
    )


def _debit_sums(draft: _Draft) -> tuple[Markup, ...]:
    return (
        conditions.prepayments(draft.document),
        _adjustments(draft),
        conditions.handed(draft.document),
        conditions.payment(draft.document),
        conditions.currency(draft.meant, draft.day),
        taxes.header_taxes(draft.sums.taxes),
        taxes.monetary_total(draft.form.root, draft.sums),
    )


def _adjustments(draft: _Draft) -> Markup:
    """Discounts and charges on the whole document, after its taxes."""
    document = draft.document
    return taxes.header_adjustments(document.discounts, document.charges, draft.sums)
