"""Mail is read from the sandbox by customary clients, and misread when that was scripted."""

from __future__ import annotations

import imaplib
import poplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from acuse_sandbox.reading_script import Fault
from acuse_sandbox.running import Sandbox
from tests.sandbox.clients import CUSTOMER, OTHER, SENDER, Control

FIRST = b"Subject: uno\r\n\r\nHola\r\n.punto\r\n"
SECOND = b"Subject: dos\r\n\r\n" + b"x" * 5000 + b"\r\n"


@pytest.fixture
def filled(sandbox: Sandbox) -> Sandbox:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    sandbox.mailboxes.put(SENDER, CUSTOMER, FIRST, at)
    sandbox.mailboxes.put(SENDER, OTHER, b"Subject: de otro\r\n\r\n", at)
    sandbox.mailboxes.put(SENDER, CUSTOMER.upper(), SECOND, at + timedelta(days=5))
    return sandbox


@pytest.fixture
def imap(filled: Sandbox) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4("127.0.0.1", filled.imap_port, timeout=10) as client:
        yield client


@pytest.fixture
def pop3(filled: Sandbox) -> Iterator[poplib.POP3]:
    client = poplib.POP3("127.0.0.1", filled.pop3_port, timeout=10)
    yield client
    client.close()


def test_imap_opens_the_mailbox_of_who_logs_in(imap: imaplib.IMAP4, filled: Sandbox) -> None:
    assert imap.login(CUSTOMER, "lo que sea")[0] == "OK"
    assert imap.select("INBOX", readonly=True) == ("OK", [b"2"])
    assert imap.response("UIDVALIDITY")[1] == [str(filled.mailboxes.validity).encode()]
    assert imap.list() == ("OK", [b'(\\HasNoChildren) "/" "INBOX"'])
    assert imap.noop()[0] == "OK"


def test_imap_takes_a_password_in_one_word_too(imap: imaplib.IMAP4) -> None:
    said = imap.authenticate("PLAIN", lambda _: f"\0{CUSTOMER}\0clave ñ".encode())
    assert said[0] == "OK"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("ALL",), b"1 3"),
        (("UID", "2:*"), b"3"),
        (("UID", "9:*"), b"3"),  # RFC 3501: the last one is in it
        (("UID", "1,7"), b"1"),
        (("SINCE", "21-Nov-2026"), b"3"),
        (("BEFORE", "21-Nov-2026"), b"1"),
        (("UID", "1:3", "SINCE", "1-Jan-2026"), b"1 3"),
        (("2",), b"3"),
    ],
)
def test_imap_searches(imap: imaplib.IMAP4, asked: tuple[str, ...], found: bytes) -> None:
    imap.login(CUSTOMER, "x")
    imap.select(readonly=True)
    assert imap.uid("SEARCH", *asked) == ("OK", [found])


def test_imap_gives_messages_whole_and_in_part(imap: imaplib.IMAP4) -> None:
    imap.login(CUSTOMER, "x")
    imap.select(readonly=True)
    _, found = imap.uid("FETCH", "3", "(UID RFC822.SIZE FLAGS INTERNALDATE)")
    assert found == [
        b"2 (UID 3 RFC822.SIZE %d FLAGS () " % len(SECOND)
        + b'INTERNALDATE "25-Nov-2026 00:00:00 +0000")'
    ]
    _, found = imap.uid("FETCH", "1:*", "(BODY.PEEK[])")
    assert [one[1] for one in found if isinstance(one, tuple)] == [FIRST, SECOND]
    _, found = imap.fetch("1", "(BODY.PEEK[HEADER]<0.8>)")
    assert found[0] == (b"1 (BODY[HEADER]<0> {8}", b"Subject:")
    _, found = imap.fetch("1", "BODY[TEXT]")
    assert isinstance(found[0], tuple)
    assert found[0][1] == b"Hola\r\n.punto\r\n"
    assert imap.uid("FETCH", "77", "(UID)") == ("OK", [None])


def test_imap_says_what_it_does_not_understand(imap: imaplib.IMAP4) -> None:
    with pytest.raises(imaplib.IMAP4.error):
        imap.login("nadie", "x")
    with pytest.raises(imaplib.IMAP4.error):
        imap.login(CUSTOMER, "RECHAZA")
    imap.login(CUSTOMER, "x")
    assert imap.select("Facturas", readonly=True)[0] == "NO"
    imap.select(readonly=True)
    for asked in (("FROM", "a"), ("UID", "x"), ("SINCE", "ayer")):
        with pytest.raises(imaplib.IMAP4.error):
            imap.uid("SEARCH", *asked)
    with pytest.raises(imaplib.IMAP4.error):
        imap.fetch("1", "(ENVELOPE)")


def test_cleared_mailboxes_have_another_validity(filled: Sandbox) -> None:
    before = filled.mailboxes.validity
    filled.mailboxes.clear()
    assert filled.mailboxes.validity != before


def test_pop3_gives_the_messages_of_who_logs_in(pop3: poplib.POP3, filled: Sandbox) -> None:
    pop3.user(CUSTOMER)
    pop3.pass_("lo que sea")
    assert pop3.stat() == (2, len(FIRST) + len(SECOND))
    validity = str(filled.mailboxes.validity).encode()
    assert pop3.uidl()[1] == [b"1 %s-1" % validity, b"2 %s-3" % validity]
    assert pop3.list()[1] == [b"1 %d" % len(FIRST), b"2 %d" % len(SECOND)]
    assert b"\r\n".join(pop3.retr(1)[1]) + b"\r\n" == FIRST
    assert pop3.top(1, 1)[1] == [b"Subject: uno", b"", b"Hola"]
    assert pop3.uidl(2) == b"+OK 2 %s-3" % validity
    assert "UIDL" in pop3.capa()
    assert pop3.quit().startswith(b"+OK")


def test_pop3_says_what_it_does_not_do(pop3: poplib.POP3) -> None:
    with pytest.raises(poplib.error_proto):
        pop3.stat()
    pop3.user("nadie")
    with pytest.raises(poplib.error_proto, match="AUTHENTICATIONFAILED"):
        pop3.pass_("x")
    pop3.user(CUSTOMER)
    pop3.pass_("x")
    for wrong in (lambda: pop3.dele(1), lambda: pop3.retr(3), lambda: pop3.retr("x")):
        with pytest.raises(poplib.error_proto):
            wrong()


def test_faults_are_scripted_for_a_mailbox(filled: Sandbox, control: Control) -> None:
    control.tell(
        "/reading/script",
        {
            "match": {"mailbox": CUSTOMER},
            "replies": [
                {"stage": "login", "action": "refuse", "text": "hoy no", "times": 2},
                {"stage": "body", "action": "cut"},
            ],
        },
    )
    with imaplib.IMAP4("127.0.0.1", filled.imap_port, timeout=10) as client:
        for _ in range(2):
            with pytest.raises(imaplib.IMAP4.error, match="hoy no"):
                client.login(CUSTOMER, "x")
        client.login(CUSTOMER, "x")
    with socket.create_connection(("127.0.0.1", filled.pop3_port), 10) as line:
        line.sendall(b"USER %s\r\nPASS x\r\nRETR 2\r\n" % CUSTOMER.encode())
        said = line.makefile("rb").read()
        assert said.endswith(b"x" * 2000)
        assert b"\r\n.\r\n" not in said


def test_a_fault_that_cannot_be_is_refused(control: Control) -> None:
    def refused(fault: str, match: str = "{}") -> str:
        body = f'{{"match": {match}, "replies": [{fault}]}}'
        return control.refusal("POST", "/reading/script", body.encode())

    assert "stage is one of" in refused('{"stage": "dot", "action": "cut"}')
    assert "action is one of" in refused('{"stage": "body", "action": "x"}')
    assert "seconds" in refused('{"stage": "body"}')
    assert "times" in refused('{"stage": "body", "action": "cut", "times": 0}')
    assert "no mailbox is known" in refused(
        '{"stage": "greeting", "action": "cut"}', '{"mailbox": "a@b.example"}'
    )
    assert "no field" in refused('{"stage": "body", "code": 4}')


# The standard clients leave their socket to the collector where their greeting fails.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("stage", ["greeting", "login", "select", "list"])
@pytest.mark.parametrize("action", ["refuse", "cut", "silent"])
def test_each_stage_can_fail(filled: Sandbox, stage: str, action: str) -> None:
    filled.reading.add({}, [Fault(stage, action, seconds=0.01)])

    def by_imap() -> None:
        with imaplib.IMAP4("127.0.0.1", filled.imap_port, timeout=10) as client:
            client.login(CUSTOMER, "x")
            if client.select(readonly=True)[0] != "OK":
                raise imaplib.IMAP4.error
            if client.uid("SEARCH", "ALL")[0] != "OK":
                raise imaplib.IMAP4.error

    def by_pop3() -> None:
        client = poplib.POP3("127.0.0.1", filled.pop3_port, timeout=10)
        try:
            client.user(CUSTOMER)
            client.pass_("x")
            client.stat()
            client.uidl()
        finally:
            client.close()

    with pytest.raises((imaplib.IMAP4.error, OSError)):
        by_imap()
    filled.reading.add({}, [Fault(stage, action)])
    with pytest.raises((poplib.error_proto, OSError)):
        by_pop3()
    by_imap()
    by_pop3()
