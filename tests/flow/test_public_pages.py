"""The link in a recipient's mail: its own, stable, kept as a hash, and revoked for good."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from acuse.domain.activity import COPIED, CUSTOMER, EventKind
from acuse.domain.copies import CompanyCopy
from acuse.domain.problem import Blocked
from acuse.domain.visits import Visit
from acuse.flow import copies, outside, phrases, public_pages, release
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.store import activity, deliveries, models
from acuse.store import public_pages as kept
from acuse_sandbox.mailbox import Stored, attachments, shown
from tests.flow.house import BY, House
from tests.flow.test_mail_faults import script

BASE = "https://papeles.ejemplar.example"
LINK = re.compile(re.escape(BASE) + r"/d/([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
OWN = "archivo@taller.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"
PERSON = Visit("POST", BROWSER, "cors", "same-origin")


@pytest.fixture
def pages(settings: Any) -> None:
    settings.PUBLIC_URL = BASE


def texts(mail: Stored) -> tuple[str, str]:
    told = shown(mail)
    return told["text"], told["html"]


def token(mail: Stored) -> str:
    plain, html = texts(mail)
    (told,) = set(LINK.findall(plain)) | set(LINK.findall(html))
    assert len(LINK.findall(plain)) == len(LINK.findall(html)) == 1
    return str(told)


def opened(plain: str) -> kept.Page | None:
    return public_pages.find(plain, "192.0.2.1", at=outside.now())


def test_without_a_public_address_no_mail_has_a_link(house: House) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    assert not any("/d/" in text for text in texts(house.mail()[0]))
    assert models.PublicPage.objects.count() == 0


def test_each_recipient_has_a_link_of_its_own(house: House, pages: None) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    emails = ("uno@inventada.example", "dos@inventada.example")
    release.send_by_hand(company.id, issued.id, emails, by=BY, at=outside.now())
    house.run(company)
    found = {mail.recipient: opened(token(mail)) for mail in house.mail()}
    assert {to: page.address for to, page in found.items() if page} == {
        "compras@inventada.example": "compras@inventada.example",
        "uno@inventada.example": "uno@inventada.example",
        "dos@inventada.example": "dos@inventada.example",
    }
    assert {page.document_id for page in found.values() if page} == {issued.id}
    assert len({token(mail) for mail in house.mail()}) == 3


def test_a_retry_sends_the_same_link(house: House, pages: None) -> None:
    company = house.peru()
    house.issue(company)
    script(house.sandbox, stage="dot", code=450, text="4.7.1 wait")
    script(house.sandbox, stage="dot", action="cut", kept=True)
    house.run(company)
    assert models.Attempt.objects.count() == 3
    assert len(house.mail()) == 2
    assert len({token(mail) for mail in house.mail()}) == 1
    assert models.PublicPage.objects.count() == 1


def test_no_row_but_the_message_holds_the_token(house: House, pages: None) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    plain = token(house.mail()[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        holding = []
        for name in tables:
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE %s', [f"%{plain}%"])
            if cursor.fetchone()[0]:
                holding.append(name)
    assert "store_publicpage" in tables
    assert holding == []  # the message itself is packed


def test_what_opens_nothing_is_told_apart_by_nobody(house: House, pages: None) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    plain = token(house.mail()[0])
    (row,) = kept.of_document(issued.id)
    assert opened(plain)
    assert public_pages.revoke(company.id, issued.id, row.recipient_id, by=BY, at=outside.now())
    mangled = (plain, plain[:-1], plain + "A", plain.swapcase(), "", "x" * 22, "ñ" * 22, "a" * 500)
    assert [opened(one) for one in mangled] == [None] * len(mangled)
    again = public_pages.revoke(company.id, issued.id, row.recipient_id, by=BY, at=outside.now())
    assert not again
    assert house.told(company, issued.id)[-1] is EventKind.PAGE_REVOKED


def test_a_new_link_takes_the_place_of_the_one_in_the_mail(house: House, pages: None) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    old = token(house.mail()[0])
    (row,) = kept.of_document(issued.id)
    names = (company.id, issued.id, row.recipient_id)
    made = public_pages.renew(*names, by=BY, at=outside.now())
    new = LINK.fullmatch(made.address)
    assert new
    assert opened(old) is None
    assert opened(new[1])
    event = activity.timeline(company.id, issued.id)[-1]
    assert (event.kind, event.actor) == (EventKind.PAGE_MADE, BY)
    assert new[1] not in str(event.facts)
    other = house.costa_rica()
    with pytest.raises(models.Recipient.DoesNotExist):
        public_pages.renew(other.id, issued.id, row.recipient_id, by=BY, at=outside.now())
    assert opened(new[1])


def test_no_link_is_made_where_there_are_no_pages(house: House, settings: Any) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    (row,) = kept.of_document(issued.id)
    with pytest.raises(Blocked) as refusal:
        public_pages.renew(company.id, issued.id, row.recipient_id, by=BY, at=outside.now())
    assert refusal.value.problems[0].code == "XX-PAG-1"


def test_a_link_ends_after_its_years(house: House, pages: None, settings: Any) -> None:
    """S-44 asks for an end; it comes long after anybody needs the document."""
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    plain, at = token(house.mail()[0]), outside.now()

    def opens(after: timedelta) -> bool:
        return public_pages.find(plain, "192.0.2.1", at=at + after) is not None

    def live(after: timedelta) -> bool:
        return kept.of_document(issued.id, since=public_pages.oldest(at + after))[0].live

    years = timedelta(days=settings.PUBLIC_LINK_DAYS)
    assert years >= timedelta(days=5 * 365)  # peru.md 8: a year at least
    for after, expected in ((years - timedelta(days=1), True), (years + timedelta(days=1), False)):
        assert (opens(after), live(after)) == (expected, expected)
    settings.PUBLIC_LINK_DAYS = 0  # an installation without an end
    assert opens(20 * years)
    assert live(20 * years)
    settings.PUBLIC_LINK_DAYS = 30
    late = timedelta(days=31)
    (row,) = kept.of_document(issued.id)
    names = (company.id, issued.id, row.recipient_id)
    made = public_pages.renew(*names, by=BY, at=at + late)
    new = LINK.fullmatch(made.address)
    assert new
    assert not opens(late)
    assert public_pages.find(new[1], "192.0.2.1", at=at + late)


def test_visits_are_counted_whole_and_told_seldom(house: House, pages: None) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    page = opened(token(house.mail()[0]))
    assert page
    start, machine = outside.now(), Visit("HEAD", BROWSER)
    before = len(house.told(company, issued.id))
    for minutes in (0, 1, 2, 31):
        at = start + timedelta(minutes=minutes)
        public_pages.visited(page, PERSON, at=at)
        public_pages.fetched(page, machine, at=at)
        public_pages.fetched(page, Visit("GET", BROWSER, "navigate"), at=at)
        public_pages.taken(page, "pdf", "F001-1.pdf", PERSON, at=at)
        public_pages.taken(page, "xml", "F001-1.xml", machine, at=at)
    (row,) = kept.of_document(issued.id)
    assert (row.people, row.machines, row.downloads, row.machine_downloads) == (4, 4, 4, 4)
    assert row.last_at == start + timedelta(minutes=31)
    told = [event.kind for event in activity.timeline(company.id, issued.id)[before:]]
    assert told == [EventKind.PAGE_VISITED, EventKind.PAGE_DOWNLOADED] * 2


def test_an_address_and_a_page_have_so_many_requests_a_minute(house: House, pages: None) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    plain, at = token(house.mail()[0]), outside.now()
    most = public_pages.MOST_OF_CALLER
    for _ in range(most):
        assert public_pages.find("x" * 22, "192.0.2.7", at=at) is None
    with pytest.raises(public_pages.TooMany):
        public_pages.find(plain, "192.0.2.7", at=at)
    assert public_pages.find(plain, "192.0.2.8", at=at)
    later = at + timedelta(seconds=61)
    assert public_pages.find(plain, "192.0.2.7", at=later)
    for n in range(public_pages.MOST_OF_PAGE - 1):
        public_pages.find(plain, f"2001:db8:0:{n:x}::1", at=later)
    with pytest.raises(public_pages.TooMany):
        public_pages.find(plain, "2001:db8:1::1", at=later)


def test_a_network_is_one_caller_and_no_address_is_kept(house: House, pages: None) -> None:
    at = outside.now()
    for n in range(3):
        public_pages.find("x" * 22, f"2001:db8:1:2::{n}", at=at)
        public_pages.find("x" * 22, "192.0.2.7", at=at)
    assert sorted(models.PublicCaller.objects.values_list("calls", flat=True)) == [3, 3]
    public_pages.find("x" * 22, "192.0.2.9", at=at + timedelta(hours=2))
    assert models.PublicCaller.objects.count() == 1


def test_the_chain_of_events_holds(house: House, pages: None) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    page = opened(token(house.mail()[0]))
    assert page
    public_pages.visited(page, PERSON, at=outside.now())
    assert activity.broken_chains() == ()
    call_command("timeline", str(issued.id))


def test_what_fits_into_no_message_waits_behind_the_link(
    house: House, pages: None, settings: Any
) -> None:
    settings.MAIL_LARGEST = 80_000
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    (mail,) = house.mail()
    plain, _ = texts(mail)
    assert len(mail.raw) < 80_000
    assert "no cabe en un correo: descárgalo con el enlace" in plain
    assert opened(token(mail))
    assert not any(name.endswith(".pdf") for name, _, _ in attachments(mail))
    assert any(file.name.endswith(".pdf") for file in deliveries.earlier_packet(issued.id))


def test_who_opens_the_companys_own_copy_is_not_the_customer(
    house: House, pages: None, settings: Any
) -> None:
    """Design 1.5.7; a copy has a page only where files of its mail wait behind the link."""
    settings.MAIL_LARGEST = 80_000
    company = house.peru()
    copies.save(company.id, [CompanyCopy(OWN)], by=BY, at=outside.now())
    issued = house.issue(company)
    house.run(company)
    told: dict[str, list[tuple[str, str]]] = {}
    for mail in house.mail():
        page, at, before = opened(token(mail)), outside.now(), len(house.told(company, issued.id))
        assert page
        public_pages.visited(page, PERSON, at=at)
        public_pages.taken(page, "pdf", "F001-1.pdf", PERSON, at=at)
        public_pages.opened(page, Visit("GET", BROWSER, image=True), at=at)
        events = activity.timeline(company.id, issued.id)[before:]
        told[mail.recipient] = [(one.actor, phrases.sentence(one, TRAITS)) for one in events]
    theirs = "compras@inventada.example"
    assert told == {
        OWN: [
            (COPIED, f"Alguien abrió la página pública con el enlace de la copia de archivo "
             f"enviada a {OWN}."),
            (COPIED, f"Alguien descargó F001-1.pdf con el enlace de la copia de archivo "
             f"enviada a {OWN}."),
            (COPIED, f"Alguien abrió probablemente la copia de archivo enviada a {OWN}: "
             "su imagen se cargó."),
        ],
        theirs: [
            (CUSTOMER, f"Alguien abrió la página pública con el enlace de {theirs}."),
            (CUSTOMER, f"Alguien descargó F001-1.pdf con el enlace de {theirs}."),
            (CUSTOMER, f"Alguien abrió probablemente el correo enviado a {theirs}: "
             "su imagen se cargó."),
        ],
    }  # fmt: skip
