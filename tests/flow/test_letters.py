"""What a customer is written: the company's own words, pinned; a packet that fits, or waits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.face import Attachment
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import deliver, mail_templates, outside, phrases, sweep
from acuse.jurisdictions import find
from acuse.jurisdictions.pe import bundle as peruvian
from acuse.store import activity, companies, deliveries, models
from tests.flow.house import BY, House


def save(company: Company, body: str, subject: str = "{{documento.numero}}", seen: int = 0) -> None:
    mail_templates.save(
        company.id, DocumentKind.INVOICE, subject, body, seen=seen, by=BY, at=outside.now()
    )


def message(house: House) -> EmailMessage:
    """The last mail that arrived."""
    parsed = message_from_bytes(house.mail()[-1].raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def tried_again(house: House, company: Company) -> None:
    sweep.release_all(at=outside.now() + timedelta(hours=1))
    house.run(company)


def lacking(house: House, company: Company, document_id: int) -> str:
    (event,) = [
        one
        for one in activity.timeline(company.id, document_id)
        if one.kind is EventKind.DELIVERY_HELD
    ]
    return phrases.sentence(event, find(company.jurisdiction).traits)


def test_the_mail_has_the_companys_words_and_remembers_which(house: House) -> None:
    company = house.peru()
    first = house.issue(company)
    house.run(company)
    save(company, "Estimado {{cliente.nombre}}:\n\nAquí está.", "Tu {{documento.numero}}")
    second = house.issue(company)
    house.run(company)
    mail = message(house)
    number = models.Document.objects.get(pk=second.id).number
    assert mail["Subject"] == f"Tu {number}"
    assert text(mail).split("Estimado ")[1].startswith("COMERCIAL LA INVENTADA")
    assert "te envió" not in text(mail)
    pinned = models.Recipient.objects.order_by("id").values_list(
        "delivery__document_id", "template__version"
    )
    assert list(pinned) == [(first.id, None), (second.id, 1)]
    assert EventKind.MAIL_TEMPLATE_SAVED in [
        event.kind for event in activity.company_timeline(company.id, 9)
    ]


def test_what_is_frozen_does_not_change_with_the_words(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    with_words = models.Recipient.objects.all()
    for held in deliveries.claim(at=outside.now(), lease=outside.claim_lease(), limit=5):
        deliver.prepare(held)
    before = with_words.get().message_id
    save(company, "Otro texto.")
    house.run(company)
    assert with_words.get().message_id == before
    assert "Otro texto" not in text(message(house))
    assert house.recipients(issued.id)[0][1] == "SENT"


def test_a_missing_value_holds_the_mail_and_says_which(house: House) -> None:
    company = house.peru(phone="+51 1 555 0100")
    save(company, "Llama al {{empresa.telefono}}")
    company_flow.save(replace(companies.load(company.id), phone=""), by=BY, at=outside.now())
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    held = house.delivery(issued.id)
    assert (held.state, held.reason) == ("HELD", "PACKET_INCOMPLETE")
    assert "«empresa.telefono»" in lacking(house, company, issued.id)
    assert house.mail() == ()
    company_flow.save(replace(companies.load(company.id), phone="+51 1"), by=BY, at=outside.now())
    tried_again(house, company)
    assert "Llama al +51 1" in text(message(house))


def test_two_who_write_at_once_do_not_overwrite_each_other(house: House) -> None:
    company = house.peru()
    save(company, "Uno.")
    with pytest.raises(Blocked) as stopped:
        save(company, "Dos.", seen=0)
    assert stopped.value.problems[0].code == "XX-TPL-7"
    save(company, "Dos.", seen=1)
    assert mail_templates.in_force(company, DocumentKind.INVOICE).body == "Dos."


@pytest.fixture
def heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Peruvian packets with a megabyte of XML that compresses and a CDR that does not."""
    real = peruvian.bundle

    def padded(*arguments: Any) -> Any:
        files = real(*arguments)
        return tuple(_padded(file) for file in files) if isinstance(files, tuple) else files

    monkeypatch.setattr(peruvian, "bundle", padded)


def _padded(file: Attachment) -> Attachment:
    if file.optional:
        return replace(file, content=b"PK" + random.Random(5).randbytes(300_000))
    if file.content_type == "application/xml":
        return replace(file, content=file.content + b"<!-- -->" * 100_000)
    return file


def sizes(house: House, settings: Any, largest: int) -> tuple[Company, int]:
    settings.MAIL_LARGEST = largest
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    return company, issued.id


@pytest.mark.usefixtures("heavy")
@pytest.mark.parametrize(
    ("largest", "ends", "words"),
    [
        (10_000_000, (".xml", ".zip", ".pdf"), "Paquete armado"),
        (900_000, ("-xml.zip", ".zip", ".pdf"), "comprimimos sus XML"),
        (400_000, ("-xml.zip", ".pdf"), "que la norma no exige"),
    ],
)
def test_a_heavy_packet_is_made_lighter_and_its_whole_is_kept(
    house: House, settings: Any, largest: int, ends: tuple[str, ...], words: str
) -> None:
    company, document_id = sizes(house, settings, largest)
    mail = message(house)
    names = [str(part.get_filename()) for part in mail.iter_attachments()]
    assert len(names) == len(ends)
    assert all(name.endswith(end) for name, end in zip(names, ends, strict=True))
    assert len(house.mail()[-1].raw) <= largest
    whole = deliveries.earlier_packet(document_id)
    assert [file.optional for file in whole] == [False, True, False]
    told = " ".join(
        phrases.sentence(event, find(company.jurisdiction).traits)
        for event in activity.timeline(company.id, document_id)
    )
    assert words in told


@pytest.mark.usefixtures("heavy")
def test_what_fits_nowhere_is_held_with_its_weight(house: House, settings: Any) -> None:
    company, document_id = sizes(house, settings, 70_000)
    held = house.delivery(document_id)
    assert (held.state, held.reason) == ("HELD", "PACKET_INCOMPLETE")
    told = lacking(house, company, document_id)
    assert "MB y el servidor de correo admite 70 KB" in told
    tried_again(house, company)
    assert lacking(house, company, document_id) == told  # said once, however often it is tried
    again = house.delivery(document_id)
    assert again.epoch > held.epoch
    assert again.hold_until == held.hold_until  # nor does trying it put off its end
    settings.MAIL_LARGEST = 10_000_000
    tried_again(house, company)
    assert house.recipients(document_id)[0][1] == "SENT"


def test_where_the_law_fixes_the_packet_it_is_never_made_lighter(
    house: House, settings: Any
) -> None:
    settings.MAIL_LARGEST = 70_000
    company = house.colombia()
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    assert house.delivery(issued.id).reason == "PACKET_INCOMPLETE"
    assert "pesaría" in lacking(house, company, issued.id)
