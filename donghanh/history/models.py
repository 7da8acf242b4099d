"""The lines of history, the chain through them, and what verifying it showed."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

#: What a change of the tables itself writes; the one line that nobody acts in.
MIGRATED = "history.migrated"
#: Lines that tell which pupils somebody saw in a list, by number.
LISTED = ("dossiers.list_seen", "dossiers.list_exported")


class Event(models.Model):
    """
    One thing that happened. Holds ids and codes, never a personal value.

    Written by the database's own function ``history_record`` alone; the database refuses UPDATE and
    DELETE. ``actor`` is empty only where a change of the tables itself wrote the line.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    role = models.CharField(max_length=32)
    unit_code = models.CharField(max_length=32)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="history_event_somebody_acts",
                condition=Q(actor__isnull=False) | Q(action=MIGRATED),
            ),
            models.CheckConstraint(
                name="history_event_at_is_an_instant",
                condition=Q(at__gt=datetime(1900, 1, 1, tzinfo=UTC))
                & Q(at__lt=datetime(3000, 1, 1, tzinfo=UTC)),
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="history_by_subject"),
            GinIndex(
                fields=["facts"],
                opclasses=["jsonb_path_ops"],
                condition=Q(action__in=LISTED),
                name="history_by_who_is_listed",
            ),
        ]

    def __str__(self) -> str:
        """Return what was done to what."""
        return f"{self.action} {self.subject}#{self.subject_id}"


class Link(models.Model):
    """
    The place of one line in the chain, given when its transaction ends.

    ``digest`` covers the line, its position and ``previous``, the digest of the link before it; the
    text it is taken of stands in docs/why/chained-history.md. Written by the database alone.
    """

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="link")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return which line stands where."""
        return f"{self.position} event#{self.event_id}"


class Head(models.Model):
    """The end of the chain: one row, that only goes forward. Written by the database alone."""

    id = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="history_head_is_one_row", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        """Return how long the chain is."""
        return f"{self.position} {self.digest}"


class Verification(models.Model):
    """What reading the whole chain showed, kept by the job that read it; never changed."""

    at = models.DateTimeField()
    lines = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    broken = models.BigIntegerField(null=True)
    why = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        """Return when it was, and how many lines held."""
        return f"{self.at:%Y-%m-%d} {self.lines}"
