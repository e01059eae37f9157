"""What changed nothing is found by an index when its term is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0035_stranded_answers")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    ("recipient__isnull", True), ("state__in", ["NOTED", "UNREADABLE"])
                ),
                fields=["done_at"],
                name="reports_to_forget",
            ),
        ),
    ]
