"""A directive, who received it, what it asks of each; number books and the library of texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.directives import texts
from donghanh.domain.drafting import Ending, OpenTasks, Stage
from donghanh.domain.structure import Line
from donghanh.organisation.models import Unit

_ENDINGS = [one.value for one in Ending]


def _by(**options: Any) -> Any:
    """Return a column that names who did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options
    )


class Directive(models.Model):
    """
    A letter that asks something of units. The original text and what the machine read stay as they
    were; ``confirmed`` is what an officer made of it.

    One that is ``drafted`` here has no reading: ``confirmed`` is its content in the same shape, and
    ``original`` the text it was signed as. ``stage`` is how far its draft is. ``cascades``: it was
    issued on the basis of one its unit had received. ``ended_how`` says that it asks no more.
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
    drafted = models.BooleanField(default=False)
    line = models.CharField(max_length=16, choices=texts.lines, default=Line.EDUCATION.value)
    kind = models.CharField(max_length=16, blank=True)
    stage = models.CharField(max_length=16, choices=texts.stages, blank=True)
    addressing = models.JSONField(default=dict)
    asks_plan = models.BooleanField(default=False)
    remark = models.TextField(blank=True)
    signed_by = _by(null=True)
    signed_at = models.DateTimeField(null=True)
    cascades = models.ForeignKey(
        "directives.Recipient", on_delete=models.PROTECT, related_name="cascaded", null=True
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="successors", null=True
    )
    open_tasks = models.CharField(
        max_length=8, choices=texts.open_tasks, default=OpenTasks.END.value
    )
    ended_how = models.CharField(max_length=16, choices=texts.endings, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_date = models.DateField(null=True)
    ended_reason = models.TextField(blank=True)
    ended_by = _by(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directives_directive_line_is_known",
                condition=Q(line__in=[Line.EDUCATION.value, Line.PARTY.value, Line.UNION.value]),
            ),
            models.CheckConstraint(
                name="directives_directive_stage_is_of_a_draft",
                condition=Q(stage="")
                | Q(stage__in=[one.value for one in Stage], drafted=True, status="draft"),
            ),
            models.CheckConstraint(
                name="directives_directive_ended_has_its_day",
                condition=Q(ended_how="", ended_date=None)
                | Q(ended_how__in=_ENDINGS, ended_date__isnull=False, status="issued"),
            ),
            models.CheckConstraint(
                name="directives_directive_not_its_own_successor",
                condition=~Q(supersedes=F("id")),
            ),
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
    """
    One unit a directive was issued to, and how far it has come there.

    ``school`` is where the unit worked on that day: a school itself, or that of a cell or a Union.
    Of a plan there is only that it exists: number, day, signer.
    """

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
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    plan_number = models.CharField(max_length=60, blank=True)
    plan_date = models.DateField(null=True)
    plan_signer = models.CharField(max_length=120, blank=True)
    plan_at = models.DateTimeField(null=True)
    plan_by = _by(null=True)
    ended_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directives_recipient_once_per_unit", fields=["directive", "unit"]
            ),
            models.CheckConstraint(
                name="directives_recipient_opens_before_acknowledging",
                condition=Q(acknowledged_at=None) | Q(opened_at__lte=F("acknowledged_at")),
            ),
            models.CheckConstraint(
                name="directives_recipient_plan_has_its_day",
                condition=Q(plan_at=None, plan_date=None)
                | Q(plan_at__isnull=False, plan_date__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="directives_recipient_by_unit"),
            models.Index(fields=["school", "-id"], name="directives_recipient_by_school"),
        ]

    def __str__(self) -> str:
        """Return which directive went to which unit."""
        return f"{self.directive_id} → {self.unit_id}"


class Bundle(models.Model):
    """Duties of one school that ask for the same: one answer answers all of them."""

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_by = _by()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose duties it holds together."""
        return f"bundle {self.pk} of {self.school_id}"


class Task(models.Model):
    """
    A duty of a directive as one unit has to do it, with the last day still in time.

    ``answer_number`` and ``answer_signer`` tell of an answer on paper; ``through``: the task whose
    answer answered this one too. An ``ended_how`` says that its directive asks no more.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=texts.task_kinds)
    school_year = models.CharField(max_length=9)
    due_date = models.DateField()
    last_date = models.DateField()
    recurs = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = _by(null=True)
    answer_number = models.CharField(max_length=60, blank=True)
    answer_date = models.DateField(null=True)
    answer_signer = models.CharField(max_length=120, blank=True)
    through = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="tasks", null=True)
    ended_how = models.CharField(max_length=16, choices=texts.endings, blank=True)
    ended_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directives_task_ended_has_its_day",
                condition=Q(ended_how="", ended_date=None)
                | Q(ended_how__in=_ENDINGS, ended_date__isnull=False),
            ),
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


class NumberBook(models.Model):
    """The book in which one unit numbers one kind of its papers in one year; ``last`` was given."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=texts.lines)
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directives_numberbook_once", fields=["unit", "line", "kind", "year"]
            )
        ]

    def __str__(self) -> str:
        """Return whose book of what year."""
        return f"{self.unit_id} {self.kind} {self.year}: {self.last}"


class NumberEntry(models.Model):
    """
    One number of a book, of a directive or of another paper of the unit; never taken out.

    A voided one stays, with the reason.
    """

    book = models.ForeignKey(NumberBook, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    subject = models.TextField()
    directive = models.OneToOneField(
        Directive, on_delete=models.PROTECT, related_name="entry", null=True
    )
    given_date = models.DateField()
    given_by = _by()
    given_at = models.DateTimeField()
    void_reason = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = _by(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="directives_numberentry_once", fields=["book", "number"]),
            models.CheckConstraint(
                name="directives_numberentry_voided_says_why",
                condition=Q(voided_at=None, void_reason="")
                | (Q(voided_at__isnull=False, directive=None) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="directives_numberentry_begins_at_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        """Return the number in its book."""
        return f"{self.book_id}.{self.number}"


class LegalText(models.Model):
    """
    A text of the library that somebody typed; it stands before the same text of the rulebook.

    ``until_date`` is the last day; ``successor`` a key of the library. Rows are never changed: a
    later one for the same text stands in place of an earlier.
    """

    issuer = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    signed_date = models.DateField()
    title = models.TextField()
    since_date = models.DateField()
    until_date = models.DateField(null=True)
    successor = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    added_by = _by()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directives_legaltext_ends_after_it_begins",
                condition=Q(until_date=None) | Q(until_date__gte=F("since_date")),
            )
        ]
        indexes = [models.Index(fields=["number"], name="directives_legaltext_number")]

    def __str__(self) -> str:
        """Return the number."""
        return self.number
