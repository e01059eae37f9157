"""Each invariant that the database can hold, broken on purpose by SQL: it must refuse.

Source: design.md 3.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.kinds import DocumentKind
from acuse.flow import outside
from acuse.store import activity, artifacts, mail_templates, models
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House


@pytest.fixture
def mailed(house: House) -> House:  # noqa: F811
    """A house with one Peruvian document accepted and mailed, and one Costa Rican company."""
    company = house.peru()
    house.issue(company)
    house.run(company)
    house.costa_rica()
    mail_templates.add(
        company.id,
        DocumentKind.INVOICE,
        version=1,
        subject="",
        body="Va.",
        by="prueba",
        at=outside.now(),
    )
    return house


def refused(sql: str, *values: object) -> str:
    """The database's refusal, "" where it obeyed (and was rolled back)."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError as error:
        return f"refused: {error}"
    return ""


FROZEN = (
    ("UPDATE store_document SET total = 1", "does not change"),
    ("UPDATE store_document SET content = '{}'", "does not change"),
    ("UPDATE store_document SET value = 99", "keeps its number"),
    ("UPDATE store_document SET number = 'F001-99'", "does not change"),
    ("UPDATE store_document SET state = 'REJECTED'", "does not go from"),
    ("UPDATE store_document SET state = 'DRAFT'", "does not go from"),
    ("DELETE FROM store_document", "is not deleted"),
    ("UPDATE store_artifact SET content = 'x'", "written once"),
    ("DELETE FROM store_artifact", "written once"),
    ("UPDATE store_sealing SET fiscal_id = 'x'", "do not change"),
    ("UPDATE store_verdict SET outcome = 'REJECTED'", "written once"),
    ("DELETE FROM store_verdict", "written once"),
    ("UPDATE store_acceptance SET at = now()", "written once"),
    ("UPDATE store_submission SET state = 'QUEUED'", "does not go from"),
    ("UPDATE store_exchange SET request_sha256 = 'x'", "written once"),
    ("UPDATE store_packetfile SET name = 'x'", "written once"),
    ("UPDATE store_recipient SET address = 'x@y.example'", "do not change"),
    ("UPDATE store_recipient SET message_name = 'x'", "do not change"),
    ("UPDATE store_recipient SET template_id = 1", "do not change"),
    ("UPDATE store_mailtemplate SET body = 'x'", "written once"),
    ("DELETE FROM store_mailtemplate", "written once"),
    ("UPDATE store_recipient SET state = 'QUEUED'", "does not go from"),
    ("UPDATE store_attempt SET text = 'x'", "written once"),
    ("UPDATE store_delivery SET acceptance_id = 1 + acceptance_id", "do not change"),
    ("UPDATE store_delivery SET state = 'SKIPPED', reason = ''", "refused"),
    ("UPDATE store_event SET facts = '{}'", "written once"),
    ("DELETE FROM store_event", "written once"),
    ("UPDATE store_numberingrange SET next = 1 WHERE next > 1", "only moves forward"),
    ("UPDATE store_numberingrange SET next = last + 2", "counter_inside_its_range"),
)


def test_what_is_frozen_does_not_change(mailed: House) -> None:
    obeyed = [sql for sql, words in FROZEN if f"{words}" not in (refused(sql) or "obeyed")]
    assert obeyed == []


def test_there_is_no_mail_without_an_acceptance(mailed: House) -> None:
    assert "acceptance_id" in refused(
        "INSERT INTO store_delivery (company_id, document_id, trigger, state, reason, wanted,"
        " snapshot, opened_by, opened_at, epoch, tries)"
        " SELECT company_id, id, 'MANUAL', 'OPEN', '', '[]', '{}', 'x', now(), 0, 0"
        " FROM store_document"
    )


def test_an_acceptance_is_never_a_rejection(mailed: House) -> None:
    assert "an_acceptance_accepts" in refused(
        "INSERT INTO store_acceptance (company_id, document_id, verdict_id, outcome, at)"
        " SELECT company_id, document_id + 1000, verdict_id + 1000, 'REJECTED', at"
        " FROM store_acceptance"
    )


def test_there_is_one_automatic_delivery_for_an_acceptance(mailed: House) -> None:
    assert "one_automatic_delivery" in refused(
        "INSERT INTO store_delivery (company_id, document_id, acceptance_id, trigger, state,"
        " reason, wanted, snapshot, opened_by, opened_at, epoch, tries)"
        " SELECT company_id, document_id, acceptance_id, trigger, state, reason, wanted, snapshot,"
        " opened_by, opened_at, 0, 0 FROM store_delivery"
    )


def test_a_version_of_a_template_is_one(mailed: House) -> None:
    assert "one_template_per_version" in refused(
        "INSERT INTO store_mailtemplate (company_id, kind, version, subject, body, by, at)"
        " SELECT company_id, kind, version, 'x', 'x', by, at FROM store_mailtemplate"
    )


def test_no_message_is_made_with_anothers_words(mailed: House) -> None:
    assert "template_id_company" in refused(
        "WITH other AS (INSERT INTO store_mailtemplate (company_id, kind, version, subject, body,"
        " by, at) SELECT max(id), 'INVOICE', 7, '', 'x', 'x', now() FROM store_company"
        " RETURNING id)"
        " INSERT INTO store_recipient (company_id, delivery_id, address, normalised, state, token,"
        " message_name, return_path, message_id, tries, uncertain, epoch, stage, answer,"
        " template_id)"
        " SELECT company_id, delivery_id, 'b@c.example', 'b@c.example', 'QUEUED', 'other', 'other',"
        " return_path, message_id, 0, 0, 0, '', '', other.id FROM store_recipient, other"
    )


def test_an_address_gets_one_row_in_a_delivery_however_it_is_written(mailed: House) -> None:
    assert "one_row_per_address" in refused(
        "INSERT INTO store_recipient (company_id, delivery_id, address, normalised, state, token,"
        " message_name, return_path, message_id, tries, uncertain, epoch, stage, answer)"
        " SELECT company_id, delivery_id, upper(address), normalised, 'QUEUED', 'other', 'other',"
        " return_path, message_id, 0, 0, 0, '', '' FROM store_recipient"
    )


def test_no_number_is_used_twice(mailed: House) -> None:
    assert "one_document_per" in refused(
        "INSERT INTO store_document (company_id, kind, state, customer_id, customer_name, content,"
        " issuer, range_id, series, value, number, fiscal_id, draws, currency, total, created_by,"
        " created_at, issued_at)"
        " SELECT company_id, kind, 'ISSUED', customer_id, customer_name, content, issuer, range_id,"
        " series, value, number, 'other', draws, currency, total, created_by, created_at, issued_at"
        " FROM store_document"
    )


def test_a_document_has_one_open_conversation(mailed: House) -> None:
    assert "one_open_submission" in refused(
        "INSERT INTO store_submission (company_id, document_id, jurisdiction, purpose, state,"
        " epoch, tries, asks, ticket, reason, not_held)"
        " SELECT company_id, document_id, jurisdiction, purpose, 'QUEUED', 0, 0, 0, '', '', false"
        " FROM store_submission"
    )


TENANTS = ("sealing", "submission", "verdict", "acceptance", "delivery", "recipient")


def test_no_row_hangs_from_another_companys(mailed: House) -> None:
    other = models.Company.objects.get(jurisdiction="CR").pk
    for table in TENANTS:
        with without_triggers(f"store_{table}"):
            sql = f"UPDATE store_{table} SET company_id = %s WHERE company_id <> %s"
            assert "_company" in refused(sql, other, other), table


@contextmanager
def without_triggers(table: str) -> Iterator[None]:
    """What somebody with the owner's password could do."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_changed_timeline_is_named(mailed: House) -> None:
    assert activity.broken_chains() == ()
    with without_triggers("store_event"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_event SET actor = 'nadie' WHERE kind = 'verdict.accepted'")
    broken = activity.broken_chains()
    kinds = set(models.Event.objects.filter(pk__in=broken).values_list("kind", flat=True))
    assert "verdict.accepted" in kinds


def test_a_removed_line_is_named(mailed: House) -> None:
    with without_triggers("store_event"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_event WHERE kind = 'delivery.opened'")
    assert activity.broken_chains()


def test_stored_bytes_that_were_altered_are_not_used(mailed: House) -> None:
    row = models.Artifact.objects.first()
    assert row is not None
    with without_triggers("store_artifact"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_artifact SET packing = '', content = 'x'")
    with pytest.raises(artifacts.DamagedArtifact):
        artifacts.load(row.pk)


def rows_read(company_id: int, whose: int | None) -> int:
    """How many events are read for one more line of that chain, which is then taken back."""
    read = (
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
        " WHERE relname = 'store_event'"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read)  # also holds what earlier transactions of this second read
        (before,) = cursor.fetchone()
        activity.record(company_id, whose, Event(outside.now(), EventKind.DOCUMENT_EDITED))
        cursor.execute(read)
        (after,) = cursor.fetchone()
        transaction.set_rollback(True)
    return int(after) - int(before)


def test_the_end_of_a_chain_is_found_without_reading_the_others(mailed: House) -> None:
    company_id, document_id = models.Event.objects.exclude(document=None).values_list(
        "company_id", "document_id"
    )[0]
    many = (
        "INSERT INTO store_event (company_id, document_id, at, kind, actor, facts, ordinal,"
        " previous, hash) SELECT %s, %s, now(), 'x', 'y', '{}', n + 1000, '', n::text"
        " FROM generate_series(1, 2000) n"
    )
    chains = (document_id, None)
    with without_triggers("store_event"), connection.cursor() as cursor:
        for whose in chains:
            cursor.execute(many, [company_id, whose])
        cursor.execute("ANALYZE store_event")
    assert all(rows_read(company_id, whose) < 10 for whose in chains)
