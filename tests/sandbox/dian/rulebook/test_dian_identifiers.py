"""The identifiers, against the worked examples of the annex and our own (colombia.md 4)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from lxml import etree

from acuse_sandbox.dian.rulebook import identifiers, nodes
from tests.sandbox.dian.rulebook.kinds import UBL

TEST_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"


@dataclass(frozen=True)
class Vector:
    """What a document says, the key, and what has to come out."""

    number: str
    at: tuple[str, str]
    value: str
    taxes: dict[str, str]
    payable: str
    parties: tuple[str, str]
    key: str
    environment: str
    digest: str


VECTORS = {
    "1 invoice": Vector(
        "323200000129", ("2019-01-16", "10:53:10-05:00"), "1500000.00", {"01": "285000.00"},
        "1785000.00", ("700085371", "800199436"), "693ff6f2a553c3646a063436fd4dd9ded0311471", "1",
        "8bb918b19ba22a694f1da11c643b5e9de39adf60311cf179"
        "179e9b33381030bcd4c3c3f156c506ed5908f9276f5bd9b4",
    ),
    "2 invoice of 2019": Vector(
        "SETP990000002", ("2019-06-20", "09:15:23-05:00"), "12600.06", {"01": "2424.01"},
        "14024.07", ("900508908", "900108281"), TEST_KEY, "2",
        "941cf36af62dbbc06f105d2a80e9bfe683a90e84960eae4d"
        "351cc3afbe8f848c26c39bac4fbc80fa254824c6369ea694",
    ),
    "3 case A": Vector(
        "SETP990000123", ("2026-11-25", "10:30:00-05:00"), "100000.00", {"01": "19000.00"},
        "119000.00", ("999888777", "999000111"), TEST_KEY, "2",
        "105f4c2e68866d1d77e064b9dbea9d70bba1cd0bec34ed91"
        "5f57bd1759c6cdcd157db77912b8857457e5b24b7ee7d355",
    ),
    "4 credit note": Vector(
        "8110007871", ("2019-01-12", "07:00:00-05:00"), "5000.00", {"01": "950.00"},
        "5950.00", ("900373076", "8355990"), "12301", "1",
        "907e4444decc9e59c160a2fb3b6659b33dc5b632a5008922"
        "b9a62f83f757b1c448e47f5867f2b50dbdb96f48c7681168",
    ),
    "5 debit note with INC": Vector(
        "ND1001", ("2019-01-18", "10:58:00-05:00"), "30000.00", {"04": "2400.00"},
        "32400.00", ("900197264", "10254102"), "10201", "2",
        "3fa73a86d57d9341c536afde1f85c4efd9d4591c2c22bce4"
        "dfb0e6b0d2e83b8f047a8bde7098292e9d2493e60d1c31da",
    ),
    "6 case H": Vector(
        "SETP990000130", ("2026-11-25", "10:35:00-05:00"), "1000.00",
        {"01": "190.00", "04": "80.00"}, "1270.00", ("999888777", "222222222222"), TEST_KEY, "2",
        "f6ca1cc16fc01340ea1f7d57cdb57ba5b3af0c50c2a01a28"
        "4d8f70a7e137101604a2d20c9a83ec3f543441cc688e23cc",
    ),
    "7 documento soporte": Vector(
        "DS984000010", ("2026-11-25", "12:00:00-05:00"), "100000.00", {},
        "100000.00", ("1020304050", "999888777"), "75315", "2",
        "c933a86d839c7cb924970a5fab77cbe6959a0b6b48a1f5f8"
        "9e289a85c5ded7c64c1d8a7d3f75c859aec19cd1883980ea",
    ),
}  # fmt: skip
EVENT = """<x xmlns:cac="{0}:CommonAggregateComponents-2" xmlns:cbc="{0}:CommonBasicComponents-2"
 ><cbc:ID>AR1</cbc:ID><cbc:IssueDate>2026-11-26</cbc:IssueDate><cbc:IssueTime
 >09:00:00-05:00</cbc:IssueTime><cac:SenderParty><cac:PartyTaxScheme><cbc:CompanyID
 >999000111</cbc:CompanyID></cac:PartyTaxScheme></cac:SenderParty><cac:ReceiverParty
 ><cac:PartyTaxScheme><cbc:CompanyID>999888777</cbc:CompanyID></cac:PartyTaxScheme
 ></cac:ReceiverParty><cac:DocumentResponse><cac:Response><cbc:ResponseCode
 >030</cbc:ResponseCode></cac:Response><cac:DocumentReference><cbc:ID>SETP990000123</cbc:ID
 ><cbc:DocumentTypeCode>01</cbc:DocumentTypeCode></cac:DocumentReference></cac:DocumentResponse></x>"""


def node(vector: Vector) -> nodes.Node:
    """A document that says no more than its identifier needs."""
    taxes = "".join(
        f"<cac:TaxTotal><cbc:TaxAmount>{amount}</cbc:TaxAmount><cac:TaxSubtotal><cac:TaxCategory>"
        f"<cac:TaxScheme><cbc:ID>{code}</cbc:ID></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal>"
        for code, amount in vector.taxes.items()
    )
    parties = "".join(
        f"<cac:Accounting{role}Party><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>{number}"
        f"</cbc:CompanyID></cac:PartyTaxScheme></cac:Party></cac:Accounting{role}Party>"
        for role, number in zip(("Supplier", "Customer"), vector.parties, strict=True)
    )
    text = f"""<x xmlns:cac="{UBL}:CommonAggregateComponents-2"
 xmlns:cbc="{UBL}:CommonBasicComponents-2"><cbc:ID>{vector.number}</cbc:ID><cbc:IssueDate>{vector.at[0]}</cbc:IssueDate><cbc:IssueTime
 >{vector.at[1]}</cbc:IssueTime>{parties}{taxes}<cac:LegalMonetaryTotal><cbc:LineExtensionAmount
 >{vector.value}</cbc:LineExtensionAmount><cbc:PayableAmount>{vector.payable}</cbc:PayableAmount
 ></cac:LegalMonetaryTotal></x>"""
    return nodes.read(etree.fromstring(text))


@pytest.mark.parametrize("name", VECTORS)
def test_the_identifier_is_that_of_the_worked_example(name: str) -> None:
    vector = VECTORS[name]
    make = identifiers.cuds if name.startswith("7") else identifiers.cufe
    found = make(node(vector), "cac:LegalMonetaryTotal", vector.key, vector.environment)
    assert found == vector.digest


def test_the_cude_of_an_event_has_no_environment() -> None:
    root = nodes.read(etree.fromstring(EVENT.format(UBL)))
    assert identifiers.event_cude(root, "75315") == (
        "d6d8df192ec0336ba6f49f83daa8df1f8e2ac80f2e04e603"
        "321df29afb12f9f39ed035ff876dd28ab4d520c102ac0ae2"
    )


def test_the_security_code_is_of_software_pin_and_number() -> None:
    found = identifiers.security_code(
        "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315", "SETP990000123"
    )
    assert found == (
        "8f43f2fe64c27dddb180ab2f7e7f6bfd0b8756ee59580aa9"
        "15da7757695c44f55432a47ac2200e3d1ef6d320123cff89"
    )


@pytest.mark.parametrize(
    ("written", "hashed"),
    [("1000", "1000.00"), ("0.125999", "0.12"), ("9.999", "9.99"), ("", ""), ("NaN", "")],
)
def test_amounts_are_cut_to_two_decimals(written: str, hashed: str) -> None:
    assert identifiers.money(written) == hashed
