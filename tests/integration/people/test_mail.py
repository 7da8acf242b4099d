"""An own address opens the own page: the pupil's choice, nobody else's to read, gone with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from donghanh.domain.consent import NEEDED, Purpose
from donghanh.domain.looking import Reach, Way
from donghanh.history.models import Event
from donghanh.lib import clock, post, sealed, wall
from donghanh.ownfile import actions as ownfile
from donghanh.people import actions, queries, texts
from donghanh.people.models import Consent, Invitation, Mailbox, PageKey, Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
ADDRESS = "dao.tran@thu.vn"


@pytest.fixture(autouse=True)
def _with_mail(settings: Settings) -> Iterator[None]:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    yield
    post.settle()


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def joined(cast: Cast, name: str = "Trần Thị Đào") -> str:
    code = factory.invited(cast.school, on=ON, name=name)
    actions.accept_invitation(
        code=code,
        full_name=name,
        birth_date=date(2008, 1, 5),
        union_member=True,
        lower_secondary=None,
        purposes=NEEDED,
        at=factory.instant(ON, 8),
        on=ON,
        simulated=True,
    )
    return code


def sent() -> list[str]:
    """Return the codes of the mails that left, the oldest first."""
    post.settle()
    found = [re.search(r": ([A-Z2-9]{5}-[A-Z2-9]{5})$", str(one.body), re.M) for one in mail.outbox]
    return [one[1] for one in found if one]


def kept(code: str, address: str = ADDRESS) -> None:
    """Keep an address, through the pages."""
    client = Client()
    typed = {"agreed": "on", "address": address}
    page = client.post(reverse("people:mail", args=[code]), typed).content.decode()
    asked = re.search(r'name="sealed" value="([^"]+)"', page)
    assert asked is not None, page
    proof = {"sealed": asked[1], "code": sent()[-1].lower()}
    assert client.post(reverse("people:prove_mail", args=[code]), proof).status_code == 302


def ask(address: str, client: Client | None = None) -> int:
    answer = (client or Client()).post(reverse("people:ask_way_in"), {"address": address})
    return answer.status_code


class TestKeeping:
    def test_is_the_pupils_own_agreement_and_keeps_no_readable_address(self, cast: Cast) -> None:
        code = joined(cast)
        page = Client().get(reverse("people:mail", args=[code])).content.decode()
        assert " checked" not in page
        kept(code, " Dao.Tran@thu.vn ")
        box = Mailbox.objects.get()
        assert ADDRESS not in f"{box.sealed} {box.mark}"
        assert queries.address_of(box.person) == ADDRESS
        consent = Consent.objects.get(purpose=Purpose.MAIL.value)
        assert (consent.wording, consent.given_date) == (texts.WORDINGS[Purpose.MAIL], ON)
        [line] = Event.objects.filter(action="people.mail_kept")
        assert ADDRESS not in str(line.facts)
        assert ADDRESS in Client().get(reverse("people:mail", args=[code])).content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"address": ADDRESS}, "chưa đánh dấu"),
            ({"agreed": "on", "address": "dao"}, "không gửi được thư"),
            ({"agreed": "on", "address": "a@b.vn\r\nBcc: x@y.vn"}, "không gửi được thư"),
            ({"agreed": "on", "address": f"{'a' * 290}@thu.vn"}, "254"),
            ({"agreed": "on", "address": ""}, "id_address_error"),
        ],
    )
    def test_refuses_in_one_sentence_and_sends_and_keeps_nothing(
        self, cast: Cast, typed: dict[str, str], said: str
    ) -> None:
        code = joined(cast)
        answer = Client().post(reverse("people:mail", args=[code]), typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert sent() == []
        assert not Mailbox.objects.exists()

    def test_needs_the_code_that_was_sent_there_in_time_by_the_same_pupil(self, cast: Cast) -> None:
        code, other = joined(cast), joined(cast, "Lò Thị Ánh")
        at = factory.instant(ON)
        asked = actions.keep_address(code=code, address=ADDRESS, agreed=True, at=at).sealed
        (typed,) = sent()
        late = at + timedelta(minutes=actions.CODE_MINUTES, seconds=1)
        empty = sealed.seal("{}", "people.proof")
        for whose, with_it, said, when in (
            (code, asked, "AAAAA-BBBBB", at),
            (code, asked, typed, late),
            (code, asked[:-4] + "AAAA", typed, at),
            (code, empty, "", at),
            (other, asked, typed, at),
        ):
            with pytest.raises(actions.CodeOver):
                actions.prove_address(code=whose, asked=with_it, typed=said, at=when, on=ON)
        assert not Mailbox.objects.exists()
        for _ in range(2):
            actions.prove_address(code=code, asked=asked, typed=typed, at=at, on=ON)
        assert Event.objects.filter(action="people.mail_kept").count() == 1

    def test_of_an_address_that_opens_anothers_page_is_refused_to_who_reads_its_mail(
        self, cast: Cast
    ) -> None:
        kept(joined(cast))
        second = joined(cast, "Lò Thị Ánh")
        at = factory.instant(ON)
        asked = actions.keep_address(code=second, address=ADDRESS, agreed=True, at=at).sealed
        with pytest.raises(actions.MailTaken):
            actions.prove_address(code=second, asked=asked, typed=sent()[-1], at=at, on=ON)
        assert Consent.objects.filter(purpose=Purpose.MAIL.value).count() == 1

    def test_ends_with_one_tap_and_the_address_is_gone(self, cast: Cast) -> None:
        code = joined(cast)
        kept(code)
        path = reverse("people:forget_mail", args=[code])
        for _ in range(2):
            assert Client().post(path).status_code == 302
        assert not Mailbox.objects.exists()
        assert Consent.objects.get(purpose=Purpose.MAIL.value).withdrawn_date == ON
        assert Event.objects.filter(action="people.mail_forgotten").count() == 1
        assert Person.objects.get().agreed  # the road goes on
        assert ask(ADDRESS) == 302
        assert len(sent()) == 1

    def test_ends_with_the_road(self, cast: Cast) -> None:
        code = joined(cast)
        kept(code)
        actions.withdraw_with_code(code=code, at=factory.instant(ON, 15), on=ON)
        assert not Mailbox.objects.exists()
        assert Client().get(reverse("people:mail", args=[code])).status_code == 404
        last = ON + timedelta(days=20)
        assert ownfile.purge(at=factory.instant(last), today=last) == 1
        assert not PageKey.objects.exists()

    def test_stands_in_the_own_copy(self, cast: Cast) -> None:
        code = joined(cast)
        kept(code)
        told = Client().get(reverse("ownfile:copy_json", args=[code])).json()
        assert told["own_address"] == ADDRESS


class TestWayIn:
    def test_opens_the_own_page_once_for_an_hour(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = joined(cast)
        kept(code)
        assert ask(ADDRESS.upper()) == 302
        post.settle()
        message = mail.outbox[-1]
        assert message.to == [ADDRESS]
        for word in ("Đảng", "Đoàn", "Trần", "Đào"):
            assert word not in f"{message.subject} {message.body}"
        client, typed = Client(), {"code": sent()[-1]}
        opened = client.post(reverse("people:come_in"), typed)["Location"]
        assert "Đào" in client.get(opened).content.decode()
        assert Client().post(reverse("people:come_in"), typed).status_code == 422
        assert Event.objects.filter(action="people.opened_by_mail").count() == 1
        monkeypatch.setattr(clock, "now", lambda: factory.instant(ON, 14) + timedelta(hours=1))
        assert client.get(opened).status_code == 404

    def test_leads_to_everything_the_slip_leads_to(self, cast: Cast) -> None:
        kept(joined(cast))
        ask(ADDRESS)
        key = actions.come_in(code=sent()[-1], at=factory.instant(ON, 14))
        for name in ("dossiers:own", "ownfile:rights", "ownfile:copy_json", "people:mail"):
            assert Client().get(reverse(name, args=[key])).status_code == 200, name
        assert Client().post(reverse("people:stop", args=[key])).status_code == 302
        assert not Person.objects.get().agreed
        assert Invitation.objects.get().answered_at is None

    def test_is_answered_alike_whether_anybody_keeps_the_address(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept(joined(cast))
        monkeypatch.setattr(clock, "now", lambda: factory.instant(ON, 17))
        left, answers, statements = len(sent()), [], []
        for address, place in ((ADDRESS, "10.0.0.1"), ("khong.ai@thu.vn", "10.0.0.2")):
            client = Client(REMOTE_ADDR=place)
            with CaptureQueriesContext(connection) as told:
                answer = client.post(reverse("people:ask_way_in"), {"address": address})
            shape = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in told]
            statements.append(shape)
            answers.append((answer.status_code, answer["Location"], answer.content))
        assert answers[0] == answers[1]
        assert statements[0] == statements[1]
        assert len(sent()) == left + 1

    def test_by_a_code_over_used_or_guessed_is_refused(self, cast: Cast) -> None:
        kept(joined(cast))
        at = factory.instant(ON)
        actions.ask_way_in(address=ADDRESS, at=at)
        late = at + timedelta(minutes=actions.CODE_MINUTES, seconds=1)
        with pytest.raises(actions.CodeOver):
            actions.come_in(code=sent()[-1], at=late)
        actions.ask_way_in(address="khong.ai@thu.vn", at=at)
        with pytest.raises(actions.CodeOver):
            actions.come_in(code="AAAAABBBBB", at=at)
        assert not PageKey.objects.exists()

    def test_guessed_again_and_again_is_shut(self) -> None:
        path = reverse("people:come_in")
        answers = [Client().post(path, {"code": f"AAAAA{n:05}"}).status_code for n in range(31)]
        assert answers == [422] * 30 + [429]

    def test_floods_nobodys_mail_however_often_it_is_asked_for(self, cast: Cast) -> None:
        kept(joined(cast))
        left = len(sent())
        answers = [ask(ADDRESS) for _ in range(100)]
        assert len(sent()) - left == 4  # five an hour, and one went to prove the address
        assert answers == [302] * 4 + [429] * 96
        others = [ask(f"a{number}@thu.vn") for number in range(60)]
        assert others.count(302) == 55  # sixty in a quarter of an hour from one place
        assert others[-1] == 429

    def test_is_offered_only_where_mail_can_be_sent(self, settings: Settings, cast: Cast) -> None:
        path = reverse("people:ask_way_in")
        assert path in Client().get(reverse("people:enter")).content.decode()
        settings.MAIL = False
        assert path not in Client().get(reverse("people:enter")).content.decode()
        assert Client().get(path).status_code == 404


class TestWall:
    @pytest.mark.parametrize("way", [one for one in Way if one not in {Way.PUPIL, Way.JOB}])
    def test_gives_no_way_of_looking_of_the_staff_an_address(self, way: Way) -> None:
        for table in ("people_mailbox", "people_pagekey"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                wall.looking(way, Reach(way).settings),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT id FROM {table}")  # noqa: S608 - names from above

    def test_shows_no_staff_that_one_is_kept(self, cast: Cast) -> None:
        kept(joined(cast))
        for user in (cast.union, cast.upper_unionist, cast.administrator):
            reach = factory.actor(user, ON).reach
            with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
                cursor.execute("SELECT DISTINCT purpose FROM people_consent")
                found = {row[0] for row in cursor.fetchall()}
            assert Purpose.MAIL.value not in found
            assert Purpose.ROAD.value in found

    def test_shows_a_pupil_the_own_address_alone(self, cast: Cast) -> None:
        first, second = joined(cast), joined(cast, "Lò Thị Ánh")
        kept(first)
        kept(second, "anh@thu.vn")
        for code in (first, second):
            reach = Reach(Way.PUPIL, code=queries.digest_of(code))
            with wall.looking(reach.way, reach.settings):
                assert Mailbox.objects.count() == 1
                assert Person.objects.count() == 1
