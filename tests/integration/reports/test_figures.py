"""The figures, counted a second time by other means, and frozen ones that stay as they were."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import QuerySet

from donghanh.amendments import actions as amendments
from donghanh.amendments import queries as rulebook
from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.dossiers.actions import NewAct, void_act
from donghanh.dossiers.models import Act, Dossier
from donghanh.handover import actions as handover
from donghanh.indicators import actions as indicators
from donghanh.lib import wall
from donghanh.people import actions as people
from donghanh.reports import queries
from donghanh.reports.models import Report
from tests import factory
from tests.integration.handover import leaving
from tests.integration.indicators import counting
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, Season

pytestmark = pytest.mark.django_db
SINCE = date(2023, 8, 1)
#: A day after the cut-off, on which a file goes on to the neighbour.
MOVED = date(2024, 6, 18)

#: The step or turn whose acts each figure counts as events of the year, apart from other kinds.
EVENTS = {
    "introduced": Step.INTRODUCED,
    "listed": Step.LISTED,
    "unlisted": Step.UNLISTED,
    "helped": Step.LISTED,
    "sent_to_class": Step.SENT_TO_CLASS,
    "trained": Step.TRAINED,
    "allowed": Step.ALLOWED,
    "cell_passed": Step.CELL_VOTED,
    "proposed": Step.BASE_VOTED,
    "decided": Step.DECIDED,
    "admitted": Step.ADMITTED,
    "recognised": Step.RECOGNISED,
    "deleted": Step.DELETED,
    "annulled": Step.ANNULLED,
}
#: An amendment: the school year begins a month later.
SEPTEMBER = """
[[rule."school_year.first_month".entries]]
since = 2023-08-01
value = 9
cite = { doc = "DEFAULT", article = "", confidence = "K" }
"""
#: Figures an annulled decision is taken out of.
UNDONE = {"decided", "admitted", "recognised"}
#: Figures that hang on a clock of working days; told by cases of their own.
CLOCKED = {"ceremony_overdue", "recognised_late", "recognised_in_time"}
#: Figures the room of indicators counts a second time.
THERE = {
    *("on_list_before", "certificate_expiring", "admitted_from_earlier", "awaiting_from_earlier"),
    *counting.MOVES,
}


def _second_count(school_id: int, cutoff: date) -> dict[str, int]:
    """Count again with statements over the acts alone: no replay, no indicator of ours."""
    acts = Act.objects.filter(
        dossier__school_id=school_id, voids=None, voided_by=None, on_date__lte=cutoff
    )
    here = Dossier.objects.filter(school_id=school_id)

    def done(*steps: Step) -> QuerySet[Dossier]:
        values = [step.value for step in steps]
        found = acts.filter(step__in=values, passed=True).values("dossier_id")
        return here.filter(pk__in=found)

    agreed = here.filter(
        person__consents__purpose="road", person__consents__given_date__lte=cutoff
    ).distinct()
    stopped = agreed.filter(person__consents__withdrawn_date__lte=cutoff)
    over = stopped.values("pk").union(done(Step.DELETED, Step.ANNULLED, Step.UNLISTED).values("pk"))
    counted = {}
    for code, step in EVENTS.items():
        found = acts.filter(step=step.value, passed=True, on_date__gte=SINCE)
        if code in UNDONE:
            found = found.exclude(dossier__in=done(Step.ANNULLED))
        counted[code] = found.values("dossier_id").distinct().count()
    failed = acts.filter(step=Step.CELL_VOTED.value, passed=False, on_date__gte=SINCE)
    passed = done(Step.CELL_VOTED)
    counted["cell_failed"] = here.filter(acts__in=failed).exclude(pk__in=passed).distinct().count()
    waiting = done(Step.DECIDED).exclude(pk__in=done(Step.ADMITTED)).exclude(pk__in=over)
    counted["awaiting_ceremony"] = waiting.count()
    sent = done(Step.VERIFICATION_SENT).exclude(pk__in=done(Step.VERIFIED)).exclude(pk__in=over)
    counted["under_verification"] = sent.count()
    before = cutoff.replace(year=cutoff.year - 1)
    old = acts.filter(form="1-KNĐ", on_date__lt=before).values("dossier_id")
    aged = here.filter(pk__in=old).exclude(pk__in=passed).exclude(pk__in=over)
    counted["dossier_aged"] = aged.count()
    counted["parents_heard"] = acts.filter(form="2-TN", on_date__gte=SINCE).count()
    counted["taking_part"] = agreed.exclude(pk__in=stopped).count()
    there = counting.by_school(counting.cases(), cutoff).get(school_id, {})
    return counted | {code: there.get(code, 0) for code in THERE}


def _values(report: Report) -> dict[str, int]:
    return {one.code: one.value for one in queries.figures_of(report, WRITTEN)}


def _turn(here: Season, dossier: Dossier, step: Step, on: date) -> None:
    """Let the body that turns a road do so."""
    by_cell = step in {Step.UNLISTED, Step.HELPER_CHANGED}
    user = here.cast.secretary if by_cell else here.cast.committee
    factory.record(user, dossier, NewAct(step=step, on=on))


class TestFigures:
    @pytest.mark.parametrize(
        "cutoff",
        [date(2024, 6, 3), date(2024, 2, 10), date(2023, 12, 10), date(2023, 9, 21)],
        ids=str,
    )
    def test_agree_with_a_second_count_by_other_means(self, cutoff: date) -> None:
        here = reporting.season()
        self._fail_a_vote(here)
        self._void_an_introduction(here)
        self._turn_some_roads(here)
        self._stop(here, date(2024, 1, 15))
        report = reporting.begun(here)
        Report.objects.filter(pk=report.pk).update(cutoff_date=cutoff)
        report.refresh_from_db()
        found = _values(report)
        again = _second_count(here.cast.school.unit.pk, cutoff)
        assert {code: found[code] for code in again} == again
        assert set(found) - set(again) == CLOCKED

    def test_are_what_the_walked_roads_say(self) -> None:
        found = _values(reporting.begun(reporting.season()))
        assert {code: value for code, value in found.items() if value} == {
            "taking_part": 6,
            "introduced": 6,
            "listed": 5,
            "helped": 5,
            "trained": 4,
            "allowed": 3,
            "cell_passed": 3,
            "proposed": 3,
            "decided": 3,
            "admitted": 2,
            "awaiting_ceremony": 1,
            "ceremony_overdue": 1,  # decided in December, nothing until June
        }

    def test_take_out_an_annulled_decision_from_its_day_on(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED, Step.ADMITTED))
        _turn(here, Dossier.objects.order_by("id")[0], Step.ANNULLED, date(2024, 3, 4))
        report = reporting.begun(here)
        by_cutoff = {}
        for cutoff in (date(2024, 3, 3), date(2024, 3, 4)):
            Report.objects.filter(pk=report.pk).update(cutoff_date=cutoff)
            report.refresh_from_db()
            found = _values(report)
            by_cutoff[cutoff.day] = [found[code] for code in ("decided", "admitted", "annulled")]
        assert by_cutoff == {3: [2, 2, 0], 4: [1, 1, 1]}

    def test_keep_a_probationer_taken_off_the_list_among_the_admitted(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        _turn(here, Dossier.objects.get(), Step.DELETED, date(2024, 3, 4))
        found = _values(reporting.begun(here))
        assert (found["admitted"], found["deleted"]) == (1, 1)

    def test_count_the_list_and_who_was_taken_off_it(self) -> None:
        here = reporting.season(roads=(Step.VERIFICATION_SENT,))
        _turn(here, Dossier.objects.get(), Step.UNLISTED, date(2024, 3, 4))
        found = _values(reporting.begun(here))
        told = ("listed", "unlisted", "trained", "allowed", "under_verification")
        assert [found[code] for code in told] == [1, 1, 1, 1, 0]

    def test_do_not_call_a_ceremony_overdue_that_was_given_more_time(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))
        last = date(2024, 6, 28)
        more = NewAct(
            step=Step.EXTENDED, on=date(2024, 1, 22), about="admission.ceremony", until=last
        )
        factory.record(here.cast.committee, Dossier.objects.get(), more)
        found = _values(reporting.begun(here))
        assert (found["awaiting_ceremony"], found["ceremony_overdue"]) == (1, 0)

    def test_wait_no_more_for_who_stopped(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))
        self._stop(here, date(2024, 5, 2))
        found = _values(reporting.begun(here))
        told = ("decided", "awaiting_ceremony", "ceremony_overdue")
        assert [found[code] for code in told] == [1, 0, 0]

    def test_count_only_the_reporting_school(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        factory.walk_to(Step.ADMITTED, here.cast, here.cast.neighbour)
        assert _values(reporting.begun(here))["admitted"] == 1
        assert _values(reporting.begun(here, neighbour=True))["admitted"] == 1

    def test_keep_who_stopped_in_what_had_happened_before(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED, Step.ADMITTED))
        before = _values(reporting.begun(here))
        self._stop(here, date(2024, 5, 2))
        after = _values(Report.objects.get())
        assert after["admitted"] == before["admitted"] == 2
        assert (before["taking_part"], after["taking_part"]) == (2, 1)

    def _fail_a_vote(self, here: Season) -> None:
        dossier = factory.walk_to(Step.PAPERS, here.cast)
        new = NewAct(step=Step.CELL_VOTED, on=date(2023, 12, 4), tally=factory.FAILED)
        assert not factory.record(here.cast.secretary, dossier, new).passed

    def _turn_some_roads(self, here: Season) -> None:
        for last, step, on in (
            (Step.ADMITTED, Step.ANNULLED, date(2024, 2, 5)),
            (Step.ADMITTED, Step.DELETED, date(2024, 3, 4)),
            (Step.VERIFICATION_SENT, Step.UNLISTED, date(2024, 1, 8)),
        ):
            _turn(here, factory.walk_to(last, here.cast), step, on)
        factory.walk_to(Step.VERIFICATION_SENT, here.cast)
        factory.walk_to(Step.SENT_TO_CLASS, here.cast)
        factory.walk_to(Step.APPLIED, here.cast, begins=date(2022, 9, 12))

    def _void_an_introduction(self, here: Season) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, here.cast)
        void_act(
            actor=factory.actor(here.cast.union, WRITTEN),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=2,
            reason="Ghi nhầm ngày.",
            at=factory.instant(WRITTEN),
            today=WRITTEN,
        )

    def _stop(self, here: Season, on: date) -> None:
        person = Dossier.objects.filter(school=here.cast.school.unit).order_by("-id")[0].person
        people.withdraw_consent(actor=factory.pupil(person), at=factory.instant(on), on=on)


class TestAmendedRules:
    def test_name_the_edition_and_the_year_a_report_is_counted_by(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        amendments.keep(
            actor=factory.actor(here.cast.administrator, WRITTEN),
            text=SEPTEMBER,
            note="Năm học của tỉnh bắt đầu từ tháng 9.",
            seen=0,
            at=factory.instant(WRITTEN),
            today=WRITTEN,
        )
        book = rulebook.current()
        year = queries.year_of(book, "2023-2024")
        assert (year.since, year.last_day) == (date(2023, 9, 1), date(2024, 8, 31))
        report = reporting.sent(here)
        assert report.rulebook_version == book.version != rules.load().version
        assert queries.sheet(here.officer, "2023-2024", WRITTEN).year == year


class TestCountedTo:
    def test_speaks_of_no_day_still_to_come(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))  # decided 18 December 2023
        report = reporting.begun(here)
        early = {
            one.code: one.value for one in queries.counting(report, date(2023, 12, 22)).figures
        }
        late = {one.code: one.value for one in queries.counting(report, WRITTEN).figures}
        assert (early["awaiting_ceremony"], early["ceremony_overdue"]) == (1, 0)
        assert (late["awaiting_ceremony"], late["ceremony_overdue"]) == (1, 1)

    def test_counts_nothing_before_the_school_year_has_begun(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))
        figures = queries.counting(reporting.begun(here), date(2023, 7, 1)).figures
        assert {one.value for one in figures} == {0}


class TestCountedDays:
    def test_is_the_day_of_the_act_counted(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        figures = {one.code: one for one in queries.figures_of(reporting.begun(here), WRITTEN)}
        act = Act.objects.get(step=Step.ADMITTED.value)
        assert [(case.dossier_id, case.on) for case in figures["admitted"].cases] == [
            (act.dossier_id, act.on_date)
        ]

    def test_survives_being_frozen(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED, Step.DECIDED))
        live = queries.figures_of(reporting.begun(here), WRITTEN)
        sent = reporting.sent(here)
        sent.refresh_from_db()
        assert queries.figures_of(sent, WRITTEN) == live


class TestWhoHadTheCase:
    def test_counts_a_case_handed_over_since_where_it_was_on_the_cut_off_day(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        moved = leaving.leaver(here.cast)
        before = self.values(here)
        made = leaving.asked(here.cast, moved, here=True, today=MOVED)
        leaving.agreed(moved, on=MOVED)
        leaving.sent(here.cast, made, on=MOVED, today=MOVED)
        indicators.refresh_all(today=MOVED)
        there = factory.actor(here.cast.outsider, MOVED)
        with wall.looking(there.reach.way, there.reach.settings):
            handover.receive(
                actor=there,
                handover_id=made.pk,
                on=MOVED,
                class_name="12B2",
                at=factory.instant(MOVED, 11),
                today=MOVED,
            )
        assert Dossier.objects.get(pk=moved.dossier.pk).school == here.cast.neighbour.unit
        # In the minute before the spans are told anew, and after.
        assert self.values(here, MOVED) == before
        indicators.refresh_all(today=MOVED)
        assert self.values(here, MOVED) == before
        school, neighbour = before
        assert moved.dossier.pk in school["listed"]
        assert moved.dossier.pk not in neighbour["listed"]

    def values(self, here: Season, today: date = WRITTEN) -> tuple[dict[str, dict[int, date]], ...]:
        """Return the cases and days behind every figure, as each school may count them."""
        found = []
        for user, where in (
            (here.cast.secretary, here.cast.school),
            (here.cast.outsider, here.cast.neighbour),
        ):
            actor = factory.actor(user, today)
            task = here.tasks[where.unit.pk]
            report = Report.objects.filter(task=task).first() or reporting.begun(
                here, neighbour=where is here.cast.neighbour
            )
            with wall.looking(actor.reach.way, actor.reach.settings):
                figures = queries.counting(report, today).figures
            found.append(
                {one.code: {case.dossier_id: case.on for case in one.cases} for one in figures}
            )
        return tuple(found)
