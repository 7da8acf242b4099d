"""The pupil's own copy holds what other rooms keep beside the road, too."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.accompaniment.actions import answer_note
from donghanh.domain.acts import Step
from donghanh.domain.looking import Reach, Way
from donghanh.domain.requests import Kind
from donghanh.lib import wall
from donghanh.meetings.models import AgendaItem, Meeting
from donghanh.ownfile import actions as ownfile
from donghanh.people import queries as records
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.ownfile.test_every_column import about_pupils
from tests.integration.pool import rating
from tests.integration.walls import files

pytestmark = pytest.mark.django_db

#: Where in the copy the rows of each table about a pupil stand.
TOLD = {
    "people_person": "record",
    "people_consent": "consents",
    "people_renewal": "consents",
    "people_mailbox": "own_address",
    "people_enrolment": "school_classes",
    "people_invitation": "invitation",
    "ownfile_request": "requests",
    "dossiers_dossier": "dossier",
    "dossiers_act": "acts",
    "accompaniment_challenge": "challenges",
    "accompaniment_evidence": "challenges",
    "accompaniment_note": "notes",
    "accompaniment_noteanswer": "notes",
    "accompaniment_comment": "comments",
    "accompaniment_membership": "clubs",
    "accompaniment_attendance": "clubs",
    "activities_checkin": "activities",
    "pool_rating": "ratings",
    "papers_papernote": "papers",
    "papers_sending": "sendings",
    "papers_paperfault": "sendings",
    "papers_letter": "letters",
    "classes_seat": "classes",
    "handover_handover": "handovers",
    "meetings_agendaitem": "meetings",
    "news_agreement": "publications",
}
#: What is not in the copy, and why.
LEFT_OUT = {
    "people_nameword": "words of the name, which the record tells",
    "people_aside": "the numbers of two records of the same pupil",
    "people_pagekey": "the digest of a key, over within the hour",
    "duplicates_decision": "the numbers of two records, and who compared them",
    "dossiers_standing": "told out of the acts, which are there",
    "indicators_span": "told out of the acts, which are there",
    "accompaniment_declining": "the pupil's own no, told by the challenge that stands unaccepted",
    "news_declining": "the pupil's own no, told by the question that stands unanswered",
    "meetings_draft": "what is being typed at a meeting; what came of it stands in the item",
    "reorganisation_rerouting": "units, and the numbers of cases that changed place with them",
}
#: Columns of those tables that name somebody else or serve the unit's own work: no grant is there.
NEVER = (
    ("papers_papernote", "signer"),
    ("papers_letter", "remind_date"),
    ("papers_sending", "received_by_id"),
    ("classes_seat", "seated_by_id"),
    ("meetings_agendaitem", "counts"),
    ("meetings_agendaitem", "helper_id"),
    ("meetings_meeting", "chair"),
    ("meetings_meeting", "excluded_by"),
)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, walking.TODAY)
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> walking.Pair:
    """Return a pupil of whom every room beside the road keeps something."""
    found = walking.pair(cast)
    walking.done(found, answered=True)
    note = walking.noted(found)
    answer_note(code=found.code, note_id=note, text="Em cảm ơn cô.", once="mot", at=walking.AT)
    walking.commented(found)
    rating.rated(cast, found.dossier.person, today=walking.TODAY)
    return found


@pytest.fixture
def filed(cast: Cast, one: walking.Pair) -> walking.Pair:
    """Return the same pupil, with a row of every room about files, and of a meeting."""
    on = walking.TODAY
    files.about(one.dossier, cast.school.cell, cast.competent, cast.secretary, on)
    meeting = Meeting.objects.create(
        unit=cast.school.cell,
        school=cast.school.unit,
        body="cell",
        on_date=on,
        chair="Người Khác",
        taker="Người Khác Nữa",
        planned_at=walking.AT,
        planned_by=cast.secretary,
    )
    for dossier, word in ((one.dossier, "Chờ giấy."), (factory.walk_to(Step.LISTED, cast), "Khác")):
        AgendaItem.objects.create(
            meeting=meeting,
            dossier=dossier,
            position=len(word),
            step=Step.CELL_VOTED.value,
            state="deferred",
            word=word,
        )
    ownfile.ask(code=one.code, kind=Kind.ACCESS, at=walking.AT, on=on)
    return one


class TestWhole:
    def test_tells_of_every_table_about_a_pupil_or_says_why_not(self) -> None:
        tables = {model._meta.db_table for model in about_pupils()} | {"people_invitation"}
        assert tables == TOLD.keys() | LEFT_OUT.keys()
        assert not TOLD.keys() & LEFT_OUT.keys()

    def test_holds_each_part_where_something_is_kept(self, filed: walking.Pair) -> None:
        copy = Client().get(reverse("ownfile:copy_json", args=[filed.code])).json()
        empty = {part for part in set(TOLD.values()) if not copy[part]}
        # joined no club, went to no activity, kept no address, is asked about no article
        assert empty == {"activities", "clubs", "own_address", "publications"}
        assert [fault["sentence"] for fault in copy["sendings"][0]["faults"]] == ["Thiếu dấu."]
        assert copy["papers"][0]["kept_at"] == "Tủ 1"
        assert [one["word"] for one in copy["meetings"]] == ["Chờ giấy."]
        assert "Người Khác" not in json.dumps(copy, ensure_ascii=False)

    def test_stands_on_a_page_of_the_pupil_and_in_the_workbook(self, filed: walking.Pair) -> None:
        page = Client().get(reverse("ownfile:files", args=[filed.code])).content.decode()
        answer = Client().get(reverse("ownfile:copy_xlsx", args=[filed.code]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist())
        for word in ("Tủ 1", "Thiếu dấu.", "Chờ giấy.", "Chi ủy thôn", "Trung tâm chính trị"):
            assert word in page, word
            assert word in sheet, word

    def test_is_empty_in_words_for_who_has_just_agreed(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=walking.TODAY)
        assert Client().get(reverse("ownfile:files", args=[code])).status_code == 404
        person = factory.agreed_pupil(cast.school, on=walking.TODAY)
        page = Client().get(reverse("ownfile:files", args=[walking.code_of(person)]))
        assert "Chưa có gì" in page.content.decode()

    @pytest.mark.parametrize(("table", "column"), NEVER)
    def test_never_reads_what_is_anothers(self, table: str, column: str) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            wall.looking(Way.PUPIL, {}),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names from above

    def test_shows_the_database_the_own_rows_alone(self, filed: walking.Pair) -> None:
        reach = Reach(Way.PUPIL, code=records.digest_of(filed.code))
        with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
            for table, rows in (("meetings_agendaitem", 1), ("meetings_meeting", 1)):
                cursor.execute(f"SELECT count(id) FROM {table}")  # noqa: S608 - names from above
                assert cursor.fetchone() == (rows,)


class TestCopy:
    def test_says_as_json_what_the_own_pages_say(self, one: walking.Pair) -> None:
        answer = Client().get(reverse("ownfile:copy_json", args=[one.code]))
        copy = json.loads(answer.content)
        (challenge,) = copy["challenges"]
        assert challenge["reflection"] == "Em đã hiểu bạn."
        assert [line["text"] for line in challenge["lines"]] == ["Đã học cùng bạn"]
        assert copy["notes"][0]["answers"] == ["Em cảm ơn cô."]
        assert copy["comments"][0]["by"] == one.helper.name
        assert copy["ratings"][0]["holds"] is True
        assert copy["clubs"] == []

    def test_says_it_in_the_workbook(self, one: walking.Pair) -> None:
        answer = Client().get(reverse("ownfile:copy_xlsx", args=[one.code]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist())
        for word in ("Em đã hiểu bạn.", "Em cảm ơn cô.", "Hai cô trò", "lao động của lớp"):
            assert word in sheet
