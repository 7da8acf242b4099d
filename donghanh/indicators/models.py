"""For which figures each case counts from when until when; what a school enters by hand."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Unit


class Span(models.Model):
    """
    Days (half-open) on which a case counts for the same figures, at the school that had it then.

    Holds nothing that the acts do not say, and no name; it is told anew whenever something of the
    case changes, see ``Turned``. ``counted`` are the figures as ``domain.spans.bits``.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    since_date = models.DateField()
    until_date = models.DateField()
    counted = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["school", "until_date"],
                include=["since_date", "counted"],
                name="indicators_span_of_school",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="indicators_span_is_not_empty",
                condition=Q(until_date__gt=F("since_date"), counted__gt=0),
            )
        ]

    def __str__(self) -> str:
        """Return whose span from when on."""
        return f"{self.dossier_id} since {self.since_date}"


class Turned(models.Model):
    """
    A case of which something changed since its spans were told; the database alone writes it.

    Nothing waits for anything here: each change is a row of its own, and telling a case anew takes
    away the rows that were there before it was read.
    """

    dossier_id = models.BigIntegerField()
    school_id = models.BigIntegerField()

    def __str__(self) -> str:
        """Return which case."""
        return f"dossier {self.dossier_id} turned"


class Sum(models.Model):
    """
    All figures of a school on one of the days that are asked for most; the job alone writes it.

    ``values`` stand in the order of ``domain.spans.bits``. It holds while no case of the school
    has turned, and goes in the transaction that tells one anew.
    """

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_date = models.DateField()
    values = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indicators_sum_once", fields=["on_date", "school"])
        ]

    def __str__(self) -> str:
        """Return of which school and day."""
        return f"{self.school_id} on {self.on_date}"


class Edition(models.Model):
    """By which rules, and which way, the spans of all cases have been told: one row at most."""

    told_by = models.CharField(max_length=12, db_collation="C")

    def __str__(self) -> str:
        """Return the key."""
        return self.told_by


class Entered(models.Model):
    """A figure of a school and year that no case tells, as the school entered it."""

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    school_year = models.CharField(max_length=9)
    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indicators_entered_once", fields=["school", "school_year", "code"]
            )
        ]

    def __str__(self) -> str:
        """Return which figure of which school and year."""
        return f"{self.school_id} {self.school_year} {self.code}"
