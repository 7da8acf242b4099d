"""
What pupils say, and what is done with it.

Nothing here leads to a person, a file, an account or a session of who wrote, and no column keeps
more of the time than the day. See docs/why/unnamed-voices.md.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from donghanh.domain.voices import LONGEST, Addressee, Deed, Reason, Said, Topic
from donghanh.organisation.models import Unit
from donghanh.voices import texts


def _unit(related: str = "+", **options: object) -> models.ForeignKey[Unit, Unit]:
    return models.ForeignKey(Unit, on_delete=models.PROTECT, related_name=related, **options)  # type: ignore[arg-type]


class Voice(models.Model):
    """
    One voice as it came; never changed, but that its words go once it has long been over.

    Basis: what its writer chose to say. Purpose: an answer. Read by: the unit written to; the unit
    above once it is late, or somebody asked its moderators; in an emergency both and the school's
    cell, at once. Others from the day after. ``name`` and ``class_name`` are what the writer typed.
    ``id`` is drawn by chance and tells no order. Goes: the words, by ``voice.keep``, on
    ``gone_on``; unit, topic and month stay for the figures.
    """

    id = models.BigIntegerField(primary_key=True)
    school = _unit()
    unit = _unit()
    above = _unit(null=True)
    watch = _unit(null=True)
    addressee = models.CharField(max_length=16, choices=texts.addressees)
    topic = models.CharField(max_length=16, choices=texts.topics)
    text = models.TextField()
    name = models.CharField(max_length=100, blank=True)
    class_name = models.CharField(max_length=20, blank=True)
    wants_answer = models.BooleanField()
    may_publish = models.BooleanField()
    emergency = models.BooleanField()
    came_on = models.DateField()
    due_on = models.DateField()
    code_digest = models.CharField(max_length=64, unique=True)
    settled = models.BooleanField(default=False)
    gone_on = models.DateField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voices_voice_says_something",
                condition=Q(gone_on=None)
                & ~Q(text="")
                & Q(LessThanOrEqual(Length("text"), LONGEST))
                | Q(gone_on__isnull=False, text="", name="", class_name=""),
            ),
            models.CheckConstraint(
                name="voices_voice_codes_are_known",
                condition=Q(addressee__in=[one.value for one in Addressee])
                & Q(topic__in=[one.value for one in Topic]),
            ),
            models.CheckConstraint(
                name="voices_voice_unnamed_has_no_class", condition=~Q(name="") | Q(class_name="")
            ),
        ]
        indexes = [models.Index(fields=["unit", "came_on"], name="voices_by_unit")]

    def __str__(self) -> str:
        """Return what it is about, and when it came."""
        return f"{self.topic} {self.came_on}"


class Word(models.Model):
    """What its writer said after a voice, by the code; never changed."""

    id = models.BigIntegerField(primary_key=True)
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="words")
    place = models.SmallIntegerField()
    kind = models.CharField(max_length=16, choices=texts.sayings)
    text = models.TextField(blank=True)
    came_on = models.DateField()
    due_on = models.DateField(null=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "place"], name="voices_word_one_place"),
            models.CheckConstraint(
                name="voices_word_kind_is_known",
                condition=Q(kind__in=[one.value for one in Said]),
            ),
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.voice_id}/{self.place}"


class Act(models.Model):
    """
    What a member of staff did with a voice; never changed.

    ``unit``, ``above`` and ``watch`` are the voice's; ``of_unit`` is who did it.
    """

    id = models.BigIntegerField(primary_key=True)
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="acts")
    unit = _unit()
    above = _unit(null=True)
    watch = _unit(null=True)
    of_unit = _unit()
    place = models.SmallIntegerField()
    deed = models.CharField(max_length=16, choices=texts.deeds)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=16, blank=True, choices=texts.reasons)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "place"], name="voices_act_one_place"),
            models.CheckConstraint(
                name="voices_act_says_why",
                condition=Q(deed="set_aside", reason__in=[one.value for one in Reason])
                | ~Q(deed="set_aside") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="voices_act_deed_is_known",
                condition=Q(deed__in=[one.value for one in Deed]),
            ),
        ]

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.voice_id}/{self.place} {self.deed}"


class Publication(models.Model):
    """
    A question and its answer in other words, for everybody once a second person confirmed them.

    Does not lead readers of the public page to the voice: they have no right to that column.
    """

    id = models.BigIntegerField(primary_key=True)
    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="publication")
    unit = _unit()
    above = _unit(null=True)
    topic = models.CharField(max_length=16, choices=texts.topics)
    question = models.TextField()
    answer = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    confirmed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voices_publication_by_two",
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False)
                & ~Q(confirmed_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        """Return the question."""
        return self.question[:60]


class Promise(models.Model):
    """Within how many working days a unit promises to answer, from a day on."""

    id = models.BigIntegerField(primary_key=True)
    unit = _unit()
    days = models.SmallIntegerField()
    since = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="voices_promise_one_a_day"),
            models.CheckConstraint(
                name="voices_promise_can_be_kept", condition=Q(days__gte=1, days__lte=30)
            ),
        ]

    def __str__(self) -> str:
        """Return the days."""
        return f"{self.unit_id}: {self.days}"
