"""What may happen beside a road, and what a road that does not go on says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.domain.authority import Actor
from donghanh.domain.catalogue import TurnRule
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, RoadStatus, Step, check
from donghanh.domain.roads import Fault
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.wording import Cite
from donghanh.lib import days


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn the actor may take now; ``ends``: nothing follows it."""

    step: Step
    title: str
    body: str
    ends: bool
    cite: Cite


@dataclass(frozen=True, slots=True)
class Notice:
    """What a whole road says of itself; ``href`` leads to what mends it, where the actor may."""

    state: str
    text: str
    cites: tuple[Cite, ...]
    href: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Extendable:
    """A clock for which more time may be allowed, and until when at most."""

    rule: str
    title: str
    last_day: date
    longest: date | None


#: Which turn made a road what it is.
_TURNED = {
    RoadStatus.UNLISTED: Step.UNLISTED,
    RoadStatus.DELETED: Step.DELETED,
    RoadStatus.ANNULLED: Step.ANNULLED,
}


def turn_rows(actor: Actor, walk: Walk) -> tuple[TurnRow, ...]:
    """Return the turns that the rules allow today and the actor may take."""
    return tuple(
        TurnRow(
            step=rule.step,
            title=rule.title_vi,
            body=rule.body_vi,
            ends=rule.ends,
            cite=wording.cite_step(rule),
        )
        for rule in walk.book.catalogue.turns
        if reads.may_record(actor, walk, rule.step) and is_open(walk, rule)
    )


def is_open(walk: Walk, rule: TurnRule) -> bool:
    """Tell whether the rules allow a turn today."""
    if rule.names_rule:
        return bool(extendables(walk))
    return _allows(walk, Act(walk.dossier.acts_recorded + 1, rule.step, walk.today))


def _allows(walk: Walk, tried: Act) -> bool:
    """Tell whether the rules would let an act through."""
    try:
        check(tried, walk.road.acts, walk.road.case, walk.book, walk.today)
    except RuleError:
        return False
    return True


def extendables(walk: Walk) -> tuple[Extendable, ...]:
    """Return the clocks that run and for which the rules allow more time, in their order."""
    found: dict[str, Extendable] = {}
    for one in sorted(walk.road.clocks, key=lambda clock: clock.is_local):
        known = found.get(one.name)
        last = one.last_day if known is None else max(known.last_day, one.last_day)
        longest = one.extension_last_day if known is None else known.longest
        found[one.name] = Extendable(one.name, one.entry.title_vi, last, longest)
    number = walk.dossier.acts_recorded + 1
    return tuple(
        one
        for one in found.values()
        if _allows(
            walk,
            Act(
                number,
                Step.EXTENDED,
                walk.today,
                about=one.rule,
                until=one.last_day + timedelta(days=1),
            ),
        )
    )


def notices(actor: Actor, walk: Walk) -> tuple[Notice, ...]:
    """Return what stands above a road that does not simply go on, the gravest first."""
    road = walk.road
    found = [_fault(actor, walk, fault) for fault in road.faults]
    if road.on_the_way is not None:
        text = _(
            "The file left on %(day)s and the other side has not confirmed it; until then nobody "
            "records anything."
        )
        moves = walk.book.find_flag("graduation.moves_consideration", walk.today)
        cites = wording.cites([] if moves is None else [moves])
        found.append(Notice("near", text % {"day": days.day(road.on_the_way.on)}, cites))
    turned = _TURNED.get(road.status)
    if turned is not None:
        found.append(_turned(walk, turned))
    current = road.current
    if current is not None and wording.exhausted(current):
        found.append(_exhausted(actor, walk, len(current.attempts), Step.REFERRED))
    return tuple(found)


def _fault(actor: Actor, walk: Walk, fault: Fault) -> Notice:
    """Say of a vote on somebody too young what has to follow, and lead there who may do it."""
    first = fault.condition.from_day
    facts = {
        "on": days.day(fault.act.on),
        "first": days.day(first) if first else "—",
    }
    cites = wording.cites(fault.condition.entries)
    key = walk.dossier.pk
    if not fault.annuls:
        text = _(
            "The cell considered on %(on)s, when the pupil was not old enough, which is from "
            "%(first)s on. Declare that vote invalid; the cell votes again from that day on."
        )
        mine = reads.may_record(actor, walk, fault.act.step)
        href = reverse("dossiers:void", args=[key, fault.act.number]) if mine else ""
        return Notice("late", text % facts, cites, href, _("Declare the vote invalid"))
    text = _(
        "The cell considered on %(on)s, when the pupil was not old enough, which is from %(first)s "
        "on. Nothing can mend that: the decision on admission has to be annulled."
    )
    rule = walk.book.catalogue.turn(Step.ANNULLED)
    told = () if rule is None else (wording.cite_step(rule),)
    mine = reads.may_record(actor, walk, Step.ANNULLED)
    href = reverse("dossiers:record", args=[key, Step.ANNULLED.value]) if mine else ""
    return Notice("late", text % facts, (*cites, *told), href, _("Record the annulment"))


def _turned(walk: Walk, step: Step) -> Notice:
    """Say which turn a road took, when, and what may follow."""
    sentences = {
        Step.UNLISTED: _(
            "The cell took the pupil off the list of sympathisers on %(on)s. The road goes on from "
            "there once the pupil is on the list again."
        ),
        Step.DELETED: _(
            "The probationer was taken off the list of members on %(on)s. The road has ended."
        ),
        Step.ANNULLED: _("The decision on admission was annulled on %(on)s. The road has ended."),
    }
    done = [act.on for act in walk.road.acts if act.step is step and not act.voided]
    rule = walk.book.catalogue.turn(step)
    cites = () if rule is None else (wording.cite_step(rule),)
    return Notice("waiting", sentences[step] % {"on": days.day(max(done))}, cites)


def _exhausted(actor: Actor, walk: Walk, attempts: int, step: Step) -> Notice:
    """Say that the votes have failed as often as the rules allow."""
    text = _(
        "The vote has failed %(n)s times. The cell does not vote again: it reports to the "
        "committee above, which decides."
    )
    rule = walk.book.catalogue.turn(step)
    entries = walk.road.current.entries if walk.road.current else ()
    limits = [one for one in entries if one.name == "recognition.failed_votes"]
    mine = rule is not None and reads.may_record(actor, walk, step)
    href = reverse("dossiers:record", args=[walk.dossier.pk, step.value]) if mine else ""
    return Notice(
        "near", text % {"n": attempts}, wording.cites(limits), href, _("Record the report")
    )
