"""Despatch advices: what their author counted, and the address that SUNAT's verdict gives."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from lxml import etree

from acuse.domain.kinds import DocumentKind
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.compose_shipment import INDICATOR
from acuse.jurisdictions.pe.fields_despatch import BOTH, DESPATCH_FIELDS
from acuse.jurisdictions.pe.fields_despatch import REASONS as OFFERED
from acuse.jurisdictions.pe.rules_despatch import FOR_CARRIER, FOR_SENDER, REASONS
from acuse.xml.archive import unpack_one
from tests.jurisdictions.pe.makers import cdr, zipped
from tests.jurisdictions.pe.others import OTHERS, read_case, seal, sealed, texts
from tests.support.makers import RUC, company

GUIDES = [name for name in OTHERS if name.startswith("guia-")]
LINK = "https://e-factura.sunat.gob.pe/v1/contribuyente/gre/comprobantes/descargaqr?hashqr=a%2Fb"


@pytest.mark.parametrize("name", GUIDES)
def test_a_case_tells_what_its_author_meant(name: str) -> None:
    content = sealed(name)
    root = etree.fromstring(content)
    (weight,) = root.iter("{*}GrossWeightMeasure")
    units = list(root.iter("{*}TransportEquipment", "{*}AttachedTransportEquipment"))
    found = {
        "weight": f"{weight.text} {weight.get('unitCode')}",
        "lines": len(root.findall("{*}DespatchLine")),
        "drivers": texts(content, "JobTitle"),
        "plates": [one.findtext("{*}ID") for one in units],
        "indicators": [
            one.removeprefix(INDICATOR) for one in texts(content, "SpecialInstructions")
        ],
    }
    assert found == read_case(name).expected


@pytest.mark.parametrize("name", GUIDES)
def test_nothing_is_charged_by_a_guide(name: str) -> None:
    totals = jurisdiction.totals(read_case(name).document)
    assert (totals.total, totals.taxes) == (0, ())
    assert b"Amount" not in sealed(name)


def test_each_way_of_carrying_and_each_particular_has_a_case() -> None:
    """What a screen may offer is written somewhere, so that the schema has seen it."""
    told = {name for guide in GUIDES for name in read_case(guide).document.extra}
    told |= {n for guide in GUIDES for line in read_case(guide).document.lines for n in line.extra}
    unwritten = {"departure_ruc", "arrival_ruc"}  # whose usual is ours; tested with the checks
    assert {spec.name for spec in DESPATCH_FIELDS} - told == unwritten


def test_a_carrier_names_the_shipper_and_itself() -> None:
    root = etree.fromstring(sealed("guia-transportista"))
    assert root.findtext(".//{*}CarrierParty/{*}PartyIdentification/{*}ID") == RUC
    assert root.findtext(".//{*}DespatchParty/{*}PartyIdentification/{*}ID") == "20999222057"
    assert root.find(".//{*}TransportModeCode") is None
    assert root.find(".//{*}HandlingCode") is None


@pytest.mark.parametrize(
    ("name", "ruc"),
    [
        ("guia-venta-privada", RUC),  # our own invoice
        ("guia-compra", "20999222057"),  # the supplier's
        ("guia-transportista", "20999222057"),  # the shipper's
        ("guia-bien-normalizado", RUC),
        ("guia-importacion-con-contenedor", None),  # nobody issues a customs declaration
    ],
)
def test_a_related_document_names_who_issued_it(name: str, ruc: str | None) -> None:
    path = "{*}AdditionalDocumentReference/{*}IssuerParty//{*}ID"
    assert etree.fromstring(sealed(name)).findtext(path) == ruc


def test_the_reasons_and_the_rules_are_of_the_same_catalogue() -> None:
    assert {code for code, _ in OFFERED} == set(REASONS)
    assert {spec.name for spec in DESPATCH_FIELDS if spec.kinds == BOTH} >= {"weight", "plate"}


@pytest.mark.authority
def test_the_related_documents_are_those_of_the_catalogue(authority_dir: Path) -> None:
    with (authority_dir / "pe/catalogs/cat-61.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows if row["gre-r"] == "1"} == FOR_SENDER
    assert {row["code"] for row in rows if row["gre-t"] == "1"} == FOR_CARRIER


def qr(verdict: Verdict | None) -> str:
    one = read_case("guia-venta-privada").document
    return jurisdiction.face(one, company(), seal(one), verdict).qr


def described(told: str) -> Verdict:
    """Accepted, with a CDR that describes the document so."""
    archive = cdr(reference="T001-15", name=f"R-{RUC}-09-T001-15.xml")
    hashed = b"<cbc:ID>T001-15</cbc:ID></cac:DocumentReference>"
    _, content = unpack_one(archive, lambda name: name.endswith(".xml"), largest=10**6)
    words = f"<cbc:DocumentDescription>{told}</cbc:DocumentDescription></cac:DocumentReference>"
    changed = content.replace(hashed, hashed.replace(b"</cac:DocumentReference>", words.encode()))
    assert changed != content
    return Verdict(Outcome.ACCEPTED, receipt=zipped((f"R-{RUC}-09-T001-15.xml", changed)))


def test_the_code_on_the_paper_is_the_address_in_the_cdr() -> None:
    assert qr(described(LINK)) == LINK


@pytest.mark.parametrize(
    "told",
    ["", "javascript:alert(1)", "http://sunat.example/", "https://a b", "https://" + "x" * 600],
)
def test_what_is_no_address_is_no_code(told: str) -> None:
    assert qr(described(told)) == ""


def test_without_a_readable_cdr_there_is_no_code() -> None:
    assert qr(None) == ""
    assert qr(Verdict(Outcome.ACCEPTED)) == ""
    assert qr(Verdict(Outcome.ACCEPTED, receipt=b"no zip")) == ""
    assert qr(Verdict(Outcome.ACCEPTED, receipt=zipped(("R-x.xml", b"<no")))) == ""


def test_the_paper_tells_of_the_trip() -> None:
    one = read_case("guia-publica-con-vehiculo").document
    face = jurisdiction.face(one, company(), seal(one), None)
    assert [section.title for section in face.sections] == [
        "Punto de partida",
        "Punto de llegada",
        "Transportista",
        "Vehículos",
        "Conductores",
    ]
    assert face.totals[-1].value == "1.25 toneladas"
    assert (face.words, face.counterparty[0].label) == ("", "Destinatario")


@pytest.mark.authority
@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("20123456786-09-T001-1", "guia-venta-publica"),
        ("20123456786-09-T001-2", "guia-venta-privada"),
        ("20987654326-31-V001-1", "guia-transportista"),
    ],
)
def test_the_published_sample_has_the_same_shape(
    sample: str, name: str, authority_dir: Path
) -> None:
    """Every element of the sample stands in ours, under the same parents and in the same order."""
    theirs = etree.parse(authority_dir / f"pe/samples/gre/{sample}.xml").getroot()
    ours = etree.fromstring(sealed(name))
    missing = set(paths(theirs)) - set(paths(ours))
    assert missing == set()
    wanted = set(paths(theirs))
    assert [path for path in paths(ours) if path in wanted] == paths(theirs)


def test_each_kind_of_guide_has_its_cases() -> None:
    kinds = [read_case(name).document.kind for name in GUIDES]
    assert kinds.count(DocumentKind.CARRIER_DESPATCH) >= 3
    assert kinds.count(DocumentKind.DESPATCH) >= 10


def paths(root: etree._Element) -> list[str]:
    """The path of each element, without what stands inside a signature."""
    return [
        "/".join(etree.QName(one).localname for one in (*reversed([*each.iterancestors()]), each))
        for each in root.iter()
        if isinstance(each.tag, str) and "xmldsig" not in each.tag
    ]
