"""What was decided about two records that may be of one pupil."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from donghanh.people.models import Person


class Decision(models.Model):
    """
    Two records are of one pupil, or of two; decided by a person, and undone by one.

    ``same``: ``other`` is put aside for ``lead``. Read by: the secretary who sees both. Numbers
    alone; goes: never.
    """

    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("lead", "other"),
                Greatest("lead", "other"),
                name="duplicates_decision_one_for_two",
                condition=Q(undone_at=None),
            ),
            models.CheckConstraint(
                name="duplicates_decision_about_two", condition=~Q(lead=F("other"))
            ),
        ]

    def __str__(self) -> str:
        """Return the numbers of the two records."""
        return f"persons {self.lead_id} and {self.other_id}"
