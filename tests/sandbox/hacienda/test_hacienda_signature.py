"""The signature: what is verified, with which words it fails, and what is never followed."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from acuse_sandbox import papers
from tests.sandbox.hacienda.changes import find, put
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import Place, clave, good, schema, verifies
from tests.sandbox.hacienda.signing import C14N, DS, ENC, XADES, Signer, sign, signer

Edit = Callable[[etree._Element], None]
POLICY = "Object/QualifyingProperties/SignedProperties/SignedSignatureProperties"
IDENTIFIER = f"{POLICY}/SignaturePolicyIdentifier"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"


def without(path: str) -> Edit:
    def edit(signature: etree._Element) -> None:
        found = find(signature, path)
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return edit


def algorithm(path: str, uri: str) -> Edit:
    return lambda signature: find(signature, path).set("Algorithm", uri)


def with_sha1(signature: etree._Element) -> None:
    """CertDigest as in Anexo 2's example."""
    import hashlib

    digest = find(signature, f"{POLICY}/SigningCertificate/Cert/CertDigest")
    find(digest, "DigestMethod").set("Algorithm", f"{DS}sha1")
    find(digest, "DigestValue").text = b64encode(
        hashlib.sha1(signer().certificate).digest()
    ).decode()


def without_properties_reference(signature: etree._Element) -> None:
    without("SignedInfo/Reference[3]")(signature)


@pytest.mark.parametrize(
    "edit",
    [
        None,
        without("SignedInfo/Reference[2]"),  # one production project leaves KeyInfo out
        with_sha1,
        algorithm("SignedInfo/CanonicalizationMethod", "http://www.w3.org/2001/10/xml-exc-c14n#"),
        algorithm("SignedInfo/SignatureMethod", f"{MORE}rsa-sha512"),
        algorithm("SignedInfo/Reference/DigestMethod", f"{ENC}sha512"),
    ],
    ids=["as in the paper", "no KeyInfo", "SHA-1 of the certificate", "exclusive", "512", "digest"],
)
def test_a_good_signature_is_taken(place: Place, edit: Edit | None) -> None:
    verdict = place.verdict(sign(factura(), edit=edit))
    assert (verdict.state, verdict.codes) == ("aceptado", set())


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        ("CR-POL-1", without(IDENTIFIER)),
        ("CR-POL-2", put(f"{IDENTIFIER}/SignaturePolicyId/SigPolicyId/Identifier", "https://x.example")),
        ("CR-POL-2", put(f"{IDENTIFIER}/SignaturePolicyId/SigPolicyHash/DigestValue",
                         "Ohixl6upD6av8N7pEvDABhEL6hM=")),
        ("CR-SIG-1", without_properties_reference),
        ("CR-SIG-1", lambda s: find(s, "SignedInfo/Reference[3]").attrib.pop("Type")),
        ("CR-SIG-1", without("SignedInfo/Reference[1]")),
        ("CR-SIG-1", put(f"{POLICY}/SigningCertificate/Cert/CertDigest/DigestValue", "AAAA")),
        ("CR-SIG-1", without(f"{POLICY}/SigningCertificate")),
        ("CR-SIG-1", algorithm("SignedInfo/SignatureMethod", f"{DS}rsa-sha1")),
        ("CR-SIG-1", algorithm("SignedInfo/Reference/DigestMethod", f"{DS}sha1")),
    ],
)  # fmt: skip
def test_a_signature_made_otherwise_is_refused(place: Place, rule: str, edit: Edit) -> None:
    verdict = place.verdict(sign(factura(), edit=edit))
    assert (verdict.state, verdict.codes) == ("rechazado", {rule})


def refused(place: Place, content: bytes) -> set[str]:
    verdict = place.verdict(content)
    assert verdict.state == "rechazado"
    assert verdict.records == []  # a bare sentence, without code
    return verdict.codes


def test_a_document_without_signature_is_refused(place: Place) -> None:
    assert refused(place, etree.tostring(factura())) == {"CR-SIG-1"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"Cliente Inventado", b"Cliente Alterado", "CR-SIG-2"),
        (b"<Emisor>", b"<Emisor>\n", "CR-SIG-2"),  # indented after signing
        (b"T10:30:05-06:00", b"T10:30:06-06:00", "CR-SIG-1"),  # the signed time
    ],
)
def test_a_document_changed_after_signing_is_refused(
    place: Place, old: bytes, new: bytes, rule: str
) -> None:
    content = good()
    assert content.count(old) == 1
    assert refused(place, content.replace(old, new)) == {rule}


def test_a_signature_of_another_key_is_refused(place: Place) -> None:
    content = good()
    start = content.index(b"<ds:SignatureValue>") + len(b"<ds:SignatureValue>")
    first = b"B" if content[start : start + 1] == b"A" else b"A"
    assert refused(place, content[:start] + first + content[start + 1 :]) == {"CR-SIG-1"}


def test_words_tell_an_altered_document_from_a_bad_signature(place: Place) -> None:
    altered = place.verdict(good().replace(b"Cliente Inventado", b"Cliente Alterado"))
    assert "modificado" in altered.detail
    assert "Policy Id" not in altered.detail
    missing = place.verdict(
        sign(factura(number=2), edit=without(f"{POLICY}/SignaturePolicyIdentifier"))
    )
    assert "Policy Id" in missing.detail


@pytest.mark.parametrize(
    ("by", "rule"),
    [
        (signer(since=datetime(2026, 11, 26, tzinfo=UTC)), "CR-CERT-1"),
        (signer(until=datetime(2026, 11, 24, tzinfo=UTC)), "CR-CERT-1"),
        (signer("CPJ-3-101-999889"), "CR-CERT-2"),
        (signer("CPF-01-9999-0888"), "CR-CERT-2"),
    ],
    ids=["not yet", "expired", "another", "the receiver's"],
)
def test_the_certificate_must_be_good_and_the_issuers(place: Place, by: Signer, rule: str) -> None:
    assert refused(place, sign(factura(), by)) == {rule}


def test_a_new_key_revokes_the_old_one(place: Place) -> None:
    assert place.verdict(sign(factura(), signer(serial=1000))).state == "aceptado"
    place.set("revoked", "999 1000")
    assert refused(place, sign(factura(number=2), signer(serial=1000))) == {"CR-CERT-1"}
    assert place.verdict(sign(factura(number=3), signer(serial=1001))).state == "aceptado"


def test_a_persons_key_signs_a_persons_document(place: Place) -> None:
    root = factura(issuer="199990888")
    find(root, "Emisor/Identificacion/Tipo").text = "01"
    find(root, "Receptor/Identificacion/Numero").text = "199990999"
    document = sign(root, signer("CPF-01-9999-0888"))
    assert place.verdict(document, user="cpf-01-9999-0888@stag.example").codes == set()


def test_two_signatures_are_refused(place: Place) -> None:
    content = good()
    start, end = content.index(b"<ds:Signature "), content.index(b"</FacturaElectronica>")
    second = content[start:end].replace(b'-1"', b'-2"')  # ids of its own, as the schema wants
    assert refused(place, content[:end] + second + content[end:]) == {"CR-SIG-1"}


@pytest.mark.parametrize("text", ["", "AAAA", "no es base64"])
def test_a_certificate_that_cannot_be_read_is_refused(place: Place, text: str) -> None:
    def edit(signature: etree._Element) -> None:
        find(signature, "KeyInfo/X509Data/X509Certificate").text = text

    verdict = place.verdict(sign_unverified(edit))
    assert verdict.state == "rechazado"
    assert verdict.codes in ({"CR-SIG-1"}, {"CR-XSD"})  # the schema wants base64 too


def test_an_id_given_twice_is_refused(place: Place) -> None:
    def twice(signature: etree._Element) -> None:
        find(signature, "KeyInfo").set("Id", "SignedProperties-1")
        without("SignedInfo/Reference[2]")(signature)

    content = sign_unverified(twice)
    assert refused(place, content) == {"CR-SIG-1"}


@pytest.mark.parametrize("place_of_it", ["file:///etc/hostname", "http://127.0.0.1:9/", "#nobody"])
def test_a_reference_to_elsewhere_is_not_followed(
    place: Place, place_of_it: str, tmp_path: Path
) -> None:
    def elsewhere(signature: etree._Element) -> None:
        find(signature, "SignedInfo/Reference[2]").set("URI", place_of_it)

    assert refused(place, sign_unverified(elsewhere)) == {"CR-SIG-1"}


@pytest.mark.parametrize(
    "transform",
    [
        f'<Transform xmlns="{DS}" Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">'
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'
        "</Transform>",
        f'<Transform xmlns="{DS}" Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        "<XPath>false()</XPath></Transform>",
        f'<Transform xmlns="{DS}" Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>',
    ],
    ids=["XSLT", "XPath", "base64"],
)
def test_a_transform_that_computes_is_not_run(place: Place, transform: str) -> None:
    def edit(signature: etree._Element) -> None:
        find(signature, "SignedInfo/Reference/Transforms").append(etree.fromstring(transform))

    assert refused(place, sign_unverified(edit)) == {"CR-SIG-1"}


def test_a_signature_without_the_enveloped_transform_is_refused(place: Place) -> None:
    def edit(signature: etree._Element) -> None:
        find(signature, "SignedInfo/Reference/Transforms/Transform").set("Algorithm", C14N)

    assert refused(place, sign_unverified(edit)) == {"CR-SIG-1"}


def sign_unverified(edit: Edit) -> bytes:
    """A good document whose signature was edited afterwards, as an attacker would."""
    root = etree.fromstring(good())
    edit(find(root, "Signature"))
    return etree.tostring(root)


def test_haciendas_answers_are_signed_by_the_key_it_shows(place: Place) -> None:
    verdict = place.verdict(good())
    assert verifies(verdict.content, place.hacienda.certificate)
    altered = verdict.content.replace(b">Aceptado<", b">Rechazado<")
    assert not verifies(altered, place.hacienda.certificate)
    assert not verifies(verdict.content, signer().certificate)


def test_all_hacienda_of_a_process_sign_with_one_key() -> None:
    assert Place().hacienda.certificate == Place().hacienda.certificate


@pytest.mark.authority
@pytest.mark.parametrize("name", ["FE-goods", "FE-exonerated", "FE-usd"])
def test_samples_signed_elsewhere_are_accepted(place: Place, name: str) -> None:
    schema("FacturaElectronica_V4.4.xsd")
    content = (papers.folder() / "cr/samples" / f"{name}.xml").read_bytes()
    assert XADES.encode() in content
    verdict = place.verdict(content)
    assert (verdict.state, verdict.codes, clave(content)[:3]) == ("aceptado", set(), "506")
