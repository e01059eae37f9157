"""A Colombian document's journeys: accepted, rejected and corrected, lost, in contingency."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from acuse import jurisdictions
from acuse.domain.activity import EventKind
from acuse.domain.document import Period, Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Blocked
from acuse.domain.submission import AlreadyKnown, Reply
from acuse.flow import company as company_flow
from acuse.flow import contingency, declare, inquire, outside, settle, withdraw
from acuse.flow.draft import discard, draft
from acuse.flow.issue import issue
from acuse.store import companies, documents, drafts, models, submissions
from acuse_sandbox.mailbox import attachments, shown
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as colombian

pytestmark = pytest.mark.django_db(transaction=True)


def scripted(house: House, number: str, *replies: ScriptedReply) -> None:
    house.sandbox.world.scripts.add("dian", {"number": number}, list(replies))


def made_at(document_id: int) -> datetime:
    return documents.load(document_id).sealed.sealed_at


def test_an_accepted_invoice_is_mailed_once_in_one_zip(house: House) -> None:
    company = house.colombia()
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    (mail,) = house.mail()
    ((_, _, content),) = attachments(mail)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name.rpartition(".")[2] for name in archive.namelist())
    assert names == ["pdf", "xml"]
    subject = shown(mail)["subject"]
    assert subject == "999888777;EMPRESA DE PRUEBA S.A.S.;SETP990000000;01;La Prueba"


def test_a_notification_is_good_news(house: House) -> None:
    company = house.colombia()
    buyer = colombian.buyer(name="Comercial OBSERVA")
    issued = house.issue(company, counterparty=buyer)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED_WITH_OBSERVATIONS"
    assert len(house.mail()) == 1


def test_a_rejected_invoice_is_corrected_and_sent_again_under_its_number(house: House) -> None:
    company = house.colombia()
    issued = house.issue(company, counterparty=colombian.buyer(name="Distribuidora RECHAZA FAK24"))
    house.run(company)
    assert house.state(issued.id) == "REJECTED"
    assert house.mail() == ()
    withdraw.reopen(company.id, issued.id, by=BY, at=outside.now())
    with pytest.raises(Blocked, match="ya tiene un número"):
        discard(company.id, issued.id, by=BY, at=outside.now())
    rejected = documents.verdict(issued.id)
    assert rejected is not None
    assert not rejected.outcome.accepts
    before = drafts.load(company.id, issued.id)
    drafts.save(issued.id, replace(before, counterparty=colombian.buyer()), total=Decimal(119000))
    again = issue(issued.id, by=BY, at=outside.now())
    assert again.number == issued.number
    assert documents.verdict(issued.id) is None  # it waits for another
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert len(house.mail()) == 1
    assert models.Sealing.objects.filter(document_id=issued.id).count() == 2


def test_only_a_rejected_document_is_reopened(house: House) -> None:
    company = house.colombia()
    issued = house.issue(company)
    with pytest.raises(Blocked):
        withdraw.reopen(company.id, issued.id, by=BY, at=outside.now())
    house.run(company)
    with pytest.raises(Blocked):
        withdraw.reopen(company.id, issued.id, by=BY, at=outside.now())
    assert house.state(issued.id) == "ACCEPTED"


def test_a_lost_answer_is_asked_for_and_never_sent_twice(house: House) -> None:
    company = house.colombia()
    scripted(house, "SETP990000000", ScriptedReply(Script.HANG_AFTER_ACCEPT))
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert house.sends(issued.fiscal_id) == 1
    assert EventKind.SUBMISSION_ANSWER_LOST in house.told(company, issued.id)


def test_a_credit_note_refers_to_its_invoice(house: House) -> None:
    company = house.colombia()
    issued = house.issue(company)
    house.run(company)
    today = outside.now().astimezone(ZoneInfo("America/Bogota")).date()
    reference = Reference(
        issued.number, today, issued.fiscal_id, DocumentKind.INVOICE, "2", "Anulación de la factura"
    )
    note = house.issue(company, kind=DocumentKind.CREDIT_NOTE, references=(reference,))
    house.run(company)
    assert house.state(note.id) == "ACCEPTED"
    assert len(house.mail()) == 2


def test_the_law_keeps_the_switch_on(house: House) -> None:
    company = house.colombia()
    assert companies.load(company.id).automatic_delivery
    with pytest.raises(Blocked) as refused:
        company_flow.set_automatic_delivery(company.id, False, by=BY, at=outside.now())
    assert refused.value.problems[0].code == "XX-SWI-1"
    assert companies.load(company.id).automatic_delivery


def test_files_are_numbered_without_gap(house: House) -> None:
    company = house.colombia()
    for _ in range(3):
        house.issue(company)
    with pytest.raises(Blocked):
        house.issue(company, currency="USD")  # no rate: refused, and no file number used
    house.issue(company)
    names = models.Sealing.objects.order_by("id").values_list("file_name", flat=True)
    assert [int(name[-12:-4], 16) for name in names] == [1, 2, 3, 4]


def test_in_the_authoritys_contingency_it_is_made_again_under_its_number(house: House) -> None:
    company = house.colombia()
    house.sandbox.world.settings["dian.fault"] = "page_503"
    issued = house.issue(company)
    with pytest.raises(Blocked):  # nothing failed yet
        contingency.declare(company.id, issued.id, by=BY, at=outside.now())
    for _ in range(3):
        house.an_hour_passes()
        house.submit(company)
    house.an_hour_passes()
    assert house.state(issued.id) == "ISSUED"
    contingency.declare(company.id, issued.id, by=BY, at=outside.now())
    made = documents.load(issued.id)
    assert made.document.contingency
    assert b">04</cbc:InvoiceTypeCode>" in made.sealed.content
    assert made.sealed.number == issued.number
    handed = contingency.container(company.id, issued.id)
    assert handed.name.endswith(".zip")
    contingency.hand_over(company.id, issued.id, "Impresa, a Ana Paz", by=BY, at=outside.now())
    assert house.mail() == ()
    del house.sandbox.world.settings["dian.fault"]
    house.sandbox.world.settings["dian.contingency.1"] = (
        '{"start": "2020-01-01T00:00:00-05:00", "end": "2099-01-01T00:00:00-05:00"}'
    )
    house.run(company, turns=20)
    assert house.state(issued.id) == "ACCEPTED"
    assert len(house.mail()) == 1
    told = house.told(company, issued.id)
    assert EventKind.DOCUMENT_CONTINGENCY in told
    assert EventKind.CONTAINER_HANDED_OVER in told
    soon = outside.now() + timedelta(hours=2)
    assert inquire.due(company.jurisdiction, at=soon, limit=5) == ()  # events name no type 04
    assert "CO-OWN-70" in {one.code for one in declare.lapse(company.id, issued.id, at=soon)}


def test_a_note_has_no_contingency_and_waits(house: House) -> None:
    company = house.colombia()
    house.sandbox.world.settings["dian.fault"] = "page_503"
    today = jurisdictions.find("CO").traits.day(outside.now())
    note = colombian.document(
        kind=DocumentKind.CREDIT_NOTE,
        number=None,
        date=None,
        references=(),
        period=Period(today - timedelta(days=9), today),
    )
    issued = house.issue_document(company, note)
    house.submit(company)
    with pytest.raises(Blocked) as refused:
        contingency.declare(company.id, issued.id, by=BY, at=outside.now(), announced=True)
    assert [one.code for one in refused.value.problems] == ["XX-CTG-1"]
    assert not documents.load(issued.id).document.contingency


def test_a_draft_of_a_later_range_takes_over_without_a_gap(house: House) -> None:
    company = house.colombia()
    rows = models.NumberingRange.objects.filter(company_id=company.id, series="SETP")
    rows.update(last=990000001)
    row = rows.get()
    models.NumberingRange.objects.create(
        company_id=company.id,
        kind=row.kind,
        series="SETP",
        first=990000002,
        last=995000000,
        next=990000002,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        extra=row.extra,
    )
    numbers = [house.issue(company).number for _ in range(3)]
    assert numbers == ["SETP990000000", "SETP990000001", "SETP990000002"]


def test_an_issued_draft_keeps_its_company(house: House) -> None:
    company = house.colombia()
    draft_id = draft(
        company.id, colombian.document(number=None, date=None), by=BY, at=outside.now()
    )
    assert drafts.load(company.id, draft_id).kind is DocumentKind.INVOICE


def test_a_worker_whose_lease_was_given_away_brings_no_earlier_sealing_back(house: House) -> None:
    company = house.colombia()
    issued = house.issue(company)
    contingency.declare(company.id, issued.id, by=BY, at=outside.now(), announced=True)
    at = outside.now() + timedelta(hours=1)
    (claim,) = submissions.claim("CO", at=at, lease=outside.claim_lease(), limit=5)
    country = jurisdictions.find("CO")
    held = submissions.hold(claim, until=at)
    assert held is not None
    call = country.next_call(held.case, company, outside.credential(company), at)
    assert call is not None
    exchange_id = submissions.note_intent(held, call, b"", at=at)
    models.Submission.objects.filter(pk=claim.id).update(epoch=claim.epoch + 1)
    reply = Reply(200, {}, b"")
    settle.record(
        held, company, country, call, exchange_id, reply, AlreadyKnown("Regla: 90"), at=at
    )
    assert documents.load(issued.id).document.contingency
    assert EventKind.CONTINGENCY_NOT_NEEDED not in house.told(company, issued.id)


def test_a_document_that_arrived_before_its_contingency_is_the_one_that_counts(
    house: House,
) -> None:
    company = house.colombia()
    scripted(house, "SETP990000000", ScriptedReply(Script.HANG_AFTER_ACCEPT))
    issued = house.issue(company)
    house.submit(company)
    at = made_at(issued.id)  # of the very second: it still gets a name of its own
    contingency.declare(company.id, issued.id, by=BY, at=at, announced=True)
    assert documents.load(issued.id).sealed.fiscal_id != issued.fiscal_id
    house.run(company, turns=20)
    assert house.state(issued.id) == "ACCEPTED"
    made = documents.load(issued.id)
    assert not made.document.contingency
    assert made.sealed.fiscal_id == issued.fiscal_id
    assert EventKind.CONTINGENCY_NOT_NEEDED in house.told(company, issued.id)
    assert len(house.mail()) == 1
