"""A draft that never had a number may be discarded."""

from django.db import migrations, models

UNISSUED = ["DISCARDED", "DRAFT"]
ISSUED = [
    "ISSUED",
    "ACCEPTED",
    "ACCEPTED_WITH_OBSERVATIONS",
    "REJECTED",
    "WITHDRAWN",
    "VOIDED",
]
NUMBERED = (
    models.Q(value__isnull=False) & models.Q(issued_at__isnull=False) & models.Q(issuer__isnull=False)
)


class Migration(migrations.Migration):
    dependencies = [("store", "0027_alarm_of_a_lost_proof")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="issued_documents_are_numbered"),
        migrations.RemoveConstraint(model_name="document", name="document_state"),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", UNISSUED)) | NUMBERED,
                name="issued_documents_are_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["DRAFT", "DISCARDED", *ISSUED])),
                name="document_state",
            ),
        ),
        migrations.RunSQL(
            "INSERT INTO store_transition VALUES ('document', 'DRAFT', 'DISCARDED')",
            reverse_sql="DELETE FROM store_transition WHERE after = 'DISCARDED'",
        ),
    ]
