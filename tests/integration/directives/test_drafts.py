"""Directives that are written here: drafted, signed, numbered, issued, recalled, superseded."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DataError, connection

from donghanh.directives import actions, queries
from donghanh.directives.models import Directive, NumberBook, NumberEntry, Recipient, Task
from donghanh.documents import layout
from donghanh.domain import drafting as rules
from donghanh.domain import library, numbering
from donghanh.domain.authority import NotAllowed
from donghanh.domain.drafting import Addressing, Choice, OpenTasks
from donghanh.domain.rights import Right, Role
from donghanh.domain.signing import Form
from donghanh.domain.structure import UnitKind
from donghanh.history.models import Event
from donghanh.organisation import actions as organisation
from tests import factory
from tests.factory import Cast
from tests.integration.directives.drafting import (
    AT,
    ON,
    actor,
    by_officer,
    drafted,
    issued,
    lettered,
    signed,
)
from tests.integration.directives.letter import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return lettered(factory.cast())


def _tables() -> tuple[int, ...]:
    tables = (Directive, Recipient, Task, NumberEntry, Event)
    return tuple(table.objects.count() for table in tables)


class TestDraft:
    """From the first word to the number."""

    def test_is_issued_to_the_tree_with_number_tasks_and_one_line(self, cast: Cast) -> None:
        directive = by_officer(cast)

        assert queries.text_of(directive, ON) == directive.original
        assert "Số: 01/KH-SGDĐT" in directive.original
        assert "Võ Thành Công" in directive.original
        units = set(directive.recipients.values_list("unit_id", "school_id"))
        schools = (cast.school.unit.pk, cast.neighbour.unit.pk)
        assert units == {(one, one) for one in schools}
        assert set(Task.objects.values_list("kind", "due_date", "last_date")) == {
            ("report", date(2027, 6, 10), date(2027, 6, 9)),
            ("other", date(2026, 9, 30), date(2026, 9, 30)),
        }
        assert (directive.entry.number, lines("directives.issued")) == (1, 1)

    def test_goes_to_a_list_or_a_kind_and_to_nobody_outside_the_line(self, cast: Cast) -> None:
        one = Choice(Addressing.LIST, frozenset({cast.school.unit.pk}))
        assert by_officer(cast, choice=one).recipients.count() == 1
        kind = Choice(Addressing.KIND, kind=UnitKind.CELL)
        party = issued(cast.committee, cast.committee, choice=kind)
        cells = {cast.school.cell.pk: cast.school.unit.pk}
        cells[cast.neighbour.cell.pk] = cast.neighbour.unit.pk
        assert dict(party.recipients.values_list("unit_id", "school_id")) == cells

        before = _tables()
        with pytest.raises(rules.OutOfReach):
            drafted(cast.officer, choice=Choice(Addressing.LIST, frozenset({cast.base.pk})))
        assert _tables() == before

    def test_is_refused_unfinished_unsigned_or_changed_meanwhile(self, cast: Cast) -> None:
        bare = drafted(cast.officer, parts=[])
        common: dict[str, Any] = {"at": AT, "on": ON}
        before = _tables()
        with pytest.raises(rules.Unfinished) as refused:
            actions.submit_draft(actor=actor(cast.officer), directive_id=bare.pk, seen=1, **common)
        assert refused.value.facts == {"what": "parts"}
        with pytest.raises(rules.WrongStage):
            actions.issue_draft(actor=actor(cast.officer), directive_id=bare.pk, seen=1, **common)
        with pytest.raises(actions.ReadingChanged):
            actions.submit_draft(actor=actor(cast.officer), directive_id=bare.pk, seen=7, **common)
        assert _tables() == before

    def test_is_signed_by_the_leader_or_for_the_leader_and_by_nobody_else(self, cast: Cast) -> None:
        draft = drafted(cast.officer)
        actions.submit_draft(actor=actor(cast.officer), directive_id=draft.pk, seen=1, at=AT, on=ON)
        sign: dict[str, Any] = {"directive_id": draft.pk, "seen": 2, "at": AT, "on": ON}
        with pytest.raises(NotAllowed):
            actions.sign_draft(actor=actor(cast.officer), **sign)
        organisation.delegate_signing(
            actor=actor(cast.leader),
            at=AT,
            user_id=cast.officer.pk,
            form=Form.ORDER,
            rights={Right.SIGN_DIRECTIVES},
            since=ON,
            until=None,
        )
        directive = actions.sign_draft(actor=actor(cast.officer), **sign)
        assert directive.confirmed["signing"]["authority"] == "TL. GIÁM ĐỐC"
        assert directive.confirmed["signing"]["name"] == "Lê Minh Châu"

    def test_sent_back_is_written_on_with_the_remark_and_without_the_signature(
        self, cast: Cast
    ) -> None:
        draft = signed(cast.officer, cast.leader)
        back = actions.send_back(
            actor=actor(cast.leader), directive_id=draft.pk, seen=3, remark="Sửa mục 2", at=AT
        )
        assert (back.stage, back.remark, back.signed_by) == ("writing", "Sửa mục 2", None)
        assert back.confirmed["signing"]["name"] is None

    def test_needs_letters_for_its_number_and_leaves_no_gap(self, cast: Cast) -> None:
        by_officer(cast)
        union = signed(cast.upper_unionist, cast.upper_unionist)
        cast.upper_union.versions.update(symbol="")
        before = _tables()
        with pytest.raises(numbering.NoLetters):
            actions.issue_draft(
                actor=actor(cast.upper_unionist), directive_id=union.pk, seen=3, at=AT, on=ON
            )
        assert _tables() == before
        assert not NumberBook.objects.filter(line="union").exists()

    def test_becomes_a_paper_in_the_layout_of_its_house(self, cast: Cast) -> None:
        state = by_officer(cast)
        data = queries.directive_paper(actor(cast.leader), state.pk, ON)
        assert layout.check(data, issued=True) == ()
        assert data == queries.directive_paper(actor(cast.leader), state.pk, ON)
        party = issued(cast.committee, cast.committee, kind="guidance")
        assert "Số 01-HD/ĐUCT" in party.original
        union = issued(cast.upper_unionist, cast.upper_unionist)
        assert "Số: 01-KH/TĐTN" in union.original
        for one, who in ((party, cast.committee), (union, cast.upper_unionist)):
            assert queries.directive_paper(actor(who), one.pk, ON)[:2] == b"PK"

    def test_does_not_exist_for_another_department(self, cast: Cast) -> None:
        draft = signed(cast.officer, cast.leader)
        other = factory.unit("so2", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) khác")
        stranger = actor(factory.holder("so2.cv", "Lý Thị Xa", other, Role.OFFICER))
        for act in (
            lambda: queries.draft_page(stranger, draft.pk, ON),
            lambda: actions.issue_draft(
                actor=stranger, directive_id=draft.pk, seen=3, at=AT, on=ON
            ),
            lambda: queries.directive_paper(stranger, draft.pk, ON),
        ):
            with pytest.raises(Directive.DoesNotExist):
                act()


class TestBases:
    """What a draft stands on, held against the library."""

    def test_warns_of_a_text_no_longer_in_force_and_names_the_one_in_its_place(
        self, cast: Cast
    ) -> None:
        draft = drafted(
            cast.officer, bases=["Hướng dẫn số 12-HD/BTCTW ngày 18/01/2022", "Lệ làng số 1/XY"]
        )
        ended, unknown = queries.draft_page(actor(cast.officer), draft.pk, ON).bases
        assert "38-HD/BTCTW" in ended.warning
        assert "38-HD/BTCTW" in ended.instead
        assert (unknown.known, unknown.warning) == (False, "")

    def test_goes_by_what_was_typed_before_what_was_shipped(self, cast: Cast) -> None:
        (known,) = [one for one in queries.library_texts() if one.number == "38-HD/BTCTW"]
        added: dict[str, Any] = {
            "issuer": known.issuer,
            "number": known.number,
            "signed": known.signed_on,
            "title": known.title,
            "since": known.since,
            "until": date(2026, 8, 31),
            "successor": "",
            "at": AT,
        }
        actions.add_text(actor=actor(cast.officer), **added)
        with pytest.raises(library.KnownText):
            actions.add_text(actor=actor(cast.officer), **added)
        draft = drafted(cast.officer, bases=["Hướng dẫn số 38-HD/BTCTW ngày 29/9/2025"])
        (basis,) = queries.draft_page(actor(cast.officer), draft.pk, ON).bases
        assert "31/8/2026" in basis.warning or "31/08/2026" in basis.warning


class TestEnding:
    """Recalled or superseded: what is open ends, what was answered stays."""

    def _answered(self, cast: Cast, directive: Directive) -> Task:
        task = Task.objects.get(
            recipient__directive=directive, recipient__unit=cast.school.unit, kind="other"
        )
        return actions.answer_task(
            actor=actor(cast.secretary), task_id=task.pk, number="5/CV", day=ON, signer="", at=AT
        )

    def test_recall_keeps_answers_ends_what_is_open_and_tells_the_units(self, cast: Cast) -> None:
        directive = by_officer(cast)
        done = self._answered(cast, directive)
        recall: dict[str, Any] = {
            "actor": actor(cast.officer),
            "directive_id": directive.pk,
            "at": AT,
            "on": ON,
        }
        with pytest.raises(numbering.NoReason):
            actions.recall_directive(reason=" ", **recall)
        actions.recall_directive(reason="Nhầm thời hạn", **recall)

        done.refresh_from_db()
        assert (done.answer_number, done.ended_how) == ("5/CV", "")
        assert Task.objects.filter(ended_how="recalled", answered_at=None).count() == 3
        received = queries.inbox(actor(cast.secretary), ON)[0]
        assert received.standing.state == "near"
        assert actions.remind_late(**{**recall, "on": date(2027, 7, 1)}) == 0
        page = queries.board_page(actor(cast.officer), directive.pk, date(2027, 7, 1))
        assert (page.late, page.to_remind) == (0, 0)
        with pytest.raises(rules.EndedBefore):
            actions.recall_directive(reason="Lần nữa", **recall)
        assert lines("directives.recalled") == 1

        actions.open_received(actor=actor(cast.secretary), directive_id=directive.pk, at=AT)
        assert queries.inbox(actor(cast.secretary), ON)[0].standing.state == "plain"
        late = Task.objects.filter(ended_how="recalled", kind="other").get()
        with pytest.raises(actions.NoLongerAsked):
            actions.answer_task(
                actor=actor(cast.outsider), task_id=late.pk, number="", day=ON, signer="", at=AT
            )

    @pytest.mark.parametrize(("kept", "ended"), [(OpenTasks.END, 4), (OpenTasks.KEEP, 0)])
    def test_supersession_ends_or_keeps_the_open_duties(
        self, cast: Cast, kept: OpenTasks, ended: int
    ) -> None:
        first = by_officer(cast)
        second = by_officer(cast, supersedes=first.pk, open_tasks=kept)
        first.refresh_from_db()
        assert (first.ended_how, first.successors.get()) == ("superseded", second)
        assert Task.objects.filter(recipient__directive=first, ended_how="superseded").count() == (
            ended
        )


class TestCascading:
    """A lower unit issues its own on the basis of the one above."""

    def test_keeps_the_line_and_shows_the_upper_unit_who_passed_it_on(self, cast: Cast) -> None:
        upper = issued(cast.committee, cast.committee)
        lower = issued(cast.base_member, cast.base_member, cascades=upper.pk)
        assert lower.cascades is not None
        assert lower.cascades.unit_id == cast.base.pk
        assert set(lower.recipients.values_list("unit_id", flat=True)) == {cast.school.cell.pk}
        page = queries.board_page(actor(cast.committee), upper.pk, ON)
        passed = {row.unit_id: [one.number for one in row.passed_on] for row in page.rows}
        assert passed[cast.base.pk] == ["01-KH/ĐUCS"]
        assert passed[cast.neighbour.cell.pk] == []

    def test_is_refused_on_the_basis_of_what_the_unit_did_not_receive(self, cast: Cast) -> None:
        state = by_officer(cast)
        with pytest.raises(Directive.DoesNotExist):
            drafted(cast.committee, cascades=state.pk)


class TestNumbers:
    """A number of a book: given once, voided with a reason, a stranger's never."""

    def test_run_on_by_kind_and_year(self, cast: Cast) -> None:
        take: dict[str, Any] = {"actor": actor(cast.officer), "subject": "Giấy mời họp", "at": AT}
        numbers = [
            actions.take_number(kind=kind, on=on, **take).number
            for kind, on in (
                ("plan", ON),
                ("plan", ON),
                ("notice", ON),
                ("plan", date(2027, 1, 4)),
            )
        ]
        assert numbers == [1, 2, 1, 1]
        assert by_officer(cast).entry.number == 3

    def test_are_of_books_no_house_shows_as_settled(self, cast: Cast) -> None:
        for user in (cast.officer, cast.committee, cast.upper_unionist):
            assert not queries.book_page(actor(user), ON).settled
        assert set(numbering.BOOKS) == set(numbering.HOUSES)

    def test_is_voided_once_with_a_reason_and_stays(self, cast: Cast) -> None:
        entry = actions.take_number(
            actor=actor(cast.officer), kind="plan", subject="Kế hoạch", at=AT, on=ON
        )
        void: dict[str, Any] = {"actor": actor(cast.officer), "entry_id": entry.pk, "at": AT}
        with pytest.raises(numbering.NoReason):
            actions.void_number(reason="", **void)
        actions.void_number(reason="Ghi trùng", **void)
        with pytest.raises(numbering.VoidedBefore):
            actions.void_number(reason="Ghi trùng", **void)
        directive = by_officer(cast)
        assert directive.entry.number == 2
        with pytest.raises(numbering.NotToVoid):
            actions.void_number(reason="Hủy", **{**void, "entry_id": directive.entry.pk})
        page = queries.book_page(actor(cast.leader), ON, kind="plan")
        assert [row.reference for row in page.rows] == ["02/KH-SGDĐT", "01/KH-SGDĐT"]
        assert queries.book_sheet(actor(cast.leader), ON, kind="plan")[:2] == b"PK"

    def test_of_another_unit_does_not_exist(self, cast: Cast) -> None:
        entry = actions.take_number(
            actor=actor(cast.officer), kind="plan", subject="Kế hoạch", at=AT, on=ON
        )
        with pytest.raises(NumberEntry.DoesNotExist):
            actions.void_number(actor=actor(cast.committee), entry_id=entry.pk, reason="Hủy", at=AT)


@pytest.mark.django_db(transaction=True)
class TestManyWriters:
    """Many at the same moment, each in a transaction of its own."""

    def test_get_every_number_once_without_a_gap_though_some_fail(self) -> None:
        cast = factory.cast()
        who = actor(cast.officer)
        writers, start = 32, threading.Barrier(32)
        given: list[int] = []
        failed: list[str] = []

        def take(place: int) -> None:
            start.wait(30)
            try:
                # Every fourth names a paper the table refuses, after its number was taken.
                subject = "Kế hoạch\x00" if place % 4 == 0 else "Kế hoạch"
                entry = actions.take_number(actor=who, kind="plan", subject=subject, at=AT, on=ON)
                given.append(entry.number)
            except DataError as refused:
                failed.append(str(refused))
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=(place,)) for place in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

        assert len(failed) == 8
        assert sorted(given) == list(range(1, 25))
        kept = NumberEntry.objects.order_by("number").values_list("number", flat=True)
        assert list(kept) == sorted(given)
        assert NumberBook.objects.get().last == 24

    def test_issue_one_draft_once_with_one_number(self) -> None:
        cast = factory.cast()
        draft = signed(cast.officer, cast.leader)
        who = actor(cast.officer)
        start, said = threading.Barrier(2), []

        def publish() -> None:
            start.wait(10)
            try:
                actions.issue_draft(actor=who, directive_id=draft.pk, seen=3, at=AT, on=ON)
                said.append("issued")
            except actions.AlreadyIssued:
                said.append("already issued")
            finally:
                connection.close()

        threads = [threading.Thread(target=publish) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert sorted(said) == ["already issued", "issued"]
        assert (NumberEntry.objects.count(), lines("directives.issued")) == (1, 1)
