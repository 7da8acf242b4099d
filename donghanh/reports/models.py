"""A school's report, its returns, and the department's consolidation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.directives.models import Task
from donghanh.organisation.models import Unit
from donghanh.reports import texts


class Report(models.Model):
    """
    The report of one school for one school year, in answer to one task.

    While it is being written its figures are counted anew each time it is looked at; when it is
    sent they are frozen here with the cases behind them, the day, the version of the rulebook and
    the rules among those applied that nobody has compared with the original yet.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="report")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    cutoff_date = models.DateField()
    status = models.CharField(max_length=16, choices=texts.statuses, default="writing")
    revision = models.PositiveIntegerField(default=1)
    parts = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    unsettled = models.JSONField(default=list)
    rulebook_version = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_date = models.DateField(null=True)
    first_sent_date = models.DateField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    accepted_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_report_status_is_known",
                condition=Q(status__in=["writing", "sent", "returned", "accepted"]),
            ),
            models.CheckConstraint(
                name="reports_report_sent_is_frozen",
                condition=Q(status__in=["writing", "returned"])
                | (Q(sent_at__isnull=False) & ~Q(rulebook_version="")),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "school_year"], name="reports_by_department"),
            models.Index(fields=["school", "-id"], name="reports_by_school"),
        ]

    def __str__(self) -> str:
        """Return whose report for which year."""
        return f"report {self.school_id} {self.school_year}"


class Return(models.Model):
    """
    A report sent back to its school, with the comment that says why.

    ``content`` is the report as it had been sent: the school corrects its own copy, and the
    department goes on seeing this one until the next comes.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="returns")
    comment = models.TextField()
    content = models.JSONField()
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="reports_return_says_why", condition=~Q(comment=""))
        ]
        indexes = [models.Index(fields=["report", "-id"], name="reports_return_by_report")]

    def __str__(self) -> str:
        """Return which report was sent back."""
        return f"return of report {self.report_id}"


class Consolidation(models.Model):
    """The department's report for a school year, frozen as made, with the digest of its paper."""

    department = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    version = models.PositiveSmallIntegerField()
    cutoff_date = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reports_consolidation_one_per_version",
                fields=["department", "school_year", "version"],
            )
        ]

    def __str__(self) -> str:
        """Return whose consolidation for which year."""
        return f"consolidation {self.department_id} {self.school_year} v{self.version}"
