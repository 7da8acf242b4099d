"""Duties of units: answered once for all that ask, opened anew each year, seen on one board."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from donghanh.directives import actions, queries
from donghanh.directives.models import Bundle, Recipient, Task
from donghanh.domain.authority import NotAllowed
from donghanh.domain.drafting import Addressing, Choice
from donghanh.domain.structure import UnitKind
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import at_home, said, statements
from tests.integration.directives.drafting import (
    AT,
    ON,
    OTHER,
    REPORT,
    actor,
    by_officer,
    issued,
    lettered,
)
from tests.integration.directives.letter import lines

pytestmark = pytest.mark.django_db
CELLS = Choice(Addressing.KIND, kind=UnitKind.CELL)
UNIONS = Choice(Addressing.KIND, kind=UnitKind.SCHOOL_UNION)


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return lettered(factory.cast())


def _of(cast: Cast, directive_id: int, kind: str) -> Task:
    return Task.objects.get(
        recipient__directive_id=directive_id, recipient__school=cast.school.unit, kind=kind
    )


def _three(cast: Cast) -> list[Task]:
    """Return a duty of each line at the school: of the department, the Party, the Union."""
    report = {**OTHER, "text": "Báo cáo kết quả phát triển đảng viên", "shift": ""}
    state = by_officer(cast)
    party = issued(cast.committee, cast.committee, choice=CELLS, duties=[report])
    union = issued(cast.upper_unionist, cast.upper_unionist, choice=UNIONS, duties=[report])
    return [
        _of(cast, state.pk, "report"),
        _of(cast, party.pk, "report"),
        _of(cast, union.pk, "report"),
    ]


class TestLinked:
    """Duties of three lines that ask for the same."""

    def test_are_all_answered_by_the_one_report(self, cast: Cast) -> None:
        tasks = _three(cast)
        who = actor(cast.secretary)
        bundle = actions.link_tasks(actor=who, task_ids={task.pk for task in tasks}, at=AT)
        with pytest.raises(actions.AnsweredByReport):
            actions.answer_task(
                actor=actor(cast.union), task_id=tasks[2].pk, number="", day=ON, signer="", at=AT
            )
        assert actions.mark_answered(tasks[0].pk, at=AT) == 3
        through = set(Task.objects.filter(bundle=bundle).values_list("answered_at", "through_id"))
        assert through == {(AT, None), (AT, tasks[0].pk)}
        with pytest.raises(actions.AlreadyAnswered):
            actions.unlink_tasks(actor=who, bundle_id=bundle.pk, at=AT)
        assert lines("directives.duties_linked") == 1

    def test_one_paper_answers_those_of_party_and_union(self, cast: Cast) -> None:
        _, party, union = _three(cast)
        actions.link_tasks(actor=actor(cast.secretary), task_ids={party.pk, union.pk}, at=AT)
        actions.answer_task(
            actor=actor(cast.union),
            task_id=union.pk,
            number="12-BC/ĐTN",
            day=ON,
            signer="Trần Bảo Ngọc",
            at=AT,
        )
        party.refresh_from_db()
        assert (party.answered_at, party.through_id, party.answer_number) == (AT, union.pk, "")
        page = queries.overall_page(actor(cast.committee), ON)
        assert "cùng việc khác" in page.rows[0].cells[0].badge  # type: ignore[union-attr]

    def test_linked_after_the_answer_take_it_over(self, cast: Cast) -> None:
        _, party, union = _three(cast)
        actions.answer_task(
            actor=actor(cast.union), task_id=union.pk, number="", day=ON, signer="", at=AT
        )
        actions.link_tasks(actor=actor(cast.secretary), task_ids={party.pk, union.pk}, at=AT)
        party.refresh_from_db()
        assert party.through_id == union.pk

    def test_are_refused_alone_twice_or_of_another_school(self, cast: Cast) -> None:
        tasks = _three(cast)
        who = actor(cast.secretary)
        with pytest.raises(actions.OneAlone):
            actions.link_tasks(actor=who, task_ids={tasks[0].pk}, at=AT)
        with pytest.raises(Task.DoesNotExist):
            actions.link_tasks(
                actor=actor(cast.outsider), task_ids={task.pk for task in tasks}, at=AT
            )
        with pytest.raises(NotAllowed):
            actions.link_tasks(actor=actor(cast.union), task_ids={task.pk for task in tasks}, at=AT)
        bundle = actions.link_tasks(actor=who, task_ids={tasks[0].pk, tasks[1].pk}, at=AT)
        with pytest.raises(actions.LinkedBefore):
            actions.link_tasks(actor=who, task_ids={tasks[1].pk, tasks[2].pk}, at=AT)
        actions.unlink_tasks(actor=who, bundle_id=bundle.pk, at=AT)
        assert not Task.objects.exclude(bundle=None).exists()


class TestAnswer:
    """An answer on paper, and a plan."""

    def test_is_noted_once_by_the_unit_that_was_asked(self, cast: Cast) -> None:
        task = _of(cast, by_officer(cast).pk, "other")
        answer: dict[str, Any] = {
            "task_id": task.pk,
            "number": "7/CV",
            "day": ON,
            "signer": "Cao Bích",
            "at": AT,
        }
        with pytest.raises(Task.DoesNotExist):
            actions.answer_task(actor=actor(cast.outsider), **answer)
        actions.answer_task(actor=actor(cast.secretary), **answer)
        with pytest.raises(actions.AlreadyAnswered):
            actions.answer_task(actor=actor(cast.secretary), **answer)
        assert lines("directives.task_answered") == 1

    def test_a_plan_stands_on_the_board_with_number_and_day(self, cast: Cast) -> None:
        directive = by_officer(cast, asks_plan=True)
        plan: dict[str, Any] = {
            "directive_id": directive.pk,
            "number": "12/KH",
            "day": ON,
            "signer": "",
            "at": AT,
        }
        with pytest.raises(Recipient.DoesNotExist):
            actions.send_plan(actor=actor(cast.union), **plan)
        actions.send_plan(actor=actor(cast.secretary), **plan)
        page = queries.board_page(actor(cast.officer), directive.pk, ON)
        assert page.plans == 1
        assert {row.plan.state for row in page.rows} == {"done", "waiting"}


class TestNextYear:
    """What is asked every year opens by itself."""

    def test_opens_once_with_its_days_and_links_and_not_after_a_recall(self, cast: Cast) -> None:
        first = by_officer(cast)
        second = issued(cast.committee, cast.committee, choice=CELLS, duties=[REPORT])
        pair = {_of(cast, first.pk, "report").pk, _of(cast, second.pk, "report").pk}
        actions.link_tasks(actor=actor(cast.secretary), task_ids=pair, at=AT)
        recalled = by_officer(cast)
        actions.recall_directive(
            actor=actor(cast.officer), directive_id=recalled.pk, reason="Nhầm", at=AT, on=ON
        )
        later = date(2027, 8, 2)
        at = factory.instant(later)

        assert actions.open_next_year(today=date(2027, 7, 31), at=at) == 0
        assert actions.open_next_year(today=later, at=at) == 4
        assert actions.open_next_year(today=later, at=at) == 0

        new = Task.objects.filter(school_year="2027-2028")
        assert set(new.values_list("due_date", "last_date", "kind")) == {
            (date(2028, 6, 10), date(2028, 6, 9), "report"),
        }
        ours = new.filter(recipient__school=cast.school.unit)
        assert ours.values("bundle_id").distinct().count() == 1
        assert Bundle.objects.count() == 2
        assert lines("directives.year_opened") == 2

    def test_asks_for_one_report_however_many_letters_say_every_year(self, cast: Cast) -> None:
        older, newer = by_officer(cast), by_officer(cast, date(2026, 9, 21))
        later = date(2027, 8, 2)
        at = factory.instant(later)

        assert actions.open_next_year(today=later, at=at) == 2
        assert actions.open_next_year(today=later, at=at) == 0

        new = Task.objects.filter(school_year="2027-2028")
        assert set(new.values_list("recipient__directive", flat=True)) == {newer.pk}
        actions.recall_directive(
            actor=actor(cast.officer, later), directive_id=newer.pk, reason="Sai", at=at, on=later
        )
        assert actions.open_next_year(today=later, at=at) == 2
        asks = new.filter(ended_how="").values_list("recipient__directive", flat=True)
        assert set(asks) == {older.pk}


class TestOverall:
    """The board of units and duties."""

    def test_has_a_row_a_unit_and_a_column_a_duty(self, cast: Cast) -> None:
        first = by_officer(cast)
        actions.recall_directive(
            actor=actor(cast.officer), directive_id=first.pk, reason="Nhầm", at=AT, on=ON
        )
        by_officer(cast)
        late = date(2026, 10, 1)
        page = queries.overall_page(actor(cast.leader), late)
        assert (len(page.columns), len(page.rows)) == (4, 2)
        assert page.counts == {"": 2, "tre": 2, "chua-tra-loi": 2}
        states = sorted(cell.state for cell in page.rows[0].cells if cell)
        assert states == ["late", "plain", "plain", "waiting"]
        for column, cell in zip(page.columns, page.rows[0].cells, strict=True):
            assert cell  # a phone shows no head of the table: each tells whose duty it is
            assert column.number in cell.label
        assert queries.overall_page(actor(cast.committee), late).rows == ()

    def test_needs_as_many_statements_for_many_as_for_one(self, cast: Cast) -> None:
        client = at_home(cast.officer)
        by_officer(cast)
        url = reverse("directives:overall")
        few = statements(client, url)
        for _ in range(3):
            by_officer(cast)
        assert statements(client, url) == few
        assert client.get(reverse("directives:overall_sheet")).content[:2] == b"PK"


class TestPages:
    """The pages of drafts, books, library and links, without a browser."""

    def test_lead_from_the_form_to_the_number(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, ON)
        officer, leader = at_home(cast.officer), at_home(cast.leader)
        typed = {
            "kind": "plan",
            "subject": "Kế hoạch phát triển đảng viên",
            "how": "tree",
            "open_tasks": "end",
            "parts-TOTAL_FORMS": "1",
            "parts-INITIAL_FORMS": "0",
            "parts-0-text": "Tạo nguồn.",
            "duties-TOTAL_FORMS": "1",
            "duties-INITIAL_FORMS": "0",
            "duties-0-text": "Báo cáo kết quả",
            "duties-0-due": "10/6",
            "duties-0-recurs": "yearly",
            "duties-0-before": "on",
            "texts_cited": ["HD12"],
        }
        blank = officer.post(reverse("directives:write"), {**typed, "subject": ""})
        assert blank.status_code == 422
        kept = officer.post(reverse("directives:write"), typed)
        page = said(officer.get(kept["Location"]))
        assert "được thay thế bởi 38-HD/BTCTW" in page
        number = kept["Location"].split("/")[2]
        steps = ((officer, "submit", 1), (leader, "sign", 2), (officer, "publish", 3))
        for client, step, seen in steps:
            url = reverse(f"directives:{step}", args=[number])
            assert client.post(url, {"seen": seen}).status_code == 302, step
        again = officer.post(reverse("directives:publish", args=[number]), {"seen": 3})
        assert again.status_code == 409
        assert "01/KH-SGDĐT" in said(officer.get(reverse("directives:books") + "?loai=plan"))
        assert officer.get(reverse("directives:paper", args=[number])).content[:2] == b"PK"
        assert "38-HD/BTCTW" in said(officer.get(reverse("directives:library") + "?q=38-HD"))

    def test_refuse_a_bad_day_in_one_sentence_and_keep_nothing(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, ON)
        directive = by_officer(cast, asks_plan=True)
        url = reverse("directives:plan", args=[directive.pk])
        answer = at_home(cast.secretary).post(url, {"number": "1", "day": "1/1/2030"})
        assert answer.status_code == 422
        assert "Ngày này chưa tới" in said(answer)
        assert not Recipient.objects.exclude(plan_at=None).exists()
        taken = at_home(cast.officer).post(reverse("directives:take_number"), {"subject": ""})
        assert taken.status_code == 422
