"""What addresses are for: a contact's role and kinds, and the company's own copies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0020_mail_routes'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='rules',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.CreateModel(
            name='CopyAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.IntegerField()),
                ('address', models.CharField(max_length=254)),
                ('normalised', models.CharField(max_length=254)),
                ('use', models.CharField(max_length=12)),
                ('kinds', models.JSONField(blank=True, default=list)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.company')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('company', 'normalised'), name='one_copy_per_address'),
                    models.CheckConstraint(condition=models.Q(('use__in', ['ARCHIVE', 'ACCOUNTANT'])), name='copy_use'),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name='delivery', name='delivery_trigger'),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('trigger__in', ['AUTOMATIC', 'MANUAL', 'COPY'])), name='delivery_trigger'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(
                condition=models.Q(('opened_by', 'sistema'), ('trigger', 'COPY')), fields=('acceptance',), name='one_copy_by_itself'
            ),
        ),
    ]
