"""The page of a document for who has its link, and its links as the company sees them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from acuse.domain import visits
from acuse.domain.activity import EventKind
from acuse.domain.party import Company
from acuse.flow import public_pages
from acuse.flow.issue import Issued
from acuse.store import deliveries, models
from acuse.store import public_pages as kept
from acuse_sandbox.mailbox import attachments
from tests.flow.house import House
from tests.flow.test_public_pages import pages as pages
from tests.flow.test_public_pages import token
from tests.web.conftest import Enter
from tests.web.forms import page

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"
COUNTRIES: dict[str, Callable[[House], Company]] = {
    "pe": House.peru,
    "co": House.colombia,
    "cr": House.costa_rica,
}


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the mail had left long ago."""
    monkeypatch.setattr(visits, "SOON", timedelta(seconds=-60))


@pytest.fixture
def reader() -> Client:
    """Somebody with a browser and no account."""
    return Client(headers={"user-agent": BROWSER, "sec-fetch-mode": "navigate"})


def mailed(house: House, company: Company) -> tuple[Issued, str]:
    issued = house.issue(company)
    house.run(company)
    return issued, token(house.mail()[-1])


def row(issued: Issued) -> kept.Listed:
    return kept.of_document(issued.id)[0]


@pytest.mark.parametrize("country", COUNTRIES)
def test_whoever_has_the_link_reads_and_downloads(
    house: House, pages: None, reader: Client, country: str
) -> None:
    company = COUNTRIES[country](house)
    issued, plain = mailed(house, company)
    answer = reader.get(f"/d/{plain}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert issued.number in text
    assert issued.fiscal_id in re.sub(r"\s", "", text)  # the paper sets it in groups
    assert company.shown_name in text
    assert "Aceptada" in text
    assert not answer.cookies
    (mail,) = house.mail()
    sent = {name: content for name, _, content in attachments(mail)}
    files = {}
    for name in ("pdf", "xml", "respuesta", "todo"):
        got = reader.get(f"/d/{plain}/{name}")
        assert got.status_code == 200, name
        assert got["Content-Disposition"].startswith("attachment")
        assert not got.cookies
        files[name] = got.content
    assert files["pdf"].startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(files["todo"])) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    if country == "co":
        assert files["todo"] in sent.values()
    else:
        assert packed == sent
        assert files["pdf"] in sent.values()
        assert files["xml"] in sent.values()
    assert reader.get(f"/d/{plain}/otro").status_code == 404
    assert reader.get(f"/d/{plain}/").content == answer.content


def test_every_answer_keeps_the_address_to_itself(
    house: House, pages: None, reader: Client
) -> None:
    _, plain = mailed(house, house.peru())
    answers: list[Any] = [
        reader.get(f"/d/{plain}"),
        reader.head(f"/d/{plain}"),
        reader.get(f"/d/{plain}/pdf"),
        reader.get(f"/d/{plain}/otro"),
        reader.post(f"/d/{plain}/visto"),
        reader.get("/d/no-es-un-enlace-nuestro"),
    ]
    for answer in answers:
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    shown = answers[0].content.decode()
    fetched = re.findall(r'(?:src|href)="(https?:[^"]+|//[^"]+)"', shown)
    assert fetched == []
    assert answers[1].content == b""


def test_unknown_damaged_and_revoked_links_get_one_answer(
    house: House, pages: None, reader: Client, enter: Enter
) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    member = enter(company)
    where = f"/e/{company.id}/facturas/{issued.id}/enlace/{row(issued).recipient_id}/"
    assert member.post(where, {"do": "revoke"}).status_code == 302
    found: list[HttpResponse] = [
        reader.get(f"/d/{one}{rest}")
        for one in (plain, "A" * 22, "corto", "%00%27%22<b>", "x" * 300)
        for rest in ("", "/pdf", "/todo", "/otro")
    ] + [reader.post(f"/d/{one}/visto") for one in (plain, "A" * 22)]
    assert {one.status_code for one in found} == {404}
    assert len({one.content for one in found}) == 1
    assert len({str(sorted(one.headers.items())) for one in found}) == 1
    assert "no abre ningún documento" in found[0].content.decode()
    assert house.told(company, issued.id)[-1] is EventKind.PAGE_REVOKED


def test_a_get_never_counts_as_somebody_who_saw_it(
    house: House, pages: None, reader: Client, patient: None
) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    before = house.told(company, issued.id)
    reader.get(f"/d/{plain}")
    assert (row(issued).people, row(issued).machines) == (0, 0)
    reader.head(f"/d/{plain}")
    reader.get(f"/d/{plain}", headers={"sec-purpose": "prefetch"})
    reader.get(f"/d/{plain}", headers={"user-agent": "curl/8.5"})
    assert (row(issued).people, row(issued).machines) == (0, 3)
    assert house.told(company, issued.id) == before
    beacon = {"sec-fetch-mode": "cors", "sec-fetch-site": "same-origin"}
    assert reader.post(f"/d/{plain}/visto", {"auto": "0"}, headers=beacon).status_code == 204
    assert reader.post(f"/d/{plain}/visto", {"auto": "1"}, headers=beacon).status_code == 204
    assert (row(issued).people, row(issued).machines) == (1, 4)
    assert house.told(company, issued.id) == [*before, EventKind.PAGE_VISITED]
    assert reader.get(f"/d/{plain}/visto").status_code == 405


def test_a_scanner_in_the_way_of_the_mail_is_no_reader(
    house: House, pages: None, reader: Client
) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    before = house.told(company, issued.id)
    reader.get(f"/d/{plain}")
    reader.get(f"/d/{plain}/pdf")
    reader.post(f"/d/{plain}/visto")
    found = row(issued)
    assert (found.people, found.machines) == (0, 2)
    assert (found.downloads, found.machine_downloads) == (0, 1)
    assert house.told(company, issued.id) == before


def test_a_download_by_a_person_stands_in_the_timeline(
    house: House, pages: None, reader: Client, patient: None, enter: Enter
) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    reader.get(f"/d/{plain}/xml")
    shown = enter(company).get(f"/e/{company.id}/facturas/{issued.id}/").content.decode()
    assert (
        "Alguien descargó 20999888772-01-F001-1.xml con el enlace de compras@inventada.example."
        in shown
    )
    assert "1 de personas · 0 de máquinas" in shown


def test_too_many_requests_are_told_to_wait(
    house: House, pages: None, reader: Client, settings: Any
) -> None:
    _, plain = mailed(house, house.peru())
    for _ in range(public_pages.MOST_OF_CALLER):
        assert reader.get("/d/adivinando").status_code == 404
    answer = reader.get(f"/d/{plain}")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    assert reader.get(f"/d/{plain}", headers={"x-real-ip": "192.0.2.9"}).status_code == 200


@pytest.mark.parametrize("form", ["::ffff:192.0.2.{}", "192.0.2.{}:5678", "[2001:db8:0:{}::1]:9"])
def test_one_customers_requests_keep_no_other_out(
    house: House, pages: None, reader: Client, settings: Any, form: str
) -> None:
    """However the proxy writes an address: with a port, or as IPv6."""
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    _, plain = mailed(house, house.peru())
    for _ in range(public_pages.MOST_OF_CALLER):
        reader.get("/d/adivinando", headers={"x-real-ip": form.format(1)})
    for n, status in ((1, 429), (2, 200)):
        answer = reader.get(f"/d/{plain}", headers={"x-real-ip": form.format(n)})
        assert answer.status_code == status


def test_a_voided_document_says_so(house: House, pages: None, reader: Client) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    models.Document.objects.filter(pk=issued.id).update(state="VOIDED")
    text = reader.get(f"/d/{plain}").content.decode()
    assert "Ya no vale: quien la emitió la anuló." in text
    assert "SUNAT la aceptó" not in text


def test_a_new_link_is_shown_once(house: House, pages: None, reader: Client, enter: Enter) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    member = enter(company)
    where = f"/e/{company.id}/facturas/{issued.id}/enlace/{row(issued).recipient_id}/"
    answer = member.post(where, {"do": "renew"})
    (link,) = page(answer).xpath("//input[@id='link']/@value")
    path = link.removeprefix("https://papeles.ejemplar.example")
    assert reader.get(path).status_code == 200
    assert reader.get(f"/d/{plain}").status_code == 404
    detail = member.get(f"/e/{company.id}/facturas/{issued.id}/").content.decode()
    assert path not in detail
    assert answer["Cache-Control"].startswith("max-age=0")


def test_links_are_their_companys_only(
    house: House, pages: None, reader: Client, enter: Enter
) -> None:
    company, other = house.peru(), house.costa_rica()
    issued, plain = mailed(house, company)
    member = enter(other)
    for company_id in (company.id, other.id):
        where = f"/e/{company_id}/facturas/{issued.id}/enlace/{row(issued).recipient_id}/"
        for do in ("revoke", "renew"):
            assert member.post(where, {"do": do}).status_code == 404
    assert Client().post(where, {"do": "revoke"}).status_code == 302  # to log in
    assert reader.get(f"/d/{plain}").status_code == 200


def test_a_detail_without_pages_says_nothing_of_them(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    detail = enter(company).get(f"/e/{company.id}/facturas/{issued.id}/")
    assert "Página pública" not in detail.content.decode()
    assert deliveries.earlier_packet(issued.id)
