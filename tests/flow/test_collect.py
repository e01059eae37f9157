"""A company's mail is collected: what is ours is kept once, a letter is left alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.mailbox import MailOutcome, Protocol
from acuse.flow import collect, inquire, mailed, outside, receive
from acuse.gateways.mailbox import Limits
from acuse.store import activity, artifacts, incoming, models
from tests.flow.house import BY
from tests.flow.post import (
    PLACE,
    collected,
    connect,
    event,
    facts,
    letter,
    outcomes,
    post,
)
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders
from tests.jurisdictions.co import makers as co
from tests.jurisdictions.co import papers


def kinds(company_id: int) -> list[EventKind]:
    return [one.kind for one in activity.company_timeline(company_id)]


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_suppliers_mail_becomes_a_received_document(traders: Traders, protocol: Protocol) -> None:
    raw = letter(("z1.zip", traders.mailed(traders.sell())))
    post(traders.house, raw)
    connect(traders.buyer, replace(PLACE, protocol=protocol))
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)
    row = models.Received.objects.get()
    assert (row.company_id, row.source, row.received_by) == (traders.buyer.id, "mail", "sistema")
    (told,) = facts(traders.buyer)
    assert (told["received"], told["number"], told["name"]) == (row.pk, row.number, "z1.zip")
    (listed,) = incoming.page(traders.buyer.id)
    assert (listed.sender, listed.subject) == ("facturas@proveedor.example", "Documento")
    assert incoming.raw(traders.buyer.id, listed.id) == raw
    assert EventKind.DOCUMENT_RECEIVED in kinds(traders.buyer.id)


def test_what_we_mail_ourselves_is_taken_as_it_lies(traders: Traders) -> None:
    """The sandbox delivered the seller's real mail to the buyer's address."""
    document_id = traders.sell()
    (address, _), *_ = traders.house.recipients(document_id)
    connect(traders.buyer, replace(PLACE, username=address))
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)


def test_a_message_is_worked_off_once(traders: Traders) -> None:
    post(traders.house, letter(("z1.zip", traders.mailed(traders.sell()))))
    connect(traders.buyer)
    assert len(collected(traders.buyer).outcomes) == 1
    assert collected(traders.buyer).outcomes == ()
    post(traders.house, letter())
    assert collected(traders.buyer).outcomes == (MailOutcome.NOTHING,)
    assert outcomes(traders.buyer) == ["RECEIVED", "NOTHING"]


def test_a_document_that_came_before_is_known(traders: Traders) -> None:
    content = traders.mailed(traders.sell())
    receive.receive(traders.buyer.id, content, source="web", by=BY, at=outside.now())
    post(traders.house, letter(("z1.zip", content)), letter(("otra vez.zip", content)))
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.KNOWN, MailOutcome.KNOWN)
    assert models.Received.objects.count() == 1
    assert models.IncomingMessage.objects.filter(raw=None).count() == 2


def test_a_letter_is_left_alone(traders: Traders) -> None:
    post(
        traders.house,
        letter(subject="Re: Factura"),
        letter(("foto.jpg", b"\xff\xd8")),
        letter(("informe.docx", b"PK\x03\x04")),
        letter(("informe.xml", b"<feedback/>")),
        b"",
        b"\xff\x00 no es un mensaje",
    )
    connect(traders.buyer)
    assert set(collected(traders.buyer).outcomes) == {MailOutcome.NOTHING}
    assert outcomes(traders.buyer) == ["NOTHING"] * 6
    assert not models.IncomingMessage.objects.exclude(raw=None).exists()
    assert len(traders.house.sandbox.mailboxes.of(PLACE.username)) == 6


def test_what_is_wrong_is_refused_with_its_reason_and_kept(traders: Traders) -> None:
    raw = letter(("f.xml", papers.invoice()))
    post(traders.house, raw)
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.REFUSED,)
    (told,) = facts(traders.buyer)
    assert (told["name"], told["code"]) == ("f.xml", "CO-OWN-61")
    row = models.IncomingMessage.objects.get()
    assert row.raw_id is not None
    assert artifacts.load(row.raw_id) == raw


def test_a_document_of_another_buyer_is_refused(traders: Traders) -> None:
    post(traders.house, letter(("z1.zip", traders.mailed(traders.sell()))))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.REFUSED,)
    assert facts(traders.seller)[0]["code"] == "XX-REC-1"
    assert not models.Received.objects.exists()


def test_the_best_of_its_files_is_what_became_of_a_message(traders: Traders) -> None:
    good = traders.mailed(traders.sell())
    post(traders.house, letter(("suelta.xml", papers.invoice()), ("z.zip", good)))
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)
    assert [one["outcome"] for one in facts(traders.buyer)] == ["REFUSED", "RECEIVED"]


def test_a_buyers_event_is_kept_and_told(traders: Traders) -> None:
    document_id = traders.sell()
    post(traders.house, letter(("ar.xml", event(document_id))))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.EVENT,)
    assert facts(traders.seller)[0]["document"] == document_id
    last = activity.timeline(traders.seller.id, document_id)[-1]
    assert (last.kind, last.facts["code"]) == (EventKind.BUYER_DECLARED, "030")
    post(traders.house, letter(("ar.xml", event(document_id))))
    assert collected(traders.seller).outcomes == (MailOutcome.KNOWN,)


def test_an_event_that_came_by_mail_is_not_told_again_by_the_authority(traders: Traders) -> None:
    document_id = traders.sell()
    traders.acknowledge(document_id)
    declared = models.Reception.objects.get()
    post(traders.house, letter(("ar.xml", event(document_id, key=declared.fiscal_id))))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.REFUSED,)  # the verdict names another
    assert len(inquire.fetch_events(traders.seller.id, document_id, at=outside.now())) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signer": papers.NIT}, "CO-OWN-68"),
        ({"sender": co.NIT, "signer": co.NIT}, "XX-BUZ-6"),
        ({"code": "034"}, "XX-BUZ-6"),  # by lapse: only we declare it
    ],
)
def test_an_event_of_who_may_not_declare_it_changes_nothing(
    traders: Traders, changes: dict[str, str], code: str
) -> None:
    document_id = traders.sell()
    before = traders.house.told(traders.seller, document_id)
    post(traders.house, letter(("ar.xml", event(document_id, **changes))))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.REFUSED,)
    assert facts(traders.seller)[0]["code"] == code
    assert traders.house.told(traders.seller, document_id) == before
    assert not models.BuyerEvent.objects.exists()


def test_an_unsigned_event_changes_nothing(traders: Traders) -> None:
    document_id = traders.sell()
    forged = event(document_id).replace(b"SignatureValue", b"SignatureValor")
    post(traders.house, letter(("ar.xml", forged)))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.REFUSED,)
    assert not models.BuyerEvent.objects.exists()


def test_an_event_about_a_document_of_another_program_is_nothing_of_ours(traders: Traders) -> None:
    post(traders.house, letter(("ar.xml", papers.event_container())))
    connect(traders.seller)
    assert collected(traders.seller).outcomes == (MailOutcome.NOTHING,)
    assert facts(traders.seller)[0]["number"] == papers.NUMBER


def test_a_message_too_large_is_told_of_and_passed_over(
    traders: Traders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "fetch", partial(collect.fetch, limits=Limits(message=2000)))
    post(traders.house, letter(("z.zip", b"x" * 5000), subject="Enorme"), letter())
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.FAILED, MailOutcome.NOTHING)
    row = models.IncomingMessage.objects.order_by("id")[0]
    assert row.subject == "Enorme"
    assert row.facts[0]["code"] == "XX-BUZ-3"


def test_a_fault_of_ours_does_not_keep_back_what_follows(
    traders: Traders, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = traders.mailed(traders.sell())
    document = mailed._document

    def faulty(company: Any, one: Any, at: Any) -> Any:
        kept = document(company, one, at)
        if one.name == "mala.zip":
            raise ZeroDivisionError
        return kept

    monkeypatch.setattr(mailed, "_document", faulty)
    post(traders.house, letter(("mala.zip", good)), letter(("z.zip", good)))
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.FAILED, MailOutcome.RECEIVED)
    assert models.IncomingMessage.objects.order_by("id")[0].raw_id is not None
