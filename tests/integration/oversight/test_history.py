"""An auditor reads history without a pupil's name, and verifies that it holds."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.config import places
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.history import actions as history
from donghanh.history import queries as verifying
from donghanh.history.models import Event, Head
from donghanh.oversight import actions, queries, texts
from tests import chain, factory
from tests.factory import Cast

ON = date(2024, 3, 1)
NAME = "Phùng Thị Sao Mai"

PACKAGE = places.ROOT / "donghanh"

pytestmark = pytest.mark.django_db


def subclasses(of: type[RuleError]) -> Iterator[type[RuleError]]:
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def auditor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> User:
    factory.freeze(monkeypatch, ON)
    return factory.holder("kiemtra", "Tạ Đức Phúc", cast.department, Role.AUDITOR)


class TestHistoryPage:
    def test_tells_what_a_pupil_did_without_the_name(self, cast: Cast, auditor: User) -> None:
        person = factory.agreed_pupil(cast.school, on=ON, name=NAME)
        factory.stopped(person, on=ON)
        page = factory.signed_in(auditor).get(reverse("oversight:history")).content.decode()
        assert "Học sinh dừng tham gia" in page
        assert cast.union.name in page  # who invited is staff, and named
        assert NAME not in page
        assert NAME.split()[-1] not in page.replace(cast.union.name, "")

    def test_turns_page_by_page_without_leaving_a_line_out(self, cast: Cast, auditor: User) -> None:
        for day in range(30):
            factory.agreed_pupil(cast.school, on=ON - timedelta(days=day))
        actor, before, found = factory.actor(auditor, ON), None, []
        while True:
            page = queries.history_page(actor, before)
            found += [line.id for line in page.lines]
            before = page.older
            if before is None:
                break
        assert found == list(Event.objects.order_by("-id").values_list("pk", flat=True))

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
    def test_is_refused_to_every_other_role(self, cast: Cast, role: Role) -> None:
        user = factory.holder("khac", "Người khác", cast.department, role)
        with pytest.raises(NotAllowed):
            queries.history_page(factory.actor(user, ON))
        with pytest.raises(NotAllowed):
            actions.verify_history(actor=factory.actor(user, ON), at=factory.instant(ON))


class TestNames:
    """An auditor reads words, and no code of the program."""

    def test_are_there_for_every_action_the_product_writes(self) -> None:
        written = {
            node.value
            for file in sorted(PACKAGE.glob("*/actions*"))
            for path in ([file] if file.is_file() else sorted(file.glob("*.py")))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if re.fullmatch(rf"{path.relative_to(PACKAGE).parts[0]}\.[a-z_]+", node.value)
        }
        for room in {code.split(".")[0] for code in written}:
            importlib.import_module(f"donghanh.{room}.actions")
        refusals = {error.code for error in subclasses(RuleError) if hasattr(error, "code")}
        assert written - refusals - {"people.invitation", "accounts.invitation"} <= set(
            texts.ACTIONS
        )
        assert set(texts.ACTIONS) <= written | {"history.migrated"}

    def test_tell_what_was_done_and_to_what(self, cast: Cast, auditor: User) -> None:
        line = queries.history_page(factory.actor(auditor, ON)).lines[0]
        assert (line.action, line.who) == ("Giao chức vụ", "Quản trị (mô phỏng)")
        assert line.subject == f"Đơn vị số {cast.department.pk}"

    def test_give_way_to_the_code_of_a_later_version(self) -> None:
        assert texts.action("later.done") == "later.done"
        assert texts.subject("thing", 3) == "thing 3"


class TestVerifyHistory:
    def test_says_that_the_chain_holds_and_is_written_down_itself(
        self, cast: Cast, auditor: User
    ) -> None:
        chain.close()
        lines = Event.objects.count()
        client = factory.signed_in(auditor)
        answer = client.post(reverse("oversight:verify"), follow=True)
        assert f"{lines} dòng cuối đều toàn vẹn" in answer.content.decode()
        event = Event.objects.latest("id")
        assert event.action == "oversight.history_verified"
        assert (event.subject_id, event.facts) == (lines, {"after": 0, "broken": None})

    def test_reads_no_more_lines_than_a_request_has_the_time_for(
        self, cast: Cast, auditor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chain.close()
        monkeypatch.setattr(queries, "LAST_LINES", 5)
        found = actions.verify_history(actor=factory.actor(auditor, ON), at=factory.instant(ON))
        assert (found.lines, found.broken) == (5, None)
        assert found.digest == Head.objects.get().digest

    def test_names_the_first_place_that_does_not_hold(self, cast: Cast, auditor: User) -> None:
        chain.close()
        with connection.cursor() as cursor:  # as whoever owns the database could
            cursor.execute("ALTER TABLE history_event DISABLE TRIGGER USER")
            cursor.execute(
                "UPDATE history_event SET action = 'x' WHERE id ="
                " (SELECT event_id FROM history_link WHERE position = 3)"
            )
            chain.close()
            cursor.execute("ALTER TABLE history_event ENABLE TRIGGER USER")
        answer = factory.signed_in(auditor).post(reverse("oversight:verify"), follow=True)
        assert "không toàn vẹn ở vị trí 3" in answer.content.decode()

    def test_is_shown_with_what_the_last_reading_of_the_whole_chain_said(
        self, cast: Cast, auditor: User
    ) -> None:
        chain.close()
        found = verifying.verify()
        history.keep_verification(at=factory.instant(ON), found=found)
        factory.agreed_pupil(cast.school, on=ON)
        chain.close()
        page = queries.history_page(factory.actor(auditor, ON))
        assert page.last is not None
        assert (page.last.lines, page.last.broken, page.fresh) == (found.lines, None, 2)
        shown = factory.signed_in(auditor).get(reverse("oversight:history")).content.decode()
        assert "mọi dòng đều toàn vẹn" in shown
