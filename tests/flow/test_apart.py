"""One document whose mail cannot be made, or whose call fails, holds up no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import apart, deliver, gates, outside, submit
from acuse.gateways.signer import SignerUnavailable
from acuse.store import activity, companies, failing, models
from tests.flow.house import House


def some(house: House, many: int = 3) -> list[int]:
    """So many accepted documents of one company; nothing is mailed yet."""
    company = house.peru()
    ids = [house.issue(company).id for _ in range(many)]
    for _ in range(9):
        if not house.submit(company):
            break
    return ids


def broken(monkeypatch: pytest.MonkeyPatch, document_id: int, error: Exception) -> None:
    """That document's packet cannot be made."""
    make = deliver._make

    def made(country: Any, company: Any, issued: Any, *rest: Any) -> Any:
        if issued.id == document_id:
            raise error
        return make(country, company, issued, *rest)

    monkeypatch.setattr(deliver, "_make", made)


def test_the_others_are_mailed_in_the_same_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = some(house)
    broken(monkeypatch, first, SignerUnavailable("no signer"))
    house.deliver()
    assert [house.recipients(one)[0][1] for one in others] == ["SENT", "SENT"]
    assert house.recipients(first) == []


def test_it_is_tried_again_and_then_shown_with_what_to_do(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (only,) = some(house, 1)
    broken(monkeypatch, only, ValueError("a fault of ours"))
    for _ in range(deliver.PATIENT):
        house.deliver()
        delivery = house.delivery(only)
        assert (delivery.state, delivery.lease_until) == ("OPEN", None)
        assert delivery.wake_at is not None
        assert delivery.wake_at > outside.now()
        house.an_hour_passes()
    house.deliver()
    delivery = house.delivery(only)
    assert (delivery.state, delivery.reason) == ("HELD", "PACKET_INCOMPLETE")
    told = activity.timeline(delivery.company_id, only)[-1]
    assert told.facts["lacking"] == [deliver.FAULTY]
    assert failing.counts(delivery.company_id, at=outside.now())[Cause.PACKET_INCOMPLETE] == 1


def test_it_leaves_once_the_fault_is_mended(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    (only,) = some(house, 1)
    with monkeypatch.context() as patched:
        broken(patched, only, SignerUnavailable("no signer"))
        house.deliver()
    house.run(_company(only))
    assert [one.recipient for one in house.mail()] == ["compras@inventada.example"]


def test_without_a_certificate_the_mail_waits_and_says_so(house: House) -> None:
    (only,) = some(house, 1)
    models.Certificate.objects.update(active=False)
    house.deliver()
    delivery = house.delivery(only)
    assert (delivery.state, delivery.reason) == ("HELD", "PACKET_INCOMPLETE")
    told = activity.timeline(delivery.company_id, only)[-1]
    assert "certificado" in told.facts["lacking"][0]
    assert delivery.wake_at is not None
    assert delivery.wake_at > outside.now() + gates.PACKET_PAUSE / 2  # not in every round


def test_a_conversation_that_fails_keeps_no_other_from_the_authority(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    first, second = (house.issue(company).id for _ in range(2))
    late, claimed = submit._late, house.submission(first).pk

    def fails(held: Any, *rest: Any) -> str:
        if held.claim.id == claimed:
            raise ValueError("a fault of ours")
        return late(held, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(submit, "_late", fails)
        house.submit(company)
        assert (house.state(first), house.state(second)) == ("ISSUED", "ACCEPTED")
    models.Submission.objects.filter(pk=claimed).update(
        lease_until=outside.now() - timedelta(minutes=1)
    )
    house.run(company)
    assert house.state(first) == "ACCEPTED"


def _company(document_id: int) -> Company:
    return companies.load(models.Document.objects.get(pk=document_id).company_id)


def test_the_log_of_a_fault_holds_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    def work(password: str) -> None:
        raise ValueError("a fault of ours")

    apart.each(["clave-canaria"], work)
    told = capsys.readouterr().out
    assert "a fault of ours" in told
    assert "clave-canaria" not in told
