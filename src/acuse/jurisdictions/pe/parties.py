"""The parties of a Peruvian document and its pointer to the signature. Source: peru.md 3.1, 4."""

from __future__ import annotations

from functools import lru_cache

from acuse.domain.party import Address, Company, Customer
from acuse.jurisdictions.pe.content import IDENTITIES, identity
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, leaf, node

_signature = node("cac:Signature")
_signatory_party = node("cac:SignatoryParty")
_attachment = node("cac:DigitalSignatureAttachment", "cac:ExternalReference")
_uri = leaf("cbc:URI")
_agent_party = node("cac:AgentParty")


def signature_id(number: str) -> str:
    """The name by which the document points to its signature."""
    return f"S-{number}"


def signature(company: Company, number: str) -> Markup:
    """Who signs, and the name of the signature in the extension above."""
    return _signature(
        ubl.id_(company.tax_id.number),
        _signatory(company.tax_id.number, company.legal_name),
        _attachment(_uri(f"#{signature_id(number)}")),
    )


@lru_cache(maxsize=256)
def _signatory(ruc: str, name: str) -> Markup:
    return _signatory_party(ubl.party_identification(ubl.id_(ruc)), ubl.party_name(ubl.name(name)))


@lru_cache(maxsize=256)
def supplier(
    ruc: str, name: str, trade_name: str, annex: str, address: Address | None, agency: str = ""
) -> Markup:
    """The issuer: the same in all its documents, so it is written once; `agency` is the RUC of
    who sold for it."""
    assert address is not None
    return ubl.supplier(
        ubl.party(
            ubl.identified(IDENTITIES["RUC"], ruc),
            ubl.party_name(ubl.name(trade_name)) if trade_name else EMPTY,
            ubl.party_legal_entity(
                ubl.registration_name(name),
                ubl.registration_address(
                    *ubl.address_parts(
                        place=address.place,
                        kind=annex,
                        city=address.city,
                        region=address.region,
                        district=address.district,
                        line=address.line,
                        country="PE",
                    )
                ),
            ),
            _agent_party(ubl.identified(IDENTITIES["RUC"], agency)) if agency else EMPTY,
        )
    )


def customer(to: Customer) -> Markup:
    """The customer; an address is written where one is known."""
    address = to.address
    written = EMPTY
    if address is not None and address.line:
        written = ubl.registration_address(
            *ubl.address_parts(
                place=address.place,
                kind="",
                city=address.city,
                region=address.region,
                district=address.district,
                line=address.line,
                country=address.country or "PE",
            )
        )
    return ubl.customer(
        ubl.party(
            ubl.identified(*identity(to.tax_id)),
            ubl.party_legal_entity(ubl.registration_name(to.name), written),
        )
    )
