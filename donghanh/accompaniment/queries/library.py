"""Models of challenges: the examples that come with the product, and those a school keeps."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db.models import QuerySet

from donghanh.accompaniment.models import ChallengeModel
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right


@dataclass(frozen=True, slots=True)
class Template:
    """
    A challenge as it can be given: of the school's own, or an example.

    ``key`` names it in a form: ``own:12`` or ``example:kem-ban-hoc``.
    """

    key: str
    title: str
    aim: str
    steps: tuple[str, ...]
    evidence: str
    days: int

    @property
    def is_example(self) -> bool:
        """Tell whether it comes with the product."""
        return self.key.startswith("example:")


@cache
def examples() -> tuple[Template, ...]:
    """Return the examples that come with the product, in the order they are written."""
    text = (files("donghanh.accompaniment") / "library.toml").read_text(encoding="utf-8")
    return tuple(
        Template(
            key=f"example:{code}",
            title=one["title"],
            aim=one["aim"],
            steps=tuple(one["steps"]),
            evidence=one["evidence"],
            days=one["days"],
        )
        for code, one in tomllib.loads(text).items()
    )


def models_of(actor: Actor) -> QuerySet[ChallengeModel]:
    """Return the models kept at the schools in reach, the newest first."""
    if not actor.may(Right.GIVE_CHALLENGES):
        return ChallengeModel.objects.none()
    return ChallengeModel.objects.filter(school_id__in=actor.schools).order_by("-id")


def may_keep_models(actor: Actor) -> bool:
    """Tell whether an actor keeps models of the own school."""
    return actor.may(Right.KEEP_MODELS)


def library(actor: Actor) -> tuple[Template, ...]:
    """
    Return what an actor can give: first what the own school keeps, then the examples.

    An example that the school took over, itself or with a practice, stands there once, as the
    school's own.

    Raises:
        NotAllowed: The post gives no challenges.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    kept = list(models_of(actor))
    own = tuple(
        Template(
            key=f"own:{one.pk}",
            title=one.title,
            aim=one.aim,
            steps=tuple(one.steps),
            evidence=one.evidence,
            days=one.days,
        )
        for one in kept
    )
    # ``practice:12/example:kem-ban-hoc``: the practice it came with, and what it was made from.
    taken = {one.origin.rpartition("/")[2] for one in kept}
    return own + tuple(one for one in examples() if one.key not in taken)


def template(actor: Actor, key: str) -> Template | None:
    """Return one of the library by its key, or ``None``."""
    return next((one for one in library(actor) if one.key == key), None)
