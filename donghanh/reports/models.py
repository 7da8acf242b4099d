"""A school's report, its returns and seals, the closing of a year, the consolidation."""

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

    ``changed`` holds, by indicator, each figure its writer changed by hand and why; ``answers``
    what was said to each warning, by ``Finding.key``; ``attachments`` numbers, days and signers of
    papers kept elsewhere. ``version`` is the number of the sending it was last sent under, each
    with its ``Seal``. While an accepted report is amended, ``standing`` is what had been accepted
    and still counts, ``amending`` why.
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
    changed = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(default=0)
    standing = models.JSONField(null=True)
    amending = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_report_status_is_known",
                condition=Q(status__in=["writing", "sent", "returned", "accepted", "amending"]),
            ),
            models.CheckConstraint(
                name="reports_report_sent_is_frozen",
                condition=Q(status__in=["writing", "returned", "amending"])
                | (Q(sent_at__isnull=False) & ~Q(rulebook_version="")),
            ),
            models.CheckConstraint(
                name="reports_report_amends_what_stands",
                condition=Q(standing__isnull=True) & ~Q(status="amending")
                | Q(standing__isnull=False) & ~Q(status="accepted") & ~Q(amending=""),
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
    department goes on seeing this one until the next comes. ``marks`` are the indicators of the
    figures that have to be corrected.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="returns")
    comment = models.TextField()
    content = models.JSONField()
    marks = models.JSONField(default=list)
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
    """
    The report of a body over its units for a year, frozen as made, with the digest of its paper.

    ``seal`` is the digest of its content, printed on the paper; empty where none was printed yet.
    ``task`` is the duty of the body above that it answers: it was handed up with it.
    """

    department = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    version = models.PositiveSmallIntegerField()
    cutoff_date = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", null=True)

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


class Seal(models.Model):
    """
    A report as it was sent, byte for byte: canonical JSON and its digest. Never changed.

    ``version`` counts the sendings of one report from 1.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="seals")
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reports_seal_one_per_version", fields=["report", "version"]
            )
        ]
        indexes = [models.Index(fields=["sha256"], name="reports_seal_by_digest")]

    def __str__(self) -> str:
        """Return which sending of which report it is."""
        return f"seal of report {self.report_id} v{self.version}"


class YearLock(models.Model):
    """A school year a department has closed: nothing more is sent for it, but by an opening."""

    department = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reports_yearlock_once", fields=["department", "school_year"]
            )
        ]

    def __str__(self) -> str:
        """Return which year of which department is closed."""
        return f"lock of {self.department_id} {self.school_year}"


class Opening(models.Model):
    """One unit that may still send for a closed year, up to and including a day, and why."""

    lock = models.ForeignKey(YearLock, on_delete=models.PROTECT, related_name="openings")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    until_date = models.DateField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="reports_opening_says_why", condition=~Q(reason=""))
        ]
        indexes = [models.Index(fields=["lock", "school"], name="reports_opening_by_lock")]

    def __str__(self) -> str:
        """Return whom it lets send until when."""
        return f"opening for {self.school_id} until {self.until_date}"
