"""A picture of a unit, how far it is drawn, and its bytes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from donghanh.lib.picturefile import Format
from donghanh.organisation.models import Unit
from donghanh.pictures import texts


class Picture(models.Model):
    """
    A picture a unit may show, with what it shows in words; its bytes stand elsewhere.

    ``token`` is in its address: nobody guesses it, who knows it may see the picture. Who is to be
    seen on it, and whether they agreed, is kept by the room that publishes it. Taken down it is
    never shown again: its bytes are gone, and its words with them; by nobody of the staff, where
    somebody to be seen on it took back the agreement.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_at = models.DateTimeField(null=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="pictures_of_unit")]
        constraints = [
            models.CheckConstraint(
                name="pictures_picture_says_what_it_shows",
                condition=~Q(alt="") | Q(taken_down_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pictures_picture_taken_down_once_by_one",
                condition=Q(taken_down_by=None) | Q(taken_down_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return its number, never what it shows."""
        return f"picture {self.pk}"

    @property
    def state(self) -> str:
        """Return how far it is drawn: ``waiting``, ``ready``, ``failed``."""
        return self.making.state


class Making(models.Model):
    """
    How far a picture is drawn in the sizes pages need; written by a job, guarded by nothing.

    Until it is ready the kept picture itself is shown. ``failed`` counts attempts.
    """

    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="making")
    state = models.CharField(max_length=8, choices=texts.states, default="waiting")
    failed = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="pictures_waiting",
                condition=Q(state="waiting"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="pictures_making_state_is_known",
                condition=Q(state__in=["waiting", "ready", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        """Return whose making it is."""
        return f"making of picture {self.picture_id}"


class Rendition(models.Model):
    """
    A picture drawn in one format and width; the widest JPEG is the kept picture itself.

    Stands in the database so that a backup holds it and every machine of a place serves it.
    """

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="renditions")
    format = models.CharField(max_length=8, choices=texts.formats)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pictures_rendition_once", fields=["picture", "format", "width"]
            ),
            models.CheckConstraint(
                name="pictures_rendition_format_is_known",
                condition=Q(format__in=[one.value for one in Format]),
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"{self.picture_id} {self.width}.{self.format}"
