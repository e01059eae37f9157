"""What must never be false, held by the database (design.md 3.6).

Not reversible in practice: it can be unapplied, but nothing should run without it.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("0002_guards.sql")

# A child's company is its parent's: (table, column, parent).
SAME_COMPANY = (
    ("store_document", "customer_id", "store_customer"),
    ("store_sealing", "document_id", "store_document"),
    ("store_sealing", "artifact_id", "store_artifact"),
    ("store_submission", "document_id", "store_document"),
    ("store_exchange", "reply_id", "store_artifact"),
    ("store_verdict", "document_id", "store_document"),
    ("store_verdict", "receipt_id", "store_artifact"),
    ("store_acceptance", "document_id", "store_document"),
    ("store_delivery", "document_id", "store_document"),
    ("store_delivery", "acceptance_id", "store_acceptance"),
    ("store_packetfile", "delivery_id", "store_delivery"),
    ("store_packetfile", "artifact_id", "store_artifact"),
    ("store_recipient", "delivery_id", "store_delivery"),
    ("store_recipient", "message_id", "store_artifact"),
    ("store_event", "document_id", "store_document"),
)

# The steps that each machine has; tests/store compares them with the domain's tables.
TRANSITIONS = {
    "document": """
        DRAFT ISSUED
        ISSUED ACCEPTED | ISSUED ACCEPTED_WITH_OBSERVATIONS | ISSUED REJECTED
        ISSUED DRAFT | ISSUED WITHDRAWN | REJECTED DRAFT
        ACCEPTED VOIDED | ACCEPTED_WITH_OBSERVATIONS VOIDED
    """,
    "submission": """
        QUEUED IN_FLIGHT
        IN_FLIGHT QUEUED | IN_FLIGHT WAITING | IN_FLIGHT UNCERTAIN | IN_FLIGHT STUCK
        IN_FLIGHT SETTLED
        WAITING UNCERTAIN | WAITING STUCK | WAITING SETTLED
        UNCERTAIN WAITING | UNCERTAIN QUEUED | UNCERTAIN STUCK | UNCERTAIN SETTLED
        STUCK UNCERTAIN | STUCK CLOSED
        SETTLED CLOSED
    """,
    "delivery": """
        OPEN HELD | OPEN SKIPPED | HELD OPEN | HELD SKIPPED | SKIPPED OPEN
    """,
    "recipient": """
        QUEUED SENDING | DEFERRED SENDING | QUEUED CANCELLED | DEFERRED CANCELLED
        DEFERRED FAILED
        SENDING SENT | SENDING DEFERRED | SENDING FAILED | SENDING UNCERTAIN | SENDING STUCK
        UNCERTAIN SENT | UNCERTAIN DELIVERED | UNCERTAIN BOUNCED | UNCERTAIN DEFERRED
        DEFERRED SENT | DEFERRED DELIVERED | DEFERRED BOUNCED
        STUCK SENT | STUCK DELIVERED | STUCK BOUNCED | STUCK DEFERRED
        SENT DELIVERED | SENT BOUNCED | DELIVERED BOUNCED
    """,
}


def transitions_sql() -> str:
    """The rows of the table of steps."""
    rows = []
    for machine, steps in TRANSITIONS.items():
        for step in steps.replace("\n", "|").split("|"):
            if step.strip():
                before, after = step.split()
                rows.append(f"('{machine}', '{before}', '{after}')")
    return f"INSERT INTO store_transition VALUES {', '.join(rows)};"


def same_company_sql() -> str:
    """Composite foreign keys: no row points to another company's."""
    return "\n".join(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_company"
        f" FOREIGN KEY (company_id, {column}) REFERENCES {parent} (company_id, id)"
        " DEFERRABLE INITIALLY DEFERRED;"
        for table, column, parent in SAME_COMPANY
    )


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL.read_text() + transitions_sql() + same_company_sql(),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
