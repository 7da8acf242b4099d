"""Who signs for the holder of a post: the page on which that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import authority, signing
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import of_party
from donghanh.organisation.models import Post, SigningDelegation
from donghanh.organisation.queries.posts import holders_of
from donghanh.organisation.queries.units import facts_of


@dataclass(frozen=True, slots=True)
class Delegated:
    """Somebody who signs for the post: how, from when, until when; ``over``: no more."""

    id: int
    name: str
    above: str
    since: date
    last_day: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class SigningPage:
    """
    Who signs for the holder of a post.

    Attributes:
        unit: The name of the unit.
        title: The office signed for, as it stands on papers.
        lines: Those it was delegated to, the newest first.
        others: Who may be chosen: account and name.
        forms: How somebody may sign there.
        rights: What papers are signed for.
    """

    unit: str
    title: str
    lines: tuple[Delegated, ...]
    others: tuple[tuple[int, str], ...]
    forms: tuple[signing.Form, ...]
    rights: frozenset[Right]


def signing_page(actor: Actor, on: date) -> SigningPage:
    """
    Return who signs for the holder of the actor's post, and who could.

    Args:
        actor: Who holds the post.
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post lets nobody sign for it.
    """
    authority.require(actor, Right.DELEGATE_SIGNING)
    unit = facts_of([actor.post.unit_id], on)[actor.post.unit_id]
    party = of_party(unit.kind)
    post = Post.objects.get(pk=actor.post.id)
    given = SigningDelegation.objects.filter(post=post).select_related("user")
    return SigningPage(
        unit=unit.name,
        title=post.title,
        lines=tuple(
            _line(one, post.title, on, party=party) for one in given.order_by("-in_force", "-id")
        ),
        others=tuple(one for one in holders_of(post.unit_id, on) if one[0] != actor.user_id),
        forms=signing.forms(party=party),
        rights=signing.signed_by(Role(post.role)),
    )


def _line(one: SigningDelegation, title: str, on: date, *, party: bool) -> Delegated:
    until = one.in_force.upper
    return Delegated(
        id=one.pk,
        name=one.user.name,
        above=signing.above(signing.Form(one.form), title, party=party),
        since=one.in_force.lower,
        last_day=None if until is None else until - date.resolution,
        over=until is not None and until <= on,
    )
