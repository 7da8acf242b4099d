"""The hand-overs of pupils' files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.dossiers.models import Dossier
from donghanh.handover import texts
from donghanh.organisation.models import Unit


class Handover(models.Model):
    """
    One hand-over of one file to one unit.

    Sensitive: that a pupil takes part, and where the pupil goes. Basis: the pupil's own agreement
    to this one unit, in the wording ``wording``. Read by: the cell that sends; the cell that
    receives, without a name until it confirmed; the pupil; whoever holds the link, a name with the
    second code alone. Goes: with the case. ``papers`` are those that go with it: code, number, day.
    ``link_digest`` is of the link's word, ``whole_digest`` of word and second code together;
    neither is kept itself. ``stands`` is the mark of the pupil's consent to the road; the database
    alone keeps it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="handovers")
    from_school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=16, choices=texts.destinations)
    to_school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    to_name = models.CharField(max_length=200)
    to_place = models.CharField(max_length=200, blank=True)
    stand = models.CharField(max_length=16, choices=texts.stands)
    papers = models.JSONField(default=list)
    lying = models.PositiveSmallIntegerField(default=0)
    asked_date = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    wording = models.CharField(max_length=16)
    agreed_date = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    sent_date = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    link_digest = models.CharField(max_length=64, blank=True)
    whole_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateTimeField(null=True)
    received_date = models.DateField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    receiver = models.CharField(max_length=150, blank=True)
    called_back_at = models.DateTimeField(null=True)
    called_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    stands = models.BooleanField(db_default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="handover_handover_one_open",
                fields=["dossier"],
                condition=Q(received_at=None, called_back_at=None),
            ),
            models.UniqueConstraint(
                name="handover_handover_link_once",
                fields=["link_digest"],
                condition=~Q(link_digest=""),
            ),
            models.CheckConstraint(
                name="handover_handover_goes_elsewhere",
                condition=Q(to_school=None) | ~Q(to_school=F("from_school")),
            ),
            models.CheckConstraint(name="handover_handover_says_whereto", condition=~Q(to_name="")),
            models.CheckConstraint(
                name="handover_handover_sent_as_agreed",
                condition=Q(sent_date=None)
                | Q(agreed_date__isnull=False, sent_date__gte=F("agreed_date"), refused_at=None),
            ),
            models.CheckConstraint(
                name="handover_handover_received_after_sent",
                condition=Q(received_date=None)
                | Q(sent_date__isnull=False, received_date__gte=F("sent_date")),
            ),
            models.CheckConstraint(
                name="handover_handover_received_or_called_back",
                condition=Q(received_at=None) | Q(called_back_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["from_school", "id"], include=["stands"], name="handover_from_school"
            ),
            models.Index(fields=["to_school", "id"], include=["stands"], name="handover_to_school"),
        ]

    def __str__(self) -> str:
        """Return the hand-over as ids."""
        return f"{self.dossier_id}: {self.from_school_id} → {self.to_school_id or self.to}"
