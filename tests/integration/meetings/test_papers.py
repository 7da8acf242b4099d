"""The papers of a meeting are written from what was counted, and say it exactly."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta

import docx
import pytest

from donghanh.documents import body_layout
from donghanh.documents.body_papers import House
from donghanh.domain import succession
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Role
from donghanh.domain.sitting import Body
from donghanh.history.models import Event
from donghanh.meetings import actions
from donghanh.meetings.models import Meeting
from donghanh.people.actions import classes
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from tests import factory
from tests.integration.meetings import rooms
from tests.integration.meetings.rooms import DELAY, FAIL, PASS

pytestmark = pytest.mark.django_db


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    told = [line.text for line in document.paragraphs]
    told += [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join(told)


def held() -> rooms.Room:
    cast = factory.cast()
    pupils = rooms.three(cast)
    room = rooms.room(cast, pupils)
    room.type(pupils[0], {**PASS, "paper_number": "38"})
    room.type(pupils[1], FAIL)
    room.type(pupils[2], DELAY)
    room.close()
    return room


class TestMinutes:
    def test_say_the_numbers_of_the_acts(self) -> None:
        room = held()
        data = room.paper("bien-ban")
        told = words(data)
        assert body_layout.check(data, House.PARTY) == ()
        assert "được triệu tập 14; có mặt 12; tán thành 11; không tán thành 1" in told
        assert "Tính trên 14 người, cần 10 tán thành" in told
        assert "đạt, 11/14 tán thành" in told
        assert "không đạt, 9/14 tán thành" in told
        assert f"Chưa xem xét, lý do: {DELAY['word']}" in told
        assert "CHI BỘ TRƯỜNG THPT (MÔ PHỎNG) ĐỨC LẬP" in told
        assert "Lò Văn Tấn" in told

    def test_are_the_same_bytes_whenever_they_are_taken(self) -> None:
        room = held()
        first = room.paper("bien-ban")
        later = actions.take_paper(
            actor=factory.actor(room.user, room.on),
            meeting_id=room.meeting.pk,
            slug="bien-ban",
            at=factory.instant(room.on + timedelta(days=9)),
            today=room.on + timedelta(days=9),
        )[1]
        assert first == later

    def test_name_units_as_they_were_called_on_the_day(self) -> None:
        room = held()
        first = room.paper("bien-ban")
        on = room.on + timedelta(days=30)
        keeper = factory.actor(room.cast.administrator, on)
        change = succession.Rename(room.cast.school.cell.pk, name="Chi bộ mới (mô phỏng)")
        decision = succession.Decision("12-QĐ/ĐU", on, "Đảng ủy (mô phỏng)")
        operation = succession.Operation(change, decision, on)
        reorganisation.reorganise(
            actor=keeper,
            operation=operation,
            seen=operations.preview(keeper, operation, on).digest,
            at=factory.instant(on),
            today=on,
        )
        assert room.paper("bien-ban") == first

    def test_and_the_other_papers_say_the_class_of_the_day_of_the_meeting(self) -> None:
        room = held()
        slugs = [link.slug for link in room.page().papers]
        first = [room.paper(slug) for slug in slugs]
        was = {item.dossier.person.class_name for item in room.items}
        later = room.on + timedelta(days=400)
        for item in room.items:
            classes.correct_class(
                person_id=item.dossier.person_id,
                class_name="12A9",
                account=room.user.pk,
                at=factory.instant(later),
                on=later,
            )
        assert {item.dossier.person.class_name for item in room.items} == {"12A9"} != was
        assert [room.paper(slug) for slug in slugs] == first

    def test_leave_a_line_that_names_whom_they_show(self) -> None:
        room = held()
        room.paper("bien-ban")
        line = Event.objects.filter(action="dossiers.list_exported").get()
        assert line.facts["list"] == "meeting"
        assert len(line.facts["dossiers"]) == 3


class TestResolutions:
    def test_are_written_for_who_was_carried_alone(self) -> None:
        room = held()
        slugs = [link.slug for link in room.page().papers]
        carried = f"nghi-quyet-{room.items[0].pk}"
        assert slugs == ["bien-ban", "danh-sach", carried]
        data = room.paper(carried)
        told = words(data)
        assert body_layout.check(data, House.PARTY) == ()
        assert "Số 38-NQ/CB" in told
        assert "Nguyễn Ái An" in told
        assert "Trần Thị Bình" not in told
        with pytest.raises(Meeting.DoesNotExist):
            room.paper(f"nghi-quyet-{room.items[1].pk}")

    def test_rest_on_the_charter_and_on_what_binds_here_on_the_day(self) -> None:
        cast = factory.cast()
        pupils = rooms.waiting(cast, Step.INTRODUCED, ["Nguyễn Ái An"])
        room = rooms.room(cast, pupils, step=Step.LISTED)
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        typed = {**PASS, "agreed": "yes", "helper": str(helper.pk), "paper_number": "41"}
        room.type(pupils[0], typed)
        room.close()
        told = words(room.paper(f"nghi-quyet-{room.items[0].pk}"))
        assert "Căn cứ Điều lệ Đảng Cộng sản Việt Nam;" in told
        # The step is cited from a text of another province, of a later year.
        assert "Hà Nội" not in told
        assert "mặc định" not in told

    def test_tell_a_vote_no_share_decides_as_it_was_counted(self) -> None:
        cast = factory.cast()
        pupils = rooms.waiting(cast, Step.INTRODUCED, ["Nguyễn Ái An"])
        room = rooms.room(cast, pupils, step=Step.LISTED)
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        room.type(pupils[0], {**PASS, "agreed": "yes", "helper": str(helper.pk)})
        room.close()
        data = room.paper("bien-ban")
        assert body_layout.check(data, House.PARTY) == ()
        assert "thông qua, 11 tán thành, 1 không tán thành" in words(data)
        assert "nhất trí" not in words(data)

    def test_of_the_union_keep_its_layout_and_go_to_the_cell(self) -> None:
        cast = factory.cast()
        pupils = rooms.waiting(cast, Step.SOURCED, ["Nguyễn Ái An"])
        room = rooms.room(
            cast, pupils, body=Body.UNION_COMMITTEE, step=Step.INTRODUCED, user=cast.union
        )
        room.type(pupils[0], {"favour": "9", "against": "3", "paper_number": "5"})
        room.close()
        for link in room.page().papers:
            assert body_layout.check(room.paper(link.slug), House.UNION) == ()
        told = words(room.paper(f"nghi-quyet-{room.items[0].pk}"))
        assert "Số: 05-NQ/ĐTN" in told
        assert "TM. BAN CHẤP HÀNH" in told
        assert "Chi bộ Trường THPT (mô phỏng) Đức Lập" in words(room.paper("danh-sach"))
        # No central text fixes the Union's share: the paper says so.
        assert "cần đối chiếu văn bản gốc" in told

    def test_are_taken_by_nobody_who_takes_no_lists(self) -> None:
        room = held()
        with pytest.raises(NotAllowed):
            actions.take_paper(
                actor=factory.actor(room.cast.officer, room.on),
                meeting_id=room.meeting.pk,
                slug="bien-ban",
                at=factory.instant(room.on),
                today=room.on,
            )


class TestContents:
    def test_lists_what_lies_in_a_dossier_in_the_official_order(self) -> None:
        room = held()
        dossier = room.items[0].dossier
        data = actions.take_contents(
            actor=factory.actor(room.user, room.on),
            dossier_id=dossier.pk,
            at=factory.instant(room.on),
            today=room.on,
        )
        assert body_layout.check(data, House.PARTY) == ()
        grids = docx.Document(io.BytesIO(data)).tables[1:-1]
        forms = [row.cells[2].text for grid in grids for row in grid.rows[1:]]
        assert forms == ["CN-NTVĐ", "1-KNĐ", "2-KNĐ", "TT-NX", "3-KNĐ", "4-KNĐ", "5-KNĐ", "6-KNĐ"]
        assert [row.cells[3].text for row in grids[-1].rows[1:]] == ["38"]


class TestRegisters:
    def test_follow_from_the_acts(self) -> None:
        room = held()
        sheet = register(room, "so-nghi-quyet", room.on - timedelta(days=400), room.on)
        votes = [row for row in sheet if row[5] in {"11/14", "9/14"}]
        assert [row[3] for row in votes] == ["Nguyễn Ái An", "Trần Thị Bình"]
        assert votes[0][1] == "38"
        names = [row[0] for row in register(room, "cam-tinh", room.on, room.on)]
        assert names == ["Nguyễn Ái An", "Trần Thị Bình", "Y Chi Niê"]
        assert register(room, "du-bi", room.on, room.on) == []


def register(room: rooms.Room, name: str, since: date, until: date) -> list[tuple[str, ...]]:
    data = actions.take_register(
        actor=factory.actor(room.user, room.on),
        name=name,
        since=since,
        until=until,
        at=factory.instant(room.on),
        today=room.on,
    )
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row .*?</row>", sheet)[1:]
    cells = [re.findall(r"<c r=\"[A-Z]+\d+\"[^>]*?(?:/>|>(.*?)</c>)", row) for row in rows]
    return [tuple(re.sub(r"<[^>]+>", "", one) for one in row) for row in cells]
