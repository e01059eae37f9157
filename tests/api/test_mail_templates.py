"""The words of the mail by API: the same verb, the same problems as on screen."""

from __future__ import annotations

from acuse.api import shapes
from acuse.store import models
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import House

HERE = "/company/mail-templates"


def test_every_kind_is_told_with_its_words(house: House, calls: Calls) -> None:
    found = calls(house.peru()).get(HERE)
    for one in found:
        shaped(shapes.MailTemplate, one)
    assert {"INVOICE", "DESPATCH"} <= {one["kind"] for one in found}
    assert {one["own"] for one in found} == {False}


def test_what_is_saved_is_a_version_and_nothing_restores(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    made = caller.put(f"{HERE}/INVOICE", {"body": "Uno.\n\nDos.", "version": 0})
    shaped(shapes.MailTemplate, made)
    assert (made["body"], made["version"], made["own"]) == ("Uno.\n\nDos.", 1, True)
    late = caller.put(f"{HERE}/INVOICE", {"body": "Tres.", "version": 0}, status=422)
    assert late["code"] == "XX-TPL-7"
    restored = caller.put(f"{HERE}/INVOICE", {"version": 1})
    assert (restored["version"], restored["own"]) == (2, False)
    assert restored["body"].startswith("Hola, {{cliente.nombre}}:")


def test_where_the_law_fixes_it_there_is_no_subject(house: House, calls: Calls) -> None:
    caller = calls(house.colombia())
    made = caller.put(f"{HERE}/INVOICE", {"subject": "Mío", "body": "Va.", "version": 0})
    assert made["subject"] is None
    assert models.MailTemplate.objects.get().subject == ""


def test_what_cannot_be_is_refused(house: House, calls: Calls) -> None:
    caller = calls(house.costa_rica())
    for kind in ("DESPATCH", "nada"):
        caller.put(f"{HERE}/{kind}", {"version": 0}, status=404)
    for body in (
        {},
        {"version": "x"},
        {"version": 0.5},
        {"version": -1},
        {"version": 10**30},
        {"version": 0, "body": 7},
        {"version": 0, "body": "{{x}}"},
        {"version": 0, "body": "x" * 4001},
        {"version": 0, "subject": "{{enlace}}"},
        {"version": 0, "html": "<b>"},
    ):
        caller.put(f"{HERE}/INVOICE", body, status=422)
    assert not models.MailTemplate.objects.exists()
