"""Units, lines and posts through time, as the database holds and the queries read them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.authority import Actor, NotAllowed, require
from donghanh.domain.authority import Post as HeldPost
from donghanh.domain.rights import RIGHTS, Right, Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries
from donghanh.organisation.models import Link, Post, UnitVersion
from tests import chain, factory
from tests.factory import Cast

ON = date(2024, 3, 1)

_R = Right
#: Who may do what, written a second time by hand: a change of the one must be a change of both.
MATRIX: dict[Role, set[Right]] = {
    Role.OFFICER: {
        _R.ISSUE_DIRECTIVES,
        _R.READ_DIRECTIVES,
        _R.READ_FIGURES,
        _R.REVIEW_REPORTS,
        _R.READ_RULES,
        _R.SHARE_TARGETS,
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
        _R.HOLD_ACTIVITIES,
        _R.PROPOSE_PRACTICES,
        _R.RECOGNISE_PRACTICES,
        _R.ANSWER_VOICES,
        _R.MODERATE_VOICES,
        _R.WRITE_NEWS,
        _R.PUBLISH_FIGURES,
    },
    Role.LEADER: {
        _R.READ_DIRECTIVES,
        _R.SIGN_DIRECTIVES,
        _R.READ_FIGURES,
        _R.REVIEW_REPORTS,
        _R.DELEGATE_SIGNING,
        _R.READ_RULES,
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
        _R.REVIEW_NEWS,
    },
    Role.SECRETARY: {
        _R.RECEIVE_DIRECTIVES,
        _R.INVITE_PUPILS,
        _R.READ_CASES,
        _R.RECORD_ACTS,
        _R.SET_FACTS,
        _R.KEEP_CALENDAR,
        _R.DELEGATE_SIGNING,
        _R.TAKE_LISTS,
        _R.READ_FIGURES,
        _R.SEND_REPORTS,
        _R.WRITE_REPORTS,
        _R.HEAR_EMERGENCIES,
        _R.READ_RULES,
        *(_R.ANSWER_REQUESTS, _R.DECIDE_DUPLICATES, _R.GIVE_CHALLENGES, _R.KEEP_MODELS),
        *(_R.READ_POOL, _R.READ_PAPERS, _R.KEEP_PAPERS, _R.HOLD_CLASSES, _R.HAND_OVER),
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
        _R.HOLD_ACTIVITIES,
        _R.PROPOSE_PRACTICES,
        _R.ANSWER_VOICES,
        _R.MODERATE_VOICES,
        _R.WRITE_NEWS,
        _R.REVIEW_NEWS,
        _R.PUBLISH_FIGURES,
    },
    Role.UNION: {
        _R.RECEIVE_DIRECTIVES,
        _R.INVITE_PUPILS,
        _R.READ_CASES,
        _R.RECORD_ACTS,
        _R.TAKE_LISTS,
        _R.READ_FIGURES,
        _R.READ_RULES,
        *(_R.ANSWER_REQUESTS, _R.GIVE_CHALLENGES, _R.KEEP_MODELS, _R.KEEP_CLUBS),
        *(_R.READ_POOL, _R.RATE_MEMBERS, _R.WRITE_REPORTS),
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
        _R.HOLD_ACTIVITIES,
        _R.PROPOSE_PRACTICES,
        _R.JOIN_CAMPAIGNS,
        _R.ANSWER_VOICES,
        _R.WRITE_NEWS,
    },
    Role.COMMITTEE: {
        *(_R.ISSUE_DIRECTIVES, _R.READ_DIRECTIVES, _R.RECEIVE_DIRECTIVES, _R.SIGN_DIRECTIVES),
        _R.READ_CASES,
        _R.RECORD_ACTS,
        _R.SET_FACTS,
        _R.TAKE_LISTS,
        _R.READ_FIGURES,
        _R.READ_RULES,
        *(_R.READ_PAPERS, _R.KEEP_PAPERS, _R.SHARE_TARGETS, _R.REVIEW_REPORTS),
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
    },
    Role.BOARD: {
        _R.READ_CASES,
        _R.OPEN_EMERGENCY,
        _R.READ_FIGURES,
        _R.READ_RULES,
        _R.READ_PAPERS,
    },
    Role.UPPER_UNION: {
        *(_R.ISSUE_DIRECTIVES, _R.READ_DIRECTIVES, _R.RECEIVE_DIRECTIVES, _R.SIGN_DIRECTIVES),
        *(_R.READ_FIGURES, _R.READ_RULES, _R.SHARE_TARGETS, _R.REVIEW_REPORTS),
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
        _R.HOLD_ACTIVITIES,
        _R.PROPOSE_PRACTICES,
        _R.RECOGNISE_PRACTICES,
        _R.RUN_CAMPAIGNS,
        _R.ANSWER_VOICES,
        _R.MODERATE_VOICES,
        _R.WRITE_NEWS,
        _R.REVIEW_NEWS,
        _R.PUBLISH_FIGURES,
    },
    Role.HELPER: {
        _R.READ_CASES,
        _R.READ_RULES,
        _R.GIVE_CHALLENGES,
        _R.WRITE_NOTES,
        _R.READ_ACTIVITIES,
        _R.READ_PRACTICES,
        _R.READ_CAMPAIGNS,
    },
    Role.CLASS_UNION: {_R.READ_RULES},
    Role.CLUB_LEADER: {_R.READ_RULES},
    Role.TRAINING_CENTRE: {_R.READ_RULES},
    Role.PUPIL: {_R.READ_OWN_FILE},
    Role.ADMINISTRATOR: {_R.READ_RULES, _R.KEEP_RULES, _R.KEEP_STRUCTURE, _R.INVITE_MEMBERS},
    Role.AUDITOR: {_R.READ_HISTORY, _R.READ_RULES},
}


class TestRights:
    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("right", list(Right))
    def test_are_given_cell_by_cell(self, role: Role, right: Right) -> None:
        actor = Actor(1, "A", HeldPost(1, role, 1, "u", "U"), frozenset({7}))
        if right in MATRIX[role]:
            require(actor, right, school_id=7)
            with pytest.raises(NotAllowed):
                require(actor, right, school_id=8)
        else:
            with pytest.raises(NotAllowed):
                require(actor, right)

    def test_name_every_role(self) -> None:
        assert set(RIGHTS) == set(Role) == set(MATRIX)


@pytest.mark.django_db
class TestReach:
    @pytest.mark.parametrize(
        ("who", "reach"),
        [
            ("officer", {"duclap", "quangtin"}),
            ("leader", {"duclap", "quangtin"}),
            ("secretary", {"duclap"}),
            ("union", {"duclap"}),
            ("outsider", {"quangtin"}),
            ("committee", {"duclap", "quangtin"}),
            ("base_member", {"duclap"}),
            ("upper_unionist", {"duclap", "quangtin"}),
            ("administrator", set()),
        ],
    )
    def test_follows_the_lines_of_the_post(self, who: str, reach: set[str]) -> None:
        cast = factory.cast()
        actor = factory.actor(getattr(cast, who), ON)
        codes = {cast.school.unit.pk: "duclap", cast.neighbour.unit.pk: "quangtin"}
        assert {codes[school] for school in actor.schools} == reach

    def test_is_empty_before_the_units_exist(self) -> None:
        cast = factory.cast()
        with pytest.raises(queries.NoPost):
            factory.actor(cast.officer, date(2016, 7, 31))


@pytest.mark.django_db
class TestVersions:
    @pytest.fixture
    def cast(self) -> Cast:
        return factory.cast()

    def version(self, cast: Cast, period: tuple[date, date | None]) -> UnitVersion:
        return UnitVersion.objects.create(
            unit=cast.school.unit,
            kind=UnitKind.SCHOOL.value,
            name="Tên khác",
            short_name="Tên khác",
            place="Đắk Nông",
            in_force=period,
        )

    def test_may_not_overlap(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            self.version(cast, (ON, None))

    def test_may_touch(self, cast: Cast) -> None:
        UnitVersion.objects.filter(unit=cast.school.unit).update(in_force=(factory.SINCE, ON))
        self.version(cast, (ON, None))
        unit = cast.school.unit.pk
        before = queries.facts_of([unit], date(2024, 2, 29))[unit]
        assert before.name == "Trường THPT (mô phỏng) Đức Lập"
        assert queries.facts_of([unit], ON)[unit].name == "Tên khác"

    def test_may_not_be_empty(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            self.version(cast, (date(2010, 1, 1), date(2010, 1, 1)))

    def test_let_a_unit_have_one_parent_on_each_line(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.create(
                child=cast.school.cell,
                parent=cast.competent,
                line=Line.PARTY.value,
                in_force=(ON, None),
            )

    def test_let_no_unit_hang_under_itself(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.create(
                child=cast.base, parent=cast.base, line=Line.UNION.value, in_force=(ON, None)
            )


@pytest.mark.django_db
class TestPosts:
    def test_hold_from_their_first_day_until_before_their_last(self) -> None:
        cast = factory.cast()
        Post.objects.filter(user=cast.secretary).update(in_force=(factory.SINCE, ON))
        assert factory.actor(cast.secretary, date(2024, 2, 29)).post.role is Role.SECRETARY
        with pytest.raises(queries.NoPost):
            factory.actor(cast.secretary, ON)

    def test_are_not_given_twice_at_once(self) -> None:
        cast = factory.cast()
        with pytest.raises(IntegrityError), transaction.atomic():
            factory.post(cast.secretary, cast.school.cell, Role.SECRETARY, since=ON)

    def test_list_who_belongs_to_a_unit_on_a_day(self) -> None:
        cast = factory.cast()
        cell = cast.school.cell
        helper = factory.account("giup", "An Văn Bình")
        factory.post(helper, cell, Role.SECRETARY, since=ON)
        assert queries.holders_of(cell.pk, ON) == [
            (helper.pk, helper.name),
            (cast.secretary.pk, cast.secretary.name),
        ]
        assert [pk for pk, _ in queries.holders_of(cell.pk, date(2024, 2, 29))] == [
            cast.secretary.pk
        ]

    def test_can_be_chosen_only_when_held(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factory.freeze(monkeypatch, ON)
        cast = factory.cast()
        factory.post(cast.secretary, cast.school.youth, Role.UNION)
        second = Post.objects.filter(user=cast.secretary).order_by("-id")[0]
        stranger = Post.objects.get(user=cast.officer)
        client = factory.signed_in(cast.secretary)
        for chosen, offered in ((second, True), (stranger, False)):
            client.post(reverse("organisation:choose_post"), {"post": chosen.pk})
            person = factory.agreed_pupil(cast.school, on=ON)
            address = reverse("dossiers:source", args=[person.pk])
            assert (client.get(address).status_code == 200) is offered

    def test_are_written_down_when_given(self) -> None:
        factory.cast()
        assert chain.holds()


@pytest.mark.django_db
class TestTheTreeAbove:
    def test_is_climbed_in_one_statement_however_high_it_is(self) -> None:
        cast = factory.cast()
        low = cast.school.cell.pk
        with CaptureQueriesContext(connection) as few:
            before = queries.schools_in_tree(low, ON)
        above = cast.competent
        for number in range(3):
            higher = factory.unit(f"tren-{number}", UnitKind.UPPER_COMMITTEE, f"Cấp {number}")
            factory.link(above, higher, Line.PARTY)
            above = higher
        with CaptureQueriesContext(connection) as many:
            assert queries.schools_in_tree(low, ON) == before
        assert before == {cast.school.unit.pk, cast.neighbour.unit.pk}
        assert len(many) == len(few)
