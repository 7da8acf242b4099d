"""An administrator changes the rules without a release: kept whole, or not at all."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.amendments import actions, queries, texts
from donghanh.amendments.models import Amendment
from donghanh.domain import amending, reading, rules, tables, timeline
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from tests import stage
from tests.stage import Cast

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 21)
SHORTER = """
[document.HD99]
issuer = "Ban Tổ chức Trung ương"
number = "99-HD/BTCTW"
signed_on = 2026-11-01
title_vi = "Hướng dẫn nghiệp vụ công tác đảng viên"

[[rule."admission.decision".entries]]
since = 2026-12-01
value = 45
cite = { doc = "HD99", article = "7", confidence = "V" }
"""
GAP = '[calendar.2040]\noff = []\ncite = { doc = "DL", article = "", confidence = "K" }'


@pytest.fixture
def cast() -> Cast:
    return stage.cast()


def keep(
    cast: Cast, text: str = SHORTER, *, seen: int = 0, note: str = "Hướng dẫn mới"
) -> Amendment:
    return actions.keep(
        actor=stage.actor(cast.administrator, ON),
        text=text,
        note=note,
        seen=seen,
        at=stage.instant(ON),
        today=ON,
    )


def withdraw(cast: Cast, number: int, *, seen: int, note: str = "Nhập nhầm") -> Amendment:
    return actions.withdraw(
        actor=stage.actor(cast.administrator, ON),
        number=number,
        note=note,
        seen=seen,
        at=stage.instant(ON),
        today=ON,
    )


class TestKeep:
    def test_gives_the_next_number_and_leaves_one_line_of_history(self, cast: Cast) -> None:
        before = Event.objects.count()
        kept = keep(cast)
        assert (kept.number, kept.kept_date, kept.kept_by) == (1, ON, cast.administrator)
        line = Event.objects.order_by("-id")[0]
        assert Event.objects.count() == before + 1
        assert (line.action, line.subject, line.subject_id) == (
            "amendments.kept",
            "amendment",
            kept.pk,
        )
        assert line.facts == {"number": 1, "digest": kept.digest}

    def test_changes_the_rulebook_of_every_room_from_its_day_on(self, cast: Cast) -> None:
        keep(cast)
        book = queries.current()
        assert book.on("admission.decision", date(2026, 11, 30)).value == 60
        assert book.on("admission.decision", date(2026, 12, 1)).value == 45
        assert book.edition == 1
        assert book.at(0) is rules.load()

    def test_names_the_person_who_compared_a_value(self, cast: Cast) -> None:
        keep(cast, '[[checked]]\nrule = "admission.ceremony.start"\nsince = 2026-07-26\n')
        entry = queries.current().on("admission.ceremony.start", ON)
        assert entry.settled
        assert (entry.cite.checked_on, entry.cite.checked_by) == (ON, "Quản trị viên")

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("", amending.NothingAmended),
            ("mot = [", reading.NotToml),
            ("mot = " + "[" * 5000, reading.NotToml),
            ("mot = " + "9" * 5000, reading.NotToml),
            ("mot = 1", reading.UnknownKey),
            ("[rule.moi]\ntitle = 'x'", reading.KeyMissing),
            (SHORTER.replace("45", "0"), reading.BadValue),
            (SHORTER.replace("45", "100000"), reading.BadValue),
            (SHORTER.replace('"HD99",', '"HD98",'), reading.CitationMissing),
            (SHORTER.replace("2026-12-01", "1999-01-01"), tables.OutsideRegime),
            ('[[checked]]\nrule = "x"\nsince = 2026-01-01', amending.NoSuchValue),
            ('[regime.R5]\nsince = 2026-11-01', tables.OverlappingRegimes),
            (GAP, None),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_used_and_keeps_nothing(
        self, cast: Cast, text: str, refusal: type[RuleError] | None
    ) -> None:
        before = Event.objects.count()
        with pytest.raises(refusal or RuleError) as refused:
            keep(cast, text)
        assert texts.refusal(refused.value)
        assert (Amendment.objects.count(), Event.objects.count()) == (0, before)
        assert queries.current() is rules.load()

    def test_refuses_two_values_from_the_same_day_and_says_where(self, cast: Cast) -> None:
        keep(cast)
        with pytest.raises(timeline.TwoValues) as refused:
            keep(cast, SHORTER.split("\n\n")[1], seen=1)
        assert "sua-doi-2.toml" in texts.refusal(refused.value)
        assert "01/12/2026" in texts.refusal(refused.value)

    def test_refuses_what_is_too_large(self, cast: Cast) -> None:
        with pytest.raises(actions.TooLarge):
            keep(cast, "#" * 200_001)
        assert keep(cast, SHORTER + "#" * 190_000).number == 1

    def test_refuses_without_a_reason(self, cast: Cast) -> None:
        with pytest.raises(actions.ReasonMissing):
            keep(cast, note="  \n ")

    def test_refuses_what_was_written_for_an_earlier_edition(self, cast: Cast) -> None:
        keep(cast)
        later = SHORTER.replace("HD99", "HD98").replace("2026-12-01", "2026-12-02")
        with pytest.raises(actions.ChangedMeanwhile):
            keep(cast, later, seen=0)
        assert keep(cast, later, seen=1).number == 2

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_the_administrators_alone(self, cast: Cast, role: Role) -> None:
        who = stage.holder("ai-do", "Ai đó", cast.department, role)
        with pytest.raises(NotAllowed):
            actions.keep(
                actor=stage.actor(who, ON),
                text=SHORTER,
                note="x",
                seen=0,
                at=stage.instant(ON),
                today=ON,
            )
        assert not Amendment.objects.exists()


class TestWithdraw:
    def test_makes_a_new_edition_and_leaves_the_earlier_ones(self, cast: Cast) -> None:
        keep(cast)
        taken_back = withdraw(cast, 1, seen=1)
        book = queries.current()
        assert (taken_back.number, book.edition) == (2, 2)
        assert book.on("admission.decision", date(2026, 12, 1)).value == 60
        assert book.at(1).on("admission.decision", date(2026, 12, 1)).value == 45
        line = Event.objects.order_by("-id")[0]
        assert line.action == "amendments.withdrawn"
        assert line.facts["withdraws"] == 1

    def test_refuses_what_is_not_there_was_withdrawn_or_is_a_withdrawal(self, cast: Cast) -> None:
        keep(cast)
        with pytest.raises(queries.NoSuchAmendment):
            withdraw(cast, 2, seen=1)
        withdraw(cast, 1, seen=1)
        with pytest.raises(queries.AlreadyWithdrawn):
            withdraw(cast, 1, seen=2)
        with pytest.raises(queries.WithdrawalStands):
            withdraw(cast, 2, seen=2)
        assert Amendment.objects.count() == 2

    def test_refuses_what_a_later_amendment_builds_on_and_names_it(self, cast: Cast) -> None:
        keep(cast)
        value = SHORTER.split("\n\n")[1].replace("2026-12-01", "2027-12-01")
        keep(cast, value, seen=1)
        with pytest.raises(queries.StillNeeded) as refused:
            withdraw(cast, 1, seen=2)
        assert refused.value.facts == {"number": 1, "by": 2}
        withdraw(cast, 2, seen=2)
        withdraw(cast, 1, seen=3)
        assert queries.current().edition == 4

    def test_lets_the_same_values_be_kept_anew(self, cast: Cast) -> None:
        keep(cast)
        withdraw(cast, 1, seen=1)
        assert keep(cast, seen=2).number == 3
        assert queries.current().on("admission.decision", date(2026, 12, 1)).value == 45


class TestCurrent:
    def test_asks_one_statement_whatever_was_kept(self, cast: Cast) -> None:
        keep(cast)
        queries.current()
        with CaptureQueriesContext(connection) as asked:
            assert queries.current() is queries.current()
        assert len(asked) == 2

    def test_tells_editions_of_different_pasts_apart(self, cast: Cast) -> None:
        mark = transaction.savepoint()
        keep(cast)
        assert queries.current().on("admission.decision", date(2026, 12, 1)).value == 45
        transaction.savepoint_rollback(mark)
        keep(cast, SHORTER.replace("45", "40"))
        assert queries.current().on("admission.decision", date(2026, 12, 1)).value == 40


class TestTable:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE amendments_amendment SET note = 'x'",
            "DELETE FROM amendments_amendment",
            "INSERT INTO amendments_amendment"
            " (number, text, note, kept_date, kept_at, kept_by_id, digest)"
            " SELECT 3, text, note, kept_date, kept_at, kept_by_id, 'x' FROM amendments_amendment",
        ],
    )
    def test_refuses_to_change_to_delete_and_to_skip_a_number(
        self, cast: Cast, statement: str
    ) -> None:
        keep(cast)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Amendment.objects.get().note == "Hướng dẫn mới"


class TestTexts:
    def test_have_a_sentence_for_every_refusal_of_the_rulebook(self) -> None:
        modules = (rules, tables, reading, timeline, amending, queries, actions)
        codes = {
            each.code
            for module in modules
            for each in vars(module).values()
            if isinstance(each, type)
            and issubclass(each, RuleError)
            and each.__module__ == module.__name__
        }
        assert codes <= set(texts.REFUSALS)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_keep_one_and_refuse_the_other(self, cast: Cast) -> None:
        told: list[str] = []

        def other(value: str) -> None:
            try:
                keep(cast, SHORTER.replace("45", value))
                told.append("kept")
            except actions.ChangedMeanwhile:
                told.append("refused")
            finally:
                connection.close()

        both = [threading.Thread(target=other, args=(value,)) for value in ("45", "40")]
        for one in both:
            one.start()
        for one in both:
            one.join(timeout=30)
        assert sorted(told) == ["kept", "refused"]
        assert Amendment.objects.count() == 1
