"""Documents of others: the published samples pass, and nothing hostile makes the rulebook raise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from tests.sandbox.sunat.cases_kinds import BASES, TODAY
from tests.sandbox.sunat.changes import Element

from acuse_sandbox import hardened, papers
from acuse_sandbox.sunat.rulebook import judge, nodes
from acuse_sandbox.sunat.rulebook.registers import Stated

ISSUERS = (
    "cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID",
    "cac:AccountingSupplierParty/cbc:CustomerAssignedAccountID",
    "cac:AgentParty/cac:PartyIdentification/cbc:ID",
    "cac:DespatchSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID",
)
BAG_OF_ANOTHER_YEAR = {"4237"}
# Their sources say so themselves: sums that do not add up, a number altered, the old guía.
FLAWED = {
    "summarydocuments_": {"4027"},
    "retention_": {"2623"},
    "perception_": {"2608"},
    "20123456786-01-F001-1.tampered": {"3270", "3271"},
    "20000000001-31-T001-00007394.old": {"1001", "2560"},
}


def samples() -> list[Path]:
    """The published documents, but for CDRs; none without the papers."""
    folder = papers.folder() / "pe/samples"
    return sorted(p for sub in ("unsigned", "signed", "gre") for p in (folder / sub).glob("*.xml"))


def codes(root: Element) -> set[str]:
    content = nodes.read(root)
    id_, day = content.value("cbc:ID"), date.fromisoformat(content.value("cbc:IssueDate")[:10])
    issuer = next(value for path in ISSUERS if (value := content.value(path)))
    kind = judge.kind_of(content, f"{issuer}-{id_}")
    name = f"{issuer}-{id_}" if kind in ("RA", "RC", "RR") else f"{issuer}-{kind}-{id_}"
    return {f.code for f in judge.judge(root, name=name, today=day)}


@pytest.mark.authority
def test_published_documents_of_every_kind_break_nothing_but_what_they_should() -> None:
    paths = samples()
    if not paths:
        pytest.skip(f"no published samples in {papers.folder()}")
    broken = {}
    for path in paths:
        flaws = {c for start, known in FLAWED.items() if path.name.startswith(start) for c in known}
        found = codes(etree.parse(path).getroot()) - flaws - BAG_OF_ANOTHER_YEAR
        if found:
            broken[path.name] = found
    assert broken == {}


HOSTILE = (
    b"<nada/>",
    b"<Invoice/>",
    b'<x:Invoice xmlns:x="urn:otro"><x:InvoiceLine/></x:Invoice>',
    b"<SummaryDocuments><SummaryDocumentsLine/><SummaryDocumentsLine/></SummaryDocuments>",
    b"<VoidedDocuments><VoidedDocumentsLine/></VoidedDocuments>",
    b"<Retention><SUNATRetentionDocumentReference/></Retention>",
    b"<Perception><SUNATPerceptionDocumentReference/></Perception>",
    b"<DespatchAdvice/>",
    b"<SelfBilledInvoice/>",
    b"<CreditNote/>",
    b"<DebitNote/>",
    b"<Invoice>" + b"<a>" * 200 + b"</a>" * 200 + b"</Invoice>",
    b"<!-- nada --><Invoice><?mal?></Invoice>",
)


@pytest.mark.parametrize("content", HOSTILE, ids=lambda c: c[:30].decode())
@pytest.mark.parametrize("name", ["20999888772-01-F001-1", "", "-", "x" * 300])
def test_nothing_hostile_makes_it_raise(content: bytes, name: str) -> None:
    root = hardened.parse(content)
    assert judge.judge(root, name=name, today=TODAY, registers=Stated())


VALUES = ("", " ", "-", "NaN", "1e999", "-1", "9" * 40, "٣", "\u00a0", "0" * 12, "x" * 4000, "¿?")


@pytest.mark.parametrize("kind", BASES)
@pytest.mark.parametrize("value", VALUES, ids=lambda v: repr(v[:6]))
def test_no_value_anywhere_makes_it_raise(kind: str, value: str) -> None:
    base = BASES[kind]
    root = etree.fromstring(base.xml().encode())
    for node in root.iter("*"):
        if len(node) == 0:
            node.text = value
        for key in node.attrib:
            node.set(key, value)
    assert judge.judge(root, name=base.name, today=TODAY, registers=Stated())


@pytest.mark.parametrize("kind", BASES)
def test_a_document_without_any_one_element_is_judged_all_the_same(kind: str) -> None:
    base = BASES[kind]
    for number in range(1, len(list(etree.fromstring(base.xml().encode()).iter("*")))):
        root = etree.fromstring(base.xml().encode())
        node = list(root.iter("*"))[number]
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
        judge.judge(root, name=base.name, today=TODAY, registers=Stated())


def test_a_finding_in_a_summary_names_its_line() -> None:
    base = BASES["RC"]
    root = etree.fromstring(base.xml().encode())
    (status,) = root.findall(".//{*}SummaryDocumentsLine[3]//{*}ConditionCode")
    status.text = "7"
    (finding,) = judge.judge(root, name=base.name, today=TODAY)
    assert finding.sentence.endswith(
        "Error en la linea: 3 2896 "
        '(nodo: "SummaryDocumentsLine/cac:Status/cbc:ConditionCode" valor: "7")\''
    )
