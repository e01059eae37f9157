"""A table of contacts that somebody uploaded, until it is imported or forgotten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from acuse.domain.contact_plan import ImportState
from acuse.store.models.company import Company, one_of


class ContactImport(models.Model):
    """The table as it was read, packed, and what its person chose.

    `columns` say what each column holds; `taken` are addresses that a person stands by. Rows up to
    `done` are worked off, of `rows`; the counts are of those. Where it is RUNNING, nothing is
    chosen any more. `reading` is what the rows were read as, `fates` what each would do: true only
    of what `reading_of` and `fates_of` tell, and made anew for anything else.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    by = models.CharField(max_length=254)
    file_name = models.CharField(max_length=200)
    table = models.BinaryField()
    rows = models.IntegerField()
    columns = models.JSONField(default=list)
    kind = models.CharField(max_length=24, default="", blank=True)
    taken = models.JSONField(default=list, blank=True)
    updates = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=ImportState.READ.value)
    done = models.IntegerField(default=0)
    made = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    reading = models.BinaryField(default=b"")
    reading_of = models.CharField(max_length=64, default="", blank=True)
    fates = models.TextField(default="", blank=True)
    fates_of = models.CharField(max_length=97, default="", blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            one_of("state", ImportState, "contact_import_state"),
            models.CheckConstraint(
                condition=Q(done__lte=F("rows"))
                & Q(done=F("made") + F("updated") + F("same") + F("failed")),
                name="contact_import_rows_accounted_for",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-id"], name="contact_imports_newest"),
            models.Index(
                fields=["id"],
                condition=Q(state=ImportState.RUNNING.value),
                name="contact_imports_running",
            ),
        ]
