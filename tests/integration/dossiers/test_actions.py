"""What is recorded in a dossier, and what is refused and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from donghanh.domain import refusals, voting
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.dossiers import actions
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import Filters
from donghanh.history.models import Event
from donghanh.people.models import Person
from tests import chain, factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]


@contextmanager
def refused(kind: type[Exception]) -> Iterator[None]:
    """Expect a refusal that writes neither an act nor a line of history."""
    before = Act.objects.count(), Event.objects.count(), Dossier.objects.count()
    with pytest.raises(kind):
        yield
    assert (Act.objects.count(), Event.objects.count(), Dossier.objects.count()) == before
    assert chain.holds()


def day(step: Step, later: int = 0) -> date:
    return BEGINS + timedelta(days=factory.OFFSETS[step] + later)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


class TestStartDossier:
    def test_opens_with_the_act_of_the_source_list(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        dossier = factory.opened(cast.school, person, on=BEGINS)
        act = dossier.acts.get()
        assert (act.step, act.number, act.on_date) == ("sourced", 1, BEGINS)
        assert dossier.base_committee
        assert chain.holds()

    def test_refuses_a_second_click(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        factory.opened(cast.school, person, on=BEGINS)
        with refused(actions.AlreadyOpen):
            factory.opened(cast.school, person, on=BEGINS)

    def test_refuses_a_day_before_the_pupil_agreed(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        with refused(refusals.NoConsent):
            factory.opened(cast.school, person, on=BEGINS - timedelta(days=1))

    def test_refuses_the_neighbouring_school(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        with refused(Person.DoesNotExist):
            factory.opened(cast.neighbour, person, on=BEGINS)

    def test_refuses_the_cell_because_the_union_makes_the_list(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        with refused(actions.NotYourStep):
            actions.start_dossier(
                actor=factory.actor(cast.secretary, BEGINS),
                person_id=person.pk,
                at=factory.instant(BEGINS),
                on=BEGINS,
                today=BEGINS,
            )


class TestRecordAct:
    def test_keeps_the_counts_and_the_rules_of_the_day(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        act = dossier.acts.get(step=Step.CELL_VOTED.value)
        assert (act.favour, act.present, act.passed) == (13, 14, True)
        assert {"vote.cell", "age.minimum"} <= {rule["name"] for rule in act.judged_by}
        assert all(rule["number"] for rule in act.judged_by)
        assert act.edition == 0

    def test_keeps_a_failed_vote_as_a_try_and_leaves_the_step_open(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        new = replace(factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED)), tally=factory.FAILED)
        judgement = factory.record(cast.secretary, dossier, new)
        walk = factory.road(cast.secretary, dossier, day(Step.CELL_VOTED))
        assert not judgement.passed
        assert not dossier.acts.get(step=Step.CELL_VOTED.value).passed
        assert walk.road.current is not None
        assert walk.road.current.step is Step.CELL_VOTED
        assert len(walk.road.current.attempts) == 1
        later = factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED, 20))
        assert factory.record(cast.secretary, dossier, later).passed

    def test_refuses_more_votes_in_favour_than_members(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        tally = replace(factory.CARRIED, favour=16)
        new = replace(factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED)), tally=tally)
        with refused(voting.MoreVotesThanMembers):
            factory.record(cast.secretary, dossier, new)

    def test_refuses_a_day_before_the_step_before(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        with refused(refusals.BeforePrevious):
            factory.record(
                cast.secretary,
                dossier,
                NewAct(step=Step.LISTED, on=day(Step.INTRODUCED, -1)),
                today=day(Step.LISTED),
            )

    def test_refuses_a_step_whose_turn_has_not_come(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        with refused(refusals.StepNotAllowed):
            factory.record(cast.secretary, dossier, NewAct(step=Step.LISTED, on=day(Step.LISTED)))

    def test_refuses_a_day_to_come(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        with refused(refusals.InFuture):
            factory.record(
                cast.secretary,
                dossier,
                NewAct(step=Step.LISTED, on=day(Step.LISTED)),
                today=day(Step.INTRODUCED),
            )

    def test_refuses_the_vote_on_somebody_too_young(self, cast: Cast) -> None:
        young = factory.agreed_pupil(
            cast.school,
            on=BEGINS - timedelta(days=2),
            born=factory.turns_eighteen(day(Step.CELL_VOTED, 1)),
        )
        dossier = factory.walk_to(Step.PAPERS, cast, person=young)
        with refused(refusals.TooYoung):
            factory.record(
                cast.secretary, dossier, factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED))
            )

    def test_refuses_a_vote_without_its_papers(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        with refused(RuleError):
            factory.record(
                cast.secretary, dossier, factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED))
            )

    def test_refuses_another_body(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        for user in (cast.union, cast.committee):
            with refused(actions.NotYourStep):
                factory.record(user, dossier, factory.act_of(Step.CELL_VOTED, day(Step.CELL_VOTED)))

    def test_does_not_exist_for_the_neighbouring_school(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        with refused(Dossier.DoesNotExist):
            factory.record(cast.outsider, dossier, NewAct(step=Step.LISTED, on=day(Step.LISTED)))

    def test_refuses_what_was_sent_over_an_older_page(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        on = day(Step.LISTED)
        with refused(actions.ChangedMeanwhile):
            actions.record_act(
                actor=factory.actor(cast.secretary, on),
                dossier_id=dossier.pk,
                seen=1,
                new=NewAct(step=Step.LISTED, on=on),
                at=factory.instant(on),
                today=on,
            )

    def test_keeps_a_helper_of_the_cell(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        new = NewAct(step=Step.LISTED, on=day(Step.LISTED), helper_id=cast.secretary.pk)
        factory.record(cast.secretary, dossier, new)
        assert dossier.acts.get(step="listed").helper == cast.secretary

    def test_refuses_a_helper_from_elsewhere(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        new = NewAct(step=Step.LISTED, on=day(Step.LISTED), helper_id=cast.outsider.pk)
        with refused(actions.HelperUnknown):
            factory.record(cast.secretary, dossier, new)

    def test_refuses_after_the_pupil_has_stopped(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        on = day(Step.LISTED)
        factory.stopped(dossier.person, on=on)
        with refused(Dossier.DoesNotExist):
            factory.record(cast.secretary, dossier, NewAct(step=Step.LISTED, on=on))

    def test_lets_the_union_record_the_paper_it_makes_and_no_other(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        new = NewAct(step=Step.PAPERS, on=day(Step.VOUCHED), form="4-KNĐ")
        factory.record(cast.union, dossier, new)
        with refused(actions.NotYourStep):
            factory.record(cast.union, dossier, replace(new, form="3-KNĐ"))
        with refused(actions.NotYourStep):
            factory.record(cast.base_member, dossier, replace(new, form="3-KNĐ"))

    def test_refuses_a_paper_that_a_step_itself_leaves(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        new = NewAct(step=Step.PAPERS, on=day(Step.CELL_VOTED, 2), form="7-KNĐ")
        with refused(refusals.FormUnknown):
            factory.record(cast.secretary, dossier, new)

    def test_refuses_a_step_of_papers_as_an_act(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        with refused(refusals.FormUnknown):
            factory.record(cast.secretary, dossier, NewAct(step=Step.APPLIED, on=day(Step.APPLIED)))


class TestVoidAct:
    def void(self, cast: Cast, dossier: Dossier, number: int, reason: str = "Sai ngày") -> object:
        on = day(Step.ADMITTED, 5)
        dossier.refresh_from_db()
        return actions.void_act(
            actor=factory.actor(cast.secretary, on),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=number,
            reason=reason,
            at=factory.instant(on),
            today=on,
        )

    def test_strikes_out_the_later_acts_that_fall_and_opens_the_step(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        listed = dossier.acts.get(step="listed")
        decided = dossier.acts.get(step="decided")
        assert self.void(cast, dossier, listed.number) == (listed.number, decided.number)
        walk = factory.road(cast.secretary, dossier, day(Step.ADMITTED, 5))
        assert walk.road.current is not None
        assert walk.road.current.step is Step.LISTED
        assert walk.road.status is RoadStatus.WALKING
        assert {act.number for act in walk.road.acts if act.voided} == {
            listed.number,
            decided.number,
        }
        assert dossier.acts.filter(step="listed", voids=None).count() == 1
        assert chain.holds()

    def test_refuses_without_a_reason(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with refused(actions.ReasonMissing):
            self.void(cast, dossier, 3, "  ")

    def test_refuses_a_second_click(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        self.void(cast, dossier, 3)
        with refused(RuleError):
            self.void(cast, dossier, 3)

    def test_refuses_an_act_of_another_body(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with refused(actions.NotYourStep):
            self.void(cast, dossier, 1)

    def test_refuses_a_number_that_is_not_there(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with refused(RuleError):
            self.void(cast, dossier, 99)

    def test_hides_the_dossier_from_the_committee_once_it_is_off_the_list(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.ADMITTED)
        assert factory.road(cast.committee, dossier, on)
        self.void(cast, dossier, 3)
        with pytest.raises(Dossier.DoesNotExist):
            factory.road(cast.committee, dossier, on)


class TestOpenFile:
    def test_writes_one_line_of_history_that_names_no_one(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED)
        page = actions.open_file(
            actor=factory.actor(cast.secretary, on),
            dossier_id=dossier.pk,
            at=factory.instant(on),
            today=on,
        )
        line = Event.objects.order_by("-id")[0]
        assert (line.action, line.subject_id, line.actor) == (
            "dossiers.read",
            dossier.pk,
            cast.secretary,
        )
        assert line.facts == {}
        assert [reader.name for reader in page.readers] == [cast.secretary.name]

    def test_shows_nothing_to_the_department(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED)
        for user in (cast.officer, cast.leader, cast.upper_unionist, cast.administrator):
            with refused(Dossier.DoesNotExist):
                actions.open_file(
                    actor=factory.actor(user, on),
                    dossier_id=dossier.pk,
                    at=factory.instant(on),
                    today=on,
                )


class TestExportList:
    def test_is_written_down(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED)
        data = actions.export_list(
            actor=factory.actor(cast.secretary, on),
            filters=Filters(),
            at=factory.instant(on),
            today=on,
        )
        assert data.startswith(b"PK")
        assert Event.objects.order_by("-id")[0].facts == {
            "list": "cohort",
            "dossiers": [dossier.pk],
        }

    def test_is_refused_to_who_reads_no_cases(self, cast: Cast) -> None:
        on = day(Step.LISTED)
        with refused(NotAllowed):
            actions.export_list(
                actor=factory.actor(cast.officer, on),
                filters=Filters(),
                at=factory.instant(on),
                today=on,
            )
