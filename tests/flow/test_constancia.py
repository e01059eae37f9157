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

from acuse import jurisdictions
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.domain.recipient import RecipientState
from acuse.flow import constancia, constancia_mails, outside
from acuse.flow.draft import draft
from acuse.flow.issue import Issued
from acuse.pdf import fit
from acuse.store import activity, artifacts, companies, models
from tests.domain.test_jws import certificate_of, check
from tests.flow import failed
from tests.flow.house import BY, MAKERS, House
from tests.flow.test_mail_faults import script
from tests.support import pades
from tests.support.makers import customer

AT, LIMA = "2026-11-25T15:30:04Z", "25/11/2026 10:30:04"

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
    assert "Enviada a compras@inventada.example el" in text
    assert "Enviado a SUNAT." in text
    assert paper.content == constancia.paper(company.id, issued.id, by=BY, at=at).content


def summed_up(company: Company, issued: Issued) -> str:
    paper = constancia.paper(company.id, issued.id, by=BY, at=outside.now())
    return words(paper.content).partition("Documento Número")[0]


def test_a_mail_that_came_back_is_told_with_the_reports_words(house: House) -> None:
    company = house.peru()
    issued = failed.bounced(house, company)
    made = constancia.signed(company.id, issued.id, by=BY, at=outside.now())
    back = made.told["deliveries"][0]["recipients"][0]["returned"]
    assert (back["status"], back["text"]) == ("5.1.1", "550 5.1.1 no such user")
    told = summed_up(company, issued)
    assert "Enviada a compras@inventada.example el" in told
    assert ", que la devolvió el" in told
    assert "(550 5.1.1 no such user)." in told
    assert "Sin enviar" not in told


def test_a_mail_that_may_have_arrived_is_not_called_unsent(house: House) -> None:
    company = house.peru()
    issued = failed.uncertain_twice(house, company)
    told = summed_up(company, issued)
    assert "No se sabe si llegó a compras@inventada.example: 2 intentos" in told
    assert "Sin enviar" not in told


def test_several_addresses_are_told_apart(house: House) -> None:
    company = house.peru()
    buyer = customer(emails=("uno@cliente.example", "dos@cliente.example"))
    failed.mail_script(house, failed.UNKNOWN, {"stage": "rcpt", "code": 250, "text": "2.1.5 ok"})
    issued = house.issue(company, counterparty=buyer)
    house.submit(company)
    house.deliver()
    told = summed_up(company, issued)
    assert "No se pudo enviar a uno@cliente.example: 1 intento, el último el" in told
    assert "(550 5.1.1 no such user). Enviada a dos@cliente.example el" in told


def mail(state: str, *results: str, back: bool = False, **changes: object) -> dict[str, object]:
    """One address of a delivery, as the statement tells it."""
    tries = [
        {"startedAt": AT, "finishedAt": AT, "code": 250, "text": "ok {to}", "result": one}
        for one in results
    ]
    returned = {"at": AT, "status": "5.1.1", "text": "550 5.1.1 x {at}"} if back else None
    told = {"address": "a@b.example", "state": state, "attempts": tries, "returned": returned}
    return told | changes


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (mail("QUEUED"), "Por enviar a a@b.example: está en cola."),
        (mail("SENDING", ""), "Enviándose a a@b.example: su servidor todavía no responde."),
        (
            mail("DEFERRED", "DEFERRED", "DEFERRED"),
            f"Se sigue intentando con a@b.example: 2 intentos, el último el {LIMA} "
            "(250 ok {to}).",
        ),
        (
            mail("UNCERTAIN", "UNCERTAIN"),
            f"No se sabe si llegó a a@b.example: se envió el {LIMA} y su servidor no confirmó.",
        ),
        (mail("SENT", "SENT"), f"Enviada a a@b.example el {LIMA}."),
        (
            mail("SENT", "UNCERTAIN", "STUCK"),
            "Dada por enviada a a@b.example: su servidor no confirmó el último intento, del "
            f"{LIMA}.",
        ),
        (
            mail("DELIVERED", "SENT"),
            f"Enviada a a@b.example el {LIMA}, y hay evidencia de que llegó.",
        ),
        (
            mail("BOUNCED", "SENT", back=True),
            f"Enviada a a@b.example el {LIMA}, que la devolvió el {LIMA} (550 5.1.1 x {{at}}).",
        ),
        (mail("BOUNCED", "UNCERTAIN"), "Enviada a a@b.example, que la devolvió."),
        (mail("FAILED"), "No se pudo enviar a a@b.example."),
        (
            mail("STUCK", "UNCERTAIN", "STUCK"),
            f"No se sabe si llegó a a@b.example: 2 intentos, el último el {LIMA}, y su servidor no "
            "confirmó.",
        ),
        (mail("CANCELLED"), "Sin enviar a a@b.example: se canceló."),
    ],
    ids=lambda one: one["state"] if isinstance(one, dict) else "",
)
def test_every_state_has_its_true_sentence(told: dict[str, object], expected: str) -> None:
    delivery = {"state": "OPEN", "reason": None, "recipients": [told]}
    traits = jurisdictions.find("PE").traits
    assert constancia_mails.sentences([delivery], DocumentKind.INVOICE, traits) == (expected,)
    assert constancia_mails.state(delivery, told)


def test_no_state_is_without_a_sentence() -> None:
    assert set(constancia_mails.SENTENCES) == set(RecipientState)


@pytest.mark.parametrize(
    ("state", "reason", "mails", "expected"),
    [
        ("OPEN", None, 0, "El envío se está preparando."),
        ("HELD", "EXPIRED", 0, "Sin enviar por correo: pasaron más de 30 días."),
        ("SKIPPED", "SENT_BY_HAND", 1, ""),
        ("HELD", "EXPIRED", 1, "Otro envío espera: pasaron más de 30 días."),
        ("OPEN", None, 1, "Otro envío se está preparando."),
    ],
)
def test_what_has_no_mail_yet_is_told_where_it_says_something(
    state: str, reason: str | None, mails: int, expected: str
) -> None:
    sent = {"state": "OPEN", "reason": None, "recipients": [mail("SENT", "SENT")]}
    bare = {"state": state, "reason": reason, "recipients": []}
    traits = jurisdictions.find("PE").traits
    told = constancia_mails.sentences([*[sent] * mails, bare], DocumentKind.INVOICE, traits)
    assert [one.startswith(expected) for one in told[mails:]] == [True] * bool(expected)


def test_what_waits_in_a_held_delivery_is_not_called_tried() -> None:
    waiting = mail("DEFERRED", "DEFERRED")
    held = {"state": "HELD", "reason": "SWITCH_OFF", "recipients": [waiting]}
    traits = jurisdictions.find("PE").traits
    told = constancia_mails.sentences([held], DocumentKind.INVOICE, traits)
    assert told == ("Sin enviar a a@b.example: el envío automático está apagado.",)
    assert constancia_mails.state(held, waiting) == "Retenido"


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
    paper = (tmp_path / f"{stem}.pdf").read_bytes()
    assert pades.signer_of(paper) == certificate_of(whole["jws"])
    draft_id = draft(company.id, MAKERS["CR"](number=None, date=None), by=BY, at=outside.now())
    with pytest.raises(CommandError, match="borrador"):
        call_command("constancia", str(draft_id), "--out", str(tmp_path))
