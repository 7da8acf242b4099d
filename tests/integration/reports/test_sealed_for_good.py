"""What was sent and sealed stays, byte for byte, whatever happens later: in any order of deeds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction

from donghanh.amendments import actions as amendments
from donghanh.domain import succession as s
from donghanh.domain.acts import Destination, Step
from donghanh.domain.authority import Actor
from donghanh.domain.structure import UnitKind
from donghanh.dossiers.actions import NewAct, void_act
from donghanh.dossiers.models import Act, Dossier
from donghanh.handover import actions as handover
from donghanh.indicators import actions as indicators
from donghanh.lib import wall
from donghanh.ownfile import actions as ownfile
from donghanh.people import actions as people
from donghanh.people.models import Person
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.reports import actions, queries
from donghanh.reports.models import Consolidation, Report, Seal
from donghanh.reports.queries import Outcome, seals
from tests import factory
from tests.integration.handover import leaving
from tests.integration.handover.leaving import Leaver
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season
from tests.integration.reports.test_figures import SEPTEMBER

pytestmark = pytest.mark.django_db
ORDER = s.Decision("12/QĐ-UBND", date(2024, 8, 1), "UBND tỉnh (mô phỏng)")
#: The law that has stopped records erased is in force.
ERASED = date(2026, 3, 3)


@dataclass(slots=True)
class Year:
    """A year that was sent, accepted, consolidated; the day on which the next deed is done."""

    here: Season
    leaver: Leaver
    day: date = date(2024, 7, 1)

    def dossier(self, place: int) -> Dossier:
        """One of the school's cases, in the order of walking."""
        return Dossier.objects.order_by("id")[place]


def kept() -> dict[str, str]:
    """Everything that was sealed or made, as the tables hold it."""
    found = {f"seal {one.pk}": f"{one.sha256} {one.content}" for one in Seal.objects.all()}
    found["reports"] = str(list(Report.objects.order_by("id").values()))
    found["consolidations"] = str(list(Consolidation.objects.order_by("id").values()))
    return found


def papers(officer: Actor) -> dict[int, bytes]:
    """The papers in Word of all that was sent, and of the one consolidation under nought."""
    (made,) = Consolidation.objects.all()
    found = {
        one.pk: seals.docx_of(json.loads(one.content), one.content) for one in Seal.objects.all()
    }
    return found | {0: queries.consolidated_docx(officer, made.pk)[1]}


def voids(year: Year) -> None:
    dossier = year.dossier(0)
    void_act(
        actor=factory.actor(year.here.cast.union, year.day),
        dossier_id=dossier.pk,
        seen=dossier.acts_recorded,
        number=Act.objects.get(dossier=dossier, step=Step.INTRODUCED.value).number,
        reason="Ghi nhầm ngày.",
        at=factory.instant(year.day),
        today=year.day,
    )


def stops(year: Year) -> None:
    person = year.dossier(1).person
    people.withdraw_consent(actor=factory.pupil(person), at=factory.instant(year.day), on=year.day)


def annuls(year: Year) -> None:
    new = NewAct(step=Step.ANNULLED, on=year.day)
    factory.record(year.here.cast.committee, year.dossier(2), new, today=year.day)


def hands_over(year: Year) -> None:
    made = leaving.asked(year.here.cast, year.leaver, here=True, today=year.day)
    assert made.to == Destination.SCHOOL.value
    leaving.agreed(year.leaver, on=year.day)
    leaving.sent(year.here.cast, made, on=year.day, today=year.day)
    there = factory.actor(year.here.cast.outsider, year.day)
    with wall.looking(there.reach.way, there.reach.settings):
        handover.receive(
            actor=there,
            handover_id=made.pk,
            on=year.day,
            class_name="12A3",
            at=factory.instant(year.day, 11),
            today=year.day,
        )
    assert Dossier.objects.get(pk=year.leaver.dossier.pk).school == year.here.cast.neighbour.unit


def amends_the_rules(year: Year) -> None:
    amendments.keep(
        actor=factory.actor(year.here.cast.administrator, year.day),
        text=SEPTEMBER,
        note="Năm học của tỉnh bắt đầu từ tháng 9.",
        seen=0,
        at=factory.instant(year.day),
        today=year.day,
    )


def erases(year: Year) -> None:
    person = year.dossier(1).person  # who stopped before
    ownfile.purge(at=factory.instant(ERASED), today=ERASED)
    assert Person.objects.get(pk=person.pk).erased_date == ERASED


def _carry_out(year: Year, change: s.Change) -> None:
    keeper = factory.actor(year.here.cast.administrator, WRITTEN)
    order = s.Operation(change, ORDER, year.day)
    seen = operations.preview(keeper, order, year.day).digest
    reorganisation.reorganise(
        actor=keeper, operation=order, seen=seen, at=factory.instant(year.day), today=year.day
    )


def merges_schools(year: Year) -> None:
    cast = year.here.cast
    _carry_out(year, s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk))


def merges_departments(year: Year) -> None:
    heir = factory.unit("so-ld", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) mới")
    _carry_out(year, s.Merge((year.here.cast.department.pk,), heir.pk))


def renames(year: Year) -> None:
    new = "Trường THPT (mô phỏng) Tên mới rất dài của một trường liên cấp vùng sâu, vùng xa"
    _carry_out(year, s.Rename(year.here.cast.neighbour.unit.pk, name=new))


#: What is done with cases by those who hold their posts; then what nobody's post is needed for.
OF_CASES: tuple[Callable[[Year], None], ...] = (voids, stops, annuls, hands_over, amends_the_rules)
OF_UNITS: tuple[Callable[[Year], None], ...] = (
    *(erases, merges_schools, merges_departments, renames),
)


@pytest.fixture
def year() -> Year:
    roads = (Step.INTRODUCED, Step.LISTED, Step.DECIDED, Step.ADMITTED)
    here = reporting.season(roads=roads)
    left = leaving.leaver(here.cast)
    reporting.accepted(here)
    reporting.accepted(here, neighbour=True)
    actions.consolidate(
        actor=here.officer, school_year=YEAR, at=factory.instant(WRITTEN), on=WRITTEN
    )
    return Year(here, left)


def test_nothing_sealed_changes_by_any_later_deed(year: Year) -> None:
    before, printed = kept(), papers(year.here.officer)
    assert (len(before), len(printed)) == (4, 3)
    first = year.day
    for seed in range(2):
        chance = random.Random(seed)  # noqa: S311 - an order of deeds, no secret
        year.day = first
        with transaction.atomic():
            for deed in (*chance.sample(OF_CASES, 5), *chance.sample(OF_UNITS, 4)):
                deed(year)
                year.day += timedelta(days=chance.randrange(1, 9))
                indicators.refresh_all(today=year.day)
                assert kept() == before, deed.__name__
            assert papers(year.here.officer) == printed
            known = queries.known_to_all()
            for paper in printed.values():
                assert queries.prove(paper, known).outcome is Outcome.GENUINE
            transaction.set_rollback(True)
