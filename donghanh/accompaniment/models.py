"""Challenges and their models, notes and comments, clubs with their members and meetings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.accompaniment import texts
from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Unit
from donghanh.people.models import Person

#: What a form calls itself; sent twice, it is kept once.
_ONCE = 64


class ChallengeModel(models.Model):
    """
    A challenge as a school keeps it to be given again: aim, steps, evidence, time.

    Holds nothing of a pupil. ``origin`` names the example or the model elsewhere it was made from.
    """

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    aim = models.TextField()
    steps = models.JSONField()
    evidence = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=60, blank=True)
    once = models.CharField(max_length=_ONCE)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accompaniment_challengemodel_once", fields=["school", "once"]
            )
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title


class Challenge(models.Model):
    """
    A challenge as it was given to one pupil, with the words it had that day.

    Sensitive: what the pupil writes. Basis: consent to the road, and the pupil's own acceptance.
    Read by: cell, Union and helper, once accepted; the pupil. Goes: when consent is withdrawn.
    Not answered and declined look the same here: that it was declined stands in a table of its own
    that no member of staff can read.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="challenges")
    title = models.CharField(max_length=150)
    aim = models.TextField()
    steps = models.JSONField()
    evidence = models.CharField(max_length=300)
    origin = models.CharField(max_length=60, blank=True)
    given_date = models.DateField()
    due_date = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_role = models.CharField(max_length=32)
    once = models.CharField(max_length=_ONCE)
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reflection = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accompaniment_challenge_once", fields=["dossier", "once"]
            ),
            models.CheckConstraint(
                name="accompaniment_challenge_done_has_words",
                condition=Q(done_at=None) | ~Q(reflection=""),
            ),
            models.CheckConstraint(
                name="accompaniment_challenge_answered_when_done",
                condition=Q(answered_at=None) | (Q(done_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        """Return its number, never whose it is."""
        return f"challenge {self.pk}"


class Declining(models.Model):
    """That a pupil declined a challenge, or set it aside: for the own page alone, no reason."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="declining")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return its number."""
        return f"declining {self.pk}"


class Evidence(models.Model):
    """One line in which a pupil tells what was done on a day; ``step`` is which step, if one."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="lines")
    step = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=300)
    on_date = models.DateField()
    once = models.CharField(max_length=_ONCE)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accompaniment_evidence_once", fields=["challenge", "once"]
            )
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"evidence {self.pk}"


class Note(models.Model):
    """
    What a helper wrote of the road on a day. The database refuses to change or delete it.

    Sensitive: it is about a person. Basis: consent to the road. Read by: the pupil, and who helps
    at present; nobody else. Goes: when consent is withdrawn.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    on_date = models.DateField()
    once = models.CharField(max_length=_ONCE)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accompaniment_note_once", fields=["dossier", "once"])
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"note {self.pk}"


class NoteAnswer(models.Model):
    """What a pupil answered to a note. The database refuses to change or delete it."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    once = models.CharField(max_length=_ONCE)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accompaniment_noteanswer_once", fields=["note", "once"])
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"answer {self.pk}"


class Comment(models.Model):
    """
    A helper's periodic comment. The database refuses to change or delete it.

    Sensitive: it is about a person. Basis: consent to the road. Read by: the helper, the school's
    cell, the pupil. Goes: when consent is withdrawn.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    on_date = models.DateField()
    once = models.CharField(max_length=_ONCE)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accompaniment_comment_once", fields=["dossier", "once"])
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"comment {self.pk}"


class Club(models.Model):
    """A club, group, team or association that a school's Union founded; no pupil is in the row."""

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=texts.club_kinds)
    name = models.CharField(max_length=150)
    purpose = models.CharField(max_length=300)
    founded_date = models.DateField()
    paper_number = models.CharField(max_length=60, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    once = models.CharField(max_length=_ONCE)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accompaniment_club_once", fields=["school", "once"]),
            models.CheckConstraint(
                name="accompaniment_club_kind_is_known",
                condition=Q(kind__in=["association", "group", "team", "club"]),
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Membership(models.Model):
    """
    A pupil's place in a club: invited, joined by own word, left; and whether coming is shown.

    Sensitive: it belongs to the road. Basis: the pupil's own word, beside the consent to the road.
    Read by: the school's Union and cell; the helper only where the pupil shows it; the pupil.
    ``shown_at``: since when the pupil lets attendance stand on the road; nothing: it does not.
    """

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    invited_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accompaniment_membership_once", fields=["club", "person"])
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"membership {self.pk}"


class Meeting(models.Model):
    """A meeting of a club: its day and topic; no pupil in it."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="meetings")
    on_date = models.DateField()
    topic = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accompaniment_meeting_one_a_day", fields=["club", "on_date"]
            )
        ]

    def __str__(self) -> str:
        """Return its club and day."""
        return f"{self.club_id} {self.on_date}"


class Attendance(models.Model):
    """That a member came to a meeting. Who did not come leaves no row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accompaniment_attendance_once", fields=["meeting", "membership"]
            )
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"attendance {self.pk}"
