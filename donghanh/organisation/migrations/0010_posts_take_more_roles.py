"""Before code: posts of the board, the helper, the class, the club, the centre and the auditor."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models import F, Func, Q, Value

_NEW = ["board", "helper", "class_union", "club_leader", "training_centre", "auditor"]
_AFTER = [
    *("officer", "leader", "secretary", "union", "committee", "board", "upper_union", "helper"),
    *("class_union", "club_leader", "training_centre", "pupil", "administrator", "auditor"),
]


def _same(column: str) -> Func:
    return Func(F(column), F(column), Value("[]"), function="int8range")


def _known(roles: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name="organisation_post_role_is_known", condition=Q(role__in=roles)
    )


class Migration(migrations.Migration):
    """The roles a post may have, and each of them once at a time."""

    dependencies = [("organisation", "0002_keeps_successors_party_codes_and_delegations")]

    operations = [
        migrations.RemoveConstraint(model_name="post", name="organisation_post_role_is_known"),
        migrations.AddConstraint(model_name="post", constraint=_known(_AFTER)),
        *(
            migrations.AddConstraint(
                model_name="post",
                constraint=ExclusionConstraint(
                    name=f"organisation_post_{role}_once",
                    condition=Q(role=role),
                    expressions=[
                        (_same("user_id"), "&&"),
                        (_same("unit_id"), "&&"),
                        ("in_force", "&&"),
                    ],
                ),
            )
            for role in _NEW
        ),
    ]
