"""Proof that a copy arrived moves a mail that was refused or cancelled afterwards."""

from django.db import migrations

STEPS = """
INSERT INTO store_transition VALUES
    ('recipient', 'FAILED', 'SENT'), ('recipient', 'FAILED', 'DELIVERED'),
    ('recipient', 'FAILED', 'BOUNCED'), ('recipient', 'CANCELLED', 'SENT'),
    ('recipient', 'CANCELLED', 'DELIVERED'), ('recipient', 'CANCELLED', 'BOUNCED')
"""
BACK = """
DELETE FROM store_transition WHERE machine = 'recipient' AND before IN ('FAILED', 'CANCELLED')
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0033_left_out")]

    operations = [migrations.RunSQL(STEPS, reverse_sql=BACK)]
