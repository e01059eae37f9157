"""Catalogues that an operator imports: searched by word beginnings, editions written once."""

import django.db.models.deletion
from django.db import migrations, models


SQL = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_catalogueedition
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE INDEX entries_by_word ON store_catalogueentry USING gin (to_tsvector('simple', words));
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_nobody'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(max_length=24)),
                ('name', models.CharField(blank=True, default='', max_length=60)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('entries', models.IntegerField()),
                ('by', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['catalogue', '-id'], name='editions_newest')],
            },
        ),
        migrations.CreateModel(
            name='CatalogueEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(max_length=24)),
                ('code', models.CharField(max_length=40)),
                ('description', models.TextField()),
                ('words', models.TextField()),
                ('rate', models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ('nature', models.CharField(blank=True, default='', max_length=8)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.catalogueedition')),
            ],
            options={
                'indexes': [models.Index(fields=['catalogue', 'code'], name='entries_by_code_begun', opclasses=['varchar_pattern_ops', 'varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('catalogue', 'code'), name='one_entry_per_code'), models.CheckConstraint(condition=models.Q(('rate', None), models.Q(('rate__gte', 0), ('rate__lte', 100)), _connector='OR'), name='entry_rate_is_percent'), models.CheckConstraint(condition=models.Q(('nature__in', ['', 'GOODS', 'SERVICE'])), name='entry_nature')],
            },
        ),
        migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop),
    ]
