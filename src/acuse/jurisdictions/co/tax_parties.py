"""A party by its PartyTaxScheme alone, as containers and events name parties.

Source: colombia.md 8 and 9. What a signed document says of a party is said again in its words.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.party import Company
from acuse.jurisdictions.co.fields import SCHEMES
from acuse.jurisdictions.co.ids import check_digit
from acuse.jurisdictions.co.rules_verdicts import DIAN_NIT
from acuse.xml import parse
from acuse.xml.build import EMPTY, Markup, leaf, node

AGENCY = "CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"
NIT = "31"

_scheme = node("cac:PartyTaxScheme")
_name = leaf("cbc:RegistrationName")
_nit = leaf(
    "cbc:CompanyID", "schemeID", schemeAgencyID="195", schemeAgencyName=AGENCY, schemeName=NIT
)
_other = leaf("cbc:CompanyID", "schemeName", schemeAgencyID="195", schemeAgencyName=AGENCY)
_level = leaf("cbc:TaxLevelCode", "listName")
_tax_scheme = node("cac:TaxScheme")
_id, _title = leaf("cbc:ID"), leaf("cbc:Name")


@dataclass(frozen=True, slots=True)
class TaxParty:
    """Legal name, identity (the DIAN's code of its kind), responsibilities and tax scheme."""

    name: str
    number: str
    kind: str = NIT
    level: str = ""
    regime: str = ""
    scheme: tuple[str, str] = ("01", "IVA")


DIAN = TaxParty(
    "Unidad Administrativa Especial Dirección de Impuestos y Aduanas Nacionales", DIAN_NIT
)


def of_company(company: Company) -> TaxParty:
    """Our company."""
    scheme = str(company.extra.get("tax_scheme") or "01")
    return TaxParty(
        company.legal_name,
        company.tax_id.number,
        level=str(company.extra.get("responsibilities") or ""),
        regime=str(company.extra.get("regime") or ""),
        scheme=(scheme, dict(SCHEMES).get(scheme, "IVA")),
    )


def of_document(root: parse.Element, role: str) -> TaxParty:
    """The party in that role of a signed document (`AccountingSupplierParty` …)."""
    party = parse.child(root, role)
    found = [] if party is None else parse.descendants(party, "PartyTaxScheme")
    assert found, role  # a document of ours, or one that was verified when it was received
    company, level = parse.child(found[0], "CompanyID"), parse.child(found[0], "TaxLevelCode")
    scheme = parse.child(found[0], "TaxScheme")
    named = ("", "") if scheme is None else _named(scheme)
    return TaxParty(
        name=parse.child_text(found[0], "RegistrationName"),
        number=parse.text(company),
        kind=NIT if company is None else company.get("schemeName") or NIT,
        level=parse.text(level),
        regime="" if level is None else level.get("listName") or "",
        scheme=named if all(named) else ("01", "IVA"),
    )


def _named(scheme: parse.Element) -> tuple[str, str]:
    return parse.child_text(scheme, "ID"), parse.child_text(scheme, "Name")


def identity(number: str, kind: str) -> Markup:
    """CompanyID, with the check digit of a NIT; `kind` is the DIAN's code."""
    return _nit(number, check_digit(number)) if kind == NIT else _other(number, kind)


def written(party: TaxParty, *, level: bool = True) -> Markup:
    """Its PartyTaxScheme; with its responsibilities where `level` asks for them."""
    shown = _level(party.level, party.regime) if level and party.level else EMPTY
    scheme = _tax_scheme(_id(party.scheme[0]), _title(party.scheme[1]))
    return _scheme(_name(party.name), identity(party.number, party.kind), shown, scheme)
