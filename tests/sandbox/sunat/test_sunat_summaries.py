"""Summaries: a ticket for each, one verdict for all their documents, one bad line too many."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.sandbox.sunat.conftest import NOW, Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.files import Row, boleta, summary, voiding
from tests.sandbox.sunat.signing import (
    call,
    cdr,
    code,
    fault,
    notes,
    packed,
    said,
    send_summary,
    sign,
    signer,
    status,
)
from tests.sandbox.sunat.steps import RA, RC, RR, known, send, state, ticket, verdict

# A good file


def test_a_summary_adds_all_its_boletas(place: Place) -> None:
    root = verdict(place, summary(Row("B001-1"), Row("B001-2")))
    assert code(root) == "0"
    assert root.findtext(".//{*}ReferenceID") == RC
    assert root.findtext(".//{*}Description") == f"El Resumen diario {RC}, ha sido aceptado"
    assert state(place, "03 B001-1") == state(place, "03 B001-2") == "ACCEPTED"
    assert place.outcomes() == [("send", "accepted"), ("ask", "accepted")]
    asked = place.world.ledger.read(fiscal_id=f"{ISSUER}-{RC}")
    assert [entry.purpose for entry in asked] == ["send", "ask"]


def test_a_ticket_is_all_digits_and_its_own(place: Place) -> None:
    first = ticket(place, summary())
    second = ticket(place, voiding(), RA)
    assert first.isdigit()
    assert first != second


def test_a_summary_voids_the_boleta_that_an_earlier_one_added(place: Place) -> None:
    verdict(place, summary())
    later = summary(Row(state="3"), number="RC-20261121-2")
    assert code(verdict(place, later, "RC-20261121-2")) == "0"
    assert state(place, "03 B001-1") == "VOIDED"


def test_a_voiding_voids_a_factura(place: Place) -> None:
    send(place, invoice(), "F001-1", "01")
    root = verdict(place, voiding(), RA)
    assert root.findtext(".//{*}Description") == f"La Comunicacion de baja {RA}, ha sido aceptada"
    assert state(place, "01 F001-1") == "VOIDED"
    assert send(place, invoice(), "F001-1", "01") == "1032"


def test_a_late_summary_is_observed(place: Place) -> None:
    root = verdict(place, summary(of="2026-11-13"))
    assert code(root) == "0"
    assert [one[:4] for one in notes(root)] == ["4443"]
    assert (
        notes(verdict(place, summary(of="2026-11-14", number="RC-20261121-2"), "RC-20261121-2"))
        == []
    )


# What rejects it


def test_one_bad_line_rejects_the_whole_file_and_is_named(place: Place) -> None:
    send(place, boleta("B001-2"), "B001-2", "03")
    root = verdict(place, summary(Row("B001-1"), Row("B001-2")))
    assert code(root) == "2282"
    told = root.findtext(".//{*}Description") or ""
    assert re.search(
        r"rechazado: .* Detalle: xxx\.xxx\.xxx value='ticket: \d+ error: "
        r'Error en la linea: 2 2282 \(nodo: "[^"]*cbc:ID" valor: "B001-2"\)',
        told,
    )
    assert state(place, "03 B001-1") == ""
    assert place.outcomes()[1:] == [("send", "rejected"), ("ask", "rejected")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row("B001-7", state="3"), "2663"),
        (Row("B001-7", state="2"), "2663"),
        (Row("B001-1", state="1"), "2282"),
        (Row("B001-1", state="2"), "0"),
        (Row("B001-1", state="3"), "0"),
        (Row("B001-3", state="3"), "2987"),
        (Row("B001-3", state="1"), "2987"),
        (Row("B001-4", state="3"), "2987"),
        (Row("BC01-1", kind="07", of="B001-1"), "0"),
        (Row("BC01-1", kind="07", of="B001-7"), "2989"),
        (Row("BC01-1", kind="07", of="B001-3"), "2990"),
    ],
)  # fmt: skip
def test_the_register_judges_every_line(place: Place, row: Row, expected: str) -> None:
    for number, was in (("B001-1", "accepted"), ("B001-3", "voided"), ("B001-4", "rejected")):
        known(place, f"03 {number}", was)
    assert code(verdict(place, summary(row))) == expected


@pytest.mark.parametrize(("issued", "expected"), [("2026-11-14", "0"), ("2026-11-13", "2957")])
def test_a_boleta_is_voided_for_seven_days(place: Place, issued: str, expected: str) -> None:
    known(place, "03 B001-1", issued=issued)
    assert code(verdict(place, summary(Row(state="3"), of=issued))) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({}, "2105"),
        ({"state": "accepted", "issued": "2026-11-20"}, "0"),
        ({"state": "rejected", "issued": "2026-11-20"}, "2398"),
        ({"state": "voided", "issued": "2026-11-20"}, "2323"),
        ({"state": "accepted", "issued": "2026-11-19"}, "2375"),
    ],
)  # fmt: skip
def test_the_register_judges_a_voiding(place: Place, held: dict[str, str], expected: str) -> None:
    if held:
        known(place, "01 F001-1", **held)
    assert code(verdict(place, voiding(), RA)) == expected


@pytest.mark.parametrize(("issued", "expected"), [("2026-11-14", "0"), ("2026-11-13", "2957")])
def test_a_factura_is_voided_for_seven_days(place: Place, issued: str, expected: str) -> None:
    known(place, "01 F001-1", issued=issued)
    assert code(verdict(place, voiding(of=issued), RA)) == expected


@pytest.mark.parametrize(
    ("markup", "number", "expected"),
    [
        (summary(made="2026-11-20"), RC, "2346"),
        (summary(number="RC-20261122-1", made="2026-11-22"), "RC-20261122-1", "2236"),
        (summary(of="2026-11-22"), RC, "2671"),
        (voiding(made="2026-11-20"), RA, "2346"),
        (voiding(number="RA-20261122-1", made="2026-11-22"), "RA-20261122-1", "2301"),
        (voiding(of="2026-11-22"), RA, "2671"),
        (summary(), RC, "0"),
        (voiding(("01", "F001-1")), RA, "0"),
    ],
)  # fmt: skip
def test_the_dates_of_a_summary(place: Place, markup: str, number: str, expected: str) -> None:
    known(place, "01 F001-1")
    assert code(verdict(place, markup, number)) == expected


def test_a_summary_of_another_signer_is_rejected(place: Place) -> None:
    response = place.sunat.handle(send_summary(sign(summary(), signer(CUSTOMER))))
    root = cdr(place.sunat.handle(status(said(response, "ticket") or "")), "content")
    assert code(root) == "2325"


@pytest.mark.parametrize("broken", [b"<a/>", b"<a>", b"\xff"])
def test_a_file_that_cannot_be_judged_is_told_by_its_ticket(place: Place, broken: bytes) -> None:
    archive = packed((f"{ISSUER}-{RC}.xml", broken))
    response = place.sunat.handle(send_summary(b"", archive=archive))
    told = place.sunat.handle(status(said(response, "ticket") or ""))
    assert said(told, "statusCode") == "99"
    assert code(cdr(told, "content")) == "0306"
    assert place.outcomes() == [("send", "refused"), ("ask", "refused")]


# The same name again


@pytest.mark.parametrize(
    ("markup", "number", "expected"), [(summary(), RC, "2223"), (voiding(), RA, "2324")]
)  # fmt: skip
def test_a_name_is_judged_once(place: Place, markup: str, number: str, expected: str) -> None:
    known(place, "01 F001-1")
    assert code(verdict(place, markup, number)) == "0"
    assert code(verdict(place, markup, number)) == expected
    purposes = [purpose for purpose, _ in place.outcomes()]
    assert purposes == ["send", "ask", "resend", "ask"]


def test_a_name_in_process_is_refused_at_once(place: Place) -> None:
    place.world.settings["sunat.ticket_seconds"] = "60"
    ticket(place, summary())
    assert fault(place.sunat.handle(send_summary(sign(summary())))) == "0402"
    place.world.now = lambda: NOW + timedelta(seconds=60)
    del place.world.settings["sunat.ticket_seconds"]
    assert code(verdict(place, summary())) == "2223"


# Where it is sent


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("resumen.zip", "0151"),
        (f"{ISSUER}-RC-20261121-0.zip", "0151"),
        (f"{ISSUER}-01-F001-1.zip", "0151"),
        (f"{ISSUER}-LT-20261121-1.zip", "0153"),
        (f"{CUSTOMER}-{RC}.zip", "0154"),
        (f"{ISSUER}-RC-20261121-2.zip", "0161"),
        (f"{ISSUER}-{RC}.zip", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_summary(place: Place, name: str, expected: str) -> None:
    response = place.sunat.handle(send_summary(sign(summary()), name=name))
    assert (fault(response) if expected else "") == expected
    assert (response.status == 200) is (expected == "")


@pytest.mark.parametrize(
    ("path", "number", "expected"),
    [
        ("/billService", RC, ""),
        ("/billService", RA, ""),
        ("/billService", RR, "0151"),
        ("/otherService", RR, ""),
        ("/otherService", RC, "0151"),
        ("/otherService", RA, "0151"),
    ],
)  # fmt: skip
def test_each_service_takes_its_own_summaries(
    place: Place, path: str, number: str, expected: str
) -> None:
    response = place.sunat.handle(send_summary(sign(summary()), number=number, path=path))
    assert (fault(response) if response.status == 500 else "") == expected


@pytest.mark.parametrize(
    ("markup", "number", "line"), [(summary, RC, "Summary"), (voiding, RA, "Voided")]
)
def test_a_file_without_a_line_of_its_own_is_refused(
    place: Place, markup: Callable[[], str], number: str, line: str
) -> None:
    foreign = markup().replace(f"sac:{line}DocumentsLine", f"cac:{line}DocumentsLine")
    assert code(verdict(place, foreign, number)) == "0306"
    assert code(verdict(place, markup(), number)) in ("0", "2105")


@pytest.mark.parametrize(
    ("name", "expected"),
    [(RC, "0152"), (RA, "0152"), ("LT-20261121-1", "0153"), ("01-F001-1", "0153")],
)
def test_no_lot_is_taken(place: Place, name: str, expected: str) -> None:
    fields = {"fileName": f"{ISSUER}-{name}.zip", "contentFile": ""}
    request = call(
        "/billService", "sendPack", fields, user=ISSUER + "MODDATOS", password="moddatos"
    )
    assert fault(place.sunat.handle(request)) == expected
