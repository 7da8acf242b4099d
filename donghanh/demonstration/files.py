"""Invented dossiers on their way: sent up, returned and mended; handed over when a pupil leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from donghanh.accounts.models import User
from donghanh.demonstration import days
from donghanh.demonstration.pupils import Pupil, Walkers
from donghanh.domain.acts import Destination
from donghanh.domain.whereabouts import FaultKind
from donghanh.dossiers import queries as roads
from donghanh.handover import actions as handover
from donghanh.handover import doors
from donghanh.handover.models import Handover
from donghanh.papers import actions as papers
from donghanh.papers import queries as kept

_FAULT = papers.NewFault("2-KNĐ", FaultKind.UNSEALED, "Trang 3 chưa đóng dấu giáp lai (mô phỏng).")
_ELSEWHERE = "Đảng ủy Trường Đại học (mô phỏng)"
_RECEIVER = "Văn phòng Đảng ủy (mô phỏng)"
_NEXT = timedelta(days=1)


def returned(walkers: Walkers, pupil: Pupil, on: date) -> date:
    """
    Let a dossier be sent up, returned for one paper, mended and sent again.

    Returns:
        The day the committee confirmed it the second time.
    """
    committee = pupil.school.base or pupil.school.competent
    day = on
    for step in (
        *(_sent(pupil.school.secretary), _received(committee), _returned(committee)),
        *(_sent(pupil.school.secretary), _received(committee)),
    ):
        walkers.diary.write(day, 10, _deed(walkers, pupil, step))
        day = days.on_or_after(day + _NEXT)
    return day


_Step = Callable[[Walkers, int, date, datetime], None]


def _deed(walkers: Walkers, pupil: Pupil, step: _Step) -> Callable[[date, datetime], None]:
    return lambda on, at: step(walkers, pupil.dossier_id, on, at)


def _sent(user: User) -> _Step:
    def step(walkers: Walkers, dossier_id: int, on: date, at: datetime) -> None:
        actor = walkers.stage.actor(user)
        walk = roads.walk(actor, dossier_id, on)
        papers.send_dossier(
            actor=actor,
            dossier_id=dossier_id,
            was=kept.mark(walk),
            to_unit_id=kept.ways_from(actor, walk)[0].id,
            on=on,
            at=at,
            today=on,
        )

    return step


def _received(user: User) -> _Step:
    def step(walkers: Walkers, dossier_id: int, on: date, at: datetime) -> None:
        actor = walkers.stage.actor(user)
        was = kept.mark(roads.walk(actor, dossier_id, on))
        papers.receive_dossier(actor=actor, dossier_id=dossier_id, was=was, on=on, at=at, today=on)

    return step


def _returned(user: User) -> _Step:
    def step(walkers: Walkers, dossier_id: int, on: date, at: datetime) -> None:
        actor = walkers.stage.actor(user)
        was = kept.mark(roads.walk(actor, dossier_id, on))
        papers.return_dossier(
            actor=actor,
            dossier_id=dossier_id,
            was=was,
            faults=[_FAULT],
            on=on,
            at=at,
            today=on,
        )

    return step


def leaves(walkers: Walkers, pupil: Pupil, on: date) -> None:
    """Let a pupil graduate and go to a university, which confirms that the file has come."""

    def deed(on: date, at: datetime) -> None:
        actor = walkers.stage.actor(pupil.school.secretary)
        asked: Handover = handover.begin(
            actor=actor,
            dossier_id=pupil.dossier_id,
            new=handover.Begin(
                to=Destination.INSTITUTION, to_name=_ELSEWHERE, to_place="", graduated_on=on
            ),
            at=at,
            today=on,
        )
        handover.answer(code=pupil.code, agrees=True, at=at, on=on)
        secret = handover.send(
            actor=actor,
            handover_id=asked.pk,
            on=on,
            noted=handover.Noted(),
            at=at,
            today=on,
        )
        if secret is not None:
            with doors.by_link(secret.word, secret.code):
                handover.receive_by_link(
                    word=secret.word,
                    code=secret.code,
                    receiver=_RECEIVER,
                    on=on,
                    at=at,
                    today=on,
                )

    walkers.diary.write(on, 17, deed)
