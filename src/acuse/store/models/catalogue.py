"""The authorities' catalogues, as operators import them: not a company's, the installation's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CatalogueEdition(models.Model):
    """A file that was imported: written once. The newest of a catalogue is the one in force."""

    catalogue = models.CharField(max_length=24)
    name = models.CharField(max_length=60, blank=True, default="")  # what its publisher calls it
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    entries = models.IntegerField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["catalogue", "-id"], name="editions_newest")]


class CatalogueEntry(models.Model):
    """A code of the edition in force; documents keep their own copy of what they use."""

    catalogue = models.CharField(max_length=24)
    code = models.CharField(max_length=40)
    description = models.TextField()
    words = models.TextField()  # the description as it is searched: domain.catalogue.plain
    rate = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    nature = models.CharField(max_length=8, blank=True, default="")
    edition = models.ForeignKey(CatalogueEdition, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="one_entry_per_code"),
            models.CheckConstraint(
                condition=Q(rate=None) | Q(rate__gte=0, rate__lte=100), name="entry_rate_is_percent"
            ),
            models.CheckConstraint(
                condition=Q(nature__in=["", "GOODS", "SERVICE"]), name="entry_nature"
            ),
        ]
        indexes = [
            models.Index(
                fields=["catalogue", "code"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="entries_by_code_begun",
            ),
        ]
