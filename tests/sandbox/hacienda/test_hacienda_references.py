"""Documents that name others: notes, receipts of payment, answers of receivers."""

from __future__ import annotations

import pytest

from acuse_sandbox.hacienda.judging import reading
from acuse_sandbox.hacienda.judging.judge import judge
from acuse_sandbox.hacienda.judging.verdict import Judgement
from acuse_sandbox.hacienda.options import Options
from tests.sandbox.hacienda import cases_kinds as kinds
from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.cases_examples import reference
from tests.sandbox.hacienda.changes import find, put
from tests.sandbox.hacienda.documents import Line, factura
from tests.sandbox.hacienda.place import BUYER, NOW, Place, clave, good
from tests.sandbox.hacienda.signing import sign


def test_without_the_schema_a_payments_code_stays_in_receipts(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema lists 17 for receipts only; the rule says it where there is no schema."""
    monkeypatch.setenv("ACUSE_AUTHORITY_DIR", "/nonexistent")
    root = factura(references=reference("06", "CONTRATO-1", "17"))
    assert place.verdict(sign(root)).codes == {"CR-REF-4"}


def test_a_note_without_reference_is_named_so(place: Place) -> None:
    for ordinal, make in enumerate((kinds.credit_note, kinds.debit_note, kinds.receipt), start=1):
        root = make()
        root.remove(find(root, "InformacionReferencia"))
        verdict = place.verdict(sign(root))
        assert (verdict.codes, verdict.records, ordinal) == ({"CR-REF-1"}, ["-1"], ordinal)


def test_notes_may_take_all_that_is_left(place: Place) -> None:
    """A debit note adds to it; what was rejected counts for nothing."""
    place.verdict(kinds.FIRST)
    rejected = others.note("03", kinds.FIRST_CLAVE, Line("3", "2500"), ordinal=5)
    put("ResumenFactura/TotalVenta", "1.00000")(rejected)
    assert place.verdict(sign(rejected)).state == "rechazado"
    first = others.note("03", kinds.FIRST_CLAVE, Line("3", "2500"), ordinal=6)
    assert place.verdict(sign(first)).codes == set()
    assert place.verdict(sign(kinds.debit_note())).codes == set()
    all_of_it = others.note("03", kinds.FIRST_CLAVE, Line("1", "500"), ordinal=7)
    assert place.verdict(sign(all_of_it)).codes == set()
    more = others.note("03", kinds.FIRST_CLAVE, Line("0.001", "500"), ordinal=8)
    assert place.verdict(sign(more)).codes == {"CR-REF-5"}


def test_receipts_may_pay_all_that_is_owed(place: Place) -> None:
    place.verdict(kinds.CREDITED)
    for ordinal in (1, 2):
        half = others.receipt(kinds.CREDITED_CLAVE, "50000", "6500", ordinal=ordinal)
        assert place.verdict(sign(half)).codes == set()
    more = others.receipt(kinds.CREDITED_CLAVE, "0.00001", "0", ordinal=3)
    assert place.verdict(sign(more)).codes == {"CR-REP-2"}


@pytest.mark.parametrize(("sold", "paid"), [("08", "09"), ("10", "11")])
def test_a_receipt_has_the_condition_that_belongs_to_the_sale(
    place: Place, sold: str, paid: str
) -> None:
    told = {"clave": kinds.CREDITED_CLAVE, "state": "accepted", "condition": sold}
    place.hacienda.learn("document", told)
    receipt = others.receipt(kinds.CREDITED_CLAVE, "50000", "6500", condition=paid)
    assert place.verdict(sign(receipt)).codes == set()
    other = "09" if paid == "11" else "11"
    receipt = others.receipt(kinds.CREDITED_CLAVE, "1", "0", condition=other, ordinal=2)
    assert place.verdict(sign(receipt)).codes == {"CR-CV-3"}


def test_an_answer_is_given_once(place: Place) -> None:
    place.verdict(kinds.FIRST)
    first = sign(others.message(kinds.FIRST_CLAVE), kinds.BOUGHT)
    assert place.verdict(first, user=BUYER).codes == set()
    again = sign(others.message(kinds.FIRST_CLAVE, told="3", ordinal=2), kinds.BOUGHT)
    assert place.verdict(again, user=BUYER).codes == {"CR-MR-3"}


def test_zeros_before_an_identification_make_nobody_else(place: Place) -> None:
    place.verdict(kinds.FIRST)
    first = sign(others.message(kinds.FIRST_CLAVE), kinds.BOUGHT)
    assert place.verdict(first, user=BUYER).codes == set()
    padded = others.message(kinds.FIRST_CLAVE, ordinal=2, receiver="000199990888")
    assert place.verdict(sign(padded, kinds.BOUGHT), user=BUYER).codes == {"CR-MR-3"}


def test_a_rejected_answer_may_be_given_again(place: Place) -> None:
    place.verdict(kinds.FIRST)
    wrong = sign(others.message(kinds.FIRST_CLAVE, total="1.00000"), kinds.BOUGHT)
    assert place.verdict(wrong, user=BUYER).codes == {"CR-MR-2"}
    again = sign(others.message(kinds.FIRST_CLAVE, ordinal=2), kinds.BOUGHT)
    assert place.verdict(again, user=BUYER).codes == set()


def test_a_consecutivo_of_a_message_is_used_once(place: Place) -> None:
    place.verdict(kinds.FIRST)
    place.verdict(sign(others.message(kinds.FIRST_CLAVE), kinds.BOUGHT), user=BUYER)
    other = good(number=92)
    place.verdict(other)
    late = sign(others.message(clave(other)), kinds.BOUGHT)
    assert place.verdict(late, user=BUYER).records == ["-99"]


def test_claves_never_heard_of_may_be_trusted(place: Place) -> None:
    place.set("unknown_documents", "accepted")
    assert place.verdict(sign(kinds.credit_note())).codes == set()
    answer = sign(others.message(kinds.FIRST_CLAVE), kinds.BOUGHT)
    assert place.verdict(answer, user=BUYER).codes == set()


@pytest.mark.parametrize(
    ("kind", "make"), [(k, m) for k, (_, m) in kinds.KIND.items()], ids=list(kinds.KIND)
)
def test_a_judgement_needs_no_more_than_hearsay_of_other_documents(
    kind: str, make: kinds.Make
) -> None:
    """As the product's own tests ask it: no archive, no registers."""
    content = sign(make())
    verdict = judge(
        reading.read(content),
        at=NOW,
        options=Options(),
        holder=clave(content),
        accepted=lambda asked: True,
    )
    assert verdict == Judgement(True, ())


@pytest.mark.parametrize("make", [kinds.large_note, kinds.large_receipt])
def test_amounts_in_another_currency_are_not_compared(place: Place, make: kinds.Make) -> None:
    for told in (kinds.FIRST_CLAVE, kinds.CREDITED_CLAVE):
        entry = {"clave": told, "state": "accepted", "total": "1", "currency": "USD"}
        place.hacienda.learn("document", entry)
    assert place.verdict(sign(make())).codes == set()
