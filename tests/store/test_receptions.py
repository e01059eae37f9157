"""What must never be false of received documents and declarations, broken on purpose by SQL."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from acuse.domain.question import BuyerEvent
from acuse.domain.received import DeclarationSeries, ReceptionKind
from acuse.flow import counters, outside
from acuse.store import buyer_events, models, received, receptions
from acuse.store.receptions import Subject
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import BY
from tests.flow.traders import PERSON, Traders
from tests.flow.traders import traders as traders
from tests.store.test_guards import refused, without_triggers

SERIES = DeclarationSeries("AR")


@pytest.fixture
def declared(traders: Traders) -> Traders:  # noqa: F811
    """A document received, acknowledged and answered; the seller knows of it."""
    document_id = traders.sell()
    traders.acknowledge(document_id)
    told = (BuyerEvent("030", "Acuse", "a" * 96, outside.now()),)
    buyer_events.keep(document_id, told, at=outside.now())
    buyer_events.asked(document_id, at=outside.now())
    return traders


FROZEN = (
    ("UPDATE store_received SET total = 1", "written once"),
    ("UPDATE store_received SET facts = '{}'", "written once"),
    ("DELETE FROM store_received", "written once"),
    ("UPDATE store_reception SET outcome = 'REJECTED'", "written once"),
    ("UPDATE store_reception SET fiscal_id = 'x'", "written once"),
    ("DELETE FROM store_reception", "written once"),
    ("UPDATE store_buyerevent SET text = 'x'", "written once"),
    ("DELETE FROM store_buyerevent", "written once"),
)


def test_what_was_received_and_declared_does_not_change(declared: Traders) -> None:
    obeyed = [sql for sql, words in FROZEN if words not in (refused(sql) or "obeyed")]
    assert obeyed == []


def test_an_unanswered_declaration_takes_only_its_answer(declared: Traders) -> None:
    with without_triggers("store_reception"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_reception SET outcome = ''")
    assert "facts" in refused("UPDATE store_reception SET number = 'AR9'")
    assert refused("UPDATE store_reception SET outcome = 'REJECTED'") == ""


AGAIN = (
    "INSERT INTO store_reception (company_id, received_id, document_id, kind, number, fiscal_id,"
    " file_name, artifact_id, facts, declared_by, declared_at, outcome, remarks)"
    " SELECT company_id, {received}, {document}, {kind}, {number}, fiscal_id, file_name,"
    " artifact_id, facts, declared_by, declared_at, '', remarks FROM store_reception LIMIT 1"
)
SAME = {"received": "received_id", "document": "NULL", "kind": "kind", "number": "'AR99'"}


def test_a_kind_is_declared_once_of_a_received_document(declared: Traders) -> None:
    assert "one_declaration_of_a_kind" in refused(AGAIN.format(**SAME))
    another = AGAIN.format(**{**SAME, "kind": "'GOODS_RECEIVED'"})
    assert refused(another) == ""


def test_a_rejected_declaration_may_be_made_again(declared: Traders) -> None:
    with without_triggers("store_reception"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_reception SET outcome = 'REJECTED'")
    assert refused(AGAIN.format(**SAME)) == ""


def test_a_number_is_used_once(declared: Traders) -> None:
    twice = AGAIN.format(**{**SAME, "kind": "'GOODS_RECEIVED'", "number": "number"})
    assert "one_reception_per_number" in refused(twice)


def test_a_declaration_is_about_one_document(declared: Traders) -> None:
    of_none = AGAIN.format(**{**SAME, "received": "NULL"})
    assert "reception_is_about_one_document" in refused(of_none)
    document = models.Document.objects.get().pk
    of_two = AGAIN.format(**{**SAME, "document": str(document)})
    assert "reception_is_about_one_document" in refused(of_two)


def test_a_declaration_of_an_unknown_kind_is_refused(declared: Traders) -> None:
    assert "reception_kind" in refused(AGAIN.format(**{**SAME, "kind": "'PAID'"}))


LAPSE = (
    "INSERT INTO store_reception (company_id, document_id, kind, number, fiscal_id, file_name,"
    " artifact_id, facts, declared_by, declared_at, outcome, remarks)"
    " SELECT d.company_id, d.id, 'ACCEPTED_BY_LAPSE', 'AR' || n, 'x', 'x.xml', s.artifact_id, '{}',"
    " 'x', now(), '', '[]' FROM store_document d JOIN store_sealing s ON s.document_id = d.id,"
    " generate_series(1, %s) n"
)


def test_a_document_of_ours_lapses_once(declared: Traders) -> None:
    assert refused(LAPSE, 1) == ""
    assert "one_declaration_about_our_own" in refused(LAPSE, 2)


def test_a_received_document_is_kept_once_for_a_company(declared: Traders) -> None:
    assert "one_received_document" in refused(
        "INSERT INTO store_received (company_id, fiscal_id, kind_code, number, issuer_tax_id,"
        " issuer_name, issued_on, currency, total, facts, content_id, receipt_id, original_id,"
        " source, received_by, received_at)"
        " SELECT company_id, fiscal_id, kind_code, 'otro', issuer_tax_id, issuer_name, issued_on,"
        " currency, total, facts, content_id, receipt_id, original_id, source, received_by,"
        " received_at FROM store_received"
    )


def test_a_declaration_has_one_open_conversation(declared: Traders) -> None:
    assert "one_open_submission_per_reception" in refused(
        "INSERT INTO store_submission (company_id, reception_id, jurisdiction, purpose, state,"
        " epoch, tries, asks, ticket, reason, not_held)"
        " SELECT company_id, reception_id, jurisdiction, purpose, 'QUEUED', 0, 0, 0, '', '', false"
        " FROM store_submission WHERE reception_id IS NOT NULL"
    )


TENANTS = ("received", "reception", "buyerevent", "inquiry")


def test_no_row_hangs_from_another_companys(declared: Traders) -> None:
    for table in TENANTS:
        row = getattr(models, TABLES[table]).objects.get()
        other = ({declared.buyer.id, declared.seller.id} - {row.company_id}).pop()
        with without_triggers(f"store_{table}"):
            sql = f"UPDATE store_{table} SET company_id = %s"
            assert "_company" in refused(sql, other), table


TABLES = {
    "received": "Received",
    "reception": "Reception",
    "buyerevent": "BuyerEvent",
    "inquiry": "Inquiry",
}


def test_a_buyers_event_is_kept_once_and_relayed_ones_are_told_apart(declared: Traders) -> None:
    document_id, now = models.Document.objects.get().pk, outside.now()
    again = BuyerEvent("030", "Acuse", "a" * 96, now)
    relayed = BuyerEvent("032", "Recibo", "a" * 96, now, raw=b"<evento/>")
    assert buyer_events.keep(document_id, (again, relayed, relayed), at=now) == (relayed,)
    assert [event.code for event in buyer_events.of_document(document_id)] == ["030", "032"]
    assert "one_buyer_event" in refused(
        "INSERT INTO store_buyerevent (company_id, document_id, code, key, text, reason,"
        " declared_by, seen_at) SELECT company_id, document_id, code, key, '', '', '', seen_at"
        " FROM store_buyerevent"
    )


def test_a_received_document_is_read_as_it_was_kept(declared: Traders) -> None:
    row = models.Received.objects.get()
    kept = received.load(declared.buyer.id, row.pk)
    jurisdiction_reads = counters.of(declared.buyer).read_received
    assert kept.document == jurisdiction_reads(received.original(declared.buyer.id, row.pk))
    with pytest.raises(models.Received.DoesNotExist):
        received.load(declared.seller.id, row.pk)


def test_numbers_of_declarations_wait_for_each_other(declared: Traders) -> None:
    """Two at once: the second number is known only when the first has committed."""
    company_id = declared.buyer.id
    holds, go_on, found = threading.Event(), threading.Event(), []

    def first() -> None:
        try:
            with transaction.atomic():
                number = receptions.next_number(company_id, SERIES)
                holds.set()
                go_on.wait(10)
                _declare(declared, number, "GOODS_RECEIVED")
                found.append(number)
        finally:
            connection.close()

    def second() -> None:
        try:
            with transaction.atomic():
                found.append(receptions.next_number(company_id, SERIES))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for one in (first, second)]
    threads[0].start()
    assert holds.wait(10)
    threads[1].start()
    threads[1].join(0.3)
    assert threads[1].is_alive()  # it waits for the company's row
    go_on.set()
    for one in threads:
        one.join(10)
    assert found == ["AR2", "AR3"]


def test_each_series_counts_by_itself(declared: Traders) -> None:
    """A branch, a terminal and a kind: twenty digits, without gaps, whatever the others do."""
    company_id, numbers = declared.buyer.id, []
    for prefix, kind in (
        ("0010000105", "GOODS_RECEIVED"),
        ("0010000106", "CLAIMED"),
        ("0010000105", "ACCEPTED"),
    ):
        with transaction.atomic():
            number = receptions.next_number(company_id, DeclarationSeries(prefix, 10))
            _declare(declared, number, kind)
            numbers.append(number)
    assert numbers == ["00100001050000000001", "00100001060000000001", "00100001050000000002"]
    with transaction.atomic():
        assert receptions.next_number(company_id, SERIES) == "AR2"


def test_a_number_that_came_to_nothing_is_drawn_again(declared: Traders) -> None:
    series = DeclarationSeries("0010000105", 10)
    for _ in range(2):
        with transaction.atomic():
            assert receptions.next_number(declared.buyer.id, series) == "00100001050000000001"


UNANSWERED = "UPDATE store_received SET receipt_id = NULL"


def test_what_came_without_its_answer_takes_the_answer_once(declared: Traders) -> None:
    with without_triggers("store_received"), connection.cursor() as cursor:
        cursor.execute(UNANSWERED)
    assert "facts" in refused("UPDATE store_received SET fiscal_id = 'x'")
    assert "facts" in refused("UPDATE store_received SET number = 'x'")
    assert "written once" in refused("DELETE FROM store_received")
    row = models.Received.objects.get()
    kept = received.load(declared.buyer.id, row.pk).document
    assert kept.receipt == b""
    answered = replace(kept, receipt=b"<respuesta/>")
    assert received.complete(declared.buyer.id, row.pk, answered)
    assert received.load(declared.buyer.id, row.pk).document == answered
    assert not received.complete(declared.buyer.id, row.pk, replace(kept, receipt=b"<otra/>"))
    assert received.load(declared.buyer.id, row.pk).document == answered
    assert "written once" in refused("UPDATE store_received SET total = 1")


def _declare(traders: Traders, number: str, kind: str) -> None:  # noqa: F811
    sealed = receptions.sealed(models.Reception.objects.earliest("id").pk)
    receptions.save(
        traders.buyer.id,
        Subject(received_id=models.Received.objects.get().pk),
        ReceptionKind(kind),
        type(sealed)(sealed.content, sealed.fiscal_id, number, "x.xml", sealed.sealed_at),
        person=PERSON,
        by=BY,
        at=outside.now(),
    )


def test_the_last_person_is_proposed_again(declared: Traders) -> None:
    assert receptions.last_person(declared.buyer.id) == PERSON
    assert receptions.last_person(declared.seller.id) is None


def test_the_store_refuses_what_the_flow_would(declared: Traders) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _declare(declared, "AR7", "ACKNOWLEDGED")
