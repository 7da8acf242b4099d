"""Carrying out, undoing, receiving: what becomes of units, posts, cases and sent reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from donghanh.desk.queries import desk
from donghanh.domain import succession as s
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Right, Role
from donghanh.domain.signing import BeyondOwnPost, Form
from donghanh.domain.structure import Line, UnitKind
from donghanh.dossiers import queries as roads
from donghanh.history.models import Event
from donghanh.organisation import actions as organisation
from donghanh.organisation import queries as units
from donghanh.organisation.models import Link, Post, SigningDelegation, Successor, Unit, UnitVersion
from donghanh.reorganisation import actions, queries
from donghanh.reorganisation.models import Reorganisation, Rerouting, Touch
from donghanh.reports.models import Report
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
BEFORE = DAY - timedelta(days=1)
AT = factory.instant(DAY)
ORDER = s.Decision("12-QĐ/TU", date(2024, 2, 20), "Tỉnh ủy (mô phỏng)")


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def operation(change: s.Change, on: date = DAY, creates: tuple[s.New, ...] = ()) -> s.Operation:
    return s.Operation(change, ORDER, on, creates)


def done(cast: Cast, order: s.Operation, *, posts_go_on: bool = False) -> Reorganisation:
    actor = factory.actor(cast.administrator, DAY)
    seen = queries.preview(actor, order, DAY).digest
    return actions.reorganise(
        actor=actor, operation=order, seen=seen, at=AT, today=DAY, posts_go_on=posts_go_on
    )


def undo(cast: Cast, made: Reorganisation) -> None:
    actor = factory.actor(cast.administrator, DAY)
    actions.undo(actor=actor, reorganisation_id=made.pk, at=AT)


def state() -> object:
    rows = (UnitVersion, Link, Post, Successor, Touch, Rerouting, Reorganisation, Unit)
    kept = [sorted(str(sorted(row.items())) for row in model.objects.values()) for model in rows]
    return kept, Event.objects.count()


def structure() -> object:
    world = queries.world()
    posts = sorted(str(row) for row in Post.objects.values_list("pk", "in_force"))
    return world, posts, Unit.objects.count()


def refused(kind: type[Exception], act: Callable[[], object]) -> None:
    before = state()
    with pytest.raises(kind), transaction.atomic():
        act()
    assert state() == before


class TestReorganise:
    def test_a_merger_of_schools_hands_the_open_cases_over(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        ours, theirs = cast.school.unit.pk, cast.neighbour.unit.pk
        made = done(cast, operation(s.Merge((ours,), theirs)))
        row = Rerouting.objects.get()
        assert (row.dossier_id, row.from_unit_id, row.to_unit_id) == (dossier.pk, ours, theirs)
        assert row.reason == "12-QĐ/TU, 20/02/2024, Tỉnh ủy (mô phỏng)"
        assert units.carried_to(ours, DAY) == theirs
        assert units.carried_to(ours, BEFORE) == ours
        heir = factory.actor(cast.outsider, DAY)
        assert ours in heir.schools
        assert roads.visible_to(heir).filter(pk=dossier.pk).exists()
        event = Event.objects.order_by("-id").first()
        assert event is not None
        assert (event.action, event.subject_id) == ("reorganisation.carried_out", made.pk)

    def test_a_merger_leaves_the_totals_of_the_union_above_as_they_were(self, cast: Cast) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        before = desk(factory.actor(cast.upper_unionist, BEFORE), BEFORE).totals
        assert before.introduced == 2
        done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)))
        assert desk(factory.actor(cast.upper_unionist, DAY), DAY).totals == before

    def test_an_ended_committee_sends_its_cells_up_and_its_posts_end(self, cast: Cast) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        base, above = cast.base.pk, cast.competent.pk
        parts = (s.Part(above, frozenset({cast.school.cell.pk})),)
        done(cast, operation(s.Dissolve(base, parts)))
        assert units.parent_of(cast.school.cell.pk, Line.PARTY, DAY) == above
        assert units.parent_of(cast.school.cell.pk, Line.PARTY, BEFORE) == base
        assert Post.objects.get(unit_id=base).in_force.upper == DAY
        assert Rerouting.objects.get().line == "party"

    def test_who_keeps_the_system_goes_on_in_the_unit_that_carries_on(self, cast: Cast) -> None:
        heir = factory.unit("so-moi", UnitKind.DEPARTMENT, "Sở GD&ĐT (mô phỏng) mới")
        auditor = factory.holder("kiemtra", "Tạ Đức Phúc", cast.department, Role.AUDITOR)
        before = structure()
        made = done(cast, operation(s.Merge((cast.department.pk,), heir.pk)))
        for who, right in (
            (cast.administrator, Right.KEEP_STRUCTURE),
            (auditor, Right.READ_HISTORY),
        ):
            actor = factory.actor(who, DAY)
            assert (actor.post.unit_id, actor.may(right)) == (heir.pk, True)
            assert factory.actor(who, BEFORE).post.unit_id == cast.department.pk
        with pytest.raises(units.NoPost):
            factory.actor(cast.officer, DAY)
        undo(cast, made)
        assert structure() == before
        assert factory.actor(cast.administrator, DAY).post.unit_id == cast.department.pk

    def test_posts_go_on_where_the_keeper_says_so_until_it_is_undone(self, cast: Cast) -> None:
        heir = factory.unit("so-moi", UnitKind.DEPARTMENT, "Sở GD&ĐT (mô phỏng) mới")
        order, before = operation(s.Merge((cast.department.pk,), heir.pk)), structure()
        made = done(cast, order, posts_go_on=True)
        for who in (cast.officer, cast.leader, cast.administrator):
            then, now = factory.actor(who, BEFORE).post, factory.actor(who, DAY).post
            assert (now.unit_id, now.role) == (heir.pk, then.role)
            assert then.unit_id == cast.department.pk
        undo(cast, made)
        assert structure() == before

    def test_a_post_goes_on_neither_twice_nor_in_a_unit_of_another_kind(self, cast: Cast) -> None:
        here, there = cast.school.cell, cast.neighbour.cell
        both = factory.holder("haichi", "Lý Văn Hai", here, Role.HELPER)
        Post.objects.create(user=both, unit=there, role=Role.HELPER.value, in_force=(BEFORE, None))
        done(cast, operation(s.Merge((here.pk,), there.pk)), posts_go_on=True)
        assert Post.objects.filter(user=both, unit=there).count() == 1
        known = set(Post.objects.filter(unit=cast.competent).values_list("pk", flat=True))
        parts = (s.Part(cast.competent.pk, frozenset({there.pk})),)
        done(cast, operation(s.Dissolve(cast.base.pk, parts)), posts_go_on=True)
        assert Post.objects.get(unit_id=cast.base.pk).in_force.upper == DAY
        assert known == set(Post.objects.filter(unit=cast.competent).values_list("pk", flat=True))

    def test_is_not_undone_once_a_post_that_went_on_has_delegated(self, cast: Cast) -> None:
        heir = factory.unit("so-moi", UnitKind.DEPARTMENT, "Sở GD&ĐT (mô phỏng) mới")
        made = done(cast, operation(s.Merge((cast.department.pk,), heir.pk)), posts_go_on=True)
        organisation.delegate_signing(
            actor=factory.actor(cast.leader, DAY),
            at=AT,
            user_id=cast.officer.pk,
            form=Form.DEPUTY,
            rights={Right.REVIEW_REPORTS},
            since=DAY,
            until=None,
        )
        refused(actions.DependedOn, lambda: undo(cast, made))

    def test_a_day_to_come_changes_nothing_before_it(self, cast: Cast) -> None:
        later = DAY + timedelta(days=90)
        order = operation(s.Rename(cast.school.unit.pk, name="Trường mới", place="Lâm Đồng"), later)
        done(cast, order)
        assert units.at(DAY)[cast.school.unit.pk].place == "Đắk Nông"
        assert units.at(later)[cast.school.unit.pk].name == "Trường mới"
        assert UnitVersion.objects.get(name="Trường mới").old_place == "Đắk Nông"

    def test_a_unit_can_be_founded_by_the_same_decision(self, cast: Cast) -> None:
        new = s.New(
            -1,
            "xa-moi",
            UnitKind.COMMUNE_COMMITTEE,
            "Đảng ủy xã mới",
            "Xã mới",
            "Lâm Đồng",
            party_code="12.345.678.901.234",
        )
        cells = frozenset({cast.school.cell.pk})
        before = structure()
        made = done(cast, operation(s.Split(cast.base.pk, (s.Part(-1, cells),), True), DAY, (new,)))
        founded = Unit.objects.get(code="xa-moi")
        assert units.parent_of(cast.school.cell.pk, Line.PARTY, DAY) == founded.pk
        assert UnitVersion.objects.get(unit=founded).party_code == "12345678901234"
        undo(cast, made)
        assert structure() == before

    def test_refuses_what_somebody_else_changed_in_between(self, cast: Cast) -> None:
        actor = factory.actor(cast.administrator, DAY)
        order = operation(s.Close(cast.base.pk, cast.competent.pk))
        seen = queries.preview(actor, order, DAY).digest
        done(cast, operation(s.Move(cast.school.cell.pk, Line.PARTY, cast.competent.pk), BEFORE))
        refused(
            actions.ChangedSince,
            lambda: actions.reorganise(actor=actor, operation=order, seen=seen, at=AT, today=DAY),
        )

    @pytest.mark.parametrize(
        ("change", "on", "kind"),
        [
            (lambda c: s.Move(c.competent.pk, Line.PARTY, c.base.pk), DAY, s.Circle),
            (lambda c: s.Merge((c.base.pk,), c.base.pk), DAY, s.IntoItself),
            (lambda c: s.Rename(c.base.pk, name="X"), date(2016, 7, 31), s.NotThen),
            (lambda c: s.Close(c.base.pk), DAY, s.LeftBehind),
        ],
    )
    def test_refuses_bad_orders_and_changes_nothing(
        self, cast: Cast, change: Callable[[Cast], s.Change], on: date, kind: type[Exception]
    ) -> None:
        refused(kind, lambda: done(cast, operation(change(cast), on)))

    def test_refuses_two_operations_on_one_unit_on_one_day(self, cast: Cast) -> None:
        done(cast, operation(s.Rename(cast.base.pk, name="Tên khác")))
        refused(
            s.TwiceOnOneDay,
            lambda: done(cast, operation(s.Close(cast.base.pk, cast.competent.pk))),
        )

    @pytest.mark.parametrize("who", ["officer", "secretary", "committee", "upper_unionist"])
    def test_refuses_whoever_does_not_keep_the_structure(self, cast: Cast, who: str) -> None:
        order = operation(s.Rename(cast.base.pk, name="Tên khác"))
        actor = factory.actor(getattr(cast, who), DAY)
        refused(NotAllowed, lambda: queries.preview(actor, order, DAY))
        refused(
            NotAllowed,
            lambda: actions.reorganise(actor=actor, operation=order, seen="", at=AT, today=DAY),
        )


class TestUndo:
    def test_leads_back_to_what_was(self, cast: Cast) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        before = structure()
        made = done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)))
        undo(cast, made)
        assert structure() == before
        assert not Rerouting.objects.exists()
        assert not Touch.objects.exists()
        made.refresh_from_db()
        assert made.undone_by_id == cast.administrator.pk

    def test_refuses_after_a_new_case(self, cast: Cast) -> None:
        made = done(cast, operation(s.Close(cast.base.pk, cast.competent.pk)))
        factory.walk_to(Step.SOURCED, cast, begins=DAY)
        refused(actions.DependedOn, lambda: undo(cast, made))

    def test_refuses_after_a_new_case_at_the_heir(self, cast: Cast) -> None:
        made = done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)))
        factory.walk_to(Step.SOURCED, cast, cast.neighbour, begins=DAY)
        refused(actions.DependedOn, lambda: undo(cast, made))

    def test_refuses_below_a_later_operation(self, cast: Cast) -> None:
        made = done(cast, operation(s.Rename(cast.base.pk, name="Tên khác")))
        later = DAY + timedelta(days=9)
        done(cast, operation(s.Close(cast.base.pk, cast.competent.pk), later))
        refused(s.ChangesLater, lambda: undo(cast, made))

    def test_refuses_once_a_case_was_received(self, cast: Cast) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        made = done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)))
        actor = factory.actor(cast.outsider, DAY)
        waiting = queries.to_receive(actor, DAY)
        ids = list(waiting.values_list("pk", flat=True))
        assert actions.receive(actor=actor, rerouting_ids=ids, at=AT, today=DAY) == 1
        row = Rerouting.objects.get()
        assert (row.received_at, row.received_by_id) == (AT, cast.outsider.pk)
        refused(actions.DependedOn, lambda: undo(cast, made))

    def test_refuses_a_second_time(self, cast: Cast) -> None:
        made = done(cast, operation(s.Rename(cast.base.pk, name="Tên khác")))
        undo(cast, made)
        refused(Reorganisation.DoesNotExist, lambda: undo(cast, made))


class TestReceive:
    def test_refuses_whoever_it_was_not_handed_to_and_before_its_day(self, cast: Cast) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        later = DAY + timedelta(days=9)
        done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk), later))
        ids = [Rerouting.objects.get().pk]
        for who, today in ((cast.secretary, later - timedelta(days=1)), (cast.outsider, DAY)):
            actor = factory.actor(who, today)
            refused(
                NotAllowed,
                lambda actor=actor, today=today: actions.receive(  # type: ignore[misc]
                    actor=actor, rerouting_ids=ids, at=AT, today=today
                ),
            )


class TestSentReports:
    def test_stay_byte_for_byte_the_same(self, cast: Cast) -> None:
        tasks = factory.ask_for_reports(cast, {cast.school.unit.pk: 3})
        Report.objects.create(
            task=tasks[cast.school.unit.pk],
            school=cast.school.unit,
            department=cast.department,
            school_year="2023-2024",
            cutoff_date=DAY,
            status="sent",
            figures=[{"code": "admitted", "order": 1, "title": "Kết nạp", "value": 3, "cases": []}],
            sent_at=AT,
            sent_date=DAY,
            rulebook_version="1",
        )
        before = str(list(Report.objects.values()))
        made = done(cast, operation(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)))
        assert str(list(Report.objects.values())) == before
        undo(cast, made)
        assert str(list(Report.objects.values())) == before


class TestDelegation:
    def delegate(self, cast: Cast, rights: set[Right], since: date = DAY) -> SigningDelegation:
        return organisation.delegate_signing(
            actor=factory.actor(cast.leader, DAY),
            at=AT,
            user_id=cast.officer.pk,
            form=Form.DEPUTY,
            rights=rights,
            since=since,
            until=None,
        )

    def test_lets_somebody_sign_for_the_own_post(self, cast: Cast) -> None:
        kept = self.delegate(cast, {Right.REVIEW_REPORTS})
        assert (kept.form, kept.rights) == ("deputy", ["review_reports"])

    def test_refuses_more_than_the_own_post(self, cast: Cast) -> None:
        refused(BeyondOwnPost, lambda: self.delegate(cast, {Right.KEEP_RULES}))
        early = date(2015, 1, 1)
        refused(BeyondOwnPost, lambda: self.delegate(cast, {Right.REVIEW_REPORTS}, early))
