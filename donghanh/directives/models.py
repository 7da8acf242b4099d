"""A directive, who received it, and what it asks of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.directives import texts
from donghanh.organisation.models import Unit


class Directive(models.Model):
    """
    A letter that asks something of units. The original text and what the machine read stay as they
    were; ``confirmed`` is what an officer made of it.
    """

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    original = models.TextField()
    original_digest = models.CharField(max_length=64)
    reading = models.JSONField()
    confirmed = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=16, choices=texts.statuses, default="draft")
    school_year = models.CharField(max_length=9, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_date = models.DateField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directives_directive_status_is_known",
                condition=Q(status__in=["draft", "issued"]),
            ),
            models.CheckConstraint(
                name="directives_directive_issued_has_its_day",
                condition=Q(status="draft", issued_at=None, issued_date=None)
                | Q(status="issued", issued_at__isnull=False, issued_date__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["issuer", "-id"], name="directives_by_issuer")]

    def __str__(self) -> str:
        """Return the directive's number here."""
        return f"directive {self.pk}"


class Recipient(models.Model):
    """One unit a directive was issued to, and how far it has come there."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="recipients")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directives_recipient_once_per_unit", fields=["directive", "unit"]
            ),
            models.CheckConstraint(
                name="directives_recipient_opens_before_acknowledging",
                condition=Q(acknowledged_at=None) | Q(opened_at__lte=F("acknowledged_at")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="directives_recipient_by_unit")]

    def __str__(self) -> str:
        """Return which directive went to which unit."""
        return f"{self.directive_id} → {self.unit_id}"


class Task(models.Model):
    """A duty of a directive as one unit has to do it, with the last day still in time."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=texts.task_kinds)
    school_year = models.CharField(max_length=9)
    due_date = models.DateField()
    last_date = models.DateField()
    recurs = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directives_task_once_per_year",
                fields=["recipient", "position", "school_year"],
            ),
            models.CheckConstraint(
                name="directives_task_kind_is_known", condition=Q(kind__in=["report", "other"])
            ),
            models.CheckConstraint(
                name="directives_task_last_day_is_not_after_due",
                condition=Q(last_date__lte=F("due_date")),
            ),
        ]

    def __str__(self) -> str:
        """Return the duty's place in its directive and the day it is due."""
        return f"{self.recipient_id}.{self.position} ≤ {self.last_date}"


class UnitTarget(models.Model):
    """How many admissions a directive asks of a unit in a school year. Never of a person."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="unit_targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    amount = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directives_unittarget_once", fields=["directive", "unit", "school_year"]
            )
        ]

    def __str__(self) -> str:
        """Return the amount asked of the unit."""
        return f"{self.unit_id} {self.school_year}: {self.amount}"
