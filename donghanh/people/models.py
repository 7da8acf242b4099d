"""A pupil's record and the consent it rests on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.domain.consent import Purpose
from donghanh.domain.year_classes import Ending
from donghanh.organisation.models import Unit
from donghanh.people import texts


class Invitation(models.Model):
    """
    A place held open for one pupil: until the pupil answers, no record of a person exists.

    Sensitive: ``invited_name``. Basis: the school's own class list. Purpose: handing the invitation
    to the right pupil. Read by: who invited. Goes: blanked when it has expired, answered or not.
    ``answered_at`` is empty again once the pupil has stopped: until it expires the place looks like
    one that nobody answered.
    """

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    class_name = models.CharField(max_length=20)
    invited_name = models.CharField(max_length=150, blank=True)
    code_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_date = models.DateField()
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the class the place is held for."""
        return f"{self.class_name}#{self.pk}"


class Person(models.Model):
    """
    A pupil who takes part by own recorded choice.

    Sensitive: taking part shows a political wish. Basis: consent, purpose by purpose. Read by: the
    Union and cell of the school, the committee above, the pupil. Goes: some days after consent is
    withdrawn, by the rule ``data.delete``; then ``erased_date`` stands in a row without a name,
    with the first or last day of the year of birth, so that figures stay as they were.
    While ``rests_since`` is set, the pupil wished that the work rests: nothing is recorded.
    A row without a consent is refused by the database when the transaction ends. ``class_name`` is
    that of the newest ``Enrolment`` that names one: the database alone writes it. ``agreed`` (the
    consent to the road stands, and the record is not put aside) and ``listed`` (the cell has listed
    the pupil) are the marks the second wall goes by: the database alone keeps them, from consents
    and acts.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person"
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="person", null=True
    )
    full_name = models.CharField(max_length=150, blank=True)
    search_key = models.CharField(max_length=150, db_collation="C", blank=True)
    sort_key = models.CharField(max_length=600, db_collation="C", blank=True)
    birth_date = models.DateField()
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    class_name = models.CharField(max_length=20, blank=True)
    union_member = models.BooleanField(null=True)
    lower_secondary = models.BooleanField(null=True)
    simulated = models.BooleanField(default=False)
    erased_date = models.DateField(null=True)
    rests_since = models.DateField(null=True)
    agreed = models.BooleanField(db_default=False, editable=False)
    listed = models.BooleanField(db_default=False, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["school", "sort_key", "id"],
                include=["agreed", "listed"],
                name="people_person_by_name",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="people_person_has_a_name_until_erased",
                condition=(Q(erased_date=None) & ~Q(full_name="") & ~Q(sort_key=""))
                | Q(
                    erased_date__isnull=False,
                    full_name="",
                    search_key="",
                    sort_key="",
                    class_name="",
                    invitation=None,
                ),
            ),
            models.CheckConstraint(
                name="people_person_was_invited_until_erased",
                condition=Q(erased_date__isnull=False) | Q(invitation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the record's number, never the name."""
        return f"person {self.pk}"


class Promotion(models.Model):
    """
    That a school moved its pupils up into the classes of a school year, and whether it was undone.

    Names no pupil and counts none; which rows it wrote is told by ``Enrolment.promotion``.
    """

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    def __str__(self) -> str:
        """Return which school, and into which year."""
        return f"{self.school_id} {self.school_year}"


class Enrolment(models.Model):
    """
    In which class a pupil is in a school year, at which school, from which day, and who wrote it.

    One row a pupil, school year and school: a correction writes the row anew. Where ``ended`` is
    set there is no class any more: the last one was finished, or the pupil left this school.
    Sensitive: no more than the class itself. Basis, readers: as the person's. Goes: with the name.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="enrolments", db_index=False
    )
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    school_year = models.CharField(max_length=9)
    class_name = models.CharField(max_length=20, blank=True)
    ended = models.CharField(max_length=8, blank=True)
    since_date = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    promotion = models.ForeignKey(
        Promotion, on_delete=models.PROTECT, related_name="enrolments", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="people_enrolment_one_a_year_and_school",
                fields=["person", "school_year", "school"],
            ),
            models.CheckConstraint(
                name="people_enrolment_has_a_class_or_ended",
                condition=(Q(ended="") & ~Q(class_name=""))
                | Q(ended__in=[ending.value for ending in Ending], class_name=""),
            ),
        ]

    def __str__(self) -> str:
        """Return whose, and of which year."""
        return f"{self.person_id} {self.school_year}"


class Aside(models.Model):
    """
    A record put aside, because the same pupil stands in another one that leads.

    While the row is there the record is in no list, count or search, with whatever it holds; when
    it goes, everything is as before. Who stops by the code of either stops both.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="aside")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="followers")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_aside_not_itself", condition=~Q(person=F("lead")))
        ]

    def __str__(self) -> str:
        """Return the numbers of the two records."""
        return f"person {self.person_id} aside {self.lead_id}"


class NameWord(models.Model):
    """
    One word of a pupil's name without marks, by school: what a search by name begins with.

    The database alone keeps these rows, while the consent to the road stands; ``listed`` is the
    person's. They are compared with ``=``, ``>=`` and ``<`` only, which may go before the wall, so
    that the index is used through it.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=150, db_collation="C")
    listed = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["school", "word", "person"],
                include=["listed"],
                name="people_nameword_by_school",
            )
        ]
        constraints = [
            models.UniqueConstraint(name="people_nameword_once", fields=["person", "word"])
        ]

    def __str__(self) -> str:
        """Return the word's number, never the word."""
        return f"word {self.pk}"


class Consent(models.Model):
    """One purpose a pupil agreed to, when, to which wording; and when it was taken back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=texts.purposes)
    wording = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    given_date = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="people_consent_one_open_per_purpose",
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="people_consent_purpose_is_known",
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
            ),
            models.CheckConstraint(
                name="people_consent_withdrawn_after_given",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        """Return whose consent for what."""
        return f"{self.person_id} {self.purpose}"


class Renewal(models.Model):
    """
    That a pupil agreed to a newer wording of a purpose; the consent and its own wording stay.

    Read by: the pupil alone. Who does not answer has no row, and nothing follows from that.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="renewals")
    wording = models.CharField(max_length=16)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_renewal_once", fields=["consent", "wording"])
        ]

    def __str__(self) -> str:
        """Return which consent, and the wording."""
        return f"{self.consent_id} {self.wording}"


class Mailbox(models.Model):
    """
    The own address of a pupil who asked that it is kept, once a code sent there came back.

    Sensitive: ``sealed``, the address, which the installation's secret alone opens; ``mark`` tells
    equal addresses. Basis: a consent of its own (``mail``). Purpose: sending the pupil a code.
    Read by: the pupil alone; no way of looking of the staff may. Goes: with that consent, at once.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="mailbox")
    sealed = models.CharField(max_length=600)
    mark = models.CharField(max_length=64, unique=True)
    proven_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose it is, never the address."""
        return f"mailbox of {self.person_id}"


class PageKey(models.Model):
    """The key of an own page that a mail opened, for an hour; of the key its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="page_keys")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose page it opens."""
        return f"key of {self.person_id}"
