"""XAdES-EPES by construction: canonical as written, and good in two other libraries' eyes."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.xades.xades import XAdESVerifier

from acuse.xml.build import UnwritableText, leaf, namespace_declarations, root, text
from acuse.xml.signature import Signed
from acuse.xml.verify import NotVerified, verify
from acuse.xml.xades import Policy, sign_xades
from tests.support.makers import credential

DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
AT = datetime(2026, 11, 25, 10, 30, tzinfo=timezone(timedelta(hours=-6)))
POLICY = Policy("https://policy.example/p?a=1&b=2", b64encode(sha256(b"policy").digest()).decode())
NAMESPACES = {"": "urn:example:document", "z": "urn:example:z"}
START = f"<document{namespace_declarations(NAMESPACES)}>"


def sign(
    before: str = f"{START}<name>Café &amp; té</name>",
    after: str = "</document>",
    *,
    namespaces: dict[str, str] = NAMESPACES,
    signature_id: str = "S1",
    at: datetime = AT,
) -> Signed:
    return sign_xades(
        before,
        after,
        namespaces=namespaces,
        credential=credential(),
        signature_id=signature_id,
        at=at,
        policy=POLICY,
    )


def pem() -> str:
    certificate = x509.load_der_x509_certificate(credential().certificate)
    return certificate.public_bytes(Encoding.PEM).decode()


def good(content: bytes) -> bool:
    """Whether python-xmlsec finds the signature good."""
    document = etree.fromstring(content)
    xmlsec.tree.add_ids(document, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem().encode(), xmlsec.constants.KeyDataFormatCertPem)
    (signature,) = document.iter(f"{DS}Signature")
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def test_it_verifies_with_xmlsec_and_not_after_a_change() -> None:
    content = sign().content
    assert good(content)
    assert not good(content.replace(b"t\xc3\xa9<", b"te<"))


@pytest.mark.parametrize(
    "part",
    [b"2026-11-25T10:30:00-06:00", b"policy.example", b"text/xml", b"<ds:X509SerialNumber>727"],
    ids=["moment", "policy", "format", "serial"],
)
def test_the_signed_properties_are_signed(part: bytes) -> None:
    content = sign().content
    changed = content.replace(part, part[:-1] + bytes([part[-1] ^ 1]))
    assert changed != content
    assert not good(changed)
    with pytest.raises(NotVerified):
        verify(changed)


def test_the_key_is_signed_too() -> None:
    content = sign().content
    changed = content.replace(b"</ds:X509Data>", b"<ds:X509CRL></ds:X509CRL></ds:X509Data>")
    assert not good(changed)


def test_it_verifies_with_signxml_under_its_policy() -> None:
    results = XAdESVerifier().verify(sign().content, x509_cert=pem(), expect_references=3)
    signed = [result.signed_xml for result in results if result.signed_xml is not None]
    (properties,) = [part for part in signed if part.tag == f"{XADES}SignedProperties"]
    assert properties.findtext(f".//{XADES}Identifier") == POLICY.identifier
    assert properties.findtext(f".//{XADES}SigPolicyHash/{DS}DigestValue") == POLICY.digest


def test_our_own_reader_takes_it_and_names_the_signer() -> None:
    assert verify(sign().content).certificate == credential().certificate


def test_the_properties_name_the_certificate_its_issuer_and_the_moment() -> None:
    document = etree.fromstring(sign().content)
    certificate = x509.load_der_x509_certificate(credential().certificate)
    (named,) = document.iter(f"{XADES}Cert")
    digest = named.findtext(f"{XADES}CertDigest/{DS}DigestValue")
    assert digest is not None
    assert b64decode(digest) == sha256(credential().certificate).digest()
    issuer = named.findtext(f"{XADES}IssuerSerial/{DS}X509IssuerName")
    assert issuer == certificate.issuer.rfc4514_string()
    assert named.findtext(f"{XADES}IssuerSerial/{DS}X509SerialNumber") == "727"
    assert document.findtext(f".//{XADES}SigningTime") == "2026-11-25T10:30:00-06:00"


def test_the_digest_told_is_that_of_the_document_without_its_signature() -> None:
    signed = sign()
    bare = f"{START}<name>Café &amp; té</name></document>"
    assert signed.digest == b64encode(sha256(bare.encode()).digest()).decode()
    assert signed.digest.encode() in signed.content


def test_another_moment_or_id_is_another_signature_and_the_same_is_the_same() -> None:
    assert sign() == sign()
    assert sign(at=AT + timedelta(seconds=1)) != sign()
    assert sign(signature_id="S2") != sign()


def test_the_offset_of_the_moment_is_kept() -> None:
    assert b">2026-11-25T16:30:00+00:00</xades:SigningTime>" in sign(at=AT.astimezone(UTC)).content


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(UnwritableText):
        sign(signature_id="S\x00")


texts = st.text(
    st.one_of(
        st.sampled_from("&<>\"'\t\n\r]\u0085\u2028ñ₡🙂"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=30,
)
uris = st.sampled_from(["urn:x:a", "urn:x:b", "https://x.example/a/v1.0", "urn:x:%C3%B1"])
prefixes = st.sampled_from(["", "a", "cbc", "ext", "y", "zz"])


@settings(max_examples=80, deadline=None)
@given(texts, texts, st.dictionaries(prefixes, uris, max_size=4))
def test_it_is_canonical_as_written_and_good(
    name: str, behind: str, namespaces: dict[str, str]
) -> None:
    whole = root("document", namespaces)(leaf("name", "code")(name, behind))
    before = str(whole).removesuffix("</document>") + text(behind)
    content = sign(before, f"{text(name)}</document>", namespaces=namespaces).content
    written = content.partition(b"\n")[2]
    assert etree.tostring(etree.fromstring(content), method="c14n") == written
    assert good(content)
    verify(content)
