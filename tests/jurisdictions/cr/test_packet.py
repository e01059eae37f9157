"""What comes by mail: told apart by its look, and the two files of a document paired."""

from __future__ import annotations

from itertools import permutations

from acuse.domain.problem import Problem
from acuse.domain.received import Looks
from tests.jurisdictions.cr.receptions import (
    CLAVE,
    COUNTER,
    another_kind,
    answer,
    invoice,
    packet,
    zipped,
)


def test_files_of_one_mail_are_paired_whatever_their_order() -> None:
    other_clave = CLAVE[:-1] + "9"
    other = invoice((CLAVE, other_clave))
    files = (invoice(), answer(), other, answer(Clave=other_clave), b"<otra/>", b"%PDF")
    for order in list(permutations(range(6)))[::37]:
        arranged = tuple(files[place] for place in order)
        found = {frozenset(order[place] for place in group) for group in COUNTER.together(arranged)}
        assert found == {frozenset(one) for one in ((0, 1), (2, 3), (4,), (5,))}
        assert all(
            order[group[0]] in (0, 2) for group in COUNTER.together(arranged) if len(group) == 2
        )
    assert COUNTER.together(()) == ()


def test_an_answer_serves_one_document_only() -> None:
    assert COUNTER.together((invoice(), invoice(), answer())) == ((0, 2), (1,))


def test_what_comes_by_mail_is_told_apart() -> None:
    looks = COUNTER.looks
    for document in (invoice(), packet(), another_kind("FacturaElectronicaCompra", "08")):
        assert looks(document) is Looks.DOCUMENT
    assert looks(answer()) is Looks.RECEIPT
    assert looks(zipped(("r.xml", answer()), ("f.pdf", b"%PDF"))) is Looks.RECEIPT
    assert looks(b"<feedback/>") is Looks.NOTHING
    assert looks(zipped(("otra.xml", b"<otra/>"))) is Looks.NOTHING
    assert looks(b"<a") is Looks.DOCUMENT  # whoever reads it says what is wrong
    assert looks(b"PK\x03\x04 broken") is Looks.DOCUMENT


def test_nothing_is_an_event_of_a_buyer() -> None:
    told = COUNTER.read_event(answer())
    assert isinstance(told, Problem)
    assert COUNTER.events == {}
