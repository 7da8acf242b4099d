"""What is kept about the papers of a dossier, and where it went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.domain.whereabouts import FaultKind
from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Unit
from donghanh.papers import texts


class PaperNote(models.Model):
    """
    What somebody noted of one paper; never changed, a later note counts instead.

    ``form`` is the central number the paper answers for, ``act_number`` the act that recorded it,
    which tells number and day; nought for a paper that is not there. Sensitive: nothing is told of
    a person. Read by: who reads the papers of the case. Goes: with the case.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="paper_notes")
    form = models.CharField(max_length=16)
    act_number = models.PositiveIntegerField(default=0)
    copy = models.CharField(max_length=16, choices=texts.copies, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    kept_at = models.CharField(max_length=160, blank=True)
    valid_until = models.DateField(null=True)
    not_needed = models.BooleanField(default=False)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="papers_papernote_not_needed_is_not_there",
                condition=Q(not_needed=False) | Q(act_number=0),
            ),
        ]

    def __str__(self) -> str:
        """Return the paper's number and its case."""
        return f"{self.dossier_id} {self.form}"


class Sending(models.Model):
    """
    One way of a dossier from a unit to another, until it is returned or goes further.

    ``papers`` lists what lay in it when it left: number of the form, number, day.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sendings")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    papers = models.JSONField(default=list)
    sent_date = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    received_date = models.DateField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    returned_date = models.DateField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="papers_sending_goes_elsewhere", condition=~Q(from_unit=F("to_unit"))
            ),
            models.CheckConstraint(
                name="papers_sending_days_follow",
                condition=(Q(received_date=None) | Q(received_date__gte=F("sent_date")))
                & (
                    Q(returned_date=None)
                    | Q(received_date__isnull=False, returned_date__gte=F("received_date"))
                ),
            ),
            models.CheckConstraint(
                name="papers_sending_done_by_somebody",
                condition=(
                    Q(received_date=None, received_by=None)
                    | Q(received_date__isnull=False, received_by__isnull=False)
                )
                & (
                    Q(returned_date=None, returned_by=None)
                    | Q(returned_date__isnull=False, returned_by__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                name="papers_sending_one_on_the_way",
                fields=["dossier"],
                condition=Q(received_date=None),
            ),
        ]

    def __str__(self) -> str:
        """Return the way as ids."""
        return f"{self.dossier_id}: {self.from_unit_id} → {self.to_unit_id}"


class PaperFault(models.Model):
    """What is wrong with one paper of a dossier that was returned."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="faults")
    form = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=texts.faults)
    sentence = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="papers_paperfault_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in FaultKind]),
            ),
            models.CheckConstraint(
                name="papers_paperfault_says_what", condition=~Q(form="") & ~Q(sentence="")
            ),
        ]

    def __str__(self) -> str:
        """Return the paper and the kind."""
        return f"{self.form} {self.kind}"


class Letter(models.Model):
    """
    A letter that asks another unit to verify or for an opinion; never what it answers.

    ``remind_date`` is the unit's own: no rule says when an answer is due. ``act_number`` is the act
    that recorded that a request for verification was sent.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=16, choices=texts.letters)
    to_name = models.CharField(max_length=200)
    to_place = models.CharField(max_length=200, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)
    sent_date = models.DateField()
    remind_date = models.DateField()
    act_number = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_date = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="papers_letter_says_whom", condition=~Q(to_name="")),
            models.CheckConstraint(
                name="papers_letter_days_follow",
                condition=Q(remind_date__gt=F("sent_date"))
                & (Q(answered_date=None) | Q(answered_date__gte=F("sent_date"))),
            ),
            models.CheckConstraint(
                name="papers_letter_answered_by_somebody",
                condition=Q(answered_date=None, answered_by=None)
                | Q(answered_date__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_date", "id"],
                name="papers_letter_unanswered",
                condition=Q(answered_date=None),
            )
        ]

    def __str__(self) -> str:
        """Return the case and the kind."""
        return f"{self.dossier_id} {self.kind}"
