"""`acuse receive` with two files and `acuse declare` with a country's own fields."""

from __future__ import annotations

from pathlib import Path

from acuse.store import models
from tests.cli.test_issue import run
from tests.flow.answerers import Answerers
from tests.flow.answerers import answerers as answerers
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401


def test_both_files_are_kept_and_answered(
    answerers: Answerers,  # noqa: F811
    tmp_path: Path,
) -> None:
    paths = [tmp_path / name for name in ("factura.xml", "respuesta.xml")]
    for path, content in zip(paths, answerers.files(answerers.sell()), strict=True):
        path.write_bytes(content)
    company = f"--company={answerers.buyer.id}"
    kept = run("receive", company, *map(str, paths))
    subject = f"--received={kept['id']}"
    fields = ("--field=tax_condition=01", "--field=tax_credit=500.5")
    wrong = run("declare", company, subject, "ACCEPTED", "--field=otro=1", code=1)
    assert [problem["code"] for problem in wrong["problems"]] == ["XX-DOC-6"]
    made = run("declare", company, subject, "ACCEPTED", *fields)
    assert made["number"] == "00100001050000000001"
    told = models.Reception.objects.get(pk=made["id"]).facts["extra"]
    assert told == {"tax_condition": "01", "tax_credit": {"$decimal": "500.5"}}
