"""Units through time, the lines between them, and the posts people hold in them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from donghanh.domain.authority import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import texts


def _same(column: str) -> Func:
    """Return a number as a one-point range: the core's gist knows ranges, not numbers."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Unit(models.Model):
    """The identity of a body; all else about it is dated."""

    code = models.CharField(max_length=32, unique=True)
    simulated = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return the code, which never changes."""
        return self.code


class UnitVersion(models.Model):
    """
    What a unit is called and is, for a period (half-open).

    ``superior`` and ``symbol`` are what its papers carry in their head: the name above its own, and
    the office's letters in the number.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=32, choices=texts.kinds)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    superior = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=32, blank=True)
    in_force = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_unitversion_one_at_a_time",
                expressions=[
                    (_same("unit_id"), RangeOperators.OVERLAPS),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="organisation_unitversion_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in UnitKind]),
            ),
            models.CheckConstraint(
                name="organisation_unitversion_period_is_not_empty",
                condition=Q(in_force__isempty=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the name in this period."""
        return self.name


class Link(models.Model):
    """One unit under another along one line, for a period (half-open)."""

    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    line = models.CharField(max_length=16, choices=texts.lines)
    in_force = DateRangeField()

    class Meta:
        constraints = [
            *(
                ExclusionConstraint(
                    name=f"organisation_link_one_{line.value}_parent",
                    condition=Q(line=line.value),
                    expressions=[
                        (_same("child_id"), RangeOperators.OVERLAPS),
                        ("in_force", RangeOperators.OVERLAPS),
                    ],
                )
                for line in Line
            ),
            models.CheckConstraint(
                name="organisation_link_line_is_known",
                condition=Q(line__in=[line.value for line in Line]),
            ),
            models.CheckConstraint(
                name="organisation_link_not_to_itself", condition=~Q(child=F("parent"))
            ),
        ]
        indexes = [models.Index(fields=["parent", "line"], name="organisation_link_downwards")]

    def __str__(self) -> str:
        """Return the link as ids and line."""
        return f"{self.child_id} → {self.parent_id} ({self.line})"


class Post(models.Model):
    """
    A duty a person holds in a unit for a period (half-open).

    ``title`` and ``signs_for`` are what stands above the holder's name on a paper.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32, choices=texts.roles)
    title = models.CharField(max_length=80, blank=True)
    signs_for = models.CharField(max_length=80, blank=True)
    in_force = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_post_role_is_known",
                condition=Q(role__in=[role.value for role in Role]),
            ),
            *(
                ExclusionConstraint(
                    name=f"organisation_post_{role.value}_once",
                    condition=Q(role=role.value),
                    expressions=[
                        (_same("user_id"), RangeOperators.OVERLAPS),
                        (_same("unit_id"), RangeOperators.OVERLAPS),
                        ("in_force", RangeOperators.OVERLAPS),
                    ],
                )
                for role in Role
            ),
        ]

    def __str__(self) -> str:
        """Return the post as ids and role."""
        return f"{self.user_id} {self.role} @ {self.unit_id}"


class Opening(models.Model):
    """
    Dossiers opened for some hours to somebody who does not reach them, for a reason.

    ``dossier_number`` names the one dossier; nothing there: all of the school. It ends by itself at
    ``until``, or before at ``ended_at``. ``seen_at``: when the school's cell confirmed the notice.
    Read by: who opened, the cell concerned. Goes: never; it says who read what and why.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="openings")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="openings")
    dossier_number = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_opening_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="organisation_opening_ends_after_it_begins",
                condition=Q(until__gt=F("opened_at")),
            ),
            models.CheckConstraint(
                name="organisation_opening_ended_within",
                condition=Q(ended_at=None)
                | Q(ended_at__gte=F("opened_at"), ended_at__lte=F("until")),
            ),
            models.CheckConstraint(
                name="organisation_opening_seen_by_somebody",
                condition=Q(seen_at=None, seen_by=None)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
            ExclusionConstraint(
                name="organisation_opening_one_at_a_time",
                expressions=[
                    (_same("user_id"), RangeOperators.OVERLAPS),
                    (
                        Func(F("opened_at"), Coalesce("ended_at", "until"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        """Return the opening as ids."""
        return f"{self.user_id} @ {self.school_id}"
