"""Since when a road of mail is paused: a pause that is prolonged began once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0023_provider_events")]

    operations = [
        migrations.AddField(
            model_name="mailroute",
            name="paused_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
