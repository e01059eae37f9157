"""Mail that went by a provider, and what providers tell of it."""

from django.db import migrations, models


SQL = """
-- An uncertain mail whose road would make another mail of it waits for a person.
INSERT INTO store_transition VALUES ('recipient', 'UNCERTAIN', 'STUCK');
DROP TRIGGER facts_kept ON store_attempt;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_attempt FOR EACH ROW
    WHEN (OLD.finished_at IS NULL)
    EXECUTE FUNCTION acuse_keep_facts(
        'stage', 'finished_at', 'code', 'text', 'result', 'provider', 'provider_name');
DROP TRIGGER facts_kept ON store_report;
CREATE TRIGGER facts_kept BEFORE UPDATE OF
    digest, size, intake, delivered_to, received_at, provider, owner
    ON store_report FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0022_contact_imports'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='news',
            name='news_kind',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_intake',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_traced_by',
        ),
        migrations.AddField(
            model_name='attempt',
            name='provider',
            field=models.CharField(db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='attempt',
            name='provider_name',
            field=models.CharField(db_default='', default='', max_length=250),
        ),
        migrations.AddField(
            model_name='report',
            name='owner',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='provider',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(condition=models.Q(('provider_name', ''), _negated=True), fields=['provider', 'provider_name'], name='attempts_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['FAILED', 'DELAYED', 'DELIVERED', 'RELAYED', 'EXPANDED', 'READ', 'COMPLAINED', 'AUTO_REPLIED', 'CHALLENGED', 'REPLIED', 'TAKEN'])), name='news_kind'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('intake__in', ['SMTP', 'MAILBOX', 'HAND', 'HOOK'])), name='report_intake'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('traced_by__in', ['', 'RETURN_PATH', 'ENVELOPE_ID', 'RETURNED', 'ANSWERED', 'PROVIDER', 'PROBABLE'])), name='report_traced_by'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('intake', 'HOOK'), ('owner__isnull', False), models.Q(('provider', ''), _negated=True)), models.Q(models.Q(('intake', 'HOOK'), _negated=True), ('owner', None), ('provider', '')), _connector='OR'), name='report_of_provider_has_road'),
        ),
        migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop),
    ]
