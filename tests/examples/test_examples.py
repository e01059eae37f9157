"""Each example of the documentation is a document that its country takes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.intake import read_document, write_document
from acuse.domain.json_text import parse_json
from acuse.domain.party import Company, Environment, TaxId
from acuse.domain.traits import Scope

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.json"))
AT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
ISSUERS = {"PE": TaxId("RUC", "20999777661"), "CR": TaxId("CJ", "3101999777")}


def _read(path: Path) -> Document:
    raw = parse_json(path.read_text(encoding="utf-8"))
    assert isinstance(raw, dict), raw
    traits = jurisdictions.find(path.parent.name.upper()).traits
    document = read_document(raw, traits, rehearsal=True)
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_reads_and_its_country_finds_no_problem(path: Path) -> None:
    country = path.parent.name.upper()
    jurisdiction = jurisdictions.find(country)
    document = _read(path)
    issuer = Company(1, country, Environment.SANDBOX, ISSUERS[country], "Emisora de Prueba")
    dated = document if document.date else _dated(document)
    assert tuple(jurisdiction.document_problems(dated, issuer, AT)) == ()
    assert jurisdiction.totals(dated).total > 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_survives_the_round_trip(path: Path) -> None:
    traits = jurisdictions.find(path.parent.name.upper()).traits
    document = _read(path)
    assert read_document(write_document(document, traits), traits, rehearsal=True) == document


def test_the_examples_of_the_page_are_those_of_the_folder() -> None:
    page = (ROOT / "docs" / "document-format.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 2
    assert set(blocks) <= {path.read_text(encoding="utf-8") for path in EXAMPLES}


def test_there_are_six_examples_for_each_country() -> None:
    for country in ("pe", "cr"):
        assert len([path for path in EXAMPLES if path.parent.name == country]) >= 6


def _dated(document: Document) -> Document:
    return replace(document, date=AT.date())


def test_every_own_field_is_on_the_page() -> None:
    told = (ROOT / "docs" / "document-format.md").read_text(encoding="utf-8")
    written = (Scope.DOCUMENT, Scope.LINE, Scope.CUSTOMER)
    missing = {
        (code, spec.name)
        for code in jurisdictions.CODES
        for scope in written
        for spec in jurisdictions.find(code).traits.own(scope)
        if f"`{spec.name}`" not in told
    }
    assert missing == set()
