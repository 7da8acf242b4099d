"""Posts, delegations and links end with what they hang on, and hang where they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from donghanh.domain import signing, structure
from donghanh.domain import succession as s
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.history.models import Event
from donghanh.organisation import actions, queries, texts
from donghanh.organisation.models import Link, Post, SigningDelegation, Unit
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.reorganisation.models import Reorganisation
from tests import factory
from tests.factory import SINCE, Cast

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
BEFORE = DAY - timedelta(days=1)
AT = factory.instant(DAY)
ORDER = s.Decision("12-QĐ/TU", date(2024, 2, 20), "Tỉnh ủy (mô phỏng)")


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def ends(cast: Cast, unit: Unit, heir: Unit | None = None) -> None:
    """Let a unit end on the day."""
    keeper = factory.actor(cast.administrator, BEFORE)
    order = s.Operation(s.Close(unit.pk, None if heir is None else heir.pk), ORDER, DAY)
    seen = operations.preview(keeper, order, DAY).digest
    reorganisation.reorganise(actor=keeper, operation=order, seen=seen, at=AT, today=DAY)


def refused(kind: type[Exception], act: Callable[[], object]) -> None:
    """Let something be refused, with nothing stored and a sentence to read."""
    rows = (Link, Post, SigningDelegation)
    before = [list(model.objects.order_by("id").values()) for model in rows], Event.objects.count()
    with pytest.raises(kind) as refusal, transaction.atomic():
        act()
    now = [list(model.objects.order_by("id").values()) for model in rows], Event.objects.count()
    assert now == before
    assert "%(" not in texts.refusal(refusal.value)  # type: ignore[arg-type]  # a rule's refusal


def give(cast: Cast, where: Unit, since: date) -> Post:
    return actions.give_post(
        actor=factory.founder(),
        at=AT,
        user_id=cast.officer.pk,
        unit_id=where.pk,
        role=Role.SECRETARY,
        since=since,
    )


def link(child: Unit, parent: Unit, line: Line, since: date = DAY) -> Link:
    return actions.link_units(
        actor=factory.founder(),
        at=AT,
        child_id=child.pk,
        parent_id=parent.pk,
        line=line,
        since=since,
    )


class TestPosts:
    def test_end_with_their_unit_and_not_a_day_before(self, cast: Cast) -> None:
        assert queries.holders_of(cast.base.pk, BEFORE)
        ends(cast, cast.base, cast.competent)
        assert queries.holders_of(cast.base.pk, BEFORE)
        assert queries.holders_of(cast.base.pk, DAY) == []
        assert cast.base_member.pk not in {
            pk for pk, _ in queries.holders_of(cast.competent.pk, DAY)
        }

    def test_that_were_to_begin_later_never_do_and_come_back_with_an_undo(self, cast: Cast) -> None:
        later = DAY + timedelta(days=9)
        post = give(cast, cast.base, later)
        ends(cast, cast.base, cast.competent)
        assert queries.holders_of(cast.base.pk, later) == []
        reorganisation.undo(
            actor=factory.actor(cast.administrator, BEFORE),
            reorganisation_id=Reorganisation.objects.get().pk,
            at=AT,
        )
        assert queries.holders_of(cast.base.pk, BEFORE) != queries.holders_of(cast.base.pk, later)
        post.refresh_from_db()
        assert (post.in_force.lower, post.in_force.upper) == (later, None)

    def test_are_refused_where_the_unit_has_ended_or_not_begun(self, cast: Cast) -> None:
        ends(cast, cast.base, cast.competent)
        for since in (DAY, DAY + timedelta(days=1), SINCE - timedelta(days=1)):
            refused(structure.NotThere, lambda since=since: give(cast, cast.base, since))  # type: ignore[misc]

    def test_given_on_the_last_day_end_with_the_unit(self, cast: Cast) -> None:
        ends(cast, cast.base, cast.competent)
        assert give(cast, cast.base, BEFORE).in_force == (BEFORE, DAY)


class TestLinks:
    def test_refuse_what_may_not_stand_there(self, cast: Cast) -> None:
        other = factory.unit("thpt-3", UnitKind.SCHOOL, "Trường THPT (mô phỏng) Ba")
        refused(s.Misplaced, lambda: link(other, cast.school.cell, Line.EDUCATION))

    def test_refuse_a_circle_also_one_of_days_to_come(self, cast: Cast) -> None:
        one, two, three = (
            factory.unit(f"tren-{name}", UnitKind.UPPER_COMMITTEE, f"Cấp {name}") for name in "abc"
        )
        link(one, two, Line.PARTY, DAY + timedelta(days=90))
        link(two, three, Line.PARTY)
        refused(s.Circle, lambda: link(three, one, Line.PARTY))
        refused(s.Circle, lambda: link(one, one, Line.PARTY))

    def test_refuse_a_second_parent_on_one_day(self, cast: Cast) -> None:
        refused(structure.PlacedAlready, lambda: link(cast.school.cell, cast.competent, Line.PARTY))
        late = factory.unit("thpt-4", UnitKind.CELL, "Chi bộ (mô phỏng) Bốn")
        link(late, cast.base, Line.PARTY)
        refused(structure.PlacedAlready, lambda: link(late, cast.competent, Line.PARTY))

    def test_refuse_a_day_before_either_unit_was_there(self, cast: Cast) -> None:
        late = factory.unit("thpt-4", UnitKind.CELL, "Chi bộ (mô phỏng) Bốn")
        early = SINCE - timedelta(days=1)
        refused(structure.NotThere, lambda: link(late, cast.base, Line.PARTY, early))

    def test_refuse_a_parent_that_ends_before_its_child(self, cast: Cast) -> None:
        ends(cast, cast.base, cast.competent)
        late = factory.unit("thpt-4", UnitKind.CELL, "Chi bộ (mô phỏng) Bốn")
        refused(structure.NotThere, lambda: link(late, cast.base, Line.PARTY, BEFORE))


class TestDelegations:
    def delegated(self, cast: Cast, **given: object) -> SigningDelegation:
        told = {
            "actor": factory.actor(cast.leader, BEFORE),
            "at": AT,
            "user_id": cast.officer.pk,
            "form": signing.Form.ORDER,
            "rights": {Right.REVIEW_REPORTS},
            "since": SINCE,
            "until": None,
        }
        return actions.delegate_signing(**(told | given))  # type: ignore[arg-type]

    @pytest.mark.parametrize("whose", ["leader", "officer"])
    def test_end_with_the_post_of_either_side(self, cast: Cast, whose: str) -> None:
        self.delegated(cast)
        user = getattr(cast, whose)
        Post.objects.filter(user=user).update(in_force=(SINCE, DAY))
        named = queries.signer_of(cast.department.pk, BEFORE, Right.REVIEW_REPORTS)
        assert named is not None
        assert named.name == cast.officer.name
        after = queries.signer_of(cast.department.pk, DAY, Right.REVIEW_REPORTS)
        assert (after and after.name) == (None if whose == "leader" else cast.leader.name)

    def test_hold_for_what_was_delegated_alone(self, cast: Cast) -> None:
        self.delegated(cast)
        named = queries.signer_of(cast.department.pk, DAY, Right.READ_DIRECTIVES)
        assert named is not None
        assert named.name == cast.leader.name

    def test_are_refused_to_somebody_without_a_post_there(self, cast: Cast) -> None:
        refused(signing.NoPostThere, lambda: self.delegated(cast, user_id=cast.secretary.pk))

    def test_are_refused_beyond_the_own_post(self, cast: Cast) -> None:
        Post.objects.filter(user=cast.leader).update(in_force=(SINCE, DAY))
        refused(signing.BeyondOwnPost, lambda: self.delegated(cast))
        assert self.delegated(cast, until=DAY).in_force == (SINCE, DAY)

    def test_stand_above_the_title_with_their_mark(self, cast: Cast) -> None:
        Post.objects.filter(user=cast.leader).update(title="GIÁM ĐỐC", signs_for="")
        Post.objects.filter(user=cast.officer).update(title="CHÁNH VĂN PHÒNG")
        self.delegated(cast)
        named = queries.signer_of(cast.department.pk, DAY, Right.REVIEW_REPORTS)
        assert named == queries.Signer(
            "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", cast.officer.name, user_id=cast.officer.pk
        )
