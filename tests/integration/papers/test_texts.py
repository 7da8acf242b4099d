"""Every refusal about files is told in one Vietnamese sentence that names what it knows."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from donghanh.classes import actions as classes
from donghanh.classes import texts as of_classes
from donghanh.domain import checklist, courses, handing_over, refusals, whereabouts
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.dossiers.actions import ChangedMeanwhile
from donghanh.handover import actions as handover
from donghanh.handover import texts as of_handover
from donghanh.papers import actions as papers
from donghanh.papers import texts as of_papers

DAY, LATER = date(2026, 3, 2), date(2026, 3, 5)
SENTENCES = {
    **dict.fromkeys(
        (
            checklist.NeededPaper(form="2-KNĐ"),
            checklist.PaperUnknown(),
            checklist.ValidBeforeMade(on=LATER, until=DAY),
            whereabouts.NotHere(),
            whereabouts.NotOnTheWay(),
            whereabouts.Returned(on=DAY),
            papers.NotListed(),
            papers.NowhereTo(),
            papers.BeforeLast(on=DAY, since=LATER),
            papers.FaultMissing(),
            papers.RemindBeforeSent(on=DAY),
            papers.AnsweredBeforeSent(on=DAY, sent=LATER),
            papers.AlreadyAnswered(),
            ChangedMeanwhile(),
            refusals.InFuture(on=LATER, today=DAY),
        ),
        of_papers.refusal,
    ),
    **dict.fromkeys(
        (
            courses.EndsBeforeItBegins(first=LATER, last=DAY),
            courses.CertificateBeforeCourse(on=DAY, first=LATER),
            courses.NumberMissing(),
            courses.NumberTwice(number="12/GCN"),
            courses.NotToBeSent(),
            classes.NotOnTheList(),
            classes.SettledAlready(),
            classes.NotRecorded(name="Vy", why=refusals.InFuture(on=LATER, today=DAY)),
            NotAllowed(right="hold_classes", role="union"),
        ),
        of_classes.refusal,
    ),
    **dict.fromkeys(
        (
            handing_over.ToItself(),
            handing_over.PupilNotAsked(),
            handing_over.BeforeAgreement(on=DAY, agreed_on=LATER),
            handing_over.NotYet(on=LATER, today=DAY),
            handing_over.ReceivedBeforeSent(on=DAY, sent_on=LATER),
            handing_over.RoadIsOver(status="unlisted"),
            handover.OpenAlready(),
            handover.HandoverOver(),
            handover.WithACommittee(),
            handover.LinkOver(),
            handover.WrongCode(),
            handover.ReceiverMissing(),
            handover.GraduatedLater(on=LATER),
        ),
        of_handover.refusal,
    ),
}


class TestSentences:
    @pytest.mark.parametrize("error", SENTENCES, ids=lambda error: error.code)
    def test_are_vietnamese_and_name_what_they_know(self, error: RuleError) -> None:
        with translation.override("vi"):
            said = SENTENCES[error](error)
        with translation.override(None):
            assert said != SENTENCES[error](error)
        assert "%" not in said
        for value in error.facts.values():
            if isinstance(value, date) and error.code != "handing_over.not_yet":
                assert value.strftime("%Y") in said

    def test_leave_no_refusal_of_these_rooms_out(self) -> None:
        told = {error.code for error in SENTENCES}
        known = {*of_papers.REFUSALS, *of_classes.REFUSALS, *of_handover.REFUSALS}
        assert known <= told
