"""What was decided about the targets of units; what letters asked stands with the letters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.domain.targets import MOST
from donghanh.organisation.models import Unit


class Target(models.Model):
    """
    One decision about the target of a unit, for one figure and one school year. Never of a person.

    Rows are added and never changed: the newest ``number`` of a unit, figure and year holds, those
    before are how it came about. What directives asked is read from them, not copied here.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.CharField(max_length=40)
    school_year = models.CharField(max_length=9)
    number = models.PositiveSmallIntegerField()
    amount = models.PositiveIntegerField()
    given_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    paper_number = models.CharField(max_length=80)
    paper_date = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="targets_target_one_of_a_number",
                fields=["unit", "indicator", "school_year", "number"],
            ),
            models.CheckConstraint(
                name="targets_target_amount_is_sound", condition=Q(amount__lte=MOST)
            ),
            models.CheckConstraint(
                name="targets_target_counts_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="targets_target_change_says_why", condition=Q(number=1) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="targets_target_has_its_paper", condition=~Q(paper_number="")
            ),
        ]
        indexes = [
            models.Index(fields=["school_year", "indicator", "unit"], name="targets_by_year")
        ]

    def __str__(self) -> str:
        """Return which unit, which figure, which year, how many."""
        return f"{self.unit_id} {self.indicator} {self.school_year}.{self.number}: {self.amount}"
