"""The mailbox of a company, what came by it, and what must never be false of both."""

import django.db.models.deletion
from django.db import migrations, models

SQL = """
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_mailbox FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'active', 'port', 'security', 'wrapped_password', 'cursor', 'paused_reason', 'refusals',
        'failures', 'trouble', 'visited_at', 'wake_at', 'lease_until', 'epoch', 'saved_at');
CREATE TRIGGER no_delete BEFORE DELETE ON store_mailbox FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE ON store_incomingmessage
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
-- Heads of letters that were nothing of ours may go after their time; evidence stays.
CREATE TRIGGER no_delete BEFORE DELETE ON store_incomingmessage FOR EACH ROW
    WHEN (OLD.outcome <> 'NOTHING') EXECUTE FUNCTION acuse_refuse();
ALTER TABLE store_incomingmessage ADD CONSTRAINT store_incomingmessage_mailbox_id_company
    FOREIGN KEY (company_id, mailbox_id) REFERENCES store_mailbox (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE store_incomingmessage ADD CONSTRAINT store_incomingmessage_raw_id_company
    FOREIGN KEY (company_id, raw_id) REFERENCES store_artifact (company_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0009_batches_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('active', models.BooleanField(default=True)),
                ('protocol', models.CharField(max_length=8)),
                ('host', models.CharField(max_length=253)),
                ('port', models.IntegerField()),
                ('security', models.CharField(max_length=12)),
                ('username', models.CharField(max_length=254)),
                ('wrapped_password', models.BinaryField()),
                ('folder', models.CharField(default='INBOX', max_length=200)),
                ('cursor', models.CharField(blank=True, default='', max_length=64)),
                ('paused_reason', models.TextField(blank=True, default='')),
                ('refusals', models.IntegerField(default=0)),
                ('failures', models.IntegerField(default=0)),
                ('trouble', models.JSONField(blank=True, default=dict)),
                ('visited_at', models.DateTimeField(null=True)),
                ('wake_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('epoch', models.BigIntegerField(default=0)),
                ('saved_at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
            ],
        ),
        migrations.CreateModel(
            name='IncomingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=80)),
                ('message_id', models.CharField(blank=True, default='', max_length=250)),
                ('sender', models.CharField(blank=True, default='', max_length=254)),
                ('sender_name', models.CharField(blank=True, default='', max_length=120)),
                ('subject', models.CharField(blank=True, default='', max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=12)),
                ('facts', models.JSONField(blank=True, default=list)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
                ('raw', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.artifact')),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.mailbox')),
            ],
        ),
        migrations.AddIndex(
            model_name='mailbox',
            index=models.Index(condition=models.Q(('active', True), ('paused_reason', '')), fields=['wake_at'], name='mailboxes_due'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('company',), name='one_active_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.UniqueConstraint(fields=('company', 'id'), name='mailbox_in_company'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.UniqueConstraint(fields=('company', 'protocol', 'host', 'username', 'folder'), name='one_row_per_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(('port__gte', 1), ('port__lte', 65535)), name='mailbox_port_is_one'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('security', 'NONE'), _negated=True), ('host__in', ['localhost', '127.0.0.1', '::1']), _connector='OR'), name='mailbox_is_protected'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(('protocol__in', ['IMAP', 'POP3'])), name='mailbox_protocol'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(('security__in', ['NONE', 'STARTTLS', 'TLS'])), name='mailbox_security'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('fiscal_id', ''), _negated=True), fields=['company', 'fiscal_id'], name='documents_by_fiscal_id'),
        ),
        migrations.AddIndex(
            model_name='incomingmessage',
            index=models.Index(fields=['company', '-id'], name='messages_newest'),
        ),
        migrations.AddConstraint(
            model_name='incomingmessage',
            constraint=models.UniqueConstraint(fields=('mailbox', 'uid'), name='one_message_per_uid'),
        ),
        migrations.AddConstraint(
            model_name='incomingmessage',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['RECEIVED', 'EVENT', 'KNOWN', 'REFUSED', 'NOTHING', 'FAILED'])), name='message_outcome'),
        ),
        migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop),
    ]
