"""Retention and perception as XML: UBL 2.0 and SUNAT's own elements, ordered as in peru.md 13."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.money import plain, trimmed
from acuse.domain.party import Address, Company, TaxId
from acuse.jurisdictions.pe import content, identities, parties
from acuse.jurisdictions.pe.compose_lines import cents
from acuse.jurisdictions.pe.content_withholding import (
    SOL,
    SYSTEMS,
    Paid,
    System,
    note,
    regime,
)
from acuse.jurisdictions.pe.frame import Frame, frame
from acuse.jurisdictions.pe.ids import number_text
from acuse.jurisdictions.pe.totals_withholding import Sums, Withheld, sums
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Figure, Leaf, Markup, Node, figure, joined, leaf, maybe, node

SUNAT = "urn:sunat:names:specification:ubl:peru:schema:xsd:"

_versions = joined(leaf("cbc:UBLVersionID")("2.0"), leaf("cbc:CustomizationID")("1.0"))
_issue_date = leaf("cbc:IssueDate")
_issue_time = leaf("cbc:IssueTime")
_note = leaf("cbc:Note")
_agent = node("cac:AgentParty")
_receiver = node("cac:ReceiverParty")
_postal = node("cac:PostalAddress")
_street = leaf("cbc:StreetName")
_city = leaf("cbc:CityName")
_region = leaf("cbc:CountrySubentity")
_district = leaf("cbc:District")
_peru = node("cac:Country")(leaf("cbc:IdentificationCode")("PE"))
_related = leaf("cbc:ID", "schemeID")
_payment = node("cac:Payment")
_paid_date = leaf("cbc:PaidDate")
_exchange = node("cac:ExchangeRate")
_source = leaf("cbc:SourceCurrencyCode")
_target = leaf("cbc:TargetCurrencyCode")(SOL)
_rate = leaf("cbc:CalculationRate")
_date = leaf("cbc:Date")
_total = ubl.money("TotalInvoiceAmount", SOL)
_rounding = ubl.money("PayableRoundingAmount", SOL)


class Elements(NamedTuple):
    """The elements whose names the two documents differ in."""

    frame: Frame
    code: Leaf
    percent: Leaf
    total: Figure
    reference: Node
    information: Node
    amount: Figure
    date: Leaf
    net: Figure


def _soles(name: str) -> Figure:
    return figure(name, currencyID=SOL)


def _made(system: System) -> Elements:
    prefix = f"sac:SUNAT{system.element}"
    return Elements(
        frame=frame(
            system.element,
            f"{SUNAT}{system.element}-1",
            sac=f"{SUNAT}SunatAggregateComponents-1",
        ),
        code=leaf(f"{prefix}SystemCode"),
        percent=leaf(f"{prefix}Percent"),
        total=_soles(f"sac:SUNATTotal{system.paid}"),
        reference=node(f"{prefix}DocumentReference"),
        information=node(f"{prefix}Information"),
        amount=_soles(f"{prefix}Amount"),
        date=leaf(f"{prefix}Date"),
        net=_soles(f"sac:SUNATNetTotal{system.paid}"),
    )


ELEMENTS = {kind: _made(system) for kind, system in SYSTEMS.items()}


def seal(document: Document, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The signed document."""
    code, body = SYSTEMS[document.kind].code, compose(document, company, at)
    return ELEMENTS[document.kind].frame.seal(body, code, document, company, credential, at)


def compose(document: Document, company: Company, at: datetime) -> Markup:
    """All that stands behind the signature, in canonical form."""
    assert document.number is not None
    assert document.date is not None
    elements, counted = ELEMENTS[document.kind], sums(document)
    number, to = number_text(document.number), document.counterparty
    return joined(
        _versions,
        parties.signature(company, number),
        ubl.id_(number),
        _issue_date(document.date.isoformat()),
        _issue_time(at.astimezone(content.LIMA).strftime("%H:%M:%S")),
        _agent(*_party(company.tax_id, company.trade_name, company.address, company.legal_name)),
        _receiver(*_party(to.tax_id, "", to.address, to.name)),
        *_sums(document, counted, elements),
        *(_reference(one, elements) for one in counted.lines),
    )


def _sums(document: Document, counted: Sums, elements: Elements) -> tuple[Markup, ...]:
    return (
        elements.code(regime(document)),
        elements.percent(trimmed(counted.percent, 2)),
        maybe(_note, note(document)),
        _total(cents(counted.amount)),
        _rounding(cents(counted.rounding)) if counted.rounding else EMPTY,
        elements.total(cents(counted.net)),
    )


def _party(identity: TaxId, trade_name: str, at: Address | None, name: str) -> tuple[Markup, ...]:
    return (
        ubl.identified(identities.code(identity), identity.number),
        ubl.party_name(ubl.name(trade_name)) if trade_name else EMPTY,
        _address(at),
        ubl.party_legal_entity(ubl.registration_name(name)),
    )


def _address(at: Address | None) -> Markup:
    """A Peruvian address; a foreign one is left out, for its country must be Peru (2548)."""
    if at is None or not at.line or at.country not in ("", "PE"):
        return EMPTY
    return _postal(
        maybe(ubl.id_, at.place),
        _street(at.line),
        maybe(_city, at.city),
        maybe(_region, at.region),
        maybe(_district, at.district),
        _peru,
    )


def _reference(one: Withheld, elements: Elements) -> Markup:
    paid = one.paid
    assert paid.issued is not None
    total = ubl.money("TotalInvoiceAmount", paid.currency)
    amount = ubl.money("PaidAmount", paid.currency)
    related = (
        _related(paid.number, paid.kind),
        _issue_date(paid.issued.isoformat()),
        total(cents(paid.total)),
    )
    if paid.informs:
        return elements.reference(*related)
    return elements.reference(
        *related,
        _payment(
            ubl.id_(str(paid.ordinal)),
            amount(cents(paid.amount)),
            _paid_date(paid.on.isoformat()),
        ),
        elements.information(
            elements.amount(cents(one.amount)),
            elements.date(paid.on.isoformat()),
            elements.net(cents(one.net)),
            _exchange_rate(paid),
        ),
    )


def _exchange_rate(paid: Paid) -> Markup:
    if not paid.foreign:
        return EMPTY
    assert paid.rate is not None
    return _exchange(
        _source(paid.currency),
        _target,
        _rate(plain(paid.rate, 6)),
        _date(paid.rated_on.isoformat()),
    )
