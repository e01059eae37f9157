"""`acuse issue`: each document on its own, problems with line, field and rule, no number lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from acuse.store import models
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = json.loads((EXAMPLES / "pe" / "contado-igv-18.json").read_text())


def run(command: str, *arguments: str, code: int = 0) -> Any:
    out = io.StringIO()
    try:
        call_command(command, *arguments, "--json", stdout=out)
        found = 0
    except SystemExit as ended:
        found = int(str(ended.code))
    assert found == code
    return json.loads(out.getvalue())


def written(folder: Path, text: str) -> str:
    path = folder / "documentos.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


def changed(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def test_one_document_is_issued(house: House, tmp_path: Path) -> None:  # noqa: F811
    company = house.peru()
    found = run("issue", f"--company={company.id}", written(tmp_path, json.dumps(GOOD)))
    (document,) = found["documents"]
    assert (document["number"], document["state"]) == ("F001-1", "ISSUED")
    house.run(company)
    told = run("timeline", "F001-1")
    assert told["deliveries"] == [
        {"to": "compras@lossauces.example", "state": "SENT", "reason": None}
    ]
    assert [event["kind"] for event in told["events"]][-1] == "recipient.sent"


def test_a_wrong_one_among_many_uses_no_number_and_stops_no_other(
    house: House,  # noqa: F811
    tmp_path: Path,
) -> None:
    company = house.peru()
    wrong = changed(items=[{**GOOD["items"][0], "price": "-5"}])
    lines = "\n".join(json.dumps(one) for one in (GOOD, wrong, GOOD))
    found = run("issue", f"--company={company.id}", written(tmp_path, lines), code=1)
    first, second, third = found["documents"]
    assert (first["number"], third["number"]) == ("F001-1", "F001-2")
    assert second["line"] == 2
    problem = second["problems"][0]
    assert problem["field"] == "items.0.price"
    assert problem["code"]
    assert "-5" in problem["text"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1, 2",
        '{"a": 1, "a": 2}',
        "[" * 100000,
        json.dumps(changed(total=1)),
        json.dumps(changed(client={**GOOD["client"], "name": "x" * 10_000_000})),
        json.dumps(changed(numberTemplate={"prefix": "F999"})),
        json.dumps(changed(currency={"code": "XXX"})),
        json.dumps(
            changed(
                client={
                    **GOOD["client"],
                    "identificationObject": {"type": "RUC", "number": "20999000118"},
                }
            )
        ),
    ],
    ids=[
        "empty",
        "cut",
        "cut list",
        "twice the same key",
        "deep",
        "unknown field",
        "ten megabytes",
        "unknown series",
        "unknown currency",
        "wrong check digit",
    ],
)
def test_bad_input_is_told_and_nothing_is_used(
    house: House,  # noqa: F811
    tmp_path: Path,
    text: str,
) -> None:
    company = house.peru()
    found = run("issue", f"--company={company.id}", written(tmp_path, text), code=1)
    assert all(problem["text"] for one in found["documents"] for problem in one["problems"])
    assert house.next_number(company) == 1
    assert not models.Document.objects.exclude(state="DRAFT").exists()


def test_control_characters_do_not_come_in(house: House, tmp_path: Path) -> None:  # noqa: F811
    company = house.peru()
    named = changed(client={**GOOD["client"], "name": "Ferretería\u0000 Los\u202e Sauces"})
    run("issue", f"--company={company.id}", written(tmp_path, json.dumps(named)))
    name = models.Document.objects.get().customer_name
    assert name.isprintable()
    assert "Sauces" in name


def test_an_unknown_company_is_told(transactional_db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No existe la empresa 99"):
        call_command("issue", "--company=99", written(tmp_path, "{}"))


def test_an_accepted_document_is_resent_and_a_rejected_one_is_not(house: House) -> None:  # noqa: F811
    company = house.peru()
    issued = house.issue(company)
    with pytest.raises(CommandError, match="no está aceptado"):
        call_command("resend", issued.number, "--to=a@otra.example")
    house.run(company)
    run("resend", issued.number, "--to=a@otra.example")
    house.run(company)
    assert sorted(mail.recipient for mail in house.mail()) == [
        "a@otra.example",
        "compras@inventada.example",
    ]


def test_what_is_doubtful_is_resent_only_if_it_is_confirmed(house: House) -> None:  # noqa: F811
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    doubts = (f"--to=a@otra.example, {company.email}", "--to=ana@gmial.com")
    for doubt in doubts:
        with pytest.raises(CommandError, match="agrega --confirmed"):
            call_command("resend", issued.number, doubt)
    with pytest.raises(CommandError, match="«987654321»: es un número o un enlace, no un correo"):
        call_command("resend", issued.number, "--to=987654321")
    run("resend", issued.number, doubts[0], "--confirmed")
    house.run(company)
    assert sorted(mail.recipient for mail in house.mail()) == [
        "a@otra.example",
        "compras@inventada.example",
        company.email,
    ]


def test_the_companys_own_address_as_the_customers_is_not_issued_unasked(
    house: House,  # noqa: F811
    tmp_path: Path,
) -> None:
    company = house.peru()
    told = changed(client=GOOD["client"] | {"email": company.email})
    found = run("issue", f"--company={company.id}", written(tmp_path, json.dumps(told)), code=1)
    assert [one["code"] for one in found["documents"][0]["problems"]] == ["XX-DOC-11"]


def test_the_doctor_says_what_to_mend(house: House) -> None:  # noqa: F811
    house.peru(email="")
    checks = {one["check"]: one for one in run("doctor", code=1)["checks"]}
    assert checks["Base de datos al día"]["ok"]
    assert checks["Actividad íntegra"]["ok"]
    mail = checks["TEJIDOS EL EJEMPLAR S.A.C. puede enviar"]
    assert not mail["ok"]
    assert "correo" in mail["remedy"]


def test_a_warning_is_told_and_the_document_issued(
    house: House,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    company = house.colombia()
    sale = {
        "kind": "RECEIPT",
        "client": {
            "name": "Consumidor final",
            "identificationObject": {"type": "CC", "number": "222222222222"},
        },
        "items": [{"name": "Nevera", "quantity": 1, "price": 900000}],
        "extra": {
            "cash_register": "CAJA-1",
            "cash_place": "Local 1",
            "cash_kind": "Principal",
            "cashier": "Ana Inventada",
            "sale_code": "V-1",
        },
    }
    path = written(tmp_path, json.dumps(sale))
    (document,) = run("issue", f"--company={company.id}", path)["documents"]
    assert document["state"] == "ISSUED"
    assert [one["code"] for one in document["warnings"]] == ["CO-OWN-24"]
    call_command("issue", f"--company={company.id}", path)
    told = capsys.readouterr()
    assert "CO-OWN-24" in told.err
    assert "ISSUED" in told.out
    sale["items"] = [{"name": "Café molido", "quantity": 1, "price": 9000}]
    (document,) = run("issue", f"--company={company.id}", written(tmp_path, json.dumps(sale)))[
        "documents"
    ]
    assert "warnings" not in document


@pytest.mark.parametrize(
    ("url", "well"),
    [
        ("https://papeles.ejemplar.example", True),
        ("http://papeles.ejemplar.example", False),
        ("https://otra.example", False),
    ],
)
def test_the_doctor_looks_at_the_address_of_public_pages(
    house: House,  # noqa: F811
    settings: Any,
    url: str,
    well: bool,
) -> None:
    house.peru(email="")
    settings.ALLOWED_HOSTS = ["papeles.ejemplar.example"]
    settings.PUBLIC_URL = url
    checks = {one["check"]: one for one in run("doctor", code=1)["checks"]}
    assert checks["Dirección de la página pública"]["ok"] is well


@pytest.mark.parametrize(
    ("url", "header", "well"),
    [
        ("https://papeles.ejemplar.example", "", False),
        ("https://papeles.ejemplar.example", "X-Real-IP", True),
        ("", "", None),
    ],
)
def test_the_doctor_asks_by_which_header_customers_are_told_apart(
    house: House,  # noqa: F811
    settings: Any,
    url: str,
    header: str,
    well: bool | None,
) -> None:
    """Behind a proxy every customer has the proxy's address: one would use up all others' turns."""
    house.peru(email="")
    settings.PUBLIC_URL, settings.CLIENT_ADDRESS_HEADER = url, header
    checks = {one["check"]: one for one in run("doctor", code=1)["checks"]}
    found = checks.get("Cada cliente con su dirección")
    assert (found["ok"] if found else None) is well
    if well is False:
        assert found is not None
        assert "ACUSE_CLIENT_ADDRESS_HEADER" in found["remedy"]
