"""How a Union member was rated for a school year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.people.models import Person
from donghanh.pool import texts


class Rating(models.Model):
    """
    One yearly rating of a pupil as a member of the Union. The database refuses to change it.

    Sensitive: it judges conduct in the Union. Basis: consent to the road. Read by: the school's
    Union and cell; the pupil. Goes: when consent is withdrawn. A correction ``corrects`` an earlier
    one and says why; what holds is the one that nothing corrects. ``scale_since``: the day from
    which the scale held that the level is taken from.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ratings")
    school_year = models.CharField(max_length=9)
    body = models.CharField(max_length=16, choices=texts.bodies)
    level = models.CharField(max_length=60)
    scale_since = models.DateField()
    met_date = models.DateField()
    paper_number = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True
    )
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pool_rating_one_first_per_year",
                fields=["person", "school_year", "body"],
                condition=Q(corrects=None),
            ),
            models.CheckConstraint(
                name="pool_rating_correction_says_why", condition=Q(corrects=None) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="pool_rating_body_is_known", condition=Q(body__in=["chapter", "committee"])
            ),
        ]

    def __str__(self) -> str:
        """Return its number, never whose it is."""
        return f"rating {self.pk}"
