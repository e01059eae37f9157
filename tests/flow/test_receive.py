"""Documents of others: kept once, declared about in order, and what buyers say of ours."""

from __future__ import annotations

import itertools
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from acuse.domain.activity import EventKind
from acuse.domain.problem import Blocked
from acuse.domain.received import ReceptionKind
from acuse.flow import declare as declaring
from acuse.flow import inquire, outside, receive
from acuse.store import activity, buyer_events, models, received, receptions
from acuse.store.receptions import Subject
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import BY
from tests.flow.traders import PERSON, Traders
from tests.flow.traders import traders as traders
from tests.jurisdictions.co import makers as co

K = ReceptionKind


def taken(traders: Traders, document_id: int) -> int:
    raw = traders.mailed(document_id)
    return receive.receive(traders.buyer.id, raw, source="web", by=BY, at=outside.now())


def declare(traders: Traders, received_id: int, kind: ReceptionKind, **changes: str) -> int:
    person = PERSON if kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED) else None
    return declaring.declare(
        traders.buyer.id,
        received_id,
        kind,
        person=person,
        by=BY,
        at=outside.now(),
        **changes,
    )


def outcome(reception_id: int) -> str:
    return models.Reception.objects.get(pk=reception_id).outcome


def codes(blocked: pytest.ExceptionInfo[Blocked]) -> set[str]:
    return {problem.code for problem in blocked.value.problems}


def test_a_document_is_kept_once_however_often_it_comes(traders: Traders) -> None:
    raw = traders.mailed(traders.sell())
    first = receive.receive(traders.buyer.id, raw, source="mail", by=BY, at=outside.now())
    again = receive.receive(traders.buyer.id, raw, source="web", by=BY, at=outside.now())
    assert again == first
    kept = received.load(traders.buyer.id, first)
    assert (kept.source, kept.document.receiver.number) == ("mail", traders.buyer.tax_id.number)
    assert received.original(traders.buyer.id, first) == raw
    (told,) = (
        event
        for event in activity.company_timeline(traders.buyer.id)
        if event.kind is EventKind.DOCUMENT_RECEIVED
    )
    assert told.facts["number"] == kept.document.number


def test_a_document_of_somebody_else_is_not_taken(traders: Traders) -> None:
    raw = traders.mailed(traders.sell())
    with pytest.raises(Blocked) as blocked:
        receive.receive(traders.seller.id, raw, source="web", by=BY, at=outside.now())
    assert codes(blocked) == {"XX-REC-1"}
    assert not models.Received.objects.exists()


def test_what_is_no_document_is_not_taken(traders: Traders) -> None:
    with pytest.raises(Blocked) as blocked:
        receive.receive(traders.buyer.id, b"<no/>", source="web", by=BY, at=outside.now())
    assert blocked.value.problems[0].field == "file"


def test_the_buyer_declares_in_order_and_the_seller_reads_it(traders: Traders) -> None:
    document_id = traders.sell()
    received_id = taken(traders, document_id)
    for kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED, K.ACCEPTED):
        reception_id = declare(traders, received_id, kind)
        assert outcome(reception_id) == ""
        traders.house.run(traders.buyer)
        assert outcome(reception_id) == "ACCEPTED", activity.company_timeline(traders.buyer.id)
    subject = Subject(received_id=received_id)
    done = receptions.declared(traders.buyer.id, subject)
    assert [one.number for one in done] == ["AR1", "AR2", "AR3"]
    assert [one.submission for one in done] == ["SETTLED"] * 3

    new = inquire.fetch_events(traders.seller.id, document_id, by=BY, at=outside.now())
    assert [event.code for event in new] == ["030", "032", "033"]
    assert traders.house.told(traders.seller, document_id)[-3:] == [EventKind.BUYER_DECLARED] * 3
    assert inquire.fetch_events(traders.seller.id, document_id, by=BY, at=outside.now()) == ()


def test_nothing_is_declared_out_of_order(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    with pytest.raises(Blocked):
        declare(traders, received_id, K.ACCEPTED)
    assert not models.Reception.objects.exists()
    able = {
        offer.kind
        for offer in declaring.offers(traders.buyer.id, received_id, at=outside.now())
        if not offer.problems
    }
    assert able == {K.ACKNOWLEDGED}


def test_a_second_declaration_waits_for_the_answer_to_the_first(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    declare(traders, received_id, K.ACKNOWLEDGED)
    with pytest.raises(Blocked) as blocked:
        declare(traders, received_id, K.GOODS_RECEIVED)
    assert "XX-REC-2" in codes(blocked)
    assert models.Reception.objects.count() == 1


def test_a_claim_names_its_reason(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    for kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED):
        declare(traders, received_id, kind)
        traders.house.run(traders.buyer)
    with pytest.raises(Blocked) as blocked:
        declare(traders, received_id, K.CLAIMED)
    assert {problem.field for problem in blocked.value.problems} == {"reason_code"}
    reception_id = declare(traders, received_id, K.CLAIMED, reason_code="02")
    traders.house.run(traders.buyer)
    assert outcome(reception_id) == "ACCEPTED"


def test_what_the_authority_rejected_may_be_declared_again(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    reject = ScriptedReply(Script.REJECT, code="AAF01")
    traders.house.sandbox.world.scripts.add("dian", {"number": "AR1"}, [reject])
    first = declare(traders, received_id, K.ACKNOWLEDGED)
    traders.house.run(traders.buyer)
    (done,) = receptions.declared(traders.buyer.id, Subject(received_id=received_id))
    assert (done.counts, done.remarks[0].code) == (False, "AAF01")
    again = declare(traders, received_id, K.ACKNOWLEDGED)
    traders.house.run(traders.buyer)
    assert (outcome(first), outcome(again)) == ("REJECTED", "ACCEPTED")


def test_a_lost_answer_to_a_declaration_is_asked_for(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    lost = ScriptedReply(Script.HANG_AFTER_ACCEPT)
    traders.house.sandbox.world.scripts.add("dian", {"number": "AR1"}, [lost])
    reception_id = declare(traders, received_id, K.ACKNOWLEDGED)
    traders.house.run(traders.buyer)
    assert outcome(reception_id) == "ACCEPTED"
    assert traders.house.sends(models.Reception.objects.get(pk=reception_id).fiscal_id) == 1


def test_nothing_is_signed_while_the_company_lacks_something(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    models.Secret.objects.filter(company_id=traders.buyer.id).delete()
    with pytest.raises(Blocked) as blocked:
        declare(traders, received_id, K.ACKNOWLEDGED)
    assert {problem.field for problem in blocked.value.problems} == {"company.secrets.software_pin"}
    assert not models.Reception.objects.exists()


def test_silence_accepts_only_after_its_term(traders: Traders) -> None:
    document_id = traders.sell()
    received_id = taken(traders, document_id)
    now = outside.now()
    with pytest.raises(Blocked):
        declaring.accept_by_lapse(traders.seller.id, document_id, by=BY, at=now)
    for kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED):
        declare(traders, received_id, kind)
        traders.house.run(traders.buyer)
    inquire.fetch_events(traders.seller.id, document_id, at=outside.now())
    with pytest.raises(Blocked):
        declaring.accept_by_lapse(traders.seller.id, document_id, by=BY, at=now)
    late = now + timedelta(days=12)
    reception_id = declaring.accept_by_lapse(traders.seller.id, document_id, by=BY, at=late)
    assert traders.house.told(traders.seller, document_id)[-1] is EventKind.RECEPTION_DECLARED
    row = models.Reception.objects.get(pk=reception_id)
    assert (row.document_id, row.kind) == (document_id, K.ACCEPTED_BY_LAPSE.value)
    traders.house.run(traders.seller)
    assert traders.house.told(traders.seller, document_id)[-1] is EventKind.RECEPTION_JUDGED


def test_only_accepted_documents_of_ours_are_accepted_by_lapse(traders: Traders) -> None:
    issued = traders.house.issue_document(traders.seller, co.document(number=None, date=None))
    with pytest.raises(Blocked) as blocked:
        declaring.accept_by_lapse(traders.seller.id, issued.id, by=BY, at=outside.now())
    assert codes(blocked) == {"XX-REC-3"}


def test_a_stuck_declaration_goes_on_with_a_question(traders: Traders) -> None:
    received_id = taken(traders, traders.sell())
    reception_id = declare(traders, received_id, K.ACKNOWLEDGED)
    rows = models.Submission.objects.filter(reception_id=reception_id)
    rows.update(state="IN_FLIGHT")
    rows.update(state="STUCK", wake_at=None, reason="se prueba")
    assert declaring.retry(traders.buyer.id, reception_id, by=BY, at=outside.now())
    assert rows.get().state == "UNCERTAIN"
    assert not declaring.retry(traders.seller.id, reception_id, by=BY, at=outside.now())


def test_buyers_are_asked_about_while_it_matters(traders: Traders) -> None:
    document_id = traders.sell()
    code = traders.seller.jurisdiction
    now = outside.now()
    due = (traders.seller.id, document_id)
    assert inquire.due(code, at=now, limit=5) == ()
    soon = now + timedelta(hours=2)
    assert inquire.due(code, at=soon, limit=5) == (due,)
    assert inquire.fetch_due(code, at=soon) == 1
    assert inquire.due(code, at=soon, limit=5) == ()  # asked about: an hour passes first
    assert inquire.due(code, at=soon + timedelta(hours=2), limit=5) == (due,)
    assert inquire.due(code, at=now + timedelta(days=11), limit=5) == ()


def test_after_the_buyers_last_word_nobody_asks(traders: Traders) -> None:
    document_id = traders.sell()
    received_id = taken(traders, document_id)
    for kind in (K.ACKNOWLEDGED, K.GOODS_RECEIVED, K.ACCEPTED):
        declare(traders, received_id, kind)
        traders.house.run(traders.buyer)
    code, later = traders.seller.jurisdiction, outside.now() + timedelta(hours=2)
    assert inquire.fetch_due(code, at=later) == 1
    assert inquire.due(code, at=later + timedelta(days=2), limit=5) == ()
    row = models.Inquiry.objects.get(document_id=document_id)
    assert row.due_at is None
    models.Inquiry.objects.update(due_at=later)  # as a migration does, that knows no last words
    assert inquire.fetch_due(code, at=later) == 1
    row.refresh_from_db()
    assert row.due_at is None


def test_questions_come_ever_more_rarely(traders: Traders) -> None:
    document_id = traders.sell()
    code, now = traders.seller.jurisdiction, outside.now()
    asked = []
    for hour in range(1, 24 * 12):
        at = now + timedelta(hours=hour, minutes=1)
        if inquire.due(code, at=at, limit=5):
            assert buyer_events.claim(document_id, at=at)
            asked.append(hour)
    assert asked[:8] == list(range(1, 9))
    pauses = [after - before for before, after in itertools.pairwise(asked)]
    assert pauses == sorted(pauses)
    assert 24 < pauses[-1] < 36
    assert 240 <= asked[-1] < 276


def test_what_was_accepted_before_questions_had_their_turn_gets_one(traders: Traders) -> None:
    document_id = traders.sell()
    models.Inquiry.objects.all().delete()
    fill = import_module("acuse.store.migrations.0031_questions_have_their_turn").FILL
    with connection.cursor() as cursor:
        cursor.execute(fill)
        cursor.execute(fill)
    due = (traders.seller.id, document_id)
    assert inquire.due(traders.seller.jurisdiction, at=outside.now(), limit=5) == (due,)


def test_a_silent_authority_is_said_so_and_asked_again(traders: Traders) -> None:
    document_id = traders.sell()
    traders.house.sandbox.world.settings["dian.fault"] = "page_503"
    with pytest.raises(Blocked) as blocked:
        inquire.fetch_events(traders.seller.id, document_id, at=outside.now())
    assert codes(blocked) == {"XX-INQ-4"}


def test_the_authority_names_a_buyers_mailbox(traders: Traders) -> None:
    buyer = traders.buyer.tax_id
    assert inquire.suggest_contact(traders.seller.id, buyer, at=outside.now()) is None
    traders.house.sandbox.world.settings[f"dian.acquirer.31-{buyer.number}"] = (
        '{"name": "COMPRADOR", "email": "fe@comprador.example"}'
    )
    told = inquire.suggest_contact(traders.seller.id, buyer, at=outside.now())
    assert told is not None
    assert (told.name, told.email) == ("COMPRADOR", "fe@comprador.example")


def test_where_nobody_receives_it_is_said(traders: Traders) -> None:
    peru = traders.house.peru()
    with pytest.raises(Blocked) as blocked:
        receive.receive(peru.id, b"x", source="web", by=BY, at=outside.now())
    assert codes(blocked) == {"XX-REC-4"}
    assert inquire.due(peru.jurisdiction, at=outside.now(), limit=1) == ()
