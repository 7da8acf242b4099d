"""Writes of the room of reorganisation: carry out, undo, receive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from donghanh.domain import succession
from donghanh.domain.authority import Actor, NotAllowed, require
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.succession import records
from donghanh.dossiers.models import Dossier
from donghanh.history import actions as history
from donghanh.organisation.models import Link, Post, Successor, Unit, UnitVersion
from donghanh.reorganisation import queries
from donghanh.reorganisation.models import Reorganisation, Rerouting, Touch

#: Operations queue for the structure (a transaction lock with this number).
_STRUCTURE = 7_301_208

_REROUTE = f"""
INSERT INTO reorganisation_rerouting
       (reorganisation_id, dossier_id, line, from_unit_id, to_unit_id, reason, due_date)
SELECT %(reorganisation)s, dossier.id, way.line, way.before, way.after, %(reason)s, %(on)s
  FROM unnest(%(schools)s::bigint[], %(lines)s::text[], %(befores)s::bigint[],
              %(afters)s::bigint[]) AS way(school, line, before, after)
  JOIN dossiers_dossier AS dossier ON dossier.school_id = way.school
 WHERE {queries.IS_OPEN}
"""  # noqa: S608 - our own words


class ChangedSince(RuleError):
    """The structure is no longer what the person who agreed has seen."""

    code: ClassVar[str] = "reorganisation.changed_since"


class DependedOn(RuleError):
    """Something rests on the operation; it can no longer be undone."""

    code: ClassVar[str] = "reorganisation.depended_on"


@transaction.atomic
def reorganise(
    *,
    actor: Actor,
    operation: succession.Operation,
    seen: str,
    at: datetime,
    today: date,
    posts_go_on: bool = False,
) -> Reorganisation:
    """
    Carry out an operation as it was previewed.

    Args:
        actor: Who carries it out; keeps the structure.
        operation: The operation.
        seen: The digest of the preview that was agreed to.
        at: The instant (aware, UTC).
        today: The day of it; the operation's own day may be before or after.
        posts_go_on: Whether whoever held a post goes on under the same role in the unit that
            carries theirs on, where one may; who keeps the system does anyway.

    Raises:
        NotAllowed: The actor does not keep the structure.
        ChangedSince: The structure changed since the preview.
        RuleError: The operation is refused; see ``succession.plan``.
    """
    require(actor, Right.KEEP_STRUCTURE)
    _queue()
    now = queries.world()
    preview = queries.preview_in(now, operation)
    if preview.digest != seen:
        raise ChangedSince
    ids = {
        new.id: Unit.objects.create(code=new.code, simulated=False).pk for new in operation.creates
    }
    if ids:
        operation = records.renumbered(operation, ids)
        preview = queries.preview_in(now, operation)
    found = preview.plan
    _store_rows(_rows(found, after=False), _rows(found, after=True))
    Successor.objects.bulk_create(_successors(found))
    ended = _end_posts([one.post for one in preview.ending_posts], operation.on)
    carried = _carry_posts(preview.ending_posts, all_of_them=posts_go_on)
    made = Reorganisation.objects.create(
        kind=operation.kind,
        decision_number=operation.decision.number.strip(),
        decision_date=operation.decision.day,
        decision_issuer=operation.decision.issuer.strip(),
        effective_date=operation.on,
        content={
            "plan": records.record(found),
            "posts": ended,
            "carried": carried,
            "schools": list(preview.schools),
            "marks": [list(one) for one in preview.unfinished.marks],
            "left": [asdict(one) for one in preview.unfinished.left],
        },
        digest=seen,
        last_case=Dossier.objects.aggregate(last=Max("id"))["last"] or 0,
        made_at=at,
        made_by_id=actor.user_id,
    )
    Touch.objects.bulk_create(
        Touch(reorganisation=made, unit_id=unit, on_date=day) for unit, day in sorted(found.marks)
    )
    _reroute(made, preview.routes)
    _record(actor, at, "reorganisation.carried_out", made)
    return made


@transaction.atomic
def undo(*, actor: Actor, reorganisation_id: int, at: datetime) -> Reorganisation:
    """
    Lead the structure back to what it was before an operation.

    Raises:
        NotAllowed: The actor does not keep the structure.
        Reorganisation.DoesNotExist: There is no such operation, or it is undone already.
        ChangesLater: A later operation or link rests on it.
        DependedOn: A case, act, receipt, post, delegation, task, target or report rests on it, or
            what another unit had taken over has been received, returned, sent on, closed or
            cancelled since.
    """
    require(actor, Right.KEEP_STRUCTURE)
    _queue()
    made = Reorganisation.objects.select_for_update().get(pk=reorganisation_id, undone_at=None)
    found = records.read_plan(made.content["plan"])
    succession.undone(queries.world(), found)
    if queries.resting(made, found):
        raise DependedOn
    made.reroutings.all().delete()
    made.touches.all().delete()
    for edge in found.edges:
        Successor.objects.filter(
            before_id=edge.before, after_id=edge.after, on_date=edge.on
        ).delete()
    _store_rows(_rows(found, after=True), _rows(found, after=False))
    _erase("organisation_post", made.content.get("carried", []))
    _give_posts_back(made.content["posts"])
    _erase("organisation_unit", [new.id for new in found.operation.creates])
    made.undone_at, made.undone_by_id = at, actor.user_id
    made.save(update_fields=["undone_at", "undone_by"])
    _record(actor, at, "reorganisation.undone", made)
    return made


@transaction.atomic
def receive(*, actor: Actor, rerouting_ids: Iterable[int], at: datetime, today: date) -> int:
    """
    Receive cases that were handed over to the actor's unit; return how many.

    Raises:
        NotAllowed: One of them is unknown, received already, not due yet, or another unit's.
    """
    require(actor, Right.RECORD_ACTS)
    asked = set(rerouting_ids)
    waiting = queries.to_receive(actor, today).filter(pk__in=asked)
    found = list(waiting.select_for_update(of=("self",)))
    if not asked or len(found) != len(asked):
        raise NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    Rerouting.objects.filter(pk__in=asked).update(received_at=at, received_by_id=actor.user_id)
    history.record(
        at=at,
        actor=actor,
        action="reorganisation.cases_received",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={"reroutings": sorted(asked)},
    )
    return len(asked)


_ERASE = {
    "organisation_unit": "DELETE FROM organisation_unit WHERE id = ANY(%s)",
    "organisation_post": "DELETE FROM organisation_post WHERE id = ANY(%s)",
}


def _erase(table: str, ids: list[int]) -> None:
    """
    Delete founded units, or posts that went on; refuse where any other row names one of them.

    By one statement, and checked by the foreign keys: who keeps the structure may not read all the
    tables that could hold such a row.
    """
    if not ids:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ERASE[table], [ids])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise DependedOn from error


def _queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STRUCTURE])


def _record(actor: Actor, at: datetime, action: str, made: Reorganisation) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="reorganisation",
        subject_id=made.pk,
        facts={
            "kind": made.kind,
            "decision": made.decision_number,
            "on": made.effective_date.isoformat(),
            "digest": made.digest,
        },
    )


_Rows = tuple[set[succession.Version], set[succession.Tie]]


def _rows(found: succession.Plan, *, after: bool) -> _Rows:
    """Return the rows a plan ends with, or begins with, that differ from the other ones."""
    versions, ties = set(), set()
    for old, new in found.versions.values():
        versions |= set(new) - set(old) if after else set(old) - set(new)
    for was, will in found.ties.values():
        ties |= set(will) - set(was) if after else set(was) - set(will)
    return versions, ties


def _store_rows(gone: _Rows, come: _Rows) -> None:
    """Replace dated rows by others; each is known by its unit, line and first day."""
    _delete("organisation_unitversion", [(v.unit, "", v.period.since) for v in gone[0]])
    _delete("organisation_link", [(t.child, t.line, t.period.since) for t in gone[1]])
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit_id=one.unit,
            kind=one.kind.value,
            name=one.name,
            short_name=one.short_name,
            place=one.place,
            superior=one.superior,
            symbol=one.symbol,
            party_code=one.party_code,
            old_place=one.old_place,
            in_force=(one.period.since, one.period.until),
        )
        for one in sorted(come[0], key=lambda one: (one.unit, one.period.since))
    )
    Link.objects.bulk_create(
        Link(
            child_id=tie.child,
            parent_id=tie.parent,
            line=tie.line.value,
            in_force=(tie.period.since, tie.period.until),
        )
        for tie in sorted(come[1], key=lambda tie: (tie.child, tie.line, tie.period.since))
    )


_DELETE = {
    "organisation_unitversion": """
DELETE FROM organisation_unitversion AS row
 USING unnest(%(ids)s::bigint[], %(lines)s::text[], %(days)s::date[]) AS gone(id, line, since)
 WHERE row.unit_id = gone.id AND lower(row.in_force) = gone.since
""",
    "organisation_link": """
DELETE FROM organisation_link AS row
 USING unnest(%(ids)s::bigint[], %(lines)s::text[], %(days)s::date[]) AS gone(id, line, since)
 WHERE row.child_id = gone.id AND row.line = gone.line AND lower(row.in_force) = gone.since
""",
}


def _delete(table: str, keys: list[tuple[int, str, date]]) -> None:
    ids, lines, days = ([key[place] for key in keys] for place in range(3))
    with connection.cursor() as cursor:
        cursor.execute(
            _DELETE[table], {"ids": ids, "lines": [str(line) for line in lines], "days": days}
        )


def _successors(found: succession.Plan) -> list[Successor]:
    return [
        Successor(
            before_id=edge.before,
            after_id=edge.after,
            on_date=edge.on,
            how=edge.how,
            takes=sorted(edge.takes),
            rest=edge.rest,
        )
        for edge in found.edges
    ]


def _end_posts(ids: Iterable[int], on: date) -> list[list[Any]]:
    """End posts on a day, so that those that would begin later never do; return their days."""
    kept = []
    posts = list(Post.objects.select_for_update().filter(pk__in=list(ids)).order_by("id"))
    for post in posts:
        since, until = post.in_force.lower, post.in_force.upper
        kept.append([post.pk, until and until.isoformat(), since.isoformat()])
        post.in_force = (since, on) if since < on else DateRange(empty=True)
    Post.objects.bulk_update(posts, ["in_force"])
    return kept


def _carry_posts(ended: Iterable[queries.Ending], *, all_of_them: bool) -> list[int]:
    """Give those whose posts go on the same post in the unit that carries theirs on."""
    going = {
        one.post: (one.heir, one.period)
        for one in ended
        if one.heir is not None and one.goes_on(all_of_them=all_of_them)
    }
    carried = []
    for post in Post.objects.filter(pk__in=going).order_by("id"):
        heir, period = going[post.pk]
        carried.append(
            Post.objects.create(
                user_id=post.user_id,
                unit_id=heir,
                role=post.role,
                title=post.title,
                signs_for=post.signs_for,
                in_force=period,
            ).pk
        )
    return carried


def _give_posts_back(kept: list[list[Any]]) -> None:
    """Let posts be held again for the days they were; older records kept the last day alone."""
    days = {pk: [one and date.fromisoformat(one) for one in said] for pk, *said in kept}
    posts = list(Post.objects.select_for_update().filter(pk__in=days).order_by("id"))
    for post in posts:
        until, *since = days[post.pk]
        post.in_force = (since[0] if since else post.in_force.lower, until)
    Post.objects.bulk_update(posts, ["in_force"])


def _reroute(made: Reorganisation, routes: tuple[queries.Route, ...]) -> None:
    """Hand over the open cases, one row for each and each line it goes along."""
    if not routes:
        return
    day = made.decision_date.strftime("%d/%m/%Y")
    with connection.cursor() as cursor:
        cursor.execute(
            _REROUTE,
            {
                "reorganisation": made.pk,
                "reason": f"{made.decision_number}, {day}, {made.decision_issuer}",
                "on": made.effective_date,
                "schools": [route.school for route in routes],
                "lines": [route.line for route in routes],
                "befores": [route.before for route in routes],
                "afters": [route.after for route in routes],
                "ends": queries.ENDS,
            },
        )
