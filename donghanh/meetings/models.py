"""A meeting, what is on its agenda, and what is being typed of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.domain.procedure import Step
from donghanh.domain.sitting import Body
from donghanh.dossiers.models import Dossier
from donghanh.meetings import texts
from donghanh.organisation.models import Unit


class Meeting(models.Model):
    """
    One body on one day; once closed the database lets nobody change it.

    ``school`` is where the body works; a committee above schools has none. ``class_name`` is of a
    chapter alone. The attendance is numbers: who was left out is told by reason, never by name.
    ``chair`` and ``taker`` are the officials who sign the minutes.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    body = models.CharField(max_length=16, choices=texts.bodies)
    class_name = models.CharField(max_length=20, blank=True)
    on_date = models.DateField()
    review = models.BooleanField(default=False)
    place = models.CharField(max_length=120, blank=True)
    chair = models.CharField(max_length=120)
    taker = models.CharField(max_length=120)
    official = models.PositiveSmallIntegerField(null=True)
    excluded = models.PositiveSmallIntegerField(default=0)
    excluded_by = models.JSONField(default=dict)
    convened = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    cancelled_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["school", "-on_date", "-id"], name="meetings_of_school"),
            models.Index(fields=["unit", "-on_date", "-id"], name="meetings_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="meetings_meeting_body_is_known",
                condition=Q(body__in=[body.value for body in Body]),
            ),
            models.CheckConstraint(
                name="meetings_meeting_class_is_of_a_chapter",
                condition=Q(body=Body.CLASS_CHAPTER.value) & ~Q(class_name="")
                | ~Q(body=Body.CLASS_CHAPTER.value) & Q(class_name=""),
            ),
            models.CheckConstraint(
                name="meetings_meeting_attendance_is_whole",
                condition=Q(official=None, convened=None, present=None)
                | Q(
                    official__gte=F("excluded") + F("convened"),
                    convened__gte=F("present"),
                ),
            ),
            models.CheckConstraint(
                name="meetings_meeting_closed_by_somebody",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        """Return which body met when."""
        return f"{self.body} {self.on_date}"


class AgendaItem(models.Model):
    """
    One pupil on an agenda, and what was decided when the meeting was closed.

    Sensitive: that a body spoke about a pupil, and the count. Basis: the consent to the road. Read
    by: the body's own secretaries, while the consent stands. Goes: with the dossier. ``act_number``
    is the act it left on the road; a nomination of a chapter leaves none. ``judged_by`` keeps the
    share it was judged by, with its citation.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=texts.states, default="open")
    passed = models.BooleanField(null=True)
    counts = models.JSONField(default=dict)
    base = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)
    judged_by = models.JSONField(default=list)
    act_number = models.PositiveIntegerField(null=True)
    paper_number = models.CharField(max_length=60, blank=True)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    word = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="meetings_agendaitem_one_per_pupil", fields=["meeting", "dossier"]
            ),
            models.CheckConstraint(
                name="meetings_agendaitem_step_is_known",
                condition=Q(step__in=[step.value for step in Step]),
            ),
            models.CheckConstraint(
                name="meetings_agendaitem_decided_says_how",
                condition=Q(state="decided", passed__isnull=False)
                | Q(state__in=["open", "deferred"], passed=None, act_number=None),
            ),
            models.CheckConstraint(
                name="meetings_agendaitem_deferred_says_why",
                condition=~Q(state="deferred") | ~Q(word=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the item's place, never the pupil."""
        return f"{self.meeting_id}/{self.position} {self.step}"


class Draft(models.Model):
    """
    What is being typed of one item, as it stands; gone once the meeting is closed.

    It changes with every few keys and leaves no line of history: closing leaves one.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="draft")
    typed = models.JSONField(default=dict)
    typed_at = models.DateTimeField()
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        """Return whose draft it is."""
        return f"draft of item {self.item_id}"
