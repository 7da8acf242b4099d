"""Writes of the room of organisation."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import authority, signing
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind, party_code
from donghanh.history import actions as history
from donghanh.organisation import queries
from donghanh.organisation.models import Link, Post, SigningDelegation, Unit, UnitVersion


@transaction.atomic
def create_unit(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: UnitKind,
    name: str,
    short_name: str,
    place: str,
    since: date,
    superior: str = "",
    symbol: str = "",
    code_in_party: str = "",
    simulated: bool = False,
) -> Unit:
    """
    Create a unit with its first name.

    Args:
        actor: Who acts.
        at: The instant (aware, UTC).
        code: Stable code, unique for ever.
        kind: What it is.
        name: Its full name as written on papers.
        short_name: What lists call it.
        place: Province or commune it stands in.
        since: First day of its existence under this name.
        superior: The name above its own in the head of its papers.
        symbol: Its letters in the number of its papers.
        code_in_party: Its Party code, fourteen digits; nothing where it has none.
        simulated: Whether it is generated.

    Raises:
        IntegrityError: The code is taken.
        BadPartyCode: The Party code is not fourteen digits.
    """
    digits = party_code(code_in_party) if code_in_party else ""
    unit = Unit.objects.create(code=code, simulated=simulated)
    UnitVersion.objects.create(
        unit=unit,
        kind=kind.value,
        name=name,
        short_name=short_name,
        place=place,
        superior=superior,
        symbol=symbol,
        party_code=digits,
        in_force=(since, None),
    )
    history.record(
        at=at,
        actor=actor,
        action="organisation.unit_created",
        subject="unit",
        subject_id=unit.pk,
        facts={"code": code, "kind": kind.value, "since": since.isoformat()},
    )
    return unit


@transaction.atomic
def link_units(
    *, actor: Actor, at: datetime, child_id: int, parent_id: int, line: Line, since: date
) -> Link:
    """
    Put one unit under another along one line from a day on; it ends with the child.

    Raises:
        NotThere: One of the two does not exist then, or the parent ends before the child.
        Misplaced: A unit of that kind cannot stand under one of that kind, then or later.
        Circle: The child would stand under itself, then or later.
        PlacedAlready: The child already has a parent on that line in that period.
    """
    period = queries.placeable(child_id, parent_id, line, since)
    link = Link.objects.create(
        child_id=child_id, parent_id=parent_id, line=line.value, in_force=period
    )
    history.record(
        at=at,
        actor=actor,
        action="organisation.units_linked",
        subject="unit",
        subject_id=child_id,
        facts={"parent": parent_id, "line": line.value, "since": since.isoformat()},
    )
    return link


@transaction.atomic
def give_post(
    *,
    actor: Actor,
    at: datetime,
    user_id: int,
    unit_id: int,
    role: Role,
    since: date,
    title: str = "",
    signs_for: str = "",
) -> Post:
    """
    Give a person a post in a unit from a day on.

    Args:
        actor: Who gives it.
        at: The instant (aware, UTC).
        user_id: Who receives it.
        unit_id: The unit.
        role: What the post is.
        since: First day.
        title: Title above the name on papers.
        signs_for: "KT. GIÁM ĐỐC" where the holder signs for somebody else.

    It ends with its unit at the latest.

    Raises:
        NotThere: The unit does not exist on the first day.
        IntegrityError: The person already holds that post in that period.
    """
    post = Post.objects.create(
        user_id=user_id,
        unit_id=unit_id,
        role=role.value,
        title=title,
        signs_for=signs_for,
        in_force=(since, queries.lasting(unit_id, since)),
    )
    history.record(
        at=at,
        actor=actor,
        action="organisation.post_given",
        subject="unit",
        subject_id=unit_id,
        facts={"user": user_id, "role": role.value, "since": since.isoformat()},
    )
    return post


@transaction.atomic
def delegate_signing(
    *,
    actor: Actor,
    at: datetime,
    user_id: int,
    form: signing.Form,
    rights: Set[Right],
    since: date,
    until: date | None,
) -> SigningDelegation:
    """
    Let somebody sign for the holder of the actor's own post, for a period.

    Args:
        actor: Who delegates, through the post that is delegated.
        at: The instant (aware, UTC).
        user_id: Who signs.
        form: How: in place of, on the order of, by authority of.
        rights: What for; each must be the actor's own.
        since: First day.
        until: First day it no longer holds; ``None``: until withdrawn.

    Raises:
        NotAllowed: The post lets nobody sign for it, or the actor does not hold it.
        OneselfDelegated: The actor would sign for the actor.
        SignsAlready: That person signs for the post in that period already.
        BeyondOwnPost: It reaches further than the actor's post.
        NoPostThere: That person holds no post in the same unit on the first day.
    """
    authority.require(actor, Right.DELEGATE_SIGNING)
    post = Post.objects.select_for_update().filter(pk=actor.post.id, user_id=actor.user_id).first()
    if post is None:
        raise NotAllowed(role=actor.post.role.value)
    held = (post.in_force.lower, post.in_force.upper)
    if user_id == actor.user_id:
        raise signing.OneselfDelegated
    signing.check(Role(post.role), held, rights, (since, until))
    theirs = Post.objects.filter(user_id=user_id, unit_id=post.unit_id, in_force__contains=since)
    if not theirs.exists():
        raise signing.NoPostThere
    if post.delegations.filter(user_id=user_id, in_force__overlap=(since, until)).exists():
        raise signing.SignsAlready
    delegation = SigningDelegation.objects.create(
        post=post,
        user_id=user_id,
        form=form.value,
        rights=sorted(right.value for right in rights),
        in_force=(since, until),
    )
    history.record(
        at=at,
        actor=actor,
        action="organisation.signing_delegated",
        subject="unit",
        subject_id=post.unit_id,
        facts={"user": user_id, "form": form.value, "since": since.isoformat()},
    )
    return delegation


@transaction.atomic
def end_signing(*, actor: Actor, at: datetime, delegation_id: int, on: date) -> None:
    """
    Let somebody sign for the holder of the actor's own post no more, from a day on.

    What has not begun by then is taken back whole; ended twice, it stays as it is.

    Args:
        actor: Who delegated.
        at: The instant (aware, UTC).
        delegation_id: The delegation.
        on: First day it no longer holds.

    Raises:
        NotAllowed: The post lets nobody sign for it.
        SigningDelegation.DoesNotExist: It is not one of that post.
    """
    authority.require(actor, Right.DELEGATE_SIGNING)
    own = SigningDelegation.objects.select_for_update(of=("self",)).filter(post_id=actor.post.id)
    delegation = own.get(pk=delegation_id, post__user_id=actor.user_id)
    since, until = delegation.in_force.lower, delegation.in_force.upper
    if until is not None and until <= on:
        return
    if since >= on:
        delegation.delete()
    else:
        delegation.in_force = (since, on)
        delegation.save(update_fields=["in_force"])
    history.record(
        at=at,
        actor=actor,
        action="organisation.signing_ended",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={"user": delegation.user_id, "on": on.isoformat()},
    )
