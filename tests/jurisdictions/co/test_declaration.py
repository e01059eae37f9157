"""The signed document that declares an event of RADIAN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.party import Company, TaxId
from acuse.domain.received import Reception
from acuse.jurisdictions.co import ids
from acuse.jurisdictions.co.rules_reception import BY_KIND
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.receptions import (
    BUYER,
    COUNTER,
    GOOD,
    ISSUER,
    PERSON,
    RECEIVED,
    THURSDAY,
    K,
    on,
    reception,
)
from tests.support.golden import check
from tests.support.signatures import good_for_xmlsec

FOLDER = Path(__file__).parent / "events"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def sealed(one: Reception, issuer: Company = BUYER, at: datetime = THURSDAY) -> Sealed:
    return COUNTER.seal_reception(one, issuer, Draws(file=7), dian.credential(dian.BUYER), at)


def texts(content: bytes, path: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(content).iterfind(f".//{{*}}{path}")]


def test_an_event_has_the_cude_of_the_worked_vector() -> None:
    """Vector 8 of the dossier: AR1, 2026-11-26 09:00, 030, PIN 75315."""
    one = sealed(reception())
    assert one.fiscal_id == (
        "d6d8df192ec0336ba6f49f83daa8df1f8e2ac80f2e04e603321df29afb12f9f3"
        "9ed035ff876dd28ab4d520c102ac0ae2"
    )
    assert (one.number, one.file_name) == ("AR1", "ar09990001110002600000007.xml")
    assert texts(one.content, "UUID") == [one.fiscal_id, dian.CUFE]
    assert texts(one.content, "QRCode")[0].endswith(one.fiscal_id)


def test_the_same_event_is_sealed_in_the_same_bytes() -> None:
    assert sealed(reception()) == sealed(reception())
    assert sealed(reception()).content != sealed(reception(), at=on(26, 10)).content


@pytest.mark.parametrize(("one", "issuer", "at"), GOOD)
def test_a_sealed_event_is_what_its_golden_shows(
    one: Reception, issuer: Company, at: datetime, request: pytest.FixtureRequest
) -> None:
    content = sealed(one, issuer, at).content
    check(request, FOLDER / f"{BY_KIND[one.kind].code}.xml", content)


@pytest.mark.authority
@pytest.mark.parametrize(("one", "issuer", "at"), GOOD)
def test_a_sealed_event_passes_the_schema(
    one: Reception, issuer: Company, at: datetime, authority_dir: Path
) -> None:
    path = authority_dir / "co/xsd/maindoc/UBL-ApplicationResponse-2.1.xsd"
    schema = etree.XMLSchema(etree.parse(path))
    schema.assertValid(etree.fromstring(sealed(one, issuer, at).content))


@pytest.mark.parametrize(("one", "issuer", "at"), GOOD)
def test_its_signature_holds_for_another_library(
    one: Reception, issuer: Company, at: datetime
) -> None:
    assert good_for_xmlsec(sealed(one, issuer, at).content)


def test_who_declares_what_to_whom() -> None:
    told = sealed(reception()).content
    assert texts(told, "CompanyID") == [dian.BUYER, dian.NIT]
    assert texts(told, "RegistrationName")[0] == BUYER.legal_name
    assert texts(told, "FirstName") == ["Persona"]
    tacit = sealed(reception(K.ACCEPTED_BY_LAPSE, RECEIVED), ISSUER, on(2, month=12)).content
    assert texts(tacit, "CompanyID") == [dian.NIT, "800197268"]
    (oath,) = texts(tacit, "Note")
    assert oath.startswith("Manifiesto bajo la gravedad de juramento que transcurridos 3 días")
    assert "FirstName" not in tacit.decode()


def test_a_claim_tells_its_reason_and_its_note_and_an_acceptance_nothing() -> None:
    claim = sealed(reception(K.CLAIMED, RECEIVED, note="Faltan dos cajas"), at=on(27)).content
    (code,) = etree.fromstring(claim).iter(f"{CBC}ResponseCode")
    assert (code.text, code.get("listID")) == ("031", "02")
    assert code.get("name") == "Mercancía no entregada totalmente"
    assert texts(claim, "Note") == ["Faltan dos cajas"]
    accepted = sealed(reception(K.ACCEPTED, RECEIVED, note="Sobra", person=PERSON)).content
    assert not _names(accepted) & {"Note", "Person", "IssuerParty"}
    assert b"listID" not in accepted.partition(b"DocumentResponse")[2]


def _names(content: bytes) -> set[str]:
    elements: Iterable[etree._Element] = etree.fromstring(content).iter("{*}*")
    return {etree.QName(one).localname for one in elements}


def test_a_person_with_a_nit_has_its_check_digit() -> None:
    person = replace(PERSON, tax_id=TaxId("NIT", dian.NIT))
    root = etree.fromstring(sealed(reception(person=person)).content)
    (name,) = root.iterfind(".//{*}Person/{*}ID")
    assert (name.get("schemeID"), name.get("schemeName")) == (ids.check_digit(dian.NIT), "31")
