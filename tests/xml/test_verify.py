"""A signature holds only in the one strict form; whoever wraps, swaps or alters gets nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from acuse.xml import parse
from acuse.xml.verify import NotVerified, verify
from tests.support import makers, signatures
from tests.support.signatures import DS
from tests.xml.test_signature import signed

ANSWER = (
    '<r:Respuesta xmlns:r="urn:r" xmlns:x="urn:x"><x:Lugar>{signature}</x:Lugar>'
    "<r:Codigo>2</r:Codigo><r:Texto>hola</r:Texto></r:Respuesta>"
)
SIGNATURE = f"{{{DS}}}Signature"


def answer() -> bytes:
    return signatures.sign(ANSWER)


def refused(content: bytes) -> str:
    with pytest.raises(NotVerified) as told:
        verify(content)
    return str(told.value)


def changed(*steps: Callable[[etree._Element], object]) -> bytes:
    """A good answer after someone else's hand."""
    root = etree.fromstring(answer())
    for step in steps:
        step(root)
    return etree.tostring(root)


def test_what_sunat_signs_is_verified_and_given_back_without_its_signature() -> None:
    verified = verify(answer())
    assert verified.certificate == makers.certificate()
    assert [parse.name(e) for e in verified.root.iter()] == [
        "Respuesta",
        "Lugar",
        "Codigo",
        "Texto",
    ]


def test_what_we_sign_is_verified() -> None:
    assert parse.text(verify(signed("uno").content).root) == "uno"


def test_the_old_hash_passes_only_where_it_is_allowed() -> None:
    content = signatures.sign(ANSWER, signatures.SHA1)
    assert verify(content, sha1=True).certificate == makers.certificate()
    assert "sha1" in refused(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<r:Codigo>2<", b"<r:Codigo>0<"),
        (b"<r:Codigo>2<", b"<r:Codigo>2<!-- 0 --><"),  # a comment is signed too in this form
        (b"urn:x", b"urn:y"),
        (b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"),
        (b"</r:Texto>", b"</r:Texto><r:Texto>otro</r:Texto>"),
    ],
)
def test_a_change_anywhere_breaks_it(old: bytes, new: bytes) -> None:
    content = answer()
    assert old in content
    refused(content.replace(old, new))


def test_two_signatures_are_none() -> None:
    def again(root: etree._Element) -> None:
        root.append(etree.fromstring(etree.tostring(next(root.iter(SIGNATURE)))))

    assert refused(changed(again)) == "2 signatures"


def test_no_signature_is_none() -> None:
    assert refused(b"<a/>") == "0 signatures"
    assert refused(f'<Signature xmlns="{DS}"/>'.encode()) == "0 signatures"


def test_a_signed_answer_wrapped_in_a_forged_one_is_refused() -> None:
    """XSW: the signed document moves inside the forged one, which takes its signature."""
    inner = etree.fromstring(answer())
    signature = next(inner.iter(SIGNATURE))
    forged = etree.fromstring(ANSWER.replace("{signature}", "").replace(">2<", ">0<"))
    etree.SubElement(forged, "{urn:x}Caja").append(inner)
    forged[0].append(signature)
    assert "altered" in refused(etree.tostring(forged))


def test_a_signature_over_a_part_is_refused() -> None:
    """XSW: the reference is to an element by its Id, the root says something else."""

    def by_id(root: etree._Element) -> None:
        next(root.iter(f"{{{DS}}}Reference")).set("URI", "#parte")
        root[1].set("Id", "parte")

    assert "whole document" in refused(changed(by_id))


def test_ids_that_are_not_unique_are_refused() -> None:
    def twice(root: etree._Element) -> None:
        info = next(root.iter(f"{{{DS}}}SignedInfo"))
        extra = deepcopy(next(info.iter(f"{{{DS}}}Reference")))
        extra.set("URI", "#parte")
        info.append(extra)
        for element in root[1:]:
            element.set("Id", "parte")

    refused(changed(twice))


def test_a_signature_moved_into_a_value_lends_it_nothing() -> None:
    """The signature is no part of what it signs: its text never joins a value's."""
    root = etree.fromstring(answer())
    signature = next(root.iter(SIGNATURE))
    value = etree.SubElement(signature, f"{{{DS}}}Object")
    value.text = "0"
    root[1].insert(0, signature)  # into the code
    content = etree.tostring(root)
    assert parse.child_text(parse.parse(content), "Codigo").startswith("2")
    assert parse.child_text(verify(content).root, "Codigo") == "2"


@pytest.mark.parametrize(
    ("element", "algorithm"),
    [
        ("Transform", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
        ("Transform", "http://www.w3.org/TR/1999/REC-xpath-19991116"),
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
        ("DigestMethod", "http://www.w3.org/2001/04/xmldsig-more#md5"),
        ("CanonicalizationMethod", "urn:otro"),
    ],
)
def test_other_algorithms_are_refused(element: str, algorithm: str) -> None:
    def use(root: etree._Element) -> None:
        list(root.iter(f"{{{DS}}}{element}"))[-1].set("Algorithm", algorithm)

    refused(changed(use))


def test_a_document_without_enveloped_signature_transform_is_refused() -> None:
    def drop(root: etree._Element) -> None:
        first = next(root.iter(f"{{{DS}}}Transform"))
        parent = first.getparent()
        assert parent is not None
        parent.remove(first)

    assert "transforms" in refused(changed(drop))


def test_another_certificate_in_its_place_is_refused() -> None:
    other = rsa.generate_private_key(65537, 2048)

    def swap(root: etree._Element) -> None:
        next(root.iter(f"{{{DS}}}X509Certificate")).text = certificate(other)

    assert "does not match" in refused(changed(swap))


@pytest.mark.parametrize("text", ["", "*not up*", "AAAA", "ÑÑÑÑ"])
def test_an_unreadable_certificate_is_refused(text: str) -> None:
    def spoil(root: etree._Element) -> None:
        next(root.iter(f"{{{DS}}}X509Certificate")).text = text

    refused(changed(spoil))


def test_a_key_that_is_not_rsa_is_refused() -> None:
    def swap(root: etree._Element) -> None:
        element = next(root.iter(f"{{{DS}}}X509Certificate"))
        element.text = certificate(ec.generate_private_key(ec.SECP256R1()))

    assert refused(changed(swap)) == "not an RSA key"


def test_a_namespace_without_canonical_form_is_refused() -> None:
    content = answer().replace(b"urn:x", b"relativo")
    assert refused(content) == "no canonical form"


def test_the_papers_signed_samples_hold_and_the_tampered_one_does_not(authority_dir: Path) -> None:
    samples = sorted((authority_dir / "pe/samples/signed").glob("*.xml"))
    broken = [path.name for path in samples if not _holds(path.read_bytes())]
    assert len(samples) > 5
    assert broken == ["20123456786-01-F001-1.tampered-bad-signature.xml"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_it_never_raises_anything_else(data: st.DataObject) -> None:
    content = answer()
    at = data.draw(st.integers(0, len(content) - 1))
    piece = data.draw(st.binary(max_size=6))
    spoiled = content[:at] + piece + content[at + data.draw(st.integers(0, 40)) :]
    try:
        verify(spoiled)
    except (NotVerified, parse.Unreadable):
        return
    assert verify(spoiled).certificate == makers.certificate()


def _holds(content: bytes) -> bool:
    try:
        verify(content, sha1=True)
    except NotVerified:
        return False
    return True


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """A self-signed certificate of another key, as the document holds it."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Otra")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(makers.AT)
        .not_valid_after(makers.AT + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return b64encode(built.public_bytes(Encoding.DER)).decode()
