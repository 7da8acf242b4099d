"""On which day a school expects its pupils to leave."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from donghanh.organisation.models import Unit


class LeavingDay(models.Model):
    """
    The day on which a school expects the graduation decision of a school year to take effect.

    The school's own expectation, not a rule; the decision itself is recorded in each dossier.
    """

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    school_year = models.CharField(max_length=9)
    on_date = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="forecast_leavingday_one_a_year", fields=["school", "school_year"]
            )
        ]

    def __str__(self) -> str:
        """Return which school, which year, which day."""
        return f"{self.school_id} {self.school_year}: {self.on_date}"
