"""What stands against an answer, by when it should be given, and what silence means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import TaxId
from acuse.domain.received import Reception, ReceptionKind
from acuse.domain.traits import Scope
from tests.jurisdictions.cr.makers import company
from tests.jurisdictions.cr.receptions import (
    BUYER,
    COUNTER,
    K,
    invoice,
    on,
    packet,
    reception,
    taken,
)

OURS = (K.ACCEPTED, K.PARTLY_ACCEPTED, K.CLAIMED)


THURSDAY = on(26)


def codes(one: Reception, at: datetime = THURSDAY, issuer: Any = BUYER) -> list[str]:
    return [problem.code for problem in COUNTER.reception_problems(one, issuer, at)]


def test_accept_accept_in_part_and_reject_are_offered_in_this_order() -> None:
    told = [(one.kind, one.action, one.by_issuer) for one in COUNTER.declarables]
    assert told == [
        (K.ACCEPTED, "Aceptar", False),
        (K.PARTLY_ACCEPTED, "Aceptar en parte", False),
        (K.CLAIMED, "Rechazar", False),
    ]


@pytest.mark.parametrize("kind", OURS)
def test_a_good_answer_has_no_problem(kind: ReceptionKind) -> None:
    assert codes(reception(kind)) == []


def test_every_problem_names_its_rule_and_speaks_to_a_person() -> None:
    wrong = reception(K.CLAIMED, number="1", note="", extra={"activity": "1"})
    found = COUNTER.reception_problems(wrong, company(), on(24))
    assert len(found) >= 4
    for problem in found:
        assert problem.code.startswith("CR-")
        assert problem.rule == "costa-rica.md 6"
        assert problem.text[0].isupper()
        assert problem.text.endswith(".")


@pytest.mark.parametrize("kind", OURS)
@pytest.mark.parametrize("done", OURS)
def test_MR_3_a_document_is_answered_once(kind: ReceptionKind, done: ReceptionKind) -> None:
    assert codes(reception(kind, before={done: on(26)})) == ["CR-MR-3"]


def test_MR_3_without_haciendas_answer_nothing_is_answered() -> None:
    (told,) = COUNTER.reception_problems(reception(document=taken(invoice())), BUYER, on(26))
    assert (told.field, told.code) == ("document", "CR-MR-3")


@pytest.mark.parametrize("number", ["", "AR1", "00100001060000000001", "001000010500000000010"])
def test_MR_1_the_consecutivo_has_the_kind_of_the_message(number: str) -> None:
    assert codes(reception(number=number)) == ["CR-MR-1"]


def test_only_who_bought_answers() -> None:
    assert codes(reception(), issuer=company()) == ["CR-API-6"]
    marked = replace(BUYER, tax_id=TaxId("CF", "1-9999-0888"))
    assert codes(reception(), issuer=marked) == []


def test_a_cedula_with_letters_cannot_be_written() -> None:
    lettered = "3101A00001"
    told = replace(taken(packet()), receiver=TaxId("CJ", lettered))
    buyer = replace(BUYER, tax_id=TaxId("CJ", lettered))
    assert codes(reception(document=told), issuer=buyer) == ["CR-XSD"]


def test_nothing_is_answered_before_its_day() -> None:
    assert codes(reception(), on(24, 23)) == ["CR-DAT-1"]
    assert codes(reception(), on(25, 0)) == []


@pytest.mark.parametrize(
    ("kind", "note", "found"),
    [
        (K.ACCEPTED, "", []),
        (K.ACCEPTED, "x" * 160, []),
        (K.ACCEPTED, "x" * 161, ["CR-XSD"]),
        (K.ACCEPTED, "\x00", ["CR-XSD"]),
        (K.PARTLY_ACCEPTED, " ", ["CR-OWN-70"]),
        (K.CLAIMED, "", ["CR-OWN-70"]),
        (K.CLAIMED, "No lo pedí", []),
    ],
)
def test_the_detail_fits_and_a_supplier_is_told_why(
    kind: ReceptionKind, note: str, found: list[str]
) -> None:
    assert codes(reception(kind, note=note)) == found


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ({"activity": "474100", "tax_condition": "01", "tax_credit": Decimal(975)}, []),
        ({"expense": Decimal("8475.00000")}, []),
        ({"activity": "4741"}, ["CR-XSD"]),
        ({"tax_condition": "06"}, ["CR-XSD"]),
        ({"tax_credit": Decimal("975.00001")}, ["CR-OWN-72"]),
        ({"expense": Decimal(8476)}, ["CR-OWN-72"]),
        ({"tax_credit": Decimal(-1)}, ["CR-XSD"]),
        ({"tax_credit": Decimal("0.000001")}, ["CR-XSD"]),
        ({"expense": Decimal("1e20")}, ["CR-XSD"]),
    ],
)
def test_what_becomes_of_the_tax_fits_the_document(extra: dict[str, Any], found: list[str]) -> None:
    assert codes(reception(extra=extra)) == found


def test_a_rejection_says_nothing_of_the_tax() -> None:
    assert codes(reception(K.CLAIMED, extra={"tax_condition": "01"})) == ["CR-OWN-71"]
    assert COUNTER.fields(K.CLAIMED, taken(packet()), BUYER) == ()


@pytest.mark.parametrize("kind", [K.ACCEPTED, K.PARTLY_ACCEPTED])
def test_the_fields_of_an_acceptance_are_declared(kind: ReceptionKind) -> None:
    specs = {spec.name: spec for spec in COUNTER.fields(kind, taken(packet()), BUYER)}
    assert set(specs) == {"tax_condition", "tax_credit", "expense", "activity"}
    assert {spec.scope for spec in specs.values()} == {Scope.RECEPTION}
    assert [code for code, _ in specs["tax_condition"].choices] == ["01", "02", "03", "04", "05"]
    assert specs["activity"].default == "474100"
    assert "975,00 de impuesto" in specs["tax_credit"].help


def test_each_answer_counts_by_itself_where_the_company_issues() -> None:
    numbers = [COUNTER.series(kind, BUYER).number(7) for kind in OURS]
    assert numbers == ["00100001050000000007", "00100001060000000007", "00100001070000000007"]


def numbering(id_: int, series: str) -> NumberingRange:
    return NumberingRange(id_, DocumentKind.INVOICE, series, 1, 9_999_999_999, 1)


@pytest.mark.parametrize(
    ("ranges", "place"),
    [
        ((), "00100001"),
        ((numbering(9, "00300002"), numbering(4, "00200005")), "00200005"),
        ((numbering(1, "SET"),), "00100001"),
    ],
)
def test_the_place_is_the_companys_first_or_the_usual_one(
    ranges: tuple[NumberingRange, ...], place: str
) -> None:
    series = COUNTER.series(K.ACCEPTED, replace(BUYER, ranges=ranges))
    assert series.number(1) == f"{place}050000000001"


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 11, 25), date(2026, 12, 7)),  # a Wednesday
        (date(2026, 11, 27), date(2026, 12, 9)),  # a Friday
        (date(2026, 11, 28), date(2026, 12, 9)),  # a Saturday
    ],
)
def test_eight_working_days(issued: date, last: date) -> None:
    assert COUNTER.last_day(issued) == last


@pytest.mark.parametrize(
    ("at", "words", "urgent"),
    [
        (on(26), "a más tardar el 07/12/2026", False),
        (on(2, month=12), "a más tardar el 07/12/2026", False),  # three working days are left
        (on(3, month=12), "a más tardar el 07/12/2026", True),
        (on(7, 23, month=12), "a más tardar el 07/12/2026", True),
        (on(8, 0, month=12), "terminó el 07/12/2026", True),
    ],
)
def test_the_term_and_what_silence_means_are_told(at: datetime, words: str, urgent: bool) -> None:
    (told,) = COUNTER.notices(taken(packet()), (), at)
    assert words in told.text
    assert "vale como aceptado" in told.text
    assert told.urgent is urgent


def test_an_answered_document_has_no_term_and_one_without_answer_asks_for_it() -> None:
    assert (
        COUNTER.notices(taken(packet()), reception(before={K.ACCEPTED: on(26)}).before, on(27))
        == ()
    )
    (told,) = COUNTER.notices(taken(invoice()), (), on(26))
    assert told.urgent
    assert "Falta la respuesta de Hacienda" in told.text


def test_after_the_term_hacienda_decides_and_we_do_not() -> None:
    """The term is not confirmed: nothing is refused because of it."""
    assert codes(reception(), on(20, month=12)) == []
