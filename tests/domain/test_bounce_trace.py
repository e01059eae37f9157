"""Whose mail a report is about: the order of what names it, and what only makes it probable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from acuse.domain import verp
from acuse.domain.bounce_trace import By, Doubt, Sent, about, same_form, tokens, trace
from acuse.domain.report import Action, Places, Report, ReportKind, Result

AT = datetime(2026, 11, 26, tzinfo=UTC)
KEYS = verp.Keys(b"k" * 32)
ONE, TWO = (verp.token(name, KEYS) for name in (b"0123456789", b"abcdefghij"))
SENT = Sent(1, 7, "pagos@cliente.example", ONE, AT - timedelta(days=1))


def report(*addresses: str, **places: object) -> Report:
    results = tuple(Result(address, Action.FAILED) for address in addresses)
    return Report(ReportKind.DELIVERY, "d", results=results, places=Places(**places))


def test_the_strongest_place_names_the_recipient() -> None:
    told = report(
        return_path=("x@y.example", f"a+{ONE}@b.example"),
        envelope_id=ONE,
        returned=(f"<{ONE}@b.example>",),
        answered=(f"<{TWO}@b.example>",),
    )
    assert tokens(told, KEYS) == ((By.RETURN_PATH, ONE),)
    assert tokens(report(envelope_id=ONE, returned=(ONE,)), KEYS) == ((By.ENVELOPE_ID, ONE),)
    assert tokens(report(returned=(ONE, TWO)), KEYS) == ((By.RETURNED, ONE), (By.RETURNED, TWO))
    assert tokens(report(answered=(TWO, ONE)), KEYS) == ((By.ANSWERED, TWO),)
    assert tokens(report(), KEYS) == ()


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Pagos@CLIENTE.example", True),
        ("pagos@cliente.example.", True),
        (" pagos@cliente.example", True),
        ("pago@cliente.example", False),
        ("pagos@cliente.example.co", False),
        ("pagos@", False),
        ("", False),
    ],
)
def test_an_address_is_the_same_in_any_writing(written: str, same: bool) -> None:
    assert (same_form(written) == same_form("pagos@cliente.example")) is same


def test_an_international_domain_is_the_same_in_both_writings() -> None:
    assert same_form("a@compañía.example") == same_form("A@xn--compaa-7va5a.example")
    assert same_form("jose\u0301@a.example") == same_form("josé@a.example")


def test_the_original_address_may_be_encoded_as_it_travelled() -> None:
    one = Result("otro@interno.example", Action.FAILED, original="juan+2Bfacturas@a.example")
    told = Report(ReportKind.DELIVERY, "d", results=(one,))
    assert about(told, "juan+facturas@a.example") == (one,)
    assert about(told, "juan@a.example") == ()


def test_a_report_that_names_no_address_speaks_of_ours() -> None:
    told = report("")
    assert trace(told, ((By.RETURN_PATH, ONE),), kept={ONE: SENT}, at=AT).believed
    assert trace(told, (), kept={}, recent=(SENT,), at=AT).recipient is None


@pytest.mark.parametrize(
    ("recent", "found"),
    [
        ((SENT,), 1),
        ((SENT, SENT), 1),
        ((SENT, Sent(2, 7, SENT.address, TWO, AT)), None),
        ((Sent(1, 7, SENT.address, ONE, AT - timedelta(days=8)),), None),
        ((Sent(1, 7, SENT.address, ONE, AT + timedelta(days=1)),), None),
        ((Sent(1, 8, SENT.address, ONE, AT),), None),
        ((Sent(1, 7, "x@y.example", ONE, AT),), None),
        ((), None),
    ],
)
def test_address_and_time_make_one_mail_probable(
    recent: tuple[Sent, ...], found: int | None
) -> None:
    told = trace(report(SENT.address), (), kept={}, recent=recent, company=7, at=AT)
    assert (told.recipient, told.doubt, told.believed) == (found, Doubt.UNNAMED, False)
