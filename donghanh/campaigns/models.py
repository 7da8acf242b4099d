"""Campaigns, the figures they ask for, who joins, and what is given year by year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.campaigns import texts
from donghanh.directives.models import Directive
from donghanh.domain import campaign_figures, campaigning
from donghanh.domain.campaigning import Answer, Stage
from donghanh.organisation.models import Unit

_LINE = 300
_ONCE = 64
_MOST_DAY, _MOST_MONTH = 31, 12


def _by(**options: Any) -> Any:
    """Return a column that names who did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options
    )


class Campaign(models.Model):
    """
    A campaign as a Union above schools runs it. Holds nothing of a pupil.

    ``directive`` is one kept here, ``paper_…`` how it is cited; a paper that is not kept here is
    only cited. ``begins`` and ``ends`` are first and last day, the latter ``None`` where none is
    set; figures are given by ``due_day`` of ``due_month`` every school year. ``done`` and
    ``learnt`` are the evaluation; ``closed_date`` is the day it was ended or called off.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=texts.stages, default=Stage.DRAFT.value)
    title = models.CharField(max_length=campaigning.LONGEST_TITLE)
    aim = models.TextField()
    begins = models.DateField()
    ends = models.DateField(null=True)
    due_day = models.PositiveSmallIntegerField()
    due_month = models.PositiveSmallIntegerField()
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="+", null=True)
    paper_number = models.CharField(max_length=campaigning.LONGEST_NUMBER, blank=True)
    paper_issuer = models.CharField(max_length=_LINE, blank=True)
    paper_date = models.DateField(null=True)
    done = models.TextField(blank=True)
    learnt = models.TextField(blank=True)
    closed_date = models.DateField(null=True)
    reason = models.CharField(max_length=_LINE, blank=True)
    once = models.CharField(max_length=_ONCE)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    written_by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaigns_campaign_once", fields=["unit", "once"]),
            models.CheckConstraint(
                name="campaigns_campaign_stage_is_known",
                condition=Q(stage__in=[stage.value for stage in Stage]),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_ends_after_it_begins",
                condition=Q(ends=None) | Q(ends__gte=F("begins")),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_due_is_a_day",
                condition=Q(
                    due_day__gte=1,
                    due_day__lte=_MOST_DAY,
                    due_month__gte=1,
                    due_month__lte=_MOST_MONTH,
                ),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_paper_is_whole",
                condition=Q(paper_number="", paper_issuer="", paper_date=None, directive=None)
                | (Q(paper_date__isnull=False) & ~Q(paper_number="") & ~Q(paper_issuer="")),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_opened_at_an_instant",
                condition=~Q(stage__in=[Stage.OPENED.value, Stage.ENDED.value])
                | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_ended_with_an_evaluation",
                condition=(
                    Q(stage=Stage.ENDED.value, closed_date__isnull=False)
                    & ~Q(done="")
                    & ~Q(learnt="")
                )
                | (~Q(stage=Stage.ENDED.value) & Q(done="", learnt="")),
            ),
            models.CheckConstraint(
                name="campaigns_campaign_called_off_with_a_reason",
                condition=(Q(stage=Stage.CALLED_OFF.value, closed_date__isnull=False))
                & ~Q(reason="")
                | (~Q(stage=Stage.CALLED_OFF.value) & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title


class Figure(models.Model):
    """One figure a campaign asks for; ``measure`` is what is counted, such as "người"."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=campaigning.LONGEST_LABEL)
    measure = models.CharField(max_length=campaigning.LONGEST_MEASURE)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaigns_figure_place", fields=["campaign", "place"]),
            models.UniqueConstraint(name="campaigns_figure_label", fields=["campaign", "label"]),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.label


class Joining(models.Model):
    """
    A campaign at one school: what its Union answered, with its plan, and its own evaluation.

    Made when the campaign is opened for the school. ``runner`` is the campaign's own unit. ``lead``
    says who is in charge by office; no pupil.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="joinings")
    runner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=16, choices=texts.answers, default=Answer.SILENT.value)
    plan = models.TextField(blank=True)
    lead = models.CharField(max_length=_LINE, blank=True)
    until = models.DateField(null=True)
    reason = models.CharField(max_length=_LINE, blank=True)
    answered_at = models.DateTimeField(null=True)
    evaluation = models.TextField(blank=True)
    evaluated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaigns_joining_once", fields=["campaign", "school"]),
            models.CheckConstraint(
                name="campaigns_joining_answer_is_known",
                condition=Q(answer__in=[answer.value for answer in Answer]),
            ),
            models.CheckConstraint(
                name="campaigns_joining_answered_whole",
                condition=Q(answer=Answer.SILENT.value, answered_at=None, plan="", reason="")
                | (
                    Q(
                        answer=Answer.JOINED.value,
                        answered_at__isnull=False,
                        until__isnull=False,
                        reason="",
                    )
                    & ~Q(plan="")
                    & ~Q(lead="")
                )
                | (Q(answer=Answer.DECLINED.value, answered_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [models.Index(fields=["school"], name="campaigns_by_school")]

    def __str__(self) -> str:
        """Return its number."""
        return f"joining {self.pk}"


class Statement(models.Model):
    """
    What a school gave for one school year, whole; the newest ``revision`` counts.

    Never changed: a correction is a row of its own.
    """

    joining = models.ForeignKey(Joining, on_delete=models.PROTECT, related_name="statements")
    school_year = models.CharField(max_length=9)
    revision = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    stated_at = models.DateTimeField()
    stated_by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="campaigns_statement_once", fields=["joining", "school_year", "revision"]
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"statement {self.pk}"


class Number(models.Model):
    """One number of a statement; a figure that was not given has none."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="numbers")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaigns_number_once", fields=["statement", "figure"]),
            models.CheckConstraint(
                name="campaigns_number_is_sound",
                condition=Q(number__lte=campaign_figures.MOST_NUMBER),
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)


class Closing(models.Model):
    """That the figures of a school year are closed: from then on none is given or corrected."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="closings")
    school_year = models.CharField(max_length=9)
    at = models.DateTimeField()
    by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="campaigns_closing_once", fields=["campaign", "school_year"]
            ),
        ]

    def __str__(self) -> str:
        """Return the year."""
        return self.school_year
