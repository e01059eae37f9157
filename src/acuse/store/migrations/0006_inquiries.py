"""When the authority was asked about buyers' events; their codes keep relayed ones apart."""

import django.db.models.deletion
from django.db import migrations, models

SAME_COMPANY = """
ALTER TABLE store_inquiry ADD CONSTRAINT store_inquiry_document_id_company
    FOREIGN KEY (company_id, document_id) REFERENCES store_document (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0005_contingency")]
    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.company"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="store.document"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="acceptance",
            index=models.Index(fields=["at"], name="acceptances_newest"),
        ),
        migrations.RunSQL(SAME_COMPANY, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="buyerevent", name="one_buyer_event"),
        migrations.AddConstraint(
            model_name="buyerevent",
            constraint=models.UniqueConstraint(
                fields=["document", "code", "key"], name="one_buyer_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("outcome", "REJECTED"), _negated=True), ("document__isnull", False)
                ),
                fields=["document", "kind"],
                name="one_declaration_about_our_own",
            ),
        ),
    ]
