"""The operations that were carried out, the units they touched, and the cases handed over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Unit
from donghanh.reorganisation import texts


class Reorganisation(models.Model):
    """
    One operation that was carried out.

    ``content`` keeps the operation, its plan and the posts it ended as JSON values: enough to lead
    back. ``last_case`` is the newest case there was then.
    """

    kind = models.CharField(max_length=16, choices=texts.kinds)
    decision_number = models.CharField(max_length=60)
    decision_date = models.DateField()
    decision_issuer = models.CharField(max_length=300)
    effective_date = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    last_case = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reorganisation_reorganisation_kind_is_known",
                condition=Q(kind__in=[kind for kind, _ in texts.kinds()]),
            ),
            models.CheckConstraint(
                name="reorganisation_reorganisation_has_its_decision",
                condition=~Q(decision_number="") & ~Q(decision_issuer=""),
            ),
            models.CheckConstraint(
                name="reorganisation_reorganisation_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return what was done from which day."""
        return f"{self.kind} {self.effective_date}"


class Touch(models.Model):
    """A unit an operation is about, on the day it takes effect; gone when it is undone."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="touches"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reorganisation_touch_once_a_day", fields=["unit", "on_date"]
            )
        ]

    def __str__(self) -> str:
        """Return the unit's id and the day."""
        return f"{self.unit_id} {self.on_date}"


class Rerouting(models.Model):
    """An open case that goes to another unit along one line, why, and who received it."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="reroutings"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reroutings")
    line = models.CharField(max_length=16, choices=texts.lines)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    due_date = models.DateField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reorganisation_rerouting_once_a_line",
                fields=["reorganisation", "dossier", "line"],
            ),
            models.CheckConstraint(
                name="reorganisation_rerouting_goes_elsewhere",
                condition=~Q(from_unit=F("to_unit")),
            ),
            models.CheckConstraint(
                name="reorganisation_rerouting_says_why", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="reorganisation_rerouting_received_by_somebody",
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__isnull=False, received_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "id"],
                name="reorganisation_to_receive",
                condition=Q(received_at=None),
            )
        ]

    def __str__(self) -> str:
        """Return the case and its way, as ids."""
        return f"{self.dossier_id}: {self.from_unit_id} → {self.to_unit_id}"
