"""What a contact's addresses are for: their role, and the kinds of document that they get."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0019_public_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='rules',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
