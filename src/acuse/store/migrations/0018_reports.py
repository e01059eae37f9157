"""What came back of mail, how addresses stand by it, and what must never be false of both."""

import django.db.models.deletion
from django.db import migrations, models


SQL = """
ALTER TABLE store_report ALTER COLUMN raw SET STORAGE EXTERNAL;
-- As it came it stays; what was made of it is told once. A report has megabytes: no row is compared.
CREATE TRIGGER facts_kept BEFORE UPDATE OF digest, size, intake, delivered_to, received_at
    ON store_report FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER counted BEFORE UPDATE OF
    state, kind, traced_by, doubt, token, sender, subject, facts, company_id, recipient_id
    ON store_report FOR EACH ROW WHEN (OLD.state = 'COUNTED') EXECUTE FUNCTION acuse_refuse();
-- What changed nothing may go after its term; evidence stays.
CREATE TRIGGER no_delete BEFORE DELETE ON store_report FOR EACH ROW
    WHEN (OLD.state IN ('RECEIVED', 'COUNTED')) EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_news
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_addressstate FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts('state', 'reason', 'since', 'cause', 'by', 'released_at');
ALTER TABLE store_news ADD CONSTRAINT store_news_recipient_id_company
    FOREIGN KEY (company_id, recipient_id) REFERENCES store_recipient (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE store_report ADD CONSTRAINT store_report_recipient_id_company
    FOREIGN KEY (company_id, recipient_id) REFERENCES store_recipient (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0017_mail_templates'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('state', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, default='', max_length=24)),
                ('since', models.DateTimeField(null=True)),
                ('cause', models.CharField(blank=True, default='', max_length=80)),
                ('by', models.CharField(max_length=254)),
                ('released_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=24)),
                ('status', models.CharField(blank=True, default='', max_length=16)),
                ('said', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('raw', models.BinaryField(null=True)),
                ('size', models.IntegerField()),
                ('intake', models.CharField(max_length=8)),
                ('delivered_to', models.JSONField(default=list)),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(default='RECEIVED', max_length=12)),
                ('wake_at', models.DateTimeField(null=True)),
                ('tries', models.IntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(blank=True, default='', max_length=12)),
                ('traced_by', models.CharField(blank=True, default='', max_length=12)),
                ('doubt', models.CharField(blank=True, default='', max_length=16)),
                ('token', models.CharField(blank=True, default='', max_length=64)),
                ('sender', models.CharField(blank=True, default='', max_length=320)),
                ('subject', models.CharField(blank=True, default='', max_length=310)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('forward_at', models.DateTimeField(null=True)),
                ('forward_tries', models.IntegerField(default=0)),
                ('forwarded_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReturnMailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=600, unique=True)),
                ('cursor', models.CharField(blank=True, default='', max_length=64)),
                ('refusals', models.IntegerField(default=0)),
                ('failures', models.IntegerField(default=0)),
                ('stopped', models.TextField(blank=True, default='')),
                ('visited_at', models.DateTimeField(null=True)),
                ('wake_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('epoch', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ReturnMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='recipient',
            index=models.Index(fields=['normalised'], name='recipients_of_address'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.UniqueConstraint(fields=('company', 'id'), name='recipient_in_company'),
        ),
        migrations.AddField(
            model_name='addressstate',
            name='company',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company'),
        ),
        migrations.AddField(
            model_name='news',
            name='company',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company'),
        ),
        migrations.AddField(
            model_name='news',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recipient'),
        ),
        migrations.AddField(
            model_name='report',
            name='company',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.company'),
        ),
        migrations.AddField(
            model_name='report',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recipient'),
        ),
        migrations.AddField(
            model_name='news',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.report'),
        ),
        migrations.AddField(
            model_name='returnmessage',
            name='mailbox',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.returnmailbox'),
        ),
        migrations.AddIndex(
            model_name='addressstate',
            index=models.Index(condition=models.Q(('state', 'SUPPRESSED')), fields=['company'], name='addresses_suppressed'),
        ),
        migrations.AddConstraint(
            model_name='addressstate',
            constraint=models.UniqueConstraint(fields=('company', 'address'), name='one_state_per_address'),
        ),
        migrations.AddConstraint(
            model_name='addressstate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['VERIFIED', 'DELIVERING', 'BOUNCED', 'SUPPRESSED'])), name='address_standing'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('state', 'RECEIVED')), fields=['wake_at'], name='reports_to_read'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('forward_at__isnull', False)), fields=['forward_at'], name='reports_to_forward'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['recipient'], name='reports_of_recipient'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('intake__in', ['SMTP', 'MAILBOX', 'HAND'])), name='report_intake'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['RECEIVED', 'COUNTED', 'NOTED', 'UNREADABLE'])), name='report_state'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'DELIVERY', 'RECEIPT', 'COMPLAINT', 'FEEDBACK', 'AUTO_REPLY', 'CHALLENGE', 'TLS_REPORT', 'DMARC_REPORT', 'LOOP', 'REPLY', 'OTHER'])), name='report_kind'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('traced_by__in', ['', 'RETURN_PATH', 'ENVELOPE_ID', 'RETURNED', 'ANSWERED', 'PROBABLE'])), name='report_traced_by'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('doubt__in', ['', 'UNNAMED', 'NOT_KEPT', 'OTHER_COMPANY', 'NAMES_TWO', 'OTHER_ADDRESS'])), name='report_doubt'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('recipient', None), ('company__isnull', False), _connector='OR'), name='report_of_recipient_has_company'),
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(fields=['company', 'address', 'at'], name='news_of_address'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.UniqueConstraint(fields=('recipient', 'name'), name='one_news_told_once'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['FAILED', 'DELAYED', 'DELIVERED', 'RELAYED', 'EXPANDED', 'READ', 'COMPLAINED', 'AUTO_REPLIED', 'CHALLENGED', 'REPLIED'])), name='news_kind'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['USER_UNKNOWN', 'HOST_UNKNOWN', 'HAS_MOVED', 'NOT_ACCEPTED', 'MAILBOX_FULL', 'SUSPENDED', 'FILTERED', 'AUTH_FAILURE', 'BAD_REPUTATION', 'BLOCKED', 'REQUIRE_PTR', 'SPAM_DETECTED', 'POLICY_VIOLATION', 'NO_RELAYING', 'SECURITY_ERROR', 'FAILED_STARTTLS', 'TOO_MANY_CONNECTIONS', 'SPEEDING', 'REJECTED', 'SUPPRESSED', 'SYNTAX_ERROR', 'NOT_COMPLIANT', 'TOO_BIG', 'CONTENT_ERROR', 'VIRUS_DETECTED', 'EXPIRED', 'NETWORK_ERROR', 'SYSTEM_ERROR', 'SYSTEM_FULL', 'MAILER_ERROR', 'UNDEFINED'])), name='news_reason'),
        ),
        migrations.AddConstraint(
            model_name='returnmessage',
            constraint=models.UniqueConstraint(fields=('mailbox', 'uid'), name='one_return_per_uid'),
        ),
        migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop),
    ]
