"""Articles with their versions, corrections and drafts; who of those named or shown agreed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.domain.publishing import Seen, Stand
from donghanh.news import texts
from donghanh.organisation.models import Unit
from donghanh.people.models import Person
from donghanh.pictures.models import Picture


def _account(*, null: bool = False) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=null
    )


class Article(models.Model):
    """
    What a unit tells the public; the words stand in its versions.

    ``number`` is the newest version, ``shown`` the one the public reads. ``school`` is where the
    unit works, if it is a body of one school: its cell reviews. ``held_at``: the planned instant
    came and something was not settled. Read by: who writes and reviews; by all once published.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    section = models.CharField(max_length=40, choices=texts.sections)
    slug = models.CharField(max_length=100, unique=True)
    stand = models.CharField(max_length=16, choices=texts.stands, default=Stand.DRAFT.value)
    number = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(null=True)
    begun_at = models.DateTimeField()
    begun_by = _account()
    handed_in_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = _account(null=True)
    word = models.CharField(max_length=500, blank=True)
    planned_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="news_article_newest_first"),
            models.Index(
                fields=["section", "-published_at", "-id"], name="news_article_of_a_section"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="news_article_stand_is_known",
                condition=Q(stand__in=[stand.value for stand in Stand]),
            ),
            models.CheckConstraint(
                name="news_article_public_was_reviewed",
                condition=~Q(stand__in=["published", "taken_down"])
                | Q(published_at__isnull=False, reviewed_by__isnull=False, shown__isnull=False),
            ),
            models.CheckConstraint(
                name="news_article_taken_down_says_why",
                condition=~Q(stand="taken_down") | (Q(taken_down_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        """Return what stands for it in addresses."""
        return self.slug


class Version(models.Model):
    """
    The words of an article at one time; never changed, but that a name becomes a reference.

    A pupil's name stands here only until it is linked to an agreement: then ``[[học sinh 1]]``
    stands in every version. ``folded`` is what is searched, ``lead`` the number of the picture that
    stands before the text, ``note`` what everybody will read of a correction, and ``section`` where
    the article stands once this version is read.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    author_name = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, blank=True)
    lead = models.PositiveSmallIntegerField(null=True)
    section = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    written_by = _account()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="news_version_once", fields=["article", "number"]),
        ]

    def __str__(self) -> str:
        """Return which version of which article."""
        return f"{self.article_id}/{self.number}"


class Draft(models.Model):
    """What somebody is typing and has not saved; goes when it is saved or thrown away."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="drafts")
    user = _account()
    typed = models.JSONField()
    seen = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="news_draft_once", fields=["article", "user"]),
        ]

    def __str__(self) -> str:
        """Return whose draft of which article."""
        return f"{self.article_id} of {self.user_id}"


class Correction(models.Model):
    """What was corrected in a published article, for everybody to read."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    note = models.CharField(max_length=500)
    corrected_at = models.DateTimeField()
    corrected_by = _account()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="news_correction_once", fields=["article", "number"]),
            models.CheckConstraint(name="news_correction_says_what", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        """Return which version it made."""
        return f"{self.article_id}/{self.number}"


class Cleared(models.Model):
    """That words of an article which are a pupil's name, or look like one, mean somebody else."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="cleared")
    key = models.CharField(max_length=150, db_collation="C")
    cleared_at = models.DateTimeField()
    cleared_by = _account()

    class Meta:
        constraints = [models.UniqueConstraint(name="news_cleared_once", fields=["article", "key"])]

    def __str__(self) -> str:
        """Return of which article, never the words."""
        return f"{self.article_id}#{self.pk}"


class Placed(models.Model):
    """
    A picture of an article, with what is said of it there; ``[[ảnh 1]]`` shows it in the text.

    ``seen`` is what the staff answered: whether a pupil can be recognised. It ``stands``, and may
    be shown, where nobody can, or where everybody asked has agreed: the database weighs it anew
    with each agreement. ``public_at``: since when a version everybody reads shows it. Names in its
    words become references as in a text.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="placed")
    number = models.PositiveSmallIntegerField()
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=400)
    caption = models.CharField(max_length=600, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    seen = models.CharField(max_length=8, blank=True, choices=texts.seen)
    stands = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = _account()
    public_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="news_placed_numbered", fields=["article", "number"]),
            models.CheckConstraint(
                name="news_placed_answer_is_known",
                condition=Q(seen__in=["", Seen.NOBODY.value, Seen.PUPILS.value]),
            ),
            models.CheckConstraint(
                name="news_placed_stands_on_an_answer", condition=Q(stands=False) | ~Q(seen="")
            ),
        ]

    def __str__(self) -> str:
        """Return which of which article."""
        return f"{self.article_id}#{self.number}"


class Agreement(models.Model):
    """
    A pupil is asked to be named in one article, or shown there; may agree, and may take it back.

    ``placed``: the picture asked about; none: the name is, and ``words`` holds it, here alone.
    Sensitive: ``words``; that the pupil takes part. Basis: the
    pupil's own agreement to this very publication, with the parents' where the rule asks for it.
    Read by: who sees the pupil's case and the article, the pupil; by everybody while it ``stands``
    and the article is public. Goes: with the record. A no is kept where the pupil alone reads
    (``Declining``); once taken back, the row is again as if nobody had answered.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    placed = models.ForeignKey(
        Placed, on_delete=models.PROTECT, related_name="agreements", null=True
    )
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=150, blank=True)
    until = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = _account()
    parents_needed = models.BooleanField()
    parents_date = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    stands = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="news_agreement_numbered", fields=["article", "number"]),
            models.UniqueConstraint(
                name="news_agreement_once",
                fields=["article", "person"],
                condition=Q(placed__isnull=True),
            ),
            models.UniqueConstraint(
                name="news_agreement_once_of_a_picture", fields=["placed", "person"]
            ),
            models.CheckConstraint(
                name="news_agreement_of_a_picture_holds_no_name",
                condition=Q(placed__isnull=True) | Q(words=""),
            ),
            models.CheckConstraint(
                name="news_agreement_stands_on_every_word",
                condition=Q(stands=False)
                | (
                    Q(agreed_at__isnull=False)
                    & (Q(parents_needed=False) | Q(parents_date__isnull=False))
                ),
            ),
        ]

    def __str__(self) -> str:
        """Return which of which article, never whose."""
        return f"{self.article_id}:{self.number}"


class Declining(models.Model):
    """The pupil's no, which the pupil alone reads: to the staff nobody has answered."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="declining")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return to what."""
        return f"no to {self.agreement_id}"
