"""A forged report changes nothing (reliability.md F84, mail.md 9.4)."""

from __future__ import annotations

import pytest

from acuse.domain import verp
from acuse.domain.bounce_trace import By, Doubt
from acuse.domain.recipient import RecipientState
from acuse.domain.report import ReportKind
from tests.mail.reports import mails
from tests.mail.reports.mails import OTHER_TOKEN, RETURN_PATH, TO, TOKEN, after, report, status

FOREIGN = verp.token(mails.NAME, verp.Keys(b"x" * 32))
ALMOST = TOKEN[:-1] + ("a" if TOKEN[-1] != "a" else "b")
UNKEPT = verp.token(b"9876543210", mails.KEYS)


def named(token: str) -> bytes:
    """A report about our addressee under that token, wherever a token may stand."""
    return report(
        status(about=f"Original-Envelope-Id: {token}\r\n"),
        original=mails.ours(token),
        to=f"avisos+{token}@acuse.example",
    )


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        (named(FOREIGN), Doubt.UNNAMED),
        (named(ALMOST), Doubt.UNNAMED),
        (named("0123456789abcdef0123456789abcdef"), Doubt.UNNAMED),
        (report(original=b"", to="avisos@acuse.example"), Doubt.UNNAMED),
        (named(UNKEPT), Doubt.NOT_KEPT),
        (report(to=f"avisos+{OTHER_TOKEN}@acuse.example"), Doubt.NAMES_TWO),
        (report(original=mails.ours(OTHER_TOKEN)), Doubt.NAMES_TWO),
        (report(status(to="gerencia@cliente.example")), Doubt.OTHER_ADDRESS),
        (report(status(to="pagos@cliente.example.co")), Doubt.OTHER_ADDRESS),
    ],
    ids=range(9),
)
def test_a_forged_report_changes_nothing(raw: bytes, doubt: Doubt) -> None:
    told, trace = mails.traced(raw)
    assert told.kind is ReportKind.DELIVERY
    assert (trace.doubt, trace.believed) == (doubt, False)
    assert mails.told_by(raw) == ()
    for state in RecipientState:
        assert after(raw, state=state).state is state


def test_the_same_report_with_its_token_changes_the_state() -> None:
    assert after(named(TOKEN)).state is RecipientState.BOUNCED


def test_the_token_of_another_company_is_not_believed_in_this_ones_mailbox() -> None:
    raw = report(status(to="otro@cliente.example"), original=mails.ours(OTHER_TOKEN),
                 to=f"avisos+{OTHER_TOKEN}@acuse.example")  # fmt: skip
    assert mails.traced(raw, company=8)[1].believed
    trace = mails.traced(raw, company=mails.COMPANY)[1]
    assert (trace.recipient, trace.doubt) == (None, Doubt.OTHER_COMPANY)


def test_without_a_token_the_address_is_only_probable() -> None:
    trace = mails.traced(report(original=b"", to="avisos@acuse.example"))[1]
    assert (trace.recipient, trace.by, trace.believed) == (mails.RECIPIENT, By.PROBABLE, False)


@pytest.mark.parametrize(
    "raw",
    [mails.complaint(original=mails.ours(FOREIGN)), mails.receipt(named=ALMOST)],
    ids=["complaint", "receipt"],
)
def test_forged_complaints_and_receipts_change_nothing(raw: bytes) -> None:
    followed = after(raw.replace(RETURN_PATH.encode(), b"avisos@acuse.example"))
    assert (followed.state, followed.seen) == (RecipientState.SENT, frozenset())


def test_the_address_may_be_told_by_its_alias() -> None:
    fields = status(to="buzon@interno.example", more=f"Original-Recipient: rfc822;{TO.upper()}\r\n")
    assert after(report(fields)).state is RecipientState.BOUNCED
