"""The things that stand on a desk, room by room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.desk import texts
from donghanh.directives import queries as directives
from donghanh.directives.models import Directive
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.procedure import Stage, Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.standings import HALTED, is_early, is_held, running
from donghanh.domain.timeline import Entry
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Duties, Wait, Walk
from donghanh.lib import days
from donghanh.oversight import queries as oversight
from donghanh.reports import queries as reports

#: From how many days before its last day a thing stands on the desk by itself.
NEAR = 7


@dataclass(frozen=True, slots=True)
class Item:
    """
    One thing on a desk. ``left`` is days to the last day in time; ``None``: no clock runs.

    ``named``: the dossier whose pupil the title names, if it names one.
    """

    title: str
    note: str
    href: str
    action: str
    left: int | None = None
    waiting: int | None = None
    entry: Entry[object] | None = None
    named: int | None = None

    @property
    def state(self) -> str:
        """Return how it stands: late, near, waiting or plain."""
        if self.waiting is not None:
            return "waiting"
        if self.left is None or self.left > NEAR:
            return "plain"
        return "late" if self.left < 0 else "near"

    @property
    def unsettled(self) -> bool:
        """Tell whether the rule behind the clock still has to be compared with the original."""
        return self.entry is not None and not self.entry.settled

    @property
    def badge(self) -> str:
        """Return the word of its state."""
        if self.waiting is not None:
            return texts.waited(self.waiting)
        return texts.badge(self.left) if self.left is not None else _("to be done")


def opened(actor: Actor) -> Iterator[Item]:
    """Yield what was opened of the own school in an emergency, until somebody confirms it."""
    for opening in oversight.heard_by(actor).filter(seen_at=None).select_related("user"):
        yield Item(
            title=_("Dossiers of your school were opened in an emergency"),
            note=_("By %(who)s, on %(day)s: %(reason)s")
            % {
                "who": opening.user.name,
                "day": days.day(opening.opened_at),
                "reason": opening.reason,
            },
            href=reverse("oversight:notices"),
            action=_("See who and why"),
            left=0,
        )


def letters_due(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the letters a school has not acknowledged, and its duties without an answer."""
    for recipient in directives.received_by(actor).filter(
        acknowledged_at=None, directive__ended_how=""
    ):
        yield Item(
            title=_("Acknowledge the letter: %(subject)s")
            % {"subject": about(recipient.directive)},
            note=_("Received on %(day)s") % {"day": days.day(recipient.sent_at)},
            href=reverse("directives:received", args=[recipient.directive_id]),
            action=_("Read"),
        )
    for task in directives.open_tasks(actor).exclude(kind="report", report__isnull=False):
        if is_past(task.last_date, today):
            continue
        report = task.kind == "report"
        # A body above schools answers with what it adds up.
        adds_up = report and not actor.may(Right.WRITE_REPORTS)
        yield Item(
            title=_("Report for school year %(year)s") % {"year": task.school_year}
            if report
            else task.text[:120],
            note=_("Before %(due)s, at the latest on %(last)s")
            % {"due": days.day(task.due_date), "last": days.day(task.last_date)},
            href=reverse("reports:sheet", args=[task.school_year])
            if adds_up
            else reverse("reports:listing")
            if report
            else reverse("directives:received", args=[task.recipient.directive_id]),
            action=_("Begin") if report and not adds_up else _("Open"),
            left=(task.last_date - today).days,
        )


def reports_due(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the reports a school is writing or got back."""
    if not actor.may(Right.WRITE_REPORTS):
        return
    for report in reports.visible_to(actor).filter(status__in=reports.OPEN):
        returned = report.status == "returned"
        yield Item(
            title=_("Correct the report for school year %(year)s") % {"year": report.school_year}
            if returned
            else _("Finish the report for school year %(year)s") % {"year": report.school_year},
            note=_("Before %(due)s, at the latest on %(last)s")
            % {"due": days.day(report.task.due_date), "last": days.day(report.task.last_date)},
            href=reverse("reports:report", args=[report.pk]),
            action=_("Open"),
            left=(report.task.last_date - today).days,
        )


def department(actor: Actor, today: date) -> Iterator[Item]:
    """Yield what waits for the department: readings, reports, units that are late."""
    if actor.may(Right.ISSUE_DIRECTIVES):
        for draft in directives.issued_by(actor).filter(status="draft", drafted=False):
            yield Item(
                title=_("Confirm the reading: %(subject)s") % {"subject": about(draft)},
                note=_("Read on %(day)s, not issued yet") % {"day": days.day(draft.kept_at)},
                href=reverse("directives:reading", args=[draft.pk]),
                action=_("Look at it"),
            )
    if not actor.may(Right.REVIEW_REPORTS):
        return
    waiting = Counter(reports.waiting_for(actor).values_list("school_year", flat=True))
    for year, count in sorted(waiting.items()):
        yield Item(
            title=ngettext(
                "%(n)s report of %(year)s waits for an answer",
                "%(n)s reports of %(year)s wait for an answer",
                count,
            )
            % {"n": count, "year": year},
            note=_("Accept it, or return it with a comment"),
            href=reverse("reports:sheet", args=[year]),
            action=_("Look at them"),
        )
    for late in directives.late_tasks(actor, today):
        if is_past(late.last, today):
            continue
        yield Item(
            title=ngettext(
                "%(n)s unit is late with its answer: %(subject)s",
                "%(n)s units are late with their answer: %(subject)s",
                late.units,
            )
            % {"n": late.units, "subject": about(late.directive)},
            note=_("The last day was %(day)s") % {"day": days.day(late.last)},
            href=reverse("directives:board", args=[late.directive.pk]),
            action=_("Follow up"),
            left=(late.last - today).days,
        )


def agreed(actor: Actor, book: Rulebook) -> Iterator[Item]:
    """Yield the pupils who agreed and wait to be put on the source list, as one item."""
    if actor.post.role.value != book.step(Step.SOURCED).actor:
        return
    count = dossiers.candidates(actor).count()
    if count:
        yield Item(
            title=ngettext(
                "%(n)s pupil agreed and waits for the source list",
                "%(n)s pupils agreed and wait for the source list",
                count,
            )
            % {"n": count},
            note=_("Each by own recorded choice"),
            href=reverse("dossiers:cohort"),
            action=_("Open"),
        )


def mine(actor: Actor, found: Duties, book: Rulebook, today: date) -> Iterator[Item]:
    """
    Yield what is the actor's turn: one by one where a clock presses, else by step.

    Several steps of one road may be open at once. Each whose clock presses stands alone, also one
    the road goes on without; of the others only the first the road needs is counted.
    """
    for walk in found.named:
        if _is_halted(walk):
            yield from _annulment(actor, walk)
            continue
        for stage in walk.road.open:
            if _is_turn(actor, walk, stage, today) and _left(stage, today) is not None:
                yield _pressing(walk, stage, today)
    if found.unnamed:
        yield Item(
            title=ngettext(
                "%(n)s more pupil whose last day is near or over",
                "%(n)s more pupils whose last days are near or over",
                found.unnamed,
            )
            % {"n": found.unnamed},
            note=_("It is your turn"),
            href=f"{reverse('dossiers:cohort')}?tinh-trang=tre",
            action=_("See the list"),
            left=NEAR,
        )
    for (step, failed), count in found.quiet.items():
        yield Item(
            title=_step_title(_title_of(book, step, failed=failed), count),
            note=_("It is your turn"),
            href=f"{reverse('dossiers:cohort')}?buoc={step.value}",
            action=_("See the list"),
        )


def _pressing(walk: Walk, stage: Stage, today: date) -> Item:
    """Return a step whose last day is near or over, with the rule that sets it."""
    clock = min(running(stage), key=lambda one: one.last_day)
    return Item(
        title=_("%(step)s – %(name)s, %(class_name)s")
        % {
            "step": _title_of(walk.book, stage.step, failed=dossiers.exhausted(stage)),
            "name": walk.dossier.person.full_name,
            "class_name": walk.dossier.person.class_name,
        },
        note=_("Since %(start)s, at the latest on %(last)s")
        % {"start": days.day(clock.starts_on), "last": days.day(clock.last_day)},
        href=reverse("dossiers:road", args=[walk.dossier.pk]),
        action=_("Open"),
        left=_left(stage, today),
        entry=clock.entry,
        named=walk.dossier.pk,
    )


def _title_of(book: Rulebook, step: Step, *, failed: bool) -> str:
    """Return what is to be done at a step: after failed votes the report to the committee above."""
    turn = book.catalogue.turn(Step.REFERRED)
    if turn is not None and turn.needs_failed is step and failed:
        return turn.title_vi
    return book.step(step).title_vi


def _left(stage: Stage, today: date) -> int | None:
    """Return the days left to a last day that presses, or ``None``."""
    left = min((one.days_left(today) for one in running(stage)), default=None)
    return left if left is not None and left <= NEAR else None


def _is_halted(walk: Walk) -> bool:
    """Tell whether a road does not go on by itself: ended, off the list, faulty or on its way."""
    return walk.road.status in HALTED or is_held(walk.road)


def _annulment(actor: Actor, walk: Walk) -> Iterator[Item]:
    """Yield a decision that has to be annulled, to who annuls it."""
    grave = [fault for fault in walk.road.faults if fault.annuls]
    if grave and dossiers.may_record(actor, walk, Step.ANNULLED):
        yield Item(
            title=_("The decision on admission has to be annulled – %(name)s, %(class_name)s")
            % {
                "name": walk.dossier.person.full_name,
                "class_name": walk.dossier.person.class_name,
            },
            note=_("Not old enough when the cell considered on %(day)s")
            % {"day": days.day(grave[0].act.on)},
            href=reverse("dossiers:road", args=[walk.dossier.pk]),
            action=_("Open"),
            entry=next(iter(grave[0].condition.entries), None),
            named=walk.dossier.pk,
        )


def _is_turn(actor: Actor, walk: Walk, stage: Stage, today: date) -> bool:
    """Tell whether an open step is the actor's and can be done today."""
    if is_early(stage, today):
        return False  # a wait runs: it is nobody's turn yet
    if not stage.rule.papers:
        return dossiers.may_record(actor, walk, stage.step)
    wanted = [need.form for need in stage.papers if need.required and not need.met]
    return any(dossiers.may_record(actor, walk, Step.PAPERS, form) for form in wanted)


def silent(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the letters of a department that units have not acknowledged."""
    for letter in directives.unacknowledged(actor):
        if is_past(letter.issued, today):
            continue
        yield Item(
            title=ngettext(
                "%(n)s unit has not acknowledged: %(subject)s",
                "%(n)s units have not acknowledged: %(subject)s",
                letter.units,
            )
            % {"n": letter.units, "subject": about(letter.directive)},
            note=_("Issued on %(day)s") % {"day": days.day(letter.issued)},
            href=reverse("directives:board", args=[letter.directive.pk]),
            action=_("Follow up"),
            waiting=(today - letter.issued).days,
        )


def others(found: Duties, book: Rulebook, today: date) -> Iterator[Item]:
    """Yield the steps that wait for somebody else, by step, with the longest wait."""
    waits: dict[Step, list[Wait]] = {}
    for one in found.waits:
        waits.setdefault(one.step, []).append(one)
    for step in sorted(waits, key=lambda step: book.step(step).order):
        groups = waits[step]
        most = max(groups, key=lambda one: (one.count, sorted(one.branches)))
        rule = book.step(step, most.branches)
        yield Item(
            title=_step_title(rule.title_vi, sum(one.count for one in groups)),
            note=rule.body_vi,
            href=f"{reverse('dossiers:cohort')}?buoc={step.value}",
            action=_("See the list"),
            waiting=max((today - one.since).days for one in groups),
        )


def is_past(last: date, today: date) -> bool:
    """Tell whether a missed day lies before the last school year: the board keeps it, no desk."""
    since = SchoolYear.of(today).since
    return last < since.replace(year=since.year - 1)


def _step_title(title: str, count: int) -> str:
    """Return a step with how many pupils stand at it."""
    return ngettext("%(step)s: %(n)s pupil", "%(step)s: %(n)s pupils", count) % {
        "step": title,
        "n": count,
    }


def about(directive: Directive) -> str:
    """Return what a directive is about."""
    return str(directive.confirmed.get("subject") or directive.file_name)
