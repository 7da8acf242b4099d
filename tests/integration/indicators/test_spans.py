"""Kept spans: all figures of all schools, against a second count of random cohorts."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donghanh.amendments import queries as amendments
from donghanh.domain import spans
from donghanh.domain.acts import Case, Step
from donghanh.domain.walk import judge_act
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import cases as stored
from donghanh.indicators import actions, queries
from donghanh.indicators.models import Edition, Span, Sum, Turned
from donghanh.people import actions as people
from tests import factory
from tests.integration.indicators import counting, laid
from tests.unit.domain.drawn import Drawn, walk_on
from tests.unit.domain.walked import BAD, BOOK, GOOD

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 3)
_TURNS = (Step.UNLISTED, Step.DELETED, Step.ANNULLED)


def strolled(chance: random.Random, case: Case) -> Drawn:
    """A road walked at random, each act of which the rules let through."""
    assert case.consented_on is not None
    moves = [
        (
            chance.randrange(7),
            chance.choice((0, 0, 1, 5, 12, 30, 75)),
            chance.choice((GOOD, GOOD, GOOD, GOOD, BAD)),
        )
        for _ in range(chance.randrange(4, 34))
    ]
    return walk_on(Drawn(case, (), case.consented_on), moves)


def cohort(chance: random.Random, cast: factory.Cast, size: int) -> list[Dossier]:
    """Cases with random acts, some declared invalid, some turned, some stopped, some moved."""
    made = []
    for _ in range(size):
        where = chance.choice((cast.school, cast.neighbour))
        on = date(2023, 8, 20) + timedelta(days=chance.randrange(700))
        person = factory.agreed_pupil(where, on=on)
        dossier = Dossier.objects.create(
            person=person,
            school=where.unit,
            opened_date=on,
            base_committee=where is cast.school,
            scopes=["central"],
        )
        drawn = strolled(chance, stored.case_of(dossier))
        rows = _rows(chance, dossier, drawn, where.secretary.pk)
        for row in rows:
            row.save()
        _turn(chance, dossier, drawn, len(rows), where.secretary.pk)
        if chance.random() < 0.2:
            factory.stopped(person, on=on + timedelta(days=chance.randrange(400)))
        made.append(dossier)
    return made


def _row(dossier: Dossier, number: int, step: str, on: date, by: int) -> Act:
    return Act(
        dossier=dossier,
        number=number,
        step=step,
        on_date=on,
        recorded_at=factory.instant(on),
        recorded_by_id=by,
    )


def _rows(chance: random.Random, dossier: Dossier, drawn: Drawn, by: int) -> list[Act]:
    rows = []
    for act in drawn.acts:
        row = _row(dossier, act.number, act.step.value, act.on, by)
        row.form, row.received_date, row.edition = act.form or "", act.received_on, 0
        if act.tally is not None:
            for name in ("official", "excluded", "convened", "present", "favour", "against"):
                setattr(row, name, getattr(act.tally, name))
            outcome = judge_act(act, drawn.case, BOOK)
            row.invalid, row.passed = act.tally.invalid, outcome is None or outcome.passed
        rows.append(row)
    return rows


def _turn(chance: random.Random, dossier: Dossier, drawn: Drawn, number: int, by: int) -> None:
    if chance.random() < 0.3:
        done = {act.step for act in drawn.acts}
        step = Step.UNLISTED if Step.ADMITTED not in done else chance.choice(_TURNS[1:])
        if Step.LISTED in done:
            number += 1
            on = drawn.on + timedelta(days=chance.randrange(60))
            _row(dossier, number, step.value, on, by).save()
    for act in chance.sample(drawn.acts, min(len(drawn.acts), chance.choice((0, 0, 1)))):
        number += 1
        void = _row(dossier, number, act.step.value, act.on, by)
        void.voids = Act.objects.get(dossier=dossier, number=act.number)
        void.reason, void.form = "Ghi nhầm", act.form or ""
        void.save()


def days(chance: random.Random) -> list[date]:
    """Cut-offs: the tenth of June, the ends of a year, some others."""
    fixed = [date(2024, 6, 10), date(2025, 6, 10), date(2024, 7, 31), date(2024, 8, 1)]
    return fixed + [date(2023, 8, 1) + timedelta(days=chance.randrange(1000)) for _ in range(8)]


def found_on(day: date) -> dict[int, dict[str, int]]:
    """What the kept spans say, noughts left out."""
    book = amendments.current()
    counted = queries.counted(None, book, day, None)
    assert counted.left == 0
    return {
        school: {code: value for code, value in values.items() if value}
        for school, values in counted.schools.items()
    }


def agree(day: date) -> set[str]:
    """Compare all figures of a day with the second count; return which counted anybody."""
    again = counting.by_school(counting.cases(), day)
    for school, values in found_on(day).items():
        assert values == again.get(school, {}), (day, school)
        late, timely = values.get("recognised_late", 0), values.get("recognised_in_time", 0)
        assert late + timely == values.get("recognised", 0)
        assert values.get("ceremony_overdue", 0) <= values.get("awaiting_ceremony", 0)
    return {code for values in again.values() for code in values}


class TestFigures:
    @pytest.mark.parametrize("seed", [1, 2])
    def test_agree_with_a_second_count_straight_from_acts(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a cohort, no secret
        cohort(chance, factory.cast(), 16)
        actions.refresh_all(today=TODAY)
        assert Turned.objects.count() == 0 and Span.objects.count() > 20
        for day in days(chance):
            agree(day)

    def test_agree_with_a_second_count_where_clocks_of_working_days_have_run_out(self) -> None:
        chance = random.Random(7)  # noqa: S311 - a cohort, no secret
        cast = factory.cast()
        schools = (cast.school, cast.neighbour)
        laid.cohort(chance, schools, 80, date(2022, 9, 1), 900)
        actions.refresh_all(today=TODAY)
        met: set[str] = set()
        for day in laid.days_between(chance, date(2022, 9, 1), date(2026, 12, 1), 20):
            met |= agree(day)
        # What parents say is asked for in one province alone; a case of its own counts it.
        assert met == set(spans.bits(BOOK)) - {"parents_heard"}

    def test_are_the_same_before_anything_is_told(self) -> None:
        chance = random.Random(3)  # noqa: S311 - a cohort, no secret
        cohort(chance, factory.cast(), 6)
        assert not Span.objects.exists()
        agree(date(2024, 6, 10))
        agree(date(2025, 6, 10))

    def test_of_a_case_that_is_told_twice_stand_there_once(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.DECIDED, cast)
        actions.refresh_all(today=TODAY)
        before = list(Span.objects.order_by("since_date").values_list("since_date", "counted"))
        Turned.objects.create(dossier_id=dossier.pk, school_id=dossier.school_id)
        assert actions.refresh_all(today=TODAY) == 1
        after = list(Span.objects.order_by("since_date").values_list("since_date", "counted"))
        assert after == before

    def test_stay_as_they_were_when_somebody_stops_later(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.DECIDED, cast)
        actions.refresh_all(today=TODAY)
        before = found_on(date(2024, 1, 31))
        assert before[cast.school.unit.pk]["decided"] == 1
        people.withdraw_consent(
            actor=factory.pupil(dossier.person),
            at=factory.instant(date(2024, 2, 3)),
            on=date(2024, 2, 3),
        )
        assert Turned.objects.filter(dossier_id=dossier.pk).exists()
        actions.refresh_all(today=TODAY)
        assert found_on(date(2024, 1, 31)) == before
        assert "taking_part" not in found_on(date(2024, 2, 3))[cast.school.unit.pk]

    def test_are_told_anew_by_other_rules(self) -> None:
        factory.walk_to(Step.LISTED, factory.cast())
        actions.refresh_all(today=TODAY)
        Edition.objects.update(told_by="other")
        assert queries.counted(None, amendments.current(), TODAY, None).left == 1
        assert actions.refresh_all(today=TODAY) == 1
        assert queries.counted(None, amendments.current(), TODAY, None).left == 0

    def test_of_all_schools_come_out_of_one_look(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        actions.refresh_all(today=TODAY)
        book = amendments.current()
        with CaptureQueriesContext(
            connection,
        ) as said:
            queries.counted(None, book, TODAY, None)
        assert len([one for one in said if "indicators_span" in one["sql"]]) == 1
        school, before = cast.school.unit.pk, queries.passed(book, TODAY)
        assert before[school]["listed"] == 0 and before[school]["taking_part"] == 1
        assert queries.passed(book, TODAY, []) == {}

    def test_kept_added_up_are_those_of_the_spans_until_a_case_turns(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.LISTED, cast)
        day, book = date(2024, 6, 3), amendments.current()
        actions.refresh_all(today=day)
        schools = queries.schools()
        assert Sum.objects.filter(on_date=day).count() == len(schools) == 2
        first = queries.counted(None, book, day, schools)
        assert first.schools[cast.school.unit.pk] == queries.passed(book, day)[cast.school.unit.pk]
        with CaptureQueriesContext(connection) as said:
            queries.counted(None, book, day, schools)
        assert not [one for one in said if "indicators_span" in one["sql"]]
        new = NewAct(step=Step.UNLISTED, on=date(2024, 5, 2))
        factory.record(cast.secretary, dossier, new, today=day)
        told = queries.counted(None, book, day, schools).schools[cast.school.unit.pk]
        assert (told["unlisted"], told["listed"]) == (1, 1)
        actions.refresh_all(today=day)
        assert queries.counted(None, book, day, schools).schools[cast.school.unit.pk] == told
