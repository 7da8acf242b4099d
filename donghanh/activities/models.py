"""Activities of units, and the pupils who checked in at them by own act."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.activities import texts
from donghanh.domain.activities import LONGEST_ALT, Seen
from donghanh.organisation.models import Unit
from donghanh.people.models import Person


class Activity(models.Model):
    """
    An activity of ideals education as a unit holds it; no pupil is in the row.

    ``school``: whose figure it is; none where a department or an upper Union holds it.
    ``checked_in`` is kept by the database: how many pupils checked in, whatever became of them
    since. ``turns``: how many took part, once that is stated. Checking in is open from
    ``open_since`` until before ``open_until``. The hours are of the clock of Asia/Ho_Chi_Minh.
    ``went_well`` and ``next_time`` are how the unit looks back; either may be empty.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=24, choices=texts.kind_choices)
    title = models.CharField(max_length=200)
    search_key = models.CharField(max_length=410, db_collation="C")
    on_date = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=200)
    audience = models.CharField(max_length=200)
    plan = models.TextField(blank=True)
    school_year = models.CharField(max_length=9)
    once = models.CharField(max_length=64)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    open_since = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    checked_in = models.PositiveIntegerField(db_default=0, editable=False)
    turns = models.PositiveIntegerField(null=True)
    held_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    went_well = models.TextField(blank=True)
    next_time = models.TextField(blank=True)
    looked_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_year"], name="activities_by_school_and_year"),
            models.Index(fields=["unit", "-on_date"], name="activities_by_unit_and_day"),
        ]
        constraints = [
            models.UniqueConstraint(name="activities_activity_once", fields=["unit", "once"]),
            models.CheckConstraint(
                name="activities_activity_ends_after_it_begins", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="activities_activity_held_with_a_number",
                condition=Q(held_at=None, turns=None) | Q(held_at__isnull=False, turns__gte=0),
            ),
            models.CheckConstraint(
                name="activities_activity_called_off_with_a_reason",
                condition=Q(called_off_at=None, reason="")
                | (Q(called_off_at__isnull=False, held_at=None) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="activities_activity_open_for_a_time",
                condition=Q(open_since=None, open_until=None)
                | Q(open_since__isnull=False, open_until__gte=F("open_since")),
            ),
            models.CheckConstraint(
                name="activities_activity_looked_back_once_held",
                condition=Q(looked_back_at=None, went_well="", next_time="")
                | Q(looked_back_at__isnull=False, held_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title


class Photo(models.Model):
    """
    A photo of a held activity, for who may read the activity; never for the public.

    It has no address of its own and stands in no library: the public has pictures of their own,
    each agreed to for what is published. ``seen``: that nobody can be recognised, or that all who
    can be agreed, as who kept it says; who they are is kept nowhere. Drawn anew before it is kept:
    no place, no camera. Goes: when somebody of the unit takes it away; nothing of it stays.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="photos")
    alt = models.CharField(max_length=LONGEST_ALT)
    seen = models.CharField(max_length=8, choices=texts.seen_choices)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    data = models.BinaryField()
    small = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activities_photo_once", fields=["activity", "digest"]),
            models.CheckConstraint(
                name="activities_photo_says_who_is_seen",
                condition=Q(seen__in=[one.value for one in Seen]),
            ),
            models.CheckConstraint(
                name="activities_photo_says_what_it_shows", condition=~Q(alt="")
            ),
        ]

    def __str__(self) -> str:
        """Return its number, never what it shows."""
        return f"photo {self.pk}"


class CheckIn(models.Model):
    """
    That a pupil was at an activity, by the pupil's own act; and whether it stands on the road.

    Sensitive: it belongs to the road. Basis: the pupil's own word, beside the consent to the road.
    Read by: the pupil; the helper, the cell and the Union of the school only while ``shown_at``
    stands. Goes: when the pupil is erased; ``reflection`` also when the pupil takes it back. Keeps
    no hour.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    shown_at = models.DateTimeField(null=True)
    reflection = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activities_checkin_once", fields=["person", "activity"]),
            models.CheckConstraint(
                name="activities_checkin_words_only_where_shown",
                condition=Q(reflection="") | Q(shown_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"check-in {self.pk}"
