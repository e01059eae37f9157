"""Every example, sealed: valid by the published schema, verified by three that did not sign it."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import xmlsec
from cryptography import x509
from lxml import etree
from signxml import XMLVerifier
from signxml.xades import XAdESVerifier

from acuse import jurisdictions
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.numbering import Number
from tests.examples.test_examples import EXAMPLES, _read
from tests.support import makers

DRAWS = Draws(security_code="12345678")
COMPANIES = {"PE": makers.company, "CR": makers.costa_rican_company}
HOLDERS = {"PE": makers.RUC, "CR": makers.CJ}
SERIES = {"PE": "F001", "CR": "00100001"}
SCHEMAS = {
    "PE": "pe/xsd/2.1/maindoc/UBL-{root}-2.1.xsd",
    "CR": "cr/xsd/2026/FacturaElectronica_V4.4.xsd",
}
REFERENCES = {"PE": 1, "CR": 3}

every_example = pytest.mark.parametrize(
    "path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def sealed(path: Path) -> tuple[str, Sealed]:
    country = path.parent.name.upper()
    document = replace(_read(path), number=Number(SERIES[country], 7), date=makers.AT.date())
    holder = makers.credential(HOLDERS[country])
    jurisdiction = jurisdictions.find(country)
    return country, jurisdiction.seal(document, COMPANIES[country](), DRAWS, holder, makers.AT)


@every_example
def test_it_is_valid_by_the_published_schema(path: Path, authority_dir: Path) -> None:
    country, made = sealed(path)
    root = etree.fromstring(made.content)
    path = authority_dir / SCHEMAS[country].format(root=etree.QName(root).localname)
    etree.XMLSchema(etree.parse(str(path))).assertValid(root)


@every_example
def test_it_is_canonical_as_it_stands(path: Path) -> None:
    _, made = sealed(path)
    canonical = etree.tostring(etree.fromstring(made.content), method="c14n")
    assert made.content.partition(b"\n")[2] == canonical


@every_example
def test_libxmlsec_verifies_it(path: Path) -> None:
    country, made = sealed(path)
    root = etree.fromstring(made.content)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    certificate = makers.certificate(HOLDERS[country])
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    context.verify(xmlsec.tree.find_node(root, xmlsec.constants.NodeSignature))


@every_example
def test_signxml_verifies_it(path: Path) -> None:
    country, made = sealed(path)
    certificate = x509.load_der_x509_certificate(makers.certificate(HOLDERS[country]))
    verifier = XMLVerifier() if country == "PE" else XAdESVerifier()
    with warnings.catch_warnings():  # signxml's own: not of our making
        warnings.simplefilter("ignore")
        references = REFERENCES[country]
        verifier.verify(made.content, x509_cert=certificate, expect_references=references)


@every_example
def test_the_xmlsec1_command_verifies_it(path: Path, tmp_path: Path) -> None:
    command = shutil.which("xmlsec1")
    if command is None:
        pytest.skip("no xmlsec1 on this machine (scripts/ensure_tools.sh says why)")
    country, made = sealed(path)
    document, certificate = tmp_path / "document.xml", tmp_path / "certificate.der"
    document.write_bytes(made.content)
    certificate.write_bytes(makers.certificate(HOLDERS[country]))
    done = subprocess.run(
        [command, "--verify", "--pubkey-cert-der", certificate, *_ids(), document],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


def _ids() -> list[str]:
    ds = "http://www.w3.org/2000/09/xmldsig#"
    xades = "http://uri.etsi.org/01903/v1.3.2#"
    return ["--id-attr:Id", f"{ds}:KeyInfo", "--id-attr:Id", f"{xades}:SignedProperties"]
