"""What is said in a callback, where it is asked for, and the pretended Hacienda that calls.

Source: costa-rica.md 5 ("Callback") and 9.3.
"""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory

from acuse.domain.party import Company, Environment
from acuse.domain.submission import CallPurpose
from acuse.flow import hints, outside
from acuse.gateways import http
from acuse.store import models
from acuse.web import callback
from tests.flow.house import House
from tests.web.callbacks import HOUR, PUBLIC, Clock, place, tell, waiting, wake_at
from tests.web.callbacks import unhurried as unhurried

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\xff" * 1000,
        b"[" * 100_000,
        b'{"ind-estado":"aceptado","clave":"' + b"9" * 50 + b'"}',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"x" * 3_000_000,
    ],
)
def test_what_is_said_matters_to_nobody(house: House, client: Client, body: bytes) -> None:
    row = waiting(house)
    tell(client, place(row), body)
    assert wake_at(row) <= outside.now()
    assert not models.Verdict.objects.exists()


class Endless(io.RawIOBase):
    """A body without end, which counts what is read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        return len(buffer)


def test_of_an_enormous_letter_a_little_is_read(house: House) -> None:
    row = waiting(house)
    body = Endless()
    given: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(10**12)}
    request = RequestFactory().post(place(row), **given)
    answer = callback.heard(request, ticket=place(row).rpartition("/")[2])
    assert answer.status_code == 204
    assert 0 < body.taken <= 2 * callback.MOST_READ
    assert wake_at(row) <= outside.now()


def test_of_a_strangers_letter_nothing_is_read() -> None:
    body = Endless()
    given: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(10**12)}
    request = RequestFactory().post("/aviso/1-no", **given)
    assert callback.heard(request, ticket="1-" + "0" * 40).status_code == 204
    assert body.taken == 0


def test_a_letter_that_is_cut_is_a_hint_all_the_same(house: House) -> None:
    class Cut(Endless):
        def readinto(self, buffer: Any) -> int:
            raise OSError("reset by peer")

    row = waiting(house)
    given: dict[str, Any] = {"wsgi.input": Cut(), "CONTENT_LENGTH": "900"}
    request = RequestFactory().post(place(row), **given)
    assert callback.heard(request, ticket=place(row).rpartition("/")[2]).status_code == 204
    assert wake_at(row) <= outside.now()


def test_the_address_is_in_no_log(
    house: House, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    row = waiting(house)
    caplog.set_level(logging.DEBUG)
    tell(client, place(row))
    mark = place(row).rpartition("-")[2]
    assert mark not in caplog.text
    assert all(mark not in row.url for row in models.Exchange.objects.all())


@pytest.mark.parametrize(
    ("base", "environment", "sent"),
    [
        ("", Environment.PRODUCTION, False),
        (PUBLIC, Environment.PRODUCTION, True),
        (PUBLIC, Environment.TEST, True),
        (PUBLIC, Environment.SANDBOX, True),
        ("http://facturas.ejemplo.example", Environment.PRODUCTION, False),
        ("http://facturas.ejemplo.example", Environment.SANDBOX, False),
        ("http://127.0.0.1:8000", Environment.PRODUCTION, False),
        ("http://127.0.0.1:8000", Environment.SANDBOX, True),
        ("ftp://127.0.0.1", Environment.SANDBOX, False),
        ("facturas.ejemplo.example", Environment.PRODUCTION, False),
    ],
)
def test_an_address_goes_out_where_it_can_be_called(
    settings: Any, base: str, environment: Environment, sent: bool
) -> None:
    settings.CALLBACK_URL = base
    assert bool(hints.address(environment, 7)) is sent


def sent_bodies(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    perform = http.perform

    def watching(call: Any, **more: Any) -> Any:
        if call.purpose is CallPurpose.SEND:
            seen.append(json.loads(call.body))
            assert json.loads(call.body).get("callbackUrl", "").encode() not in http.masked(
                call
            ).replace(b'""', b"")
        return perform(call, **more)

    monkeypatch.setattr(http, "perform", watching)
    return seen


def test_every_sending_says_where_to_call_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = sent_bodies(monkeypatch)
    row = waiting(house)
    assert [one["callbackUrl"] for one in seen] == [f"{PUBLIC}{place(row)}"]


def test_without_the_setting_nobody_is_asked_to_call(
    house: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CALLBACK_URL = ""
    seen: list[Any] = []
    perform = http.perform
    monkeypatch.setattr(
        http, "perform", lambda call, **more: seen.append(call) or perform(call, **more)
    )
    house.issue(company := house.costa_rica())
    house.submit(company)
    (sending,) = (call for call in seen if call.purpose is CallPurpose.SEND)
    assert "callbackUrl" not in json.loads(sending.body)


class TestCalledByTheAuthority:
    """The pretended Hacienda calls this web."""

    @pytest.fixture
    def company(self, house: House, live_server: Any, settings: Any) -> Company:
        settings.CALLBACK_URL = live_server.url
        return house.costa_rica()

    def hacienda(self, house: House) -> Any:
        return house.sandbox.authorities["hacienda"]

    def told(self, house: House, document: str) -> list[str]:
        """What became of each callback about it."""
        entries = house.sandbox.world.ledger.read(fiscal_id=document)
        return [entry.outcome for entry in entries if entry.purpose == "callback"]

    def sent(self, house: House, company: Company) -> models.Submission:
        """A document whose next question is an hour away before Hacienda calls."""
        issued = house.issue(company)
        house.submit(company)
        row = house.submission(issued.id)
        assert row.state == "WAITING"
        Clock.ahead += HOUR
        models.Submission.objects.filter(pk=row.pk).update(wake_at=outside.now() + HOUR)
        self.hacienda(house).settle()
        row.refresh_from_db()
        return row

    def test_the_verdict_is_asked_for_when_it_is_there(
        self, house: House, company: Company
    ) -> None:
        house.sandbox.world.settings["hacienda.processing_seconds"] = "2"
        row = self.sent(house, company)
        assert self.told(house, row.document.fiscal_id) == ["accepted"]  # type: ignore[union-attr]
        assert wake_at(row) <= outside.now()
        house.submit(company)
        assert house.state(row.document_id or 0) == "ACCEPTED"

    def test_called_before_the_question_is_answered_it_is_asked_again(
        self, house: House, company: Company
    ) -> None:
        house.sandbox.world.settings["hacienda.callback"] = "early"
        house.sandbox.world.settings["hacienda.not_found_seconds"] = "3600"
        row = self.sent(house, company)
        models.Submission.objects.filter(pk=row.pk).update(wake_at=outside.now())
        house.submit(company)
        row.refresh_from_db()
        assert (row.state, row.asks) == ("WAITING", 1)
        assert wake_at(row) > outside.now()
        assert house.mail() == ()
        house.sandbox.world.settings["hacienda.not_found_seconds"] = "0"
        house.run(company)
        assert house.state(row.document_id or 0) == "ACCEPTED"
        assert house.sends(row.document.fiscal_id) == 1  # type: ignore[union-attr]

    def test_false_news_are_only_a_question(self, house: House, company: Company) -> None:
        house.sandbox.world.settings["hacienda.callback"] = "false"
        row = self.sent(house, company)
        assert not models.Verdict.objects.exists()
        house.run(company)
        assert house.state(row.document_id or 0) == "ACCEPTED"
        assert len(house.mail()) == 1
