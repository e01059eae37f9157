"""What is signed: the goldens, the schema, two other libraries' opinion of the signature."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import xmlsec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.xades.xades import XAdESVerifier

from acuse.domain.jurisdiction import Draws, Purpose, Sealed
from acuse.domain.numbering import Number
from acuse.domain.party import Environment
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.doubts import POLICY
from acuse.jurisdictions.cr.kinds import FORMS
from acuse.xml import parse
from acuse.xml.verify import NotVerified, verify
from acuse_sandbox.hacienda.judging.judge import judge
from acuse_sandbox.hacienda.judging.reading import read
from acuse_sandbox.hacienda.judging.verdict import Judgement
from acuse_sandbox.hacienda.options import Options
from tests.jurisdictions.cr.goldens import CASES, NAMES, read_case
from tests.jurisdictions.cr.makers import AT, DRAWS, company, credential, document, line, seal
from tests.support.golden import check, shown

DS = "{http://www.w3.org/2000/09/xmldsig#}"
every_case = pytest.mark.parametrize("name", NAMES)


@every_case
def test_a_case_has_no_problem(name: str) -> None:
    assert jurisdiction.document_problems(read_case(name), company(), AT) == ()


@every_case
def test_a_case_is_sealed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    check(request, CASES / name / "sealed.xml", seal(read_case(name)).content)


@every_case
def test_a_case_is_printed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    one = read_case(name)
    check(
        request,
        CASES / name / "face.json",
        shown(jurisdiction.face(one, company(), seal(one), None)),
    )


@pytest.mark.authority
@every_case
def test_a_case_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    root = etree.fromstring(seal(read_case(name)).content)
    schema = _schema(authority_dir, etree.QName(root).localname)
    assert schema.validate(root), schema.error_log


@every_case
def test_a_case_is_canonical_without_parsing(name: str) -> None:
    content = seal(read_case(name)).content
    written = content.partition(b"\n")[2]
    assert etree.tostring(etree.fromstring(content), method="c14n") == written


@every_case
def test_a_case_verifies_with_signxml(name: str) -> None:
    results = XAdESVerifier().verify(
        seal(read_case(name)).content, x509_cert=_pem(), expect_references=3
    )
    assert [parse.name(one.signed_xml) for one in results if one.signed_xml is not None] == [
        FORMS[read_case(name).kind].root,
        "KeyInfo",
        "SignedProperties",
    ]


@every_case
def test_a_case_verifies_with_xmlsec(name: str) -> None:
    assert _xmlsec(seal(read_case(name)).content)


@every_case
def test_a_case_satisfies_the_sandboxs_rulebook(name: str) -> None:
    sealed = seal(read_case(name))
    verdict = judge(
        read(sealed.content),
        at=AT,
        options=Options(),
        holder=sealed.fiscal_id,
        accepted=lambda clave: True,
    )
    assert verdict == Judgement(True, ())


def test_a_changed_price_breaks_the_signature() -> None:
    content = seal().content
    changed = content.replace(b"<PrecioUnitario>2500.", b"<PrecioUnitario>2501.")
    assert changed != content
    assert not _xmlsec(changed)
    with pytest.raises(NotVerified):
        verify(changed)


def test_the_signature_names_the_policy_and_covers_three_parts() -> None:
    root = etree.fromstring(seal().content)
    (signature,) = root.findall(f"{DS}Signature")
    assert root[-1] is signature
    uris = [one.get("URI") for one in signature.iter(f"{DS}Reference")]
    clave = seal().fiscal_id
    assert uris == ["", f"#KeyInfo-S-{clave}", f"#SignedProperties-S-{clave}"]
    (identifier,) = root.iter("{http://uri.etsi.org/01903/v1.3.2#}Identifier")
    assert identifier.text == POLICY.identifier


def test_the_same_document_is_sealed_in_the_same_bytes() -> None:
    assert seal(document()) == seal(document())
    assert seal(document()) != seal(document(), draws=Draws("87654321"))


def test_the_sealed_document_is_named_by_its_clave_and_consecutivo() -> None:
    sealed = seal()
    assert sealed.fiscal_id == "50625112600310199988800100001010000000001112345678"
    assert sealed.number == "00100001010000000001"
    assert sealed.file_name == f"{sealed.fiscal_id}.xml"


@pytest.mark.authority
def test_the_case_of_goods_is_the_published_example(authority_dir: Path) -> None:
    """W1 of costa-rica.md 3.6 at vector 1: the papers' sample of it has the same clave and sums."""
    sample = parse.parse((authority_dir / "cr/samples/FE-goods.xml").read_bytes())
    ours = parse.parse(seal(read_case("bienes-13")).content)
    assert parse.child_text(ours, "Clave") == parse.child_text(sample, "Clave")
    for name in ("TotalVenta", "TotalImpuesto", "TotalComprobante"):
        told = [parse.text(next(root.iter("{*}" + name))) for root in (ours, sample)]
        assert told[0] == told[1]


@pytest.mark.parametrize(
    ("at", "day", "clave_day", "written"),
    [
        # 23:59:59 and midnight in San José; in UTC both are 26 November.
        (
            datetime(2026, 11, 26, 5, 59, 59, tzinfo=UTC),
            date(2026, 11, 25),
            "251126",
            "25T23:59:59",
        ),
        (datetime(2026, 11, 26, 6, 0, 0, tzinfo=UTC), date(2026, 11, 26), "261126", "26T00:00:00"),
    ],
)
def test_clave_and_issue_date_come_from_one_moment_in_costa_rica(
    at: datetime, day: date, clave_day: str, written: str
) -> None:
    one = replace(document(), date=day)
    assert jurisdiction.document_problems(one, company(), at) == ()
    sealed = seal(one, at=at)
    issued = parse.child_text(parse.parse(sealed.content), "FechaEmision")
    assert sealed.fiscal_id[3:9] == clave_day
    assert issued == f"2026-11-{written}-06:00"
    other_day = replace(one, date=day + timedelta(days=1))
    assert jurisdiction.document_problems(other_day, company(), at)


@pytest.mark.authority
def test_a_thousand_lines_follow_the_schema(authority_dir: Path) -> None:
    lines = (line(description=f"Producto {n}") for n in range(1000))
    content = seal(document(*lines)).content
    assert _schema(authority_dir).validate(etree.fromstring(content))
    assert _xmlsec(content)


hostile = st.text(
    st.one_of(
        st.sampled_from("%&<>\"'\t\r\n]]>\u00a0\u0085\u2028éñ₡🙂\ufffd"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=5,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(hostile, hostile)
def test_hostile_texts_are_refused_or_signed_and_canonical(name: str, street: str) -> None:
    one = document(line(description=name, code="%s&<\"'>"))
    issuer = company(legal_name=name, trade_name=street)
    if jurisdiction.document_problems(one, issuer, AT):
        return
    if any("ompany" in p.field for p in jurisdiction.company_problems(issuer, AT, Purpose.ISSUE)):
        return
    content = seal(one, company=issuer).content
    root = etree.fromstring(content)
    assert etree.tostring(root, method="c14n") == content.partition(b"\n")[2]
    assert root.findtext(".//{*}Detalle") == name
    verify(content)


def test_the_bundle_is_three_files_named_by_the_clave() -> None:
    sealed = seal()
    files = jurisdiction.bundle(
        document(),
        company(),
        sealed,
        Verdict(Outcome.ACCEPTED, receipt=b"<MensajeHacienda/>"),
        b"%PDF",
        DRAWS,
        credential(),
        AT,
    )
    assert isinstance(files, tuple)
    clave = sealed.fiscal_id
    assert [file.name for file in files] == [
        f"{clave}.xml",
        f"{clave}-respuesta.xml",
        f"{clave}.pdf",
    ]
    assert files[0].content == sealed.content
    assert files[1].content == b"<MensajeHacienda/>"


def test_the_bundle_waits_for_haciendas_xml() -> None:
    missing = jurisdiction.bundle(
        document(), company(), seal(), Verdict(Outcome.ACCEPTED), b"%PDF", DRAWS, credential(), AT
    )
    assert not isinstance(missing, tuple)
    assert missing.code == "CR-OWN-2"


def test_the_company_words_the_subject() -> None:
    assert jurisdiction.subject(document(), company(), seal()) == ""
    template = jurisdiction.traits.words.subject
    assert template == "{{documento.tipo}} {{documento.numero}} de {{empresa.nombre}}"


def test_the_face_is_marked_except_in_production() -> None:
    def watermark(environment: Environment) -> str:
        issuer = company(environment=environment)
        return jurisdiction.face(document(), issuer, seal(company=issuer), None).watermark

    assert watermark(Environment.TEST) == "SIN VALIDEZ TRIBUTARIA"
    assert watermark(Environment.PRODUCTION) == ""


def test_the_qr_holds_the_bare_clave_and_the_face_groups_it() -> None:
    sealed = seal()
    face = jurisdiction.face(document(), company(), sealed, None)
    assert face.qr == sealed.fiscal_id
    assert face.fiscal_id.replace(" ", "") == sealed.fiscal_id
    assert json.dumps([one.value for one in face.totals]).count("8.475,00") == 1


def test_sandbox_and_test_write_the_same_bytes() -> None:
    def sealed(environment: Environment) -> Sealed:
        return seal(company=company(environment=environment))

    assert sealed(Environment.SANDBOX).content == sealed(Environment.TEST).content


def test_a_number_larger_than_ten_digits_never_reaches_the_clave() -> None:
    full = document(number=Number("00100001", 9_999_999_999))
    assert len(seal(full).fiscal_id) == 50
    beyond = document(number=Number("00100001", 10_000_000_000))
    assert jurisdiction.document_problems(beyond, company(), AT)


def _pem() -> str:
    encoded = b64encode(credential().certificate).decode()
    return f"-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"


def _xmlsec(content: bytes) -> bool:
    """Whether python-xmlsec finds the signature good with the certificate's key."""
    root = etree.fromstring(content)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(_pem().encode(), xmlsec.constants.KeyDataFormatCertPem)
    (signature,) = root.findall(f"{DS}Signature")
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


@cache
def _schema(authority_dir: Path, root: str = "FacturaElectronica") -> etree.XMLSchema:
    """The schema of 2026; of purchases and exports the rebuilt one: a test, no proof."""
    (file,) = (authority_dir / "cr/xsd/2026").glob(f"{root}_V4.4*.xsd")
    return etree.XMLSchema(etree.parse(file))
