"""Figures a unit made public, as they were that day."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from donghanh.organisation.models import Unit


class Publication(models.Model):
    """
    The figures of a unit and school year that everybody may read, from a day on.

    ``figures`` holds what is shown and nothing that is hidden: code, title, what it counts, value
    or why there is none, and the same for schools beside it. ``schools`` are those it is of:
    whatever is told later must not tell a small figure by taking away. Never changed but to be
    withdrawn; newer figures are a publication of their own.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=300)
    school_year = models.CharField(max_length=9)
    cutoff_date = models.DateField()
    figures = models.JSONField()
    schools = ArrayField(models.BigIntegerField())
    most = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="openfigures_publication_one_of_a_year",
                fields=["unit", "school_year"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="openfigures_publication_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return whose figures of which year."""
        return f"{self.unit_id} {self.school_year}"
