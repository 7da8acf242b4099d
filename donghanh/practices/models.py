"""Practices, what was said when somebody looked at one, and the results units state."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.domain.practising import LONGEST_TITLE, MOST_RESULT, Stage
from donghanh.organisation.models import Unit
from donghanh.practices import texts

_LINE = 300
_ONCE = 64


class Practice(models.Model):
    """
    A practice of one unit. Holds nothing of a pupil.

    ``unit`` tells it, ``house`` is whose it counts for: the school the unit works at, or the unit
    itself. ``judge`` looks at it; nobody does at one that was taken over. ``parent`` is what it was
    made from, ``library_key`` the practice of the product's library where it is that. All practices
    that come from one bear the same ``line``; a house has at most one of a line in hand.
    ``began_date``: the day of the decision, or since when it is in use here; ``ended_date``: the
    first day it no longer is. ``challenges`` is a list of what ``practising.Challenge`` holds.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    house = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    judge = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    library_key = models.CharField(max_length=60, blank=True)
    line = models.CharField(max_length=100)
    stage = models.CharField(max_length=16, choices=texts.stages)
    title = models.CharField(max_length=LONGEST_TITLE)
    aim = models.TextField()
    for_whom = models.CharField(max_length=_LINE)
    steps = models.JSONField()
    challenges = models.JSONField()
    roles = models.TextField(blank=True)
    cost = models.CharField(max_length=_LINE, blank=True)
    watch_for = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    began_date = models.DateField(null=True)
    ended_date = models.DateField(null=True)
    end_reason = models.CharField(max_length=_LINE, blank=True)
    once = models.CharField(max_length=_ONCE)
    version = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="practices_practice_once", fields=["unit", "once"]),
            models.UniqueConstraint(
                name="practices_practice_one_of_a_line_in_hand",
                fields=["house", "line"],
                condition=~Q(stage=Stage.WITHDRAWN.value),
            ),
            models.CheckConstraint(
                name="practices_practice_stage_is_known",
                condition=Q(stage__in=[stage.value for stage in Stage]),
            ),
            models.CheckConstraint(
                name="practices_practice_in_force_since_a_day",
                condition=~Q(stage__in=[Stage.RECOGNISED.value, Stage.IN_USE.value])
                | Q(began_date__isnull=False),
            ),
            models.CheckConstraint(
                name="practices_practice_withdrawn_on_a_day",
                condition=Q(stage=Stage.WITHDRAWN.value, ended_date__isnull=False)
                | (~Q(stage=Stage.WITHDRAWN.value) & Q(ended_date=None)),
            ),
            models.CheckConstraint(
                name="practices_practice_not_made_from_itself",
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["line"], name="practices_by_line"),
            models.Index(fields=["judge", "stage"], name="practices_by_judge"),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title


class Look(models.Model):
    """What came of looking at a practice: returned, recommended, recognised. Never changed."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="looks")
    outcome = models.CharField(max_length=16, choices=texts.outcomes)
    remark = models.TextField(blank=True)
    paper_number = models.CharField(max_length=80, blank=True)
    paper_date = models.DateField(null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practices_look_outcome_is_known",
                condition=Q(outcome__in=["returned", "recommended", "recognised"]),
            ),
            models.CheckConstraint(
                name="practices_look_recognised_by_a_paper",
                condition=~Q(outcome="recognised")
                | (~Q(paper_number="") & Q(paper_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="practices_look_returned_says_why",
                condition=~Q(outcome="returned") | ~Q(remark=""),
            ),
        ]

    def __str__(self) -> str:
        """Return which practice and what came of it."""
        return f"{self.practice_id} {self.outcome}"


class Result(models.Model):
    """
    A result of one practice in one school year, as its unit states it.

    ``label`` and ``measure`` say what was counted; ``persons``: it counts pupils, so that a small
    one is hidden from who is no reader of the unit's own figures.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="results")
    school_year = models.CharField(max_length=9)
    label = models.CharField(max_length=LONGEST_TITLE)
    measure = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    persons = models.BooleanField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="practices_result_once", fields=["practice", "school_year", "label"]
            ),
            models.CheckConstraint(
                name="practices_result_number_is_sound", condition=Q(number__lte=MOST_RESULT)
            ),
        ]

    def __str__(self) -> str:
        """Return which practice, year and number."""
        return f"{self.practice_id} {self.school_year}: {self.number}"
