"""Documents whose answer comes apart: kept with it or before it, then answered once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.mailbox import MailOutcome
from acuse.domain.problem import Blocked
from acuse.domain.received import ReceptionKind
from acuse.flow import declare as declaring
from acuse.flow import inquire, outside, receive
from acuse.store import activity, models, received, receptions
from acuse.store.receptions import Subject
from acuse.xml import parse
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.answerers import Answerers
from tests.flow.answerers import answerers as answerers
from tests.flow.house import BY
from tests.flow.post import collected, connect, facts, letter, post
from tests.jurisdictions.cr.receptions import signed_again

K = ReceptionKind


def take(answerers: Answerers, *files: bytes) -> tuple[receive.Taken, ...]:
    return receive.take_all(answerers.buyer.id, files, source="web", by=BY, at=outside.now())


def kinds(company_id: int) -> list[EventKind]:
    told = [one.kind for one in activity.company_timeline(company_id)]
    return [one for one in told if one in (EventKind.DOCUMENT_RECEIVED, EventKind.RECEIPT_RECEIVED)]


def codes(blocked: pytest.ExceptionInfo[Blocked]) -> set[str]:
    return {problem.code for problem in blocked.value.problems}


def test_both_files_are_kept_as_one_document_however_they_come(answerers: Answerers) -> None:
    document, answer = answerers.files(answerers.sell())
    (first,) = take(answerers, answer, document)
    assert first.new
    kept = received.load(answerers.buyer.id, first.id).document
    assert (kept.content, kept.receipt) == (document, answer)
    for files in ((document, answer), (document,), (answer,)):
        (again,) = take(answerers, *files)
        assert (again.id, again.new) == (first.id, False)
    assert kinds(answerers.buyer.id) == [EventKind.DOCUMENT_RECEIVED]


@pytest.mark.parametrize("alone", [True, False])
def test_a_document_waits_for_its_answer_and_takes_it(answerers: Answerers, alone: bool) -> None:
    """The answer by itself, or the whole packet once more."""
    document, answer = answerers.files(answerers.sell())
    (first,) = take(answerers, document)
    assert received.load(answerers.buyer.id, first.id).document.receipt == b""
    (listed,) = received.page(answerers.buyer.id)
    assert not listed.has_receipt
    with pytest.raises(Blocked) as blocked:
        answerers.declare(first.id, K.ACCEPTED)
    assert codes(blocked) == {"CR-MR-3"}
    assert not models.Reception.objects.exists()
    (second,) = take(answerers, answer) if alone else take(answerers, document, answer)
    assert (second.id, second.new) == (first.id, True)
    assert received.load(answerers.buyer.id, first.id).document.receipt == answer
    assert set(kinds(answerers.buyer.id)) == {
        EventKind.DOCUMENT_RECEIVED,
        EventKind.RECEIPT_RECEIVED,
    }
    assert answerers.declare(first.id, K.ACCEPTED)


def test_a_forged_document_gives_way_to_the_one_that_was_accepted(answerers: Answerers) -> None:
    """Who knows a clave may sign another document of that name, but has no answer about it."""
    document, answer = answerers.files(answerers.sell())
    total = ("TotalComprobante>8475.00000", "TotalComprobante>1475.00000")
    (forged,) = take(answerers, signed_again(document, total))
    with pytest.raises(Blocked) as blocked:
        take(answerers, answer)
    assert codes(blocked) == {"XX-REC-9"}
    assert received.load(answerers.buyer.id, forged.id).document.receipt == b""
    (true,) = take(answerers, document, answer)
    assert (true.id, true.new) == (forged.id, True)
    kept = received.load(answerers.buyer.id, true.id).document
    assert (kept.content, kept.total) == (document, Decimal(8475))
    (listed,) = received.page(answerers.buyer.id)
    assert listed.total == Decimal(8475)


def test_an_answer_without_its_document_is_not_kept(answerers: Answerers) -> None:
    _, answer = answerers.files(answerers.sell())
    with pytest.raises(Blocked) as blocked:
        take(answerers, answer)
    assert codes(blocked) == {"XX-REC-8"}


def test_several_files_are_kept_all_or_none(answerers: Answerers) -> None:
    document, answer = answerers.files(answerers.sell())
    with pytest.raises(Blocked):
        take(answerers, document, answer, b"<otra/>")
    assert not models.Received.objects.exists()


def test_who_did_not_buy_keeps_nothing(answerers: Answerers) -> None:
    raw = answerers.zipped(answerers.sell())
    with pytest.raises(Blocked) as blocked:
        receive.receive(answerers.seller.id, raw, source="web", by=BY, at=outside.now())
    assert codes(blocked) == {"XX-REC-1"}


def test_it_comes_by_mail_with_its_answer_beside_it(answerers: Answerers) -> None:
    document, answer = answerers.files(answerers.sell())
    files = (("f.pdf", b"%PDF"), ("r.xml", answer), ("f.xml", document))
    post(answerers.house, letter(*files))
    connect(answerers.buyer)
    assert collected(answerers.buyer).outcomes == (MailOutcome.RECEIVED,)
    (told,) = facts(answerers.buyer)
    assert (told["name"], told["outcome"]) == ("f.xml", "RECEIVED")
    row = models.Received.objects.get()
    assert received.load(answerers.buyer.id, row.pk).document.receipt == answer


def test_the_answer_may_come_in_a_later_mail(answerers: Answerers) -> None:
    document, answer = answerers.files(answerers.sell())
    post(answerers.house, letter(("f.xml", document)), letter(("r.xml", answer)))
    connect(answerers.buyer)
    assert collected(answerers.buyer).outcomes == (MailOutcome.RECEIVED, MailOutcome.RECEIVED)
    row = models.Received.objects.get()
    assert received.load(answerers.buyer.id, row.pk).document.receipt == answer


def test_an_answer_about_a_document_of_ours_is_nothing_that_came(answerers: Answerers) -> None:
    _, answer = answerers.files(answerers.sell())
    post(answerers.house, letter(("r.xml", answer)))
    connect(answerers.seller)
    assert collected(answerers.seller).outcomes == (MailOutcome.NOTHING,)


def test_only_what_the_country_has_is_declared(answerers: Answerers) -> None:
    received_id = answerers.taken()
    offered = [
        one.kind for one in declaring.offers(answerers.buyer.id, received_id, at=outside.now())
    ]
    assert offered == [K.ACCEPTED, K.PARTLY_ACCEPTED, K.CLAIMED]
    for kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED, K.ACCEPTED_BY_LAPSE):
        with pytest.raises(Blocked) as blocked:
            answerers.declare(received_id, kind)
        assert codes(blocked) == {"XX-REC-7"}


def test_nobody_is_asked_what_buyers_answered(answerers: Answerers) -> None:
    code = answerers.seller.jurisdiction
    assert inquire.due(code, at=outside.now(), limit=5) == ()


def test_the_answer_is_signed_with_the_companys_fields_and_kept(answerers: Answerers) -> None:
    received_id = answerers.taken()
    extra = {"tax_condition": "01", "tax_credit": Decimal("975"), "activity": "474100"}
    reception_id = answerers.declare(received_id, K.ACCEPTED, note="Conforme", extra=extra)
    (done,) = receptions.declared(answerers.buyer.id, Subject(received_id=received_id))
    assert (done.number, done.note, dict(done.extra)) == ("00100001050000000001", "Conforme", extra)
    root = parse.parse(receptions.sealed(reception_id).content)
    assert parse.child_text(root, "MontoTotalImpuestoAcreditar") == "975.00000"
    assert parse.child_text(root, "NumeroCedulaReceptor") == answerers.buyer.tax_id.number


@pytest.mark.parametrize("kind", [K.ACCEPTED, K.PARTLY_ACCEPTED, K.CLAIMED])
def test_an_answer_goes_to_the_authority_and_is_registered(
    answerers: Answerers, kind: ReceptionKind
) -> None:
    received_id = answerers.taken()
    reception_id = answerers.declare(received_id, kind)
    assert answerers.outcome(reception_id) == ""
    answerers.house.run(answerers.buyer)
    (done,) = receptions.declared(answerers.buyer.id, Subject(received_id=received_id))
    assert (done.submission, done.counts) == ("SETTLED", True), done
    receipt = receptions.receipt(answerers.buyer.id, reception_id)
    assert receipt is not None
    assert parse.child_text(parse.parse(receipt), "Clave") == done.fiscal_id.partition("-")[0]
    with pytest.raises(Blocked) as blocked:
        answerers.declare(received_id, K.CLAIMED)
    assert "CR-MR-3" in codes(blocked)


def test_what_the_authority_rejected_is_answered_again_with_another_number(
    answerers: Answerers,
) -> None:
    received_id = answerers.taken()
    reject = ScriptedReply(Script.REJECT, code="-9000")
    number = "00100001050000000001"
    answerers.house.sandbox.world.scripts.add("hacienda", {"number": number}, [reject])
    first = answerers.declare(received_id, K.ACCEPTED)
    answerers.house.run(answerers.buyer)
    (done,) = receptions.declared(answerers.buyer.id, Subject(received_id=received_id))
    assert (done.number, done.counts, done.remarks[0].code) == (number, False, "-9000")
    again = answerers.declare(received_id, K.CLAIMED)
    answerers.house.run(answerers.buyer)
    assert [answerers.outcome(one) for one in (first, again)] == ["REJECTED", "ACCEPTED"]


def test_a_lost_answer_is_asked_for_and_nothing_is_sent_twice(answerers: Answerers) -> None:
    lost = ScriptedReply(Script.HANG_AFTER_ACCEPT)
    number = {"number": "00100001050000000001"}
    received_id = answerers.taken()
    answerers.house.sandbox.world.scripts.add("hacienda", number, [lost])
    reception_id = answerers.declare(received_id, K.ACCEPTED)
    answerers.house.run(answerers.buyer)
    assert answerers.outcome(reception_id) == "ACCEPTED"
    name = models.Reception.objects.get(pk=reception_id).fiscal_id
    assert answerers.house.sends(name) == 1


def test_a_second_answer_waits_for_what_becomes_of_the_first(answerers: Answerers) -> None:
    received_id = answerers.taken()
    answerers.declare(received_id, K.ACCEPTED)
    with pytest.raises(Blocked) as blocked:
        answerers.declare(received_id, K.CLAIMED)
    assert codes(blocked) == {"XX-REC-2"}
    assert models.Reception.objects.count() == 1


def test_each_kind_counts_by_itself_without_gaps(answerers: Answerers) -> None:
    numbers = []
    for kind in (K.ACCEPTED, K.CLAIMED, K.ACCEPTED):
        reception_id = answerers.declare(answerers.taken(), kind)
        numbers.append(models.Reception.objects.get(pk=reception_id).number)
    assert numbers == ["00100001050000000001", "00100001070000000001", "00100001050000000002"]
