"""What pupils asked about their own data."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.ownfile import texts
from donghanh.people.models import Person


class Request(models.Model):
    """
    One thing a pupil asked about the own data, and how it ended.

    Sensitive: ``value``, what a fact is to be; ``sentence``, why it was not done. Basis: the
    pupil's own request (Law 91/2025/QH15). Read by: the pupil; the Union or the cell of the school
    while the pupil takes part, the wish to be erased by nobody. Goes: blanked when the pupil is
    erased. No reason is asked for, and there is no place to write one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=16, choices=texts.kinds)
    datum = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField()
    asked_date = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    extended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    sentence = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ownfile_request_one_open",
                fields=["person", "kind", "datum"],
                condition=Q(outcome=""),
            ),
            models.CheckConstraint(
                name="ownfile_request_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in Kind]),
            ),
            models.CheckConstraint(
                name="ownfile_request_datum_is_known",
                condition=Q(kind=Kind.RECTIFY.value, datum__in=[one.value for one in Datum])
                | (~Q(kind=Kind.RECTIFY.value) & Q(datum="")),
            ),
            models.CheckConstraint(
                name="ownfile_request_outcome_is_known",
                condition=Q(outcome="", answered_at=None)
                | Q(outcome__in=[one.value for one in Outcome], answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the request's number and kind."""
        return f"request {self.pk} {self.kind}"
