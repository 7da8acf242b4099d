"""The amendments of the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Amendment(models.Model):
    """
    One change of the rules. The database refuses to change or delete it, and to leave a number out.

    ``number`` counts from 1 and is also the edition of the rulebook it makes; ``digest`` covers
    this amendment and the digest of the one before it, and so names an edition as a whole.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField(blank=True)
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="withdrawn_by", null=True
    )
    note = models.CharField(max_length=300)
    kept_date = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="amendments_amendment_changes_or_withdraws",
                condition=~Q(text="") | Q(withdraws__isnull=False),
            ),
            models.CheckConstraint(name="amendments_amendment_says_why", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        """Return the amendment's number."""
        return f"amendment {self.number}"
