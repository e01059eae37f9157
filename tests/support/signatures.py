"""What two other libraries think of a signature, and one that signs as SUNAT does."""

from __future__ import annotations

from base64 import b64encode

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from signxml.verifier import XMLVerifier

from tests.support import makers

DS = "http://www.w3.org/2000/09/xmldsig#"
SUNAT_LIKE = (
    f'<ds:Signature xmlns:ds="{DS}" Id="SignSUNAT"><ds:SignedInfo>'
    '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"/>'
    '<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI=""><ds:Transforms>'
    f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'
    '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"/>'
    '</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference>'
    "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
    "{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
)
SHA512 = (
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmlenc#sha512",
)
SHA1 = (f"{DS}rsa-sha1", f"{DS}sha1")


def sign(
    markup: str, algorithms: tuple[str, str] = SHA512, *, certificate_der: bytes | None = None
) -> bytes:
    """The document with a signature in the place of `{signature}`, made by xmlsec."""
    method, digest = algorithms
    certificate = b64encode(certificate_der or makers.certificate()).decode()
    template = SUNAT_LIKE.format(method=method, digest=digest, certificate=certificate)
    root = etree.fromstring(markup.replace("{signature}", template).encode())
    context = xmlsec.SignatureContext()
    pem = makers.key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    (signature,) = root.iter(f"{{{DS}}}Signature")
    context.sign(signature)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def good_for_xmlsec(content: bytes, *, ids: bool = False) -> bool:
    """Whether python-xmlsec finds the signature good with the test's certificate.

    `ids`: it refers to parts of the document by their Id.
    """
    root = etree.fromstring(content)
    if ids:
        xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(_pem(), xmlsec.constants.KeyDataFormatCertPem)
    (signature,) = root.iter(f"{{{DS}}}Signature")
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def signed_part(content: bytes) -> etree._Element:
    """What signxml says was signed; raises signxml's InvalidSignature."""
    result = XMLVerifier().verify(content, x509_cert=_pem().decode())
    assert not isinstance(result, list)
    assert result.signed_xml is not None
    return result.signed_xml


def _pem() -> bytes:
    encoded = b64encode(makers.certificate())
    return b"-----BEGIN CERTIFICATE-----\n" + encoded + b"\n-----END CERTIFICATE-----\n"
