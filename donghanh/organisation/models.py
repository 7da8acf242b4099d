"""Units through time, the lines between them, and the posts people hold in them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from donghanh.domain.rights import Role
from donghanh.domain.signing import Form
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
    the office's letters in the number. ``party_code`` is fourteen digits or nothing; ``old_place``
    is what papers write in brackets after the place.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=32, choices=texts.kinds)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    superior = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=32, blank=True)
    party_code = models.CharField(max_length=14, blank=True)
    old_place = models.CharField(max_length=120, blank=True)
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
            models.CheckConstraint(
                name="organisation_unitversion_party_code_is_fourteen_digits",
                condition=Q(party_code="") | Q(party_code__regex=r"^[0-9]{14}$"),
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


class Successor(models.Model):
    """
    From a day on one unit carries on another; see ``domain.succession.Edge``.

    ``takes`` are ids of the units whose figures and cases it takes over out of a division; ``rest``
    tells that it also takes all that no other one takes.
    """

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    on_date = models.DateField()
    how = models.CharField(max_length=16)
    takes = ArrayField(models.BigIntegerField(), default=list)
    rest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisation_successor_once_a_day", fields=["before", "after", "on_date"]
            ),
            models.UniqueConstraint(
                name="organisation_successor_one_takes_the_rest",
                fields=["before", "on_date"],
                condition=Q(rest=True),
            ),
            models.CheckConstraint(
                name="organisation_successor_how_is_known",
                condition=Q(how__in=["merge", "split", "close", "dissolve"]),
            ),
            models.CheckConstraint(
                name="organisation_successor_not_itself", condition=~Q(before=F("after"))
            ),
        ]

    def __str__(self) -> str:
        """Return the succession as ids and its day."""
        return f"{self.before_id} → {self.after_id} ({self.on_date})"


class Edition(models.Model):
    """
    In which state names, ties and successions of units are: one row, which the database writes.

    ``mark`` is another one after every statement that wrote any of them, and never comes back.
    """

    mark = models.UUIDField()

    def __str__(self) -> str:
        """Return the mark."""
        return str(self.mark)


class SigningDelegation(models.Model):
    """Somebody signs for the holder of a post, in one form, for a period and for some rights."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    form = models.CharField(max_length=16, choices=texts.forms)
    rights = ArrayField(models.CharField(max_length=32))
    in_force = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_signingdelegation_form_is_known",
                condition=Q(form__in=[form.value for form in Form]),
            ),
            models.CheckConstraint(
                name="organisation_signingdelegation_period_is_not_empty",
                condition=Q(in_force__isempty=False),
            ),
            ExclusionConstraint(
                name="organisation_signingdelegation_one_at_a_time",
                expressions=[
                    (_same("post_id"), RangeOperators.OVERLAPS),
                    (_same("user_id"), RangeOperators.OVERLAPS),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        """Return who signs for which post, as ids."""
        return f"{self.user_id} for post {self.post_id}"


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
