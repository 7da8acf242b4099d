"""Anybody but a pupil looks the rules up: by day, by step, by rule, by form, two days beside."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.amendments import queries as amendments
from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.comparing import Difference
from donghanh.domain.rights import RIGHTS, Right, Role
from donghanh.domain.timeline import CENTRAL
from donghanh.rulebook import queries, texts
from tests import factory, stage
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 21)
PAGES = (
    "/quy-dinh/",
    "/quy-dinh/?ngay=2022-03-01&noi=ha-noi",
    "/quy-dinh/?q=kết+nạp",
    "/quy-dinh/buoc/",
    "/quy-dinh/buoc/cell_voted/",
    "/quy-dinh/buoc/annulled/",
    "/quy-dinh/gia-tri/admission.decision/",
    "/quy-dinh/so-sanh?tu=2021-07-29&den=2021-07-30&het",
    "/quy-dinh/bieu-mau?q=3-KNĐ",
)
ADMINISTRATION = (
    "/quy-dinh/doi-chieu",
    "/quy-dinh/sua-doi/",
    "/quy-dinh/sua-doi/xuat?gi=tat-ca",
    "/quy-dinh/sua-doi/moi",
    "/quy-dinh/sua-doi/moi/gia-tri",
    "/quy-dinh/sua-doi/moi/gia-tri?rule=vote.cell",
    "/quy-dinh/sua-doi/moi/thoi-ky",
    "/quy-dinh/sua-doi/moi/nam-lich",
    "/quy-dinh/gia-tri/admission.ceremony/doi-chieu?noi=central&tu=2026-07-26",
)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, ON)


def holder(cast: Cast, role: Role) -> User:
    return stage.holder(f"la.{role.value}", "Người xem", cast.department, role)


def browser(user: User) -> Client:
    return factory.signed_in(user)


class TestRights:
    @pytest.mark.parametrize("role", list(Role))
    def test_follow_the_post_on_every_page(self, cast: Cast, role: Role) -> None:
        client = browser(holder(cast, role))
        reads = 200 if Right.READ_RULES in RIGHTS[role] else 404
        keeps = 200 if Right.KEEP_RULES in RIGHTS[role] else 404
        assert {path: client.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, reads)
        assert {path: client.get(path).status_code for path in ADMINISTRATION} == dict.fromkeys(
            ADMINISTRATION, keeps
        )

    def test_to_change_are_the_administrators_alone(self, cast: Cast) -> None:
        client = browser(holder(cast, Role.OFFICER))
        for path in (
            "/quy-dinh/sua-doi/moi",
            "/quy-dinh/sua-doi/moi/gia-tri?rule=vote.cell",
            "/quy-dinh/sua-doi/moi/thoi-ky",
            "/quy-dinh/sua-doi/moi/nam-lich",
            "/quy-dinh/gia-tri/admission.ceremony/doi-chieu?noi=central&tu=2026-07-26",
            "/quy-dinh/sua-doi/1/rut",
        ):
            assert client.post(path, {"text": "x", "keep": "1", "note": "x"}).status_code == 404
        assert amendments.current().edition == 0

    def test_ask_a_stranger_to_sign_in(self) -> None:
        for path in (*PAGES, *ADMINISTRATION):
            assert Client().get(path).status_code == 302

    def test_are_asked_by_every_query(self, cast: Cast) -> None:
        who = stage.actor(holder(cast, Role.OFFICER), ON)
        for asked in (
            lambda: queries.doubts_page(who, ON),
            lambda: queries.amendments_page(who),
            lambda: queries.amendment_line(who, 1),
            lambda: queries.preview(who, "x", ON),
            lambda: queries.preview_without(who, 1, ON),
            lambda: queries.exported(who, whole=True),
            lambda: queries.brought(who, "x"),
            lambda: queries.value(who, "vote.cell", CENTRAL, ON),
        ):
            with pytest.raises(NotAllowed):
                asked()


class TestDay:
    def test_shows_every_rule_in_force_once_in_its_group(self, cast: Cast) -> None:
        page = queries.day_page(stage.actor(cast.officer, ON), ON, "trung-uong")
        shown = [line.head.name for group in page.groups for line in group.lines]
        book = rules.load()
        in_force = [name for name in book.names() if book.all_on(name, ON, (CENTRAL,))]
        assert sorted(shown) == sorted(in_force)
        assert page.shown == len(in_force)
        assert str(texts.GROUPS[-1][0]) not in {group.title for group in page.groups}

    def test_begins_with_the_rules_of_the_readers_own_province(self) -> None:
        cast = factory.cast("Hà Nội")
        page = queries.day_page(stage.actor(cast.officer, ON), ON)
        assert page.place.key == "ha-noi"
        line = next(
            line
            for group in page.groups
            for line in group.lines
            if line.head.name == "admission.decision"
        )
        assert [entry.value for entry in line.entries] == [60, 45]

    def test_shows_the_central_rules_where_the_place_sets_none(self, cast: Cast) -> None:
        page = queries.day_page(stage.actor(cast.officer, ON), ON)
        assert page.place.scopes == (CENTRAL,)

    def test_is_searched_without_marks_in_titles_and_documents(self, cast: Cast) -> None:
        who = stage.actor(cast.officer, ON)
        whole = queries.day_page(who, ON)
        for words in ("ket nap", "KẾT NẠP", "294-qđ"):
            assert 0 < queries.day_page(who, ON, "", words).shown < whole.shown

    def test_before_the_first_regime_shows_its_first_day(self, cast: Cast) -> None:
        page = queries.day_page(stage.actor(cast.officer, ON), date(1990, 1, 1))
        assert page.day == date(2016, 7, 25)

    def test_says_how_far_each_value_may_be_relied_on(self, cast: Cast) -> None:
        shown = browser(cast.officer).get("/quy-dinh/").content.decode()
        assert "cần đối chiếu văn bản gốc" in shown
        assert "mang sang, chưa đọc" in shown

    def test_is_handed_out_as_a_workbook(self, cast: Cast) -> None:
        answer = browser(cast.officer).get("/quy-dinh/?ngay=2024-01-02&xlsx")
        assert 'filename="quy-dinh-2024-01-02.xlsx"' in answer["Content-Disposition"]
        sheets = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert "xl/worksheets/sheet1.xml" in sheets

    def test_answers_nonsense_with_today(self, cast: Cast) -> None:
        client = browser(cast.officer)
        for path in (
            "/quy-dinh/?ngay=31-31&noi=%00&q=%27",
            "/quy-dinh/buoc/?noi=khong-co",
            "/quy-dinh/so-sanh?tu=x&den=9999-12-31",
            "/quy-dinh/?ngay=9999-12-31",
            "/quy-dinh/?ngay=0001-01-01",
            "/quy-dinh/so-sanh?tu=0001-01-01&den=0001-01-01",
        ):
            assert client.get(path).status_code == 200, path


class TestRoad:
    def test_shows_the_steps_in_order_by_phase_and_the_turns(self, cast: Cast) -> None:
        page = queries.road_page(stage.actor(cast.officer, ON), ON)
        shown = [line.rule.step for phase in page.phases for line in phase.lines]
        assert shown == [rule.step for rule in rules.load().steps()]
        assert page.count == 27
        assert [turn.step for turn in page.turns] == [
            turn.step for turn in rules.load().catalogue.turns
        ]

    @pytest.mark.parametrize("where", ["trung-uong", "ha-noi"])
    def test_has_a_page_for_every_step_and_turn(self, cast: Cast, where: str) -> None:
        client, book = browser(cast.officer), rules.load()
        for step in Step:
            if step is not Step.PAPERS:
                rule = book.catalogue.turn(step) or book.step(step)
                answer = client.get(f"/quy-dinh/buoc/{step.value}/?noi={where}")
                assert rule.title_vi in answer.content.decode(), step

    def test_has_none_for_what_is_no_step(self, cast: Cast) -> None:
        client = browser(cast.officer)
        for code in ("papers", "khong-co"):
            assert client.get(f"/quy-dinh/buoc/{code}/").status_code == 404

    def test_leaves_out_what_the_place_does_not_ask_for(self, cast: Cast) -> None:
        who = stage.actor(cast.officer, ON)
        central = queries.step_page(who, "parents_heard", ON, "trung-uong")
        local = queries.step_page(who, "parents_heard", ON, "ha-noi")
        assert isinstance(central, queries.StepPage) and isinstance(local, queries.StepPage)
        assert (central.on_road, local.on_road) == (False, True)

    def test_names_what_comes_before_past_steps_that_may_be_left_out(self, cast: Cast) -> None:
        page = queries.step_page(stage.actor(cast.officer, ON), "decided", ON)
        assert isinstance(page, queries.StepPage)
        assert [rule.step for rule in page.after] == [
            Step.CELL_VOTED,
            Step.APPRAISED,
            Step.BASE_VOTED,
        ]

    def test_tells_when_a_clock_begins_as_the_rule_of_its_start_says(self, cast: Cast) -> None:
        who = stage.actor(cast.officer, ON)
        starts = []
        for day in (date(2026, 1, 1), ON):
            page = queries.step_page(who, "admitted", day)
            assert isinstance(page, queries.StepPage)
            starts.append(page.clocks[0].start)
        assert "nhận" in starts[0]
        assert "nhận" not in starts[1]


class TestRule:
    def test_shows_its_timeline_with_last_days(self, cast: Cast) -> None:
        page = queries.rule_page(stage.actor(cast.officer, ON), "admission.decision", ON)
        central, local = page.scopes
        assert (central.scope, local.scope) == (CENTRAL, "province:ha-noi")
        assert [value.entry.since for value in central.values] == sorted(
            (value.entry.since for value in central.values), reverse=True
        )
        assert [value.last_day for value in central.values][:2] == [None, date(2026, 7, 25)]
        assert [value.current for value in central.values].count(True) == 1

    def test_has_a_page_whichever_it_is(self, cast: Cast) -> None:
        client = browser(cast.administrator)
        for name in rules.load().names():
            assert client.get(reverse("rulebook:rule", args=[name])).status_code == 200, name

    @pytest.mark.parametrize(
        ("name", "step"),
        [
            ("vote.cell", Step.CELL_VOTED),
            ("vote.base_committee.delegated", Step.BASE_VOTED),
            ("vote.cell.excludes", Step.CELL_VOTED),
            ("admission.decision", Step.DECIDED),
            ("admission.decision.extension", Step.DECIDED),
            ("admission.ceremony.start", Step.ADMITTED),
            ("age.minimum", Step.CELL_VOTED),
            ("parents.opinion", Step.PARENTS_HEARD),
            ("recognition.failed_votes", Step.RECOGNITION_VOTED),
            ("graduation.moves_consideration", Step.CELL_VOTED),
            ("introducer.members", Step.VOUCHED),
            ("dossier.ageing", Step.APPLIED),
        ],
    )
    def test_bites_at_its_step(self, name: str, step: Step) -> None:
        assert step in {bite.step for bite in queries.bites(rules.load(), name)}

    def test_counts_open_cases_in_reach_only_for_whom_cases_are_open(self, cast: Cast) -> None:
        factory.walk_to(Step.CELL_VOTED, cast)
        factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        on = date(2023, 12, 1)
        told = {
            user.username: queries.open_cases(stage.actor(user, on), "admission.decision", on)
            for user in (
                cast.secretary,
                cast.outsider,
                cast.committee,
                cast.officer,
                cast.administrator,
                cast.upper_unionist,
            )
        }
        assert told == {
            cast.secretary.username: 1,
            cast.outsider.username: 0,
            cast.committee.username: 1,
            cast.officer.username: None,
            cast.administrator.username: None,
            cast.upper_unionist.username: None,
        }

    def test_is_not_there_when_nobody_wrote_it(self, cast: Cast) -> None:
        assert browser(cast.officer).get("/quy-dinh/gia-tri/khong.co/").status_code == 404


class TestCompare:
    def test_shows_only_what_differs_unless_asked(self, cast: Cast) -> None:
        who = stage.actor(cast.officer, ON)
        a, b = date(2026, 7, 25), date(2026, 7, 26)
        short = queries.compare_page(who, a, b, "trung-uong")
        whole = queries.compare_page(who, a, b, "trung-uong", whole=True)
        assert len(short.lines) == short.differing < len(whole.lines)
        assert short.same + short.differing == len(whole.lines)
        assert Difference.SAME not in {line.change.difference for line in short.lines}

    def test_begins_with_the_eve_of_the_regime(self, cast: Cast) -> None:
        page = queries.compare_page(stage.actor(cast.officer, ON), None, ON)
        assert (page.a, page.b) == (date(2026, 7, 25), ON)


class TestForms:
    def test_list_every_form_once_with_its_variants(self, cast: Cast) -> None:
        page = queries.forms_page(stage.actor(cast.officer, ON), ON)
        shown = [
            form.key
            for group in page.groups
            for line in group.lines
            for form in (line.form, *line.printed)
        ]
        assert sorted(shown) == sorted(form.key for form in rules.load().forms())

    def test_leave_out_what_only_another_place_prints(self, cast: Cast) -> None:
        page = queries.forms_page(stage.actor(cast.officer, ON), ON, "trung-uong")
        scopes = {
            form.scope
            for group in page.groups
            for line in group.lines
            for form in (line.form, *line.printed)
        }
        assert scopes == {CENTRAL}

    def test_lay_the_dossier_in_the_official_order(self, cast: Cast) -> None:
        page = queries.forms_page(stage.actor(cast.officer, ON), ON, "ha-noi")
        first = page.parts[0]
        assert [placed.number for placed in first.forms][:3] == ["", "", "1"]
        assert page.parts[1].forms[0].form.code == "6-KNĐ"


class TestStatements:
    def test_are_few_and_the_same_for_every_page(self, cast: Cast) -> None:
        client = browser(cast.officer)
        for path in (
            "/quy-dinh/",
            "/quy-dinh/buoc/",
            "/quy-dinh/buoc/decided/",
            "/quy-dinh/bieu-mau",
        ):
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            # session, user, post, reach and what is carried on; the newest amendment; the reader's
            # own place; and the transaction of the page, with what the database is told
            assert len(asked) <= 15, path
