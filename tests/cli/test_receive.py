"""`acuse receive` and `acuse declare`: for programs, one JSON value; code 1 where it was not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from acuse.store import models
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders

PERSON = (
    "--person-type=CC",
    "--person-number=1020304050",
    "--person-first-name=Persona",
    "--person-family-name=De Prueba",
)


def file_of(traders: Traders, folder: Path) -> str:  # noqa: F811
    path = folder / "factura.zip"
    path.write_bytes(traders.mailed(traders.sell()))
    return str(path)


def test_a_file_is_kept_and_declared_about(
    traders: Traders,  # noqa: F811
    tmp_path: Path,
) -> None:
    file, company = file_of(traders, tmp_path), f"--company={traders.buyer.id}"
    kept = run("receive", company, file)
    assert kept["issuer"] == {"type": "NIT", "number": traders.seller.tax_id.number}
    assert run("receive", company, file) == kept
    subject = f"--received={kept['id']}"
    first = run("declare", company, subject, "ACKNOWLEDGED", *PERSON)
    assert (first["number"], first["kind"]) == ("AR1", "ACKNOWLEDGED")
    waits = run("declare", company, subject, "GOODS_RECEIVED", code=1)
    assert waits["problems"][0]["code"] == "XX-REC-2"
    traders.house.run(traders.buyer)
    second = run("declare", company, subject, "GOODS_RECEIVED")  # by whoever received before
    assert models.Reception.objects.get(pk=second["id"]).facts["person"]["first_name"] == "Persona"


def test_somebody_elses_file_is_not_kept(
    traders: Traders,  # noqa: F811
    tmp_path: Path,
) -> None:
    company = f"--company={traders.seller.id}"
    told = run("receive", company, file_of(traders, tmp_path), code=1)
    assert [problem["code"] for problem in told["problems"]] == ["XX-REC-1"]


def test_a_lapse_is_of_a_document_of_ours(traders: Traders) -> None:  # noqa: F811
    company, document_id = f"--company={traders.seller.id}", traders.sell()
    told = run("declare", company, f"--document={document_id}", "ACCEPTED_BY_LAPSE", code=1)
    assert told["problems"]
    with pytest.raises(CommandError, match="lleva --document"):
        call_command("declare", company, f"--document={document_id}", "ACCEPTED")
    with pytest.raises(CommandError, match="no tiene ese documento"):
        call_command("declare", company, "--received=999999", "ACCEPTED")
