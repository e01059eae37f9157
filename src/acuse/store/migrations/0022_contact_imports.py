"""Uploaded tables of contacts, kept until they are imported or forgotten."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0021_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=254)),
                ('file_name', models.CharField(max_length=200)),
                ('table', models.BinaryField()),
                ('rows', models.IntegerField()),
                ('columns', models.JSONField(default=list)),
                ('kind', models.CharField(blank=True, default='', max_length=24)),
                ('taken', models.JSONField(blank=True, default=list)),
                ('updates', models.BooleanField(default=False)),
                ('state', models.CharField(default='READ', max_length=8)),
                ('done', models.IntegerField(default=0)),
                ('made', models.IntegerField(default=0)),
                ('updated', models.IntegerField(default=0)),
                ('same', models.IntegerField(default=0)),
                ('failed', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.company')),
            ],
            options={
                'indexes': [models.Index(fields=['company', '-id'], name='contact_imports_newest'), models.Index(condition=models.Q(('state', 'RUNNING')), fields=['id'], name='contact_imports_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['READ', 'RUNNING', 'DONE'])), name='contact_import_state'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('rows')), ('done', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('made'), '+', models.F('updated')), '+', models.F('same')), '+', models.F('failed')))), name='contact_import_rows_accounted_for')],
            },
        ),
    ]
