"""The classes a school's cell sends pupils to, and who sits in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from donghanh.classes import texts
from donghanh.domain.courses import CourseKind
from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Unit


class Course(models.Model):
    """A class: which, where, when; nothing of a pupil."""

    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=texts.kinds)
    centre = models.CharField(max_length=200)
    first_date = models.DateField()
    last_date = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="classes_course_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in CourseKind]),
            ),
            models.CheckConstraint(
                name="classes_course_ends_after_it_begins",
                condition=Q(last_date__gte=F("first_date")),
            ),
            models.CheckConstraint(name="classes_course_says_where", condition=~Q(centre="")),
        ]

    def __str__(self) -> str:
        """Return kind and first day."""
        return f"{self.kind} {self.first_date}"


class Seat(models.Model):
    """
    A pupil on the list of a class, and what it brought; the certificate itself is not kept.

    Sensitive: that a pupil takes part. Read by: who sees the case. Goes: with the case.
    ``act_number`` is the act of the road that the certificate became.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="seats")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="seats")
    seated_at = models.DateTimeField()
    seated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    passed = models.BooleanField(null=True)
    certificate_number = models.CharField(max_length=60, blank=True)
    certificate_date = models.DateField(null=True)
    act_number = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="classes_seat_once", fields=["course", "dossier"]),
            models.UniqueConstraint(
                name="classes_seat_certificate_once",
                fields=["course", "certificate_number"],
                condition=~Q(certificate_number=""),
            ),
            models.CheckConstraint(
                name="classes_seat_passed_has_its_certificate",
                condition=Q(passed=True, certificate_date__isnull=False) & ~Q(certificate_number="")
                | Q(passed__isnull=True, certificate_number="")
                | Q(passed=False, certificate_number=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the seat as ids."""
        return f"{self.course_id}: {self.dossier_id}"
