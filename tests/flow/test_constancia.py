"""What is on record of a document, signed: it tells all of it, and nothing that was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from django.db import connection
from pypdf import PdfReader

from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import constancia, outside
from acuse.flow.draft import draft
from acuse.pdf import fit
from acuse.store import activity, artifacts, companies, models
from tests.domain.test_jws import certificate_of, check
from tests.flow.house import BY, MAKERS, House
from tests.flow.test_mail_faults import script

COUNTRIES: dict[str, Callable[[House], Company]] = {
    "pe": House.peru,
    "co": House.colombia,
    "cr": House.costa_rica,
}


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace(fit.BREAK, "").split())


@pytest.mark.parametrize("country", COUNTRIES)
def test_it_tells_the_verdict_the_mail_and_every_line(house: House, country: str) -> None:
    company = COUNTRIES[country](house)
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    issued = house.issue(company)
    house.run(company)
    at = outside.now()
    made = constancia.signed(company.id, issued.id, by=BY, at=at)
    whole = json.loads(made.file.content)
    check(whole["constancia"], whole["jws"])
    stored = companies.certificate(company.id)
    assert stored
    assert certificate_of(whole["jws"]).public_bytes(Encoding.DER) == stored.der
    told = whole["constancia"]
    assert told == made.told
    assert told["document"]["number"] == issued.number
    assert told["document"]["fiscalId"] == issued.fiscal_id
    assert told["verdict"]["outcome"] == "ACCEPTED"
    (delivery,) = told["deliveries"]
    (recipient,) = delivery["recipients"]
    assert [one["result"] for one in recipient["attempts"]] == ["DEFERRED", "SENT"]
    (row,) = models.Recipient.objects.all()
    message = artifacts.load(row.message_id)
    assert recipient["messageSha256"] == sha256(message).hexdigest()
    assert sha256(house.mail()[0].raw).hexdigest() == recipient["messageSha256"]
    kept = activity.timeline(company.id, issued.id)
    assert [one["kind"] for one in told["activity"]] == [one.kind.value for one in kept]
    assert [one["ordinal"] for one in told["activity"]] == list(range(1, len(kept) + 1))
    told["deliveries"][0]["recipients"][0]["address"] = "otra@inventada.example"
    with pytest.raises(InvalidSignature):
        check(told, whole["jws"])


def test_the_paper_carries_the_signed_file_and_its_words(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    at = outside.now()
    made = constancia.signed(company.id, issued.id, by=BY, at=at)
    paper = constancia.paper(company.id, issued.id, by=BY, at=at)
    attached = PdfReader(BytesIO(paper.content)).attachments
    assert attached == {made.file.name: [made.file.content]}
    text = words(paper.content)
    assert "Aceptada por SUNAT el" in text
    assert "Enviada a compras@inventada.example." in text
    assert "Enviado a SUNAT." in text
    assert paper.content == constancia.paper(company.id, issued.id, by=BY, at=at).content


def test_asking_for_it_changes_nothing(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    before = (models.Event.objects.count(), models.Artifact.objects.count())
    constancia.paper(company.id, issued.id, by=BY, at=outside.now())
    assert (models.Event.objects.count(), models.Artifact.objects.count()) == before


def test_what_waits_or_was_never_mailed_says_so(house: House) -> None:
    company = house.peru(automatic_delivery=False)
    issued = house.issue(company)
    told = constancia.signed(company.id, issued.id, by=BY, at=outside.now()).told
    assert told["verdict"] is None
    waiting = constancia.paper(company.id, issued.id, by=BY, at=outside.now())
    assert "SUNAT todavía no responde." in words(waiting.content)
    house.run(company)
    judged = words(constancia.paper(company.id, issued.id, by=BY, at=outside.now()).content)
    assert "Sin enviar por correo: el envío automático está apagado." in judged


def test_a_changed_timeline_gets_no_constancia(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    other = house.issue(company)
    house.run(company)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_event DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE store_event SET actor = 'otra' WHERE document_id = %s AND ordinal = 2",
            [issued.id],
        )
        cursor.execute("ALTER TABLE store_event ENABLE TRIGGER USER")
    with pytest.raises(Blocked) as refusal:
        constancia.signed(company.id, issued.id, by=BY, at=outside.now())
    assert refusal.value.problems[0].code == "XX-CON-1"
    constancia.signed(company.id, other.id, by=BY, at=outside.now())


def test_a_draft_and_anothers_document_have_none(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    issued = house.issue(company)
    draft_id = draft(company.id, MAKERS["PE"](number=None, date=None), by=BY, at=outside.now())
    for company_id, document_id in ((company.id, draft_id), (other.id, issued.id)):
        with pytest.raises(models.Document.DoesNotExist):
            constancia.signed(company_id, document_id, by=BY, at=outside.now())


def test_the_command_writes_both_files(house: House, tmp_path: Path) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    house.run(company)
    call_command("constancia", str(issued.id), "--out", str(tmp_path))
    names = sorted(path.name for path in tmp_path.iterdir())
    stem = f"{issued.fiscal_id}-constancia"
    assert names == [f"{stem}.json", f"{stem}.pdf"]
    whole = json.loads((tmp_path / f"{stem}.json").read_bytes())
    check(whole["constancia"], whole["jws"])
    draft_id = draft(company.id, MAKERS["CR"](number=None, date=None), by=BY, at=outside.now())
    with pytest.raises(CommandError, match="borrador"):
        call_command("constancia", str(draft_id), "--out", str(tmp_path))
