"""The page of a document for a recipient: links revoked for good, their uses counted."""

import django.db.models.deletion
from django.db import migrations, models


GUARDS = """
ALTER TABLE store_publicpage ADD CONSTRAINT store_publicpage_recipient_id_company
    FOREIGN KEY (company_id, recipient_id) REFERENCES store_recipient (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_publicpage FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL)
    EXECUTE FUNCTION acuse_keep_facts('revoked_at', 'window_at', 'calls');
CREATE TRIGGER revoked BEFORE UPDATE ON store_publicpage FOR EACH ROW
    WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_publicpage FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_publicuse FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts('times', 'last_at', 'told_at');
CREATE TRIGGER no_delete BEFORE DELETE ON store_publicuse FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0018_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicCaller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('window_at', models.DateTimeField(db_index=True)),
                ('calls', models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='PublicPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('mailed', models.BooleanField()),
                ('created_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('window_at', models.DateTimeField(null=True)),
                ('calls', models.IntegerField(default=0)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='PublicUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=12)),
                ('machine', models.BooleanField()),
                ('times', models.IntegerField(default=1)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.publicpage')),
            ],
        ),
        migrations.AddConstraint(
            model_name='publicpage',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('recipient',), name='one_live_page'),
        ),
        migrations.AddConstraint(
            model_name='publicuse',
            constraint=models.UniqueConstraint(fields=('page', 'what', 'machine'), name='one_count_per_use'),
        ),
        migrations.RunSQL(GUARDS, reverse_sql=migrations.RunSQL.noop),
    ]
