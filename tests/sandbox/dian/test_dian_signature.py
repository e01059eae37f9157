"""The XAdES signature of a document: each of its parts, and its certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from lxml import etree

from tests.sandbox.dian.documents import invoice
from tests.sandbox.dian.place import Place
from tests.sandbox.dian.signing import DS, sign, signer

Edit = Callable[[etree._Element], None]


def without(path: str) -> Edit:
    def edit(signature: etree._Element) -> None:
        found = signature.find(path)
        assert found is not None
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return edit


def without_certificate(signature: etree._Element) -> None:
    key_info = signature.find("{*}KeyInfo")
    assert key_info is not None
    key_info.remove(key_info[0])
    etree.SubElement(key_info, f"{{{DS}}}KeyName").text = "llave"


def exclusive(signature: etree._Element) -> None:
    found = signature.find("{*}SignedInfo/{*}CanonicalizationMethod")
    assert found is not None
    found.set("Algorithm", "http://www.w3.org/2001/10/xml-exc-c14n#")


def other_policy(signature: etree._Element) -> None:
    found = signature.find(".//{*}SigPolicyId/{*}Identifier")
    assert found is not None
    found.text = "https://facturaelectronica.dian.gov.co/politicadefirma/v1/politicadefirmav1.pdf"


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (exclusive, "ZE02"),
        (other_policy, "ZE02"),
        (without(".//{*}SignaturePolicyIdentifier"), "ZE02"),
        (without(".//{*}SigningTime"), "ZE02"),
        (without("{*}SignedInfo/{*}Reference[@Type]"), "ZE02"),
        (without_certificate, "ZD06"),
    ],
)
def test_a_signature_of_another_form_is_rejected(place: Place, edit: Edit, rule: str) -> None:
    assert rule in place.sent(sign(invoice(), edit=edit)).rules


def test_a_certificate_outside_its_validity_is_rejected(place: Place) -> None:
    old = signer(until=datetime(2026, 6, 1, tzinfo=UTC), serial=9)
    assert place.sent(sign(invoice(), old)).rules == ["ZD07"]


@pytest.mark.parametrize(("name", "rule"), [("revoked", "ZD04"), ("distrusted", "ZD05")])
def test_a_certificate_that_is_not_trusted_is_rejected(place: Place, name: str, rule: str) -> None:
    place.set(name, "811 812")
    assert place.sent(sign(invoice(), signer(serial=812))).rules == [rule]
    assert place.sent(sign(invoice(), signer(serial=813))).code == "00"
