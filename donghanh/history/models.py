"""The lines of history."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.Model):
    """
    One thing that happened. Holds ids and codes, never a personal value.

    ``digest`` covers this line and the digest of the line before it, so that a changed or missing
    line shows. The database refuses UPDATE and DELETE.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    unit_code = models.CharField(max_length=32)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "id"], name="history_by_subject")]

    def __str__(self) -> str:
        """Return what was done to what."""
        return f"{self.action} {self.subject}#{self.subject_id}"
