"""A pupil's case and the acts it consists of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.domain.procedure import Step
from donghanh.dossiers import texts
from donghanh.organisation.models import Unit
from donghanh.people.models import Person


class Dossier(models.Model):
    """
    The case of one pupil. Where it stands is replayed from its acts; see ``Standing`` for lists.

    ``acts_recorded`` counts every act, invalid ones too; two people who act on what they both saw
    are told apart by it. Which committees stand above the cell and who introduces decide the
    branches of the road. ``standards`` keeps what the cell says of the standards a place sets for
    pupils, by the name of the rule: yes or no, nothing where it is not known; never why.
    ``place`` tells where the dossier is, as ``domain.whereabouts`` reads it; ``moves`` where the
    pupil moved while under consideration, oldest first, as ``queries.cases`` reads them. ``gone``:
    another unit outside the system confirmed that it has it; ``handing_over``: a hand-over is open.
    ``agreed`` and ``listed`` are the person's marks that the second wall goes by; the database
    alone keeps them.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="dossier")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_date = models.DateField()
    base_committee = models.BooleanField()
    sub_committee = models.BooleanField(default=False)
    delegated = models.BooleanField(default=False)
    by_members = models.BooleanField(default=False)
    standards = models.JSONField(default=dict)
    scopes = models.JSONField()
    graduated_date = models.DateField(null=True)
    place = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    gone = models.BooleanField(default=False)
    handing_over = models.BooleanField(default=False)
    acts_recorded = models.PositiveIntegerField(default=0)
    simulated = models.BooleanField(default=False)
    agreed = models.BooleanField(db_default=False, editable=False)
    listed = models.BooleanField(db_default=False, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["school", "id"],
                include=["agreed", "listed", "opened_date"],
                name="dossiers_of_school",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="dossiers_dossier_base_committee_bears_the_others",
                condition=Q(base_committee=True) | Q(sub_committee=False, delegated=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the case's number, never the name."""
        return f"dossier {self.pk}"


class Act(models.Model):
    """
    One dated thing done in a case. The database refuses to change or delete it.

    An act with ``voids`` declares an earlier one invalid. ``judged_by`` keeps the rule values, with
    their citations, that held when it was recorded; ``edition`` is the edition of the rulebook that
    it is read with for ever. ``excluded_by`` says how many members were left out for each reason,
    never whom. ``about`` and ``until_date`` belong to more time allowed: the rule and the last day.
    ``reason`` says why it declares another invalid, or why another regime was chosen for it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=32, choices=texts.steps)
    on_date = models.DateField()
    received_date = models.DateField(null=True)
    form = models.CharField(max_length=16, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)
    official = models.PositiveSmallIntegerField(null=True)
    excluded = models.PositiveSmallIntegerField(null=True)
    convened = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    favour = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    invalid = models.PositiveSmallIntegerField(null=True)
    excluded_by = models.JSONField(default=dict)
    passed = models.BooleanField(default=True)
    governed_by = models.CharField(max_length=8, blank=True)
    judged_by = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=0)
    about = models.CharField(max_length=60, blank=True)
    until_date = models.DateField(null=True)
    voids = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="voided_by", null=True
    )
    reason = models.CharField(max_length=300, blank=True)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dossiers_act_one_per_number", fields=["dossier", "number"]
            ),
            models.CheckConstraint(
                name="dossiers_act_step_is_known",
                condition=Q(step__in=[step.value for step in Step]),
            ),
            models.CheckConstraint(
                name="dossiers_act_void_says_why",
                condition=Q(voids=None) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="dossiers_act_more_time_says_for_what_and_until_when",
                condition=(
                    Q(step=Step.EXTENDED.value, until_date__isnull=False) & ~Q(about="")
                    | Q(step=Step.EXTENDED.value, voids__isnull=False)
                    | (~Q(step=Step.EXTENDED.value) & Q(about="", until_date=None))
                ),
            ),
            models.CheckConstraint(
                name="dossiers_act_votes_fit_those_present",
                condition=Q(present=None)
                | Q(present__gte=F("favour") + F("against") + F("invalid")),
            ),
            models.CheckConstraint(
                name="dossiers_act_present_were_convened",
                condition=Q(present=None) | Q(convened__gte=F("present")),
            ),
        ]

    def __str__(self) -> str:
        """Return the act's place in its case."""
        return f"{self.dossier_id}/{self.number} {self.step}"


class Standing(models.Model):
    """
    Where a case stood when it was replayed last: what lists go by, and nothing else.

    Holds nothing that the acts do not say; it is told anew whenever something may have turned. The
    database makes the row with its case, keeps ``agreed``, ``listed`` and what is copied from case
    and person, and sets ``until_date`` to the first of all days as soon as anything changes that
    the road is replayed from, whoever changes it. ``told_by`` tells apart the rules and the way it
    was told; ``told_date`` is the day it was told for, ``until_date`` the first day on which it may
    no longer hold. ``willing`` and ``on_list`` are consent and list as the replay found them: the
    first wall of lists goes by them, the second by the marks.
    """

    dossier = models.OneToOneField(
        Dossier,
        on_delete=models.CASCADE,
        related_name="standing",
        primary_key=True,
        db_column="id",
    )
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed = models.BooleanField(editable=False)
    listed = models.BooleanField(editable=False)
    simulated = models.BooleanField(editable=False)
    sort_key = models.CharField(max_length=600, db_collation="C", editable=False)
    search_key = models.CharField(max_length=150, db_collation="C", db_default="", editable=False)
    class_name = models.CharField(max_length=20, editable=False)
    status = models.CharField(max_length=16)
    step = models.CharField(max_length=32, blank=True)
    open_steps = models.BigIntegerField()
    past_steps = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    need = models.JSONField()
    due_date = models.DateField(null=True)
    expiry_date = models.DateField(null=True)
    blocked = models.BooleanField()
    held = models.BooleanField()
    waits = models.BooleanField()
    branches = models.CharField(max_length=80, blank=True)
    acted_date = models.DateField()
    willing = models.BooleanField()
    on_list = models.BooleanField()
    turns = models.JSONField()
    told_by = models.CharField(max_length=12, db_collation="C", blank=True)
    told_date = models.DateField()
    until_date = models.DateField()

    class Meta:
        # No index holds what is told: telling anew rewrites a row in its own page.
        indexes = [
            models.Index(
                fields=["school", "sort_key", "dossier"], name="dossiers_standing_by_name"
            ),
            models.Index(
                fields=["sort_key", "school", "dossier"], name="dossiers_standing_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        """Return whose standing."""
        return f"standing of dossier {self.dossier_id}"


class Name(models.Model):
    """
    One word of a name some case in sight bears, each name once: what a wide search begins with.

    Sensitive: which names there are. Read by: nobody; a function of the database answers with the
    numbers of cases in reach. Goes: with the last case that bears it. The database alone keeps it.
    """

    word = models.CharField(max_length=150, db_collation="C")
    sort_key = models.CharField(max_length=600, db_collation="C")
    search_key = models.CharField(max_length=150, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["word", "sort_key", "search_key"], name="dossiers_name_by_word"),
            models.Index(fields=["sort_key"], name="dossiers_name_borne"),
        ]

    def __str__(self) -> str:
        """Return the row's number, never the name."""
        return f"name {self.pk}"
