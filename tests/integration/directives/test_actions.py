"""What the room of directives writes, and what it refuses to."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from donghanh.directives import actions
from donghanh.directives.models import Directive, Recipient, Task, UnitTarget
from donghanh.domain import assignment, letter
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Role
from donghanh.domain.structure import UnitKind
from donghanh.lib import textlayer
from donghanh.lib.unreadable import EmptyFile
from tests import factory
from tests.factory import Cast
from tests.integration.directives.letter import ON, TEXT, changed, issued, kept, lines, officer

pytestmark = pytest.mark.django_db
AT = factory.instant(ON)


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


@pytest.fixture
def stranger(cast: Cast) -> Actor:
    """Return an officer of another department."""
    other = factory.unit("so2", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) khác")
    return factory.actor(factory.holder("so2.cv", "Lý Thị Xa", other, Role.OFFICER), ON)


def _tables() -> tuple[int, int, int, int, int]:
    """Return how many rows each table of the room has, and how many lines of history."""
    tables = (Directive, Recipient, Task, UnitTarget)
    counts = [table.objects.count() for table in tables]
    return (counts[0], counts[1], counts[2], counts[3], lines())


class TestKeepLetter:
    """A letter is read and kept."""

    def test_keeps_the_original_exactly_as_the_spans_refer_to_it(self, cast: Cast) -> None:
        directive = kept(cast)

        start, end = directive.reading["spans"]["symbol"]
        assert directive.original[start:end] == "SGDĐT-GDTrH"
        assert directive.original == TEXT
        assert directive.reading == directive.confirmed
        assert (directive.status, lines("directives.letter_kept")) == ("draft", 1)

    def test_gives_the_same_draft_back_for_the_same_file_and_writes_nothing(
        self, cast: Cast
    ) -> None:
        first, second = kept(cast), kept(cast)

        assert (first.pk, lines()) == (second.pk, 1)

    def test_keeps_a_text_with_a_nul_in_it(self, cast: Cast) -> None:
        data = TEXT.replace("Nơi nhận", "Nơi nhận\x00").encode("utf-16")

        directive = actions.keep_letter(actor=officer(cast), file_name="cv.txt", data=data, at=AT)

        assert "Nơi nhận\ufffd" in directive.original
        assert len(directive.original) == len(TEXT) + 1

    @pytest.mark.parametrize(
        ("data", "error"),
        [
            (b"", EmptyFile),
            (b" \n ", EmptyFile),
            (b"Dear Sir or Madam, please find enclosed our offer.", letter.NotALetter),
            (("Số: 1/A Kính gửi: " + "a" * 400_000).encode(), letter.TooLong),
        ],
    )
    def test_refuses_what_is_no_letter_and_writes_nothing(
        self, cast: Cast, data: bytes, error: type[Exception]
    ) -> None:
        before = _tables()
        with pytest.raises(error):
            actions.keep_letter(actor=officer(cast), file_name="a.txt", data=data, at=AT)
        assert _tables() == before

    def test_refuses_a_file_above_the_limit_before_reading_it(self, cast: Cast) -> None:
        with pytest.raises(textlayer.TextLayerError, match=r"file\.too_large"):
            actions.keep_letter(
                actor=officer(cast), file_name="a.txt", data=b"a" * (textlayer.LIMIT + 1), at=AT
            )
        assert not Directive.objects.exists()

    def test_refuses_a_post_that_issues_nothing(self, cast: Cast) -> None:
        for user in (cast.leader, cast.secretary, cast.union, cast.administrator):
            with pytest.raises(NotAllowed):
                actions.keep_letter(
                    actor=factory.actor(user, ON), file_name="a", data=TEXT.encode(), at=AT
                )
        assert not Directive.objects.exists()


class TestCorrectReading:
    """An officer's corrections over what the machine read."""

    def test_keeps_the_correction_beside_what_the_machine_read(self, cast: Cast) -> None:
        directive = kept(cast)
        changes = changed(directive, targets={"of": "quần chúng học sinh ưu tú"})

        after = actions.correct_reading(
            actor=officer(cast), directive_id=directive.pk, seen=1, changes=changes, at=AT
        )

        assert after.confirmed["targets"][0]["of"] == "quần chúng học sinh ưu tú"
        assert after.reading["targets"][0]["of"] == "quân chủng học sinh ưu tú"
        assert (after.revision, lines("directives.reading_corrected")) == (2, 1)

    def test_writes_nothing_when_nothing_changed(self, cast: Cast) -> None:
        directive = kept(cast)
        same = {"subject": directive.confirmed["subject"]}

        actions.correct_reading(
            actor=officer(cast), directive_id=directive.pk, seen=1, changes=same, at=AT
        )

        directive.refresh_from_db()
        assert (directive.revision, lines("directives.reading_corrected")) == (1, 0)

    def test_refuses_a_correction_of_a_reading_that_has_changed_meanwhile(self, cast: Cast) -> None:
        directive = kept(cast)
        here: dict[str, Any] = {
            "actor": officer(cast),
            "directive_id": directive.pk,
            "seen": 1,
            "at": AT,
        }
        actions.correct_reading(**here, changes={"number": "5"})

        with pytest.raises(actions.ReadingChanged):
            actions.correct_reading(**here, changes={"number": "6"})

        directive.refresh_from_db()
        assert (directive.confirmed["number"], lines("directives.reading_corrected")) == ("5", 1)

    def test_refuses_once_issued(self, cast: Cast) -> None:
        directive = issued(cast)
        with pytest.raises(actions.AlreadyIssued):
            actions.correct_reading(
                actor=officer(cast),
                directive_id=directive.pk,
                seen=1,
                changes={"number": "6"},
                at=AT,
            )

    def test_does_not_know_another_departments_letter(self, cast: Cast, stranger: Actor) -> None:
        directive = kept(cast)
        with pytest.raises(ObjectDoesNotExist):
            actions.correct_reading(
                actor=stranger, directive_id=directive.pk, seen=1, changes={"number": "6"}, at=AT
            )


class TestIssueDirective:
    """Receipts, dated tasks and unit targets come into being."""

    def test_makes_receipts_dated_tasks_and_targets_of_units(self, cast: Cast) -> None:
        directive = issued(cast)

        assert (directive.status, directive.school_year) == ("issued", "2023-2024")
        named = dict(directive.recipients.values_list("unit_id", "named"))
        assert named == {cast.school.unit.pk: True, cast.neighbour.unit.pk: False}
        days = set(Task.objects.values_list("due_date", "last_date", "kind", "school_year"))
        # "before 10 June": the ninth is the last day in time
        assert days == {(date(2024, 6, 10), date(2024, 6, 9), "report", "2023-2024")}
        assert Task.objects.count() == 2
        targets = list(UnitTarget.objects.values_list("unit_id", "school_year", "amount"))
        assert targets == [(cast.school.unit.pk, "2023-2024", 2)]
        assert lines("directives.issued") == 1

    def _refused(
        self,
        cast: Cast,
        error: type[Exception],
        *,
        text: str = TEXT,
        shares: dict[int, int] | None = None,
        without_target: bool = False,
        seen: int | None = None,
    ) -> None:
        directive = kept(cast, text)
        before = _tables()
        with pytest.raises(error):
            actions.issue_directive(
                actor=officer(cast),
                directive_id=directive.pk,
                shares={cast.school.unit.pk: 2} if shares is None else shares,
                without_target=without_target,
                seen=seen,
                at=AT,
                on=ON,
            )
        directive.refresh_from_db()
        assert (_tables(), directive.status) == (before, "draft")

    def test_refuses_no_units_and_writes_nothing(self, cast: Cast) -> None:
        self._refused(cast, assignment.NoRecipients, shares={})

    def test_refuses_less_than_the_letter_asks_and_writes_nothing(self, cast: Cast) -> None:
        self._refused(cast, assignment.SharedTooLittle, shares={cast.school.unit.pk: 1})

    def test_refuses_a_letter_without_target_and_writes_nothing(self, cast: Cast) -> None:
        mute = TEXT.replace("phấn đấu kết nạp được ít nhất 02 quân chủng học sinh ưu tú", "cố gắng")
        self._refused(cast, assignment.NoTarget, text=mute, shares={cast.school.unit.pk: 0})

    def test_refuses_a_unit_that_is_no_school_of_the_department(self, cast: Cast) -> None:
        self._refused(cast, actions.NotASchool, shares={cast.base.pk: 2})

    def test_refuses_a_reading_that_changed_since_it_was_looked_at(self, cast: Cast) -> None:
        self._refused(cast, actions.ReadingChanged, seen=7)

    def test_refuses_a_day_that_is_none(self, cast: Cast) -> None:
        directive = kept(cast)
        actions.correct_reading(
            actor=officer(cast),
            directive_id=directive.pk,
            seen=1,
            changes=changed(directive, duties={"due": "---20"}),
            at=AT,
        )
        self._refused(cast, assignment.DueUnreadable)

    def test_gives_no_target_when_the_officer_says_so(self, cast: Cast) -> None:
        directive = kept(cast)
        actions.issue_directive(
            actor=officer(cast),
            directive_id=directive.pk,
            shares={cast.school.unit.pk: 0},
            without_target=True,
            at=AT,
            on=ON,
        )
        assert (UnitTarget.objects.count(), Recipient.objects.count()) == (0, 1)

    def test_refuses_a_second_time_and_writes_nothing(self, cast: Cast) -> None:
        directive = issued(cast)
        before = _tables()
        with pytest.raises(actions.AlreadyIssued):
            actions.issue_directive(
                actor=officer(cast),
                directive_id=directive.pk,
                shares={cast.school.unit.pk: 2},
                at=AT,
                on=ON,
            )
        assert _tables() == before

    def test_does_not_know_another_departments_letter(self, cast: Cast, stranger: Actor) -> None:
        directive = kept(cast)
        with pytest.raises(ObjectDoesNotExist):
            actions.issue_directive(
                actor=stranger, directive_id=directive.pk, shares={}, at=AT, on=ON
            )


@pytest.mark.django_db(transaction=True)
class TestTwoOfficers:
    """Two confirmations at the same moment, each in a transaction of its own."""

    def test_issue_a_letter_once(self, cast: Cast) -> None:
        directive = kept(cast)
        who, shares = officer(cast), {cast.school.unit.pk: 2}
        start, said = threading.Barrier(2), []

        def confirm() -> None:
            start.wait(10)
            try:
                actions.issue_directive(
                    actor=who, directive_id=directive.pk, shares=shares, seen=1, at=AT, on=ON
                )
                said.append("issued")
            except actions.AlreadyIssued:
                said.append("already issued")
            finally:
                connection.close()

        threads = [threading.Thread(target=confirm) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert sorted(said) == ["already issued", "issued"]
        assert (Recipient.objects.count(), lines("directives.issued")) == (1, 1)


class TestOpenAndAcknowledge:
    """What a school does with a letter it received."""

    def test_writes_the_first_opening_only(self, cast: Cast) -> None:
        directive = issued(cast)
        secretary = factory.actor(cast.secretary, ON)
        later = AT + timedelta(days=1)

        for at in (AT, later):
            recipient = actions.open_received(actor=secretary, directive_id=directive.pk, at=at)

        assert (recipient.opened_at, recipient.opened_by_id) == (AT, cast.secretary.pk)
        assert lines("directives.opened") == 1

    def test_acknowledges_once_and_counts_as_opened(self, cast: Cast) -> None:
        directive = issued(cast)
        secretary = factory.actor(cast.secretary, ON)

        for at in (AT, AT + timedelta(days=1)):
            recipient = actions.acknowledge(actor=secretary, directive_id=directive.pk, at=at)

        assert (recipient.opened_at, recipient.acknowledged_at) == (AT, AT)
        assert lines("directives.acknowledged") == 1
        assert Recipient.objects.filter(acknowledged_at=None).count() == 1

    def test_is_unknown_to_a_school_that_did_not_receive_it(self, cast: Cast) -> None:
        directive = issued(cast, {cast.school.unit.pk: 2})
        before = _tables()
        for action in (actions.open_received, actions.acknowledge):
            with pytest.raises(ObjectDoesNotExist):
                action(actor=factory.actor(cast.outsider, ON), directive_id=directive.pk, at=AT)
        assert _tables() == before

    def test_is_refused_to_who_receives_nothing(self, cast: Cast) -> None:
        directive = issued(cast)
        for user in (cast.officer, cast.leader, cast.administrator):
            with pytest.raises(NotAllowed):
                actions.acknowledge(actor=factory.actor(user, ON), directive_id=directive.pk, at=AT)


class TestRemindLate:
    """Reminding whoever has not acknowledged or not answered in time."""

    def _remind(self, cast: Cast, directive: Directive, at: datetime, on: date) -> int:
        return actions.remind_late(actor=officer(cast), directive_id=directive.pk, at=at, on=on)

    def test_reminds_who_has_not_acknowledged(self, cast: Cast) -> None:
        directive = issued(cast)
        actions.acknowledge(
            actor=factory.actor(cast.secretary, ON), directive_id=directive.pk, at=AT
        )

        assert self._remind(cast, directive, AT, ON) == 1

        reminded = Recipient.objects.exclude(reminded_at=None).values_list("unit_id", flat=True)
        assert list(reminded) == [cast.neighbour.unit.pk]
        assert lines("directives.reminded") == 1

    @pytest.mark.parametrize(
        ("on", "count"),
        [
            (date(2024, 6, 9), 0),  # the last day in time
            (date(2024, 6, 10), 2),  # "before 10 June": the tenth is late
        ],
    )
    def test_reminds_who_is_past_the_last_day(self, cast: Cast, on: date, count: int) -> None:
        directive = issued(cast)
        for user in (cast.secretary, cast.outsider):
            actions.acknowledge(actor=factory.actor(user, ON), directive_id=directive.pk, at=AT)

        assert self._remind(cast, directive, factory.instant(on), on) == count
        assert lines("directives.reminded") == (1 if count else 0)

    def test_reminds_nobody_who_has_answered(self, cast: Cast) -> None:
        directive = issued(cast, {cast.school.unit.pk: 2})
        actions.acknowledge(
            actor=factory.actor(cast.secretary, ON), directive_id=directive.pk, at=AT
        )
        Task.objects.update(answered_at=AT)

        assert self._remind(cast, directive, AT, date(2024, 7, 1)) == 0

    def test_is_refused_to_others(self, cast: Cast, stranger: Actor) -> None:
        directive = issued(cast)
        with pytest.raises(NotAllowed):
            actions.remind_late(
                actor=factory.actor(cast.leader, ON), directive_id=directive.pk, at=AT, on=ON
            )
        with pytest.raises(ObjectDoesNotExist):
            actions.remind_late(actor=stranger, directive_id=directive.pk, at=AT, on=ON)
        assert not Recipient.objects.exclude(reminded_at=None).exists()
