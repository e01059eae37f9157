"""Every country's documents go in and come out in the same shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acuse import jurisdictions
from acuse.api import shapes
from acuse.cli import rehearsal_peru as peru
from acuse.domain.document import Reference
from acuse.domain.intake import write_document
from acuse.domain.kinds import DocumentKind
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import documents
from tests.api.caller import EXAMPLES
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import House
from tests.jurisdictions.co import makers as colombian

FILES = sorted(EXAMPLES.glob("*/*.json"))
AT_ONCE = {"stamp": {"generateStamp": True}}


def opened(house: House, code: str) -> Any:
    company = {"pe": house.peru, "cr": house.costa_rica, "co": house.colombia}[code]()
    if code == "pe":
        for one in peru.RANGES[1:]:
            company_flow.add_range(company.id, one)
    return company


@pytest.mark.parametrize("file", FILES, ids=lambda one: f"{one.parent.name}-{one.stem}")
def test_an_example_is_issued_and_told(house: House, calls: Calls, file: Path) -> None:
    caller = calls(opened(house, file.parent.name))
    body = json.loads(file.read_text(encoding="utf-8"))
    told = caller.post("/invoices", body | AT_ONCE, status=201)
    shaped(shapes.Document, told)
    assert told["subtotal"] + told["tax"] == told["total"]
    kept = documents.load(int(told["id"]))
    assert told["total"] == kept.total
    assert told["stamp"]["fiscalId"] == kept.sealed.fiscal_id


def test_a_colombian_invoice_and_its_note(house: House, calls: Calls) -> None:
    company = house.colombia()
    caller, traits = calls(company), jurisdictions.find(company.jurisdiction).traits
    invoice = colombian.document(number=None, date=None)
    first = caller.post("/invoices", write_document(invoice, traits) | AT_ONCE, status=201)
    shaped(shapes.Document, first)
    house.run(company)
    accepted = caller.get(f"/invoices/{first['id']}")
    shaped(shapes.Document, accepted)
    assert accepted["state"].startswith("ACCEPTED")
    assert len(accepted["stamp"]["cufe"]) == 96
    corrected = Reference(
        accepted["numberTemplate"]["fullNumber"],
        traits.day(outside.now()),
        accepted["stamp"]["cufe"],
        DocumentKind.INVOICE,
        "3",
        "Rebaja",
    )
    note = colombian.document(
        kind=DocumentKind.CREDIT_NOTE, number=None, date=None, references=(corrected,)
    )
    second = caller.post("/invoices", write_document(note, traits) | AT_ONCE, status=201)
    shaped(shapes.Document, second)
    assert (second["kind"], second["references"][0]["reasonCode"]) == ("CREDIT_NOTE", "3")
    rows = caller.get("/invoices?kind=CREDIT_NOTE")
    assert [row["id"] for row in rows] == [second["id"]]
