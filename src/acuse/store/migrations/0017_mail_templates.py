"""The company's own words for its mail, and with which version each message was made."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_mailtemplate
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
ALTER TABLE store_recipient ADD CONSTRAINT store_recipient_template_id_company
    FOREIGN KEY (company_id, template_id) REFERENCES store_mailtemplate (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0016_failures'),
    ]

    operations = [
        migrations.AddField(
            model_name='packetfile',
            name='optional',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='MailTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('version', models.IntegerField()),
                ('subject', models.CharField(blank=True, default='', max_length=200)),
                ('body', models.TextField(blank=True, default='')),
                ('by', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
            ],
        ),
        migrations.AddField(
            model_name='recipient',
            name='template',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.mailtemplate'),
        ),
        migrations.AddConstraint(
            model_name='mailtemplate',
            constraint=models.UniqueConstraint(fields=('company', 'kind', 'version'), name='one_template_per_version'),
        ),
        migrations.AddConstraint(
            model_name='mailtemplate',
            constraint=models.UniqueConstraint(fields=('company', 'id'), name='template_in_company'),
        ),
        migrations.AddConstraint(
            model_name='mailtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='template_version_counts'),
        ),
        migrations.RunSQL(GUARDS, reverse_sql=migrations.RunSQL.noop),
    ]
