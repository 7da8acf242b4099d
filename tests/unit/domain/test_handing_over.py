"""Which papers go with a file handed over, and on which day it can have left or come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.domain import handing_over
from donghanh.domain.courses import (
    CertificateBeforeCourse,
    EndsBeforeItBegins,
    NumberMissing,
    NumberTwice,
    Result,
    check_days,
    check_results,
)
from donghanh.domain.handing_over import Stand

DAY = date(2026, 7, 10)
ONE = timedelta(days=1)


class TestPapers:
    @pytest.mark.parametrize(
        ("stand", "codes"),
        [
            (Stand.SOURCED, []),
            (Stand.CONSIDERED, ["certificate", "letter"]),
            (Stand.DECIDED, ["letter"]),
            (Stand.MEMBER, ["transfer", "slip", "self_criticism"]),
        ],
    )
    def test_follow_how_far_the_road_has_come(self, stand: Stand, codes: list[str]) -> None:
        assert [paper.code for paper in handing_over.needed(stand)] == codes

    def test_of_leads_are_never_settled(self) -> None:
        unsettled = {one.code for one in handing_over.papers() if not one.cite.settled}
        assert unsettled == {"certificate", "letter"}


class TestDays:
    def test_of_sending_lie_between_agreement_and_today(self) -> None:
        handing_over.check_sent(DAY, DAY, DAY)
        with pytest.raises(handing_over.PupilNotAsked):
            handing_over.check_sent(DAY, None, DAY)
        with pytest.raises(handing_over.BeforeAgreement):
            handing_over.check_sent(DAY - ONE, DAY, DAY)
        with pytest.raises(handing_over.NotYet):
            handing_over.check_sent(DAY + ONE, DAY, DAY)

    def test_of_receipt_lie_between_sending_and_today(self) -> None:
        handing_over.check_received(DAY, DAY, DAY)
        with pytest.raises(handing_over.ReceivedBeforeSent):
            handing_over.check_received(DAY - ONE, DAY, DAY)
        with pytest.raises(handing_over.NotYet):
            handing_over.check_received(DAY + ONE, DAY, DAY)


class TestCourses:
    def test_end_on_their_first_day_at_the_earliest(self) -> None:
        check_days(DAY, DAY)
        with pytest.raises(EndsBeforeItBegins):
            check_days(DAY, DAY - ONE)

    def test_give_certificates_with_a_number_of_their_own_and_a_day_within(self) -> None:
        good = Result(1, passed=True, number="1", on=DAY)
        check_results([good, Result(2, passed=False)], DAY, ["2"])
        with pytest.raises(NumberMissing):
            check_results([Result(1, passed=True, on=DAY)], DAY, [])
        with pytest.raises(NumberTwice):
            check_results([good], DAY, ["1"])
        with pytest.raises(CertificateBeforeCourse):
            check_results([good], DAY + ONE, [])
