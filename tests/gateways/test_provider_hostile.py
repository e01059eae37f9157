"""What hostile, broken and repeated posts do: nothing that a good one would not.

Source: mail.md 7 (hostile variants).
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.provider_event import Post
from acuse.domain.report import ReportKind
from acuse.domain.route import Provider
from acuse.gateways import provider_hooks
from acuse.mail.reports import provider as reports
from tests.gateways.test_provider_hooks import AT, EACH, MAIL, P, believed, hook, of, poster
from tests.support.provider_posts import (
    BOUNCED,
    DELIVERED,
    KINDS,
    OPENED,
    event,
    mailgun_signature,
)

BROKEN = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b'"x"',
    b"3",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'{"event": "bounce", "event": "delivered"}',
    '{"email": "ñ"}'.encode("latin-1"),
    '{"email": "x"}'.encode("utf-16"),
    b'{"Message": "{\\"eventType\\": \\"Bounce\\", \\"eventType\\": \\"Delivery\\"}"}',
    b'{"timestamp": 1e999, "event": "delivered"}',
    b'{"timestamp": NaN, "event": "delivered"}',
    b'{"ts_epoch": 99999999999999999999999, "event": "delivered", "email": "a@b.example"}',
    b'{"RecordType": {}, "Type": [], "Email": 3}',
    b'{"RecordType": "Inbound"}',
    b'{"event-data": [], "signature": 3}',
    b'{"event-data": {"event": "failed", "message": null, "user-variables": []}}',
    b'{"type": "email.bounced", "data": null}',
    b'{"type": "email.bounced", "data": {"to": [[]], "headers": [3], "bounce": 1}}',
    b'{"items": []}',
    json.dumps({"email": "x" * 1_000_000, "event": "bounce", "reason": "\x00\ud800" * 9}).encode(),
)


@pytest.mark.parametrize("body", BROKEN)
@EACH
def test_a_broken_event_is_kept_or_left_and_never_raises(provider: Provider, body: bytes) -> None:
    begun = time.process_time()
    whose = hook(provider)
    for one in provider_hooks.events(whose, Post(body, {})):
        found = provider_hooks.read(provider, one.raw)
        report = reports.report(found, one.digest)
        for result in report.results:
            assert len(result.address) <= 254
            assert len(result.said) <= 2000
            assert "\x00" not in result.said
            result.said.encode()
    assert time.process_time() - begun < 5
    assert not believed(whose, Post(body, {}))


@EACH
def test_an_unknown_kind_of_event_tells_nothing(provider: Provider) -> None:
    one = event(provider, DELIVERED, MAIL)
    named = {P.POSTMARK: "RecordType", P.RESEND: "type", P.SES: "eventType"}
    one[named.get(provider, "event")] = "algo-nuevo"
    raw = poster(provider).body(one, at=AT)
    if provider is P.SENDGRID:
        raw = json.dumps(one).encode()
    report = reports.report(provider_hooks.read(provider, raw), "d")
    assert (report.kind, report.results) == (ReportKind.OTHER, ())


@pytest.mark.parametrize("provider", list(Provider))
@given(data=st.data())
def test_whatever_stands_where_a_text_should_nothing_raises(
    provider: Provider, data: st.DataObject
) -> None:
    one = event(provider, data.draw(st.sampled_from(KINDS[1:])), MAIL)
    anything = st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    )
    for _ in range(data.draw(st.integers(1, 4))):
        where: Any = one
        while isinstance(where, dict) and where:
            name = data.draw(st.sampled_from(sorted(where)))
            if not isinstance(where[name], dict) or data.draw(st.booleans()):
                where[name] = data.draw(anything)
                break
            where = where[name]
    raw = json.dumps(one).encode()
    if provider is P.SES:
        raw = json.dumps({"Type": "Notification", "Message": json.dumps(one)}).encode()
    for found in provider_hooks.read(provider, raw):
        report = reports.report((found,), "d" * 64)
        assert all(isinstance(text, str) for text in (*report.places.returned, found.name))


@EACH
def test_a_repetition_has_the_same_digest_and_another_road_another(provider: Provider) -> None:
    posted = of(poster(provider).post(event(provider, BOUNCED, MAIL), at=AT))
    (first,) = provider_hooks.events(hook(provider), posted)
    (again,) = provider_hooks.events(hook(provider), posted)
    (other,) = provider_hooks.events(hook(provider, owner=8), posted)
    assert first.digest == again.digest != other.digest


def test_a_token_of_mailgun_counts_once_whatever_comes_with_it() -> None:
    signature = mailgun_signature(AT)
    digests = set()
    for kind in (DELIVERED, BOUNCED):
        body = {"signature": signature, "event-data": event(P.MAILGUN, kind, MAIL)}
        post = Post(json.dumps(body).encode(), {"content-type": "application/json"})
        assert believed(hook(P.MAILGUN), post)
        (one,) = provider_hooks.events(hook(P.MAILGUN), post)
        digests.add(one.digest)
    assert len(digests) == 1


def test_ten_thousand_events_in_one_post_are_ten_thousand() -> None:
    events = [event(P.SENDGRID, DELIVERED, MAIL) for _ in range(10_000)]
    begun = time.process_time()
    found = provider_hooks.events(hook(P.SENDGRID), Post(json.dumps(events).encode(), {}))
    assert len({one.digest for one in found}) == 10_000
    assert time.process_time() - begun < 60


def test_looks_are_left_out_and_the_rest_of_the_post_is_not() -> None:
    kinds = (OPENED, DELIVERED, OPENED)
    body = json.dumps([event(P.SENDGRID, kind, MAIL) for kind in kinds]).encode()
    assert len(provider_hooks.events(hook(P.SENDGRID), Post(body, {}))) == 1
