"""Invitations: one account for one link, and one answer for every link that opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection
from django.test import Client

from donghanh.accounts import actions, queries
from donghanh.accounts.models import AccountInvitation, User
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from donghanh.lib import clock
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering

pytestmark = pytest.mark.django_db

NOTHING = "Liên kết không dùng được: đã dùng rồi"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def invited(cast: Cast, at: datetime | None = None, **other: Any) -> str:
    """Invite a secretary of the neighbouring cell, and return the word of the link."""
    now = at or clock.now()
    said: dict[str, Any] = {
        "username": "Moi.BiThu",
        "name": "Lường  Thị Thu",
        "email": "Thu@Example.vn",
        "unit_id": cast.neighbour.cell.pk,
        "role": Role.SECRETARY,
    }
    keeper = factory.actor(cast.administrator, now.astimezone(clock.ZONE).date())
    return actions.invite_member(actor=keeper, at=now, **(said | other))


def accepts(word: str, password: str = entering.OTHER, client: Client | None = None) -> Client:
    """Open a link and choose a password; return the browser."""
    browser = client or Client()
    browser.post(f"/loi-moi/{word}/", {"password1": password, "password2": password})
    return browser


class TestInvite:
    def test_keeps_a_digest_and_never_the_link(self, cast: Cast) -> None:
        word = invited(cast)
        kept = AccountInvitation.objects.get()
        assert kept.digest == queries.digest_of(word)
        assert word not in {str(value) for value in vars(kept).values()}
        assert (kept.username, kept.email, kept.name) == (
            "moi.bithu",
            "thu@example.vn",
            "Lường Thị Thu",
        )
        line = Event.objects.get(action="accounts.member_invited")
        assert (line.actor_id, line.facts["role"]) == (cast.administrator.pk, "secretary")
        assert "Thu" not in str(line.facts)

    @pytest.mark.parametrize("who", ["officer", "secretary", "union", "committee"])
    def test_is_for_administrators_alone_and_writes_nothing_else(
        self, cast: Cast, who: str
    ) -> None:
        actor = factory.actor(getattr(cast, who), clock.today())
        with pytest.raises(NotAllowed):
            actions.invite_member(
                actor=actor,
                username="x",
                name="X",
                email="",
                unit_id=None,
                role=None,
                at=clock.now(),
            )
        assert not AccountInvitation.objects.exists()

    def test_makes_nobody_a_pupil(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            invited(cast, role=Role.PUPIL)

    @pytest.mark.parametrize("field", [{"username": "duclap.bithu"}, {"email": "co@example.vn"}])
    def test_refuses_a_name_or_an_address_that_is_taken(
        self, cast: Cast, field: dict[str, Any]
    ) -> None:
        User.objects.filter(pk=cast.officer.pk).update(email="co@example.vn")
        with pytest.raises(actions.NameTaken):
            invited(cast, **field)

    def test_sent_twice_is_one_invitation(self, cast: Cast) -> None:
        assert invited(cast, once="a") == invited(cast, once="a")
        assert AccountInvitation.objects.count() == 1

    def test_sent_twice_with_another_post_is_another_one(self, cast: Cast) -> None:
        older, newer = invited(cast, once="a"), invited(cast, once="a", role=Role.HELPER)
        assert queries.open_invitation(older, clock.now()) is None
        found = queries.open_invitation(newer, clock.now())
        assert found is not None
        assert found.role == Role.HELPER.value

    def test_sent_twice_is_refused_once_it_was_withdrawn(self, cast: Cast) -> None:
        invited(cast, once="a")
        keeper = factory.actor(cast.administrator, clock.today())
        kept = AccountInvitation.objects.get()
        actions.withdraw_invitation(actor=keeper, invitation_id=kept.pk, at=clock.now())
        with pytest.raises(actions.MemberInvitationOver):
            invited(cast, once="a")

    def test_again_takes_the_place_of_the_older_one(self, cast: Cast) -> None:
        older, newer = invited(cast), invited(cast)
        assert queries.open_invitation(older, clock.now()) is None
        assert queries.open_invitation(newer, clock.now()) is not None


class TestAccept:
    def test_makes_the_account_with_its_post_and_signs_in(self, cast: Cast) -> None:
        client = accepts(invited(cast))
        user = User.objects.get(username="moi.bithu")
        assert (user.email, user.name, user.check_password(entering.OTHER)) == (
            "thu@example.vn",
            "Lường Thị Thu",
            True,
        )
        assert entering.is_in(client)
        assert client.get("/")["Location"] == "/tai-khoan/lop-thu-hai"
        given = Event.objects.get(action="organisation.post_given", facts__user=user.pk)
        assert given.actor_id == cast.administrator.pk
        line = Event.objects.get(actor=user)
        assert (line.action, line.role, line.unit_code) == (
            "accounts.invitation_accepted",
            "holder",
            "",
        )

    def test_reaches_what_the_post_reaches_once_secured(self, cast: Cast) -> None:
        client = accepts(invited(cast))
        entering.prove(client, entering.OTHER)
        client.get("/tai-khoan/lop-thu-hai/ung-dung")
        secret = str(client.session["mfa.totp.secret"])
        client.post("/tai-khoan/lop-thu-hai/ung-dung", {"code": entering.code_of(secret)})
        assert client.get("/con-duong/").status_code == 200

    @pytest.mark.parametrize("password", ["", "ngan", "1234567890", "moi.bithu"])
    def test_refuses_a_password_that_is_easily_guessed(self, cast: Cast, password: str) -> None:
        word = invited(cast)
        assert not entering.is_in(accepts(word, password))
        assert queries.open_invitation(word, clock.now()) is not None

    def test_refuses_two_passwords_that_differ(self, cast: Cast) -> None:
        word = invited(cast)
        sent = {"password1": entering.OTHER, "password2": entering.OTHER + "x"}
        answer = Client().post(f"/loi-moi/{word}/", sent)
        assert "Hai lần nhập không giống nhau" in entering.said(answer)
        assert not User.objects.filter(username="moi.bithu").exists()

    @pytest.mark.parametrize("how", ["unknown", "used", "withdrawn", "expired", "inviter gone"])
    def test_answers_every_link_that_opens_nothing_alike(self, cast: Cast, how: str) -> None:
        word = {
            "unknown": lambda: "0" * 64,
            "used": lambda: self._used(cast),
            "withdrawn": lambda: self._withdrawn(cast),
            "expired": lambda: invited(cast, at=clock.now() - actions.GOOD_FOR),
            "inviter gone": lambda: self._inviter_gone(cast),
        }[how]()
        nothing = Client().get("/loi-moi/" + "f" * 64 + "/")
        sent = {"password1": entering.OTHER, "password2": entering.OTHER}
        answer = Client().post(f"/loi-moi/{word}/", sent)
        assert answer.status_code == 404
        assert NOTHING in entering.said(answer)
        assert entering.said(answer) == entering.said(nothing)

    def _used(self, cast: Cast) -> str:
        word = invited(cast)
        accepts(word)
        return word

    def _withdrawn(self, cast: Cast) -> str:
        word = invited(cast)
        keeper = factory.actor(cast.administrator, clock.today())
        found = AccountInvitation.objects.get()
        actions.withdraw_invitation(actor=keeper, invitation_id=found.pk, at=clock.now())
        return word

    def _inviter_gone(self, cast: Cast) -> str:
        word = invited(cast)
        User.objects.filter(pk=cast.administrator.pk).update(is_active=False)
        return word

    def test_opens_until_the_last_instant(self, cast: Cast) -> None:
        begun = clock.now()
        word = invited(cast, at=begun)
        ends = begun + actions.GOOD_FOR
        assert queries.open_invitation(word, ends - timedelta(seconds=1)) is not None
        assert queries.open_invitation(word, ends) is None

    def test_signs_out_who_was_signed_in_before(self, cast: Cast) -> None:
        client = accepts(
            invited(cast, role=None, unit_id=None), client=factory.signed_in(cast.union)
        )
        assert "Lường Thị Thu" in entering.said(client.get("/tai-khoan/"))


class TestRenew:
    def renewed(self, cast: Cast, user: User) -> str:
        keeper = factory.actor(cast.administrator, clock.today())
        return actions.renew_access(actor=keeper, user_id=user.pk, at=clock.now())

    def test_sets_a_new_password_takes_factors_away_and_ends_sessions(self, cast: Cast) -> None:
        old = entering.signs_in(cast.secretary)
        entering.sets_up_the_app(old)
        word = self.renewed(cast, cast.secretary)
        assert entering.is_in(old)  # nothing changes before the link is opened
        client = accepts(word)
        assert not entering.is_in(old)
        assert not Authenticator.objects.filter(user=cast.secretary).exists()
        assert client.get("/")["Location"] == "/tai-khoan/lop-thu-hai"

    def test_opens_a_closed_account_again(self, cast: Cast) -> None:
        keeper = factory.actor(cast.administrator, clock.today())
        actions.close_account(actor=keeper, user_id=cast.union.pk, at=clock.now())
        assert entering.is_in(accepts(self.renewed(cast, cast.union)))

    def test_is_never_of_the_own_account(self, cast: Cast) -> None:
        with pytest.raises(actions.OwnAccount):
            self.renewed(cast, cast.administrator)

    def test_is_never_of_a_pupils_account(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school)
        with pytest.raises(User.DoesNotExist):
            self.renewed(cast, person.user)


class TestClose:
    def test_ends_the_sessions_at_once_and_opens_to_no_password(self, cast: Cast) -> None:
        client = entering.signs_in(cast.union)
        keeper = factory.signed_in(cast.administrator)
        keeper.post(f"/quan-ly-tai-khoan/{cast.union.pk}/dong")
        assert client.get("/")["Location"] == "/dang-nhap?next=/"
        sent = {"username": cast.union.username, "password": factory.PASSWORD}
        answer = Client().post("/dang-nhap", sent)
        assert "tài khoản hoặc mật khẩu" in entering.said(answer).lower()
        line = Event.objects.get(action="accounts.account_closed")
        assert (line.actor_id, line.subject_id) == (cast.administrator.pk, cast.union.pk)

    def test_is_never_of_the_own_account(self, cast: Cast) -> None:
        keeper = factory.actor(cast.administrator, clock.today())
        with pytest.raises(actions.OwnAccount):
            actions.close_account(actor=keeper, user_id=cast.administrator.pk, at=clock.now())


class TestPages:
    def test_list_accounts_and_no_pupil(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school)
        page = entering.said(factory.signed_in(cast.administrator).get("/quan-ly-tai-khoan/"))
        assert cast.secretary.name in page
        assert person.user.username not in page

    def test_show_the_link_once(self, cast: Cast) -> None:
        keeper = factory.signed_in(cast.administrator)
        sent = {"name": "Lường Thị Thu", "username": "thu", "once": "mot", "email": ""}
        page = entering.said(keeper.post("/quan-ly-tai-khoan/moi", sent))
        assert "/loi-moi/" in page
        assert "/loi-moi/" not in entering.said(keeper.get("/quan-ly-tai-khoan/"))

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"username": "có dấu"}, "Chỉ dùng chữ không dấu"),
            ({"role": "auditor"}, "Chức vụ phải gắn với đơn vị"),
            ({"username": "duclap.bithu"}, "Đã có tài khoản dùng tên đăng nhập"),
        ],
    )
    def test_say_what_is_wrong_and_keep_nothing(
        self, cast: Cast, wrong: dict[str, str], said: str
    ) -> None:
        keeper = factory.signed_in(cast.administrator)
        sent = {"name": "Lường Thị Thu", "username": "thu", "once": "mot", "email": ""} | wrong
        answer = keeper.post("/quan-ly-tai-khoan/moi", sent)
        assert answer.status_code == 422
        assert said in entering.said(answer)
        assert not AccountInvitation.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_make_one_account(self) -> None:
        cast = factory.cast()
        word = invited(cast)
        start = Barrier(2)
        ended: list[int | None] = []

        def opens(password: str) -> Callable[[], None]:
            def run() -> None:
                try:
                    start.wait(10)
                    ended.append(
                        actions.accept_invitation(word=word, password=password, at=clock.now()).pk
                    )
                except actions.MemberInvitationOver:
                    ended.append(None)
                finally:
                    connection.close()

            return run

        threads = [Thread(target=opens(word)) for word in (entering.OTHER, entering.OTHER + "2")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        made = User.objects.filter(username="moi.bithu")
        assert made.count() == 1
        assert sorted(ended, key=str) == [made.get().pk, None]


class TestAddress:
    def test_of_an_account_is_nobody_elses_and_in_lower_case(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.officer.pk).update(email="co@example.vn")
        with pytest.raises(IntegrityError):
            User.objects.filter(pk=cast.leader.pk).update(email="co@example.vn")
