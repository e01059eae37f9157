"""What must never be false of mailboxes and their messages, broken on purpose by SQL."""

from __future__ import annotations

import pytest

from acuse.domain.party import Company
from acuse.store import models
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House
from tests.flow.post import collected, connect, letter, post
from tests.jurisdictions.co import papers
from tests.store.test_guards import refused


@pytest.fixture
def company(house: House) -> Company:  # noqa: F811
    """A company with one letter and one refused file read."""
    made = house.colombia()
    connect(made)
    post(house, letter(), letter(("f.xml", papers.invoice())))
    collected(made)
    return made


MAILBOX = (
    "INSERT INTO store_mailbox (company_id, active, protocol, host, port, security, username,"
    " wrapped_password, folder, cursor, paused_reason, refusals, failures, trouble, epoch,"
    " saved_at)"
    " SELECT company_id, {active}, {protocol}, {host}, {port}, {security}, username,"
    " wrapped_password, folder, '', '', 0, 0, '{{}}', 0, saved_at FROM store_mailbox LIMIT 1"
)
SAME = {
    "active": "false",
    "protocol": "protocol",
    "host": "'otro.example'",
    "port": "993",
    "security": "security",
}
MESSAGE = (
    "INSERT INTO store_incomingmessage (company_id, mailbox_id, uid, message_id, sender,"
    " sender_name, subject, received_at, outcome, facts) SELECT {company}, mailbox_id, {uid}, '',"
    " '', '', '', received_at, {outcome}, '[]' FROM store_incomingmessage LIMIT 1"
)
NEW = {"company": "company_id", "uid": "'x'", "outcome": "'NOTHING'"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"active": "true"}, "one_active_mailbox"),
        ({"host": "host"}, "one_row_per_mailbox"),
        ({"protocol": "'NNTP'"}, "mailbox_protocol"),
        ({"security": "'MAYBE'"}, "mailbox_security"),
        ({"security": "'NONE'"}, "mailbox_is_protected"),
        ({"security": "'NONE'", "host": "'localhost'"}, ""),
        ({"port": "0"}, "mailbox_port_is_one"),
    ],
)
def test_a_mailbox_is_one_and_protected(
    company: Company, changes: dict[str, str], words: str
) -> None:
    told = refused(MAILBOX.format(**SAME | changes))
    assert words in told if words else told == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"uid": "uid"}, "one_message_per_uid"),
        ({"outcome": "'SENT'"}, "message_outcome"),
    ],
)
def test_a_message_is_worked_off_once(
    company: Company, changes: dict[str, str], words: str
) -> None:
    told = refused(MESSAGE.format(**NEW | changes))
    assert words in told if words else told == ""


def test_a_message_is_of_its_mailboxs_company(company: Company, house: House) -> None:  # noqa: F811
    other = house.colombia(tax_id=type(company.tax_id)("NIT", papers.BUYER), serial=papers.BUYER)
    assert "mailbox_id_company" in refused(MESSAGE.format(**NEW | {"company": str(other.id)}))


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE store_mailbox SET host = 'otro.example'", "facts of"),
        ("UPDATE store_mailbox SET port = 143, failures = 3", ""),
        ("DELETE FROM store_mailbox", "written once"),
        ("UPDATE store_incomingmessage SET subject = 'x'", "written once"),
        ("DELETE FROM store_incomingmessage WHERE outcome = 'REFUSED'", "written once"),
        ("DELETE FROM store_incomingmessage WHERE outcome = 'NOTHING'", ""),
    ],
)
def test_only_the_heads_of_letters_may_go(company: Company, sql: str, words: str) -> None:
    assert models.IncomingMessage.objects.count() == 2
    told = refused(sql)
    assert words in told if words else told == ""
