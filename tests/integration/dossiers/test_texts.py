"""Every refusal that can reach these rooms has its sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.functional import Promise

import donghanh.domain
from donghanh.domain import refusals as refusals_of_the_domain
from donghanh.domain import rules, voting
from donghanh.domain.acts import Branch
from donghanh.domain.eligibility import STANDARDS
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.voting import Exclusion
from donghanh.dossiers import actions, texts
from donghanh.people import actions as people
from donghanh.people import texts as consent

#: Rules of other rooms: letters, reports, targets, files, meetings, requests, the rulebook.
_ELSEWHERE = {
    *("accompanying", "activities", "checklist", "courses", "handing_over", "moving_up", "rating"),
    *("sending", "sitting"),
    *("amending", "assignment", "drafting", "figures", "indicators", "letter", "library"),
    *("numbering", "opening", "practices", "publishing"),
    *("reorganisation", "requests", "signing", "structure", "succession", "targets"),
}
#: Why a rulebook cannot be built at all; the room of amendments speaks of that.
_OF_THE_RULEBOOK = ("donghanh.domain.reading", "donghanh.domain.tables", "donghanh.domain.contents")
_HERE = {**texts.REFUSALS, **consent.REFUSALS}

BOOK = rules.load()
DAY, LATER = date(2024, 2, 5), date(2024, 6, 10)
_LIMIT = BOOK.find_number("recognition.failed_votes", DAY)
#: Refusals with facts as the rules give them.
_SAMPLES = (
    refusals_of_the_domain.Expired(
        step=Step.RECOGNISED, expired=Step.RECOGNITION_VOTED, last_day=DAY, entry=_LIMIT
    ),
    refusals_of_the_domain.OnTheWay(on=LATER, since=DAY),
    refusals_of_the_domain.RoadEnded(status=RoadStatus.DELETED.value),
    refusals_of_the_domain.MustBeAnnulled(on=DAY, from_day=LATER, entry=_LIMIT),
    refusals_of_the_domain.TurnTooLate(step=Step.UNLISTED, done=Step.DECIDED),
    refusals_of_the_domain.VotesNotExhausted(step=Step.RECOGNITION_VOTED, attempts=1, entry=_LIMIT),
    refusals_of_the_domain.VotesExhausted(step=Step.RECOGNITION_VOTED, attempts=3, entry=_LIMIT),
    refusals_of_the_domain.NothingToExtend(rule="admission.decision", until=DAY),
    refusals_of_the_domain.ExtensionTooLong(
        rule="admission.decision", until=LATER, longest=DAY, entry=_LIMIT
    ),
    refusals_of_the_domain.Contradiction(step="graduated", on=DAY, previous="born", since=LATER),
    refusals_of_the_domain.Contradiction(
        step=Step.ADMITTED, on=DAY, previous=Step.DECIDED, since=LATER
    ),
    refusals_of_the_domain.ConditionNotMet(on=DAY, condition="pupil.conduct", entry=None),
    refusals_of_the_domain.StepNotAllowed(step=Step.APPRAISED, missing=None),
    voting.ExclusionsDisagree(told=1, excluded=2),
    voting.ExclusionReasonMissing(excluded=2, entry=_LIMIT),
    voting.ExclusionNotAllowed(reason="exempt", excluded=1, entry=_LIMIT),
    actions.BranchSettled(fact="delegated", step=Step.BASE_VOTED),
    actions.BranchSettled(fact="pupil.study", step=Step.CELL_VOTED),
    actions.NoBaseCommittee(),
    actions.RegimeReasonMissing(),
)


def refusals(kind: type[RuleError] = RuleError) -> Iterator[type[RuleError]]:
    """Yield the refusals of the domain and of these two rooms."""
    for found in pkgutil.walk_packages(donghanh.domain.__path__, "donghanh.domain."):
        importlib.import_module(found.name)
    rooms = ("donghanh.domain.", actions.__name__, people.__name__)
    for each in kind.__subclasses__():
        if each.__module__.startswith(rooms) and each.code != "rule":
            yield each
        yield from refusals(each)


class TestSentences:
    def test_exist_for_every_refusal_that_can_reach_these_rooms(self) -> None:
        codes = {each.code for each in refusals()}
        needed = {
            each.code
            for each in refusals()
            if each.code.split(".")[0] not in _ELSEWHERE
            and not each.__module__.startswith(_OF_THE_RULEBOOK)
        }
        assert needed - set(_HERE) == set()
        assert set(_HERE) - codes == set()

    @pytest.mark.parametrize("code", sorted(_HERE))
    def test_are_written_in_vietnamese(self, code: str) -> None:
        with translation.override("vi"):
            spoken = str(_HERE[code])
        with translation.override(None):
            assert spoken != str(_HERE[code])

    def test_write_days_steps_and_lists_as_people_do(self) -> None:
        error = refusals_of_the_domain.BeforePrevious(
            step=Step.LISTED, on=date(2024, 2, 5), previous=Step.INTRODUCED, since=date(2024, 6, 10)
        )
        with translation.override("vi"):
            told = texts.refusal(error)
        assert "05/02/2024" in told
        assert "10/6/2024" in told
        assert "Đoàn giới thiệu đoàn viên ưu tú" in told

    @pytest.mark.parametrize("on", [date(2024, 2, 5), None])
    @pytest.mark.parametrize("last_day", [date(2024, 1, 5), None])
    def test_tell_a_missing_certificate_from_an_expired_one(
        self, on: date | None, last_day: date | None
    ) -> None:
        if on is None and last_day is None:
            return  # what was never there is always asked about for a day
        refused = refusals_of_the_domain.CertificateExpired(on=on, last_day=last_day)
        assert not re.search("None|—", texts.refusal(refused))

    @pytest.mark.parametrize("refused", _SAMPLES, ids=lambda each: each.code)
    def test_name_what_happened_in_words_and_no_code(self, refused: RuleError) -> None:
        with translation.override("vi"):
            told = texts.refusal(refused)
        assert told
        assert not re.search(r"None|—|[a-z]+_[a-z]+|[a-z]+\.[a-z]+|%\(", told), told


class TestLabels:
    """Whatever a page can name has a name in Vietnamese."""

    @pytest.mark.parametrize(
        "labels",
        [
            texts.BRANCHES,
            texts.EXCLUSIONS,
            texts.CONDITIONS,
            texts.FACTS,
            texts.ASKED,
            texts.ROAD_STATUSES,
            texts.VERDICTS,
            texts.STATES,
            texts.OWN_STEPS,
        ],
    )
    def test_are_written_in_vietnamese(self, labels: Mapping[Any, Promise]) -> None:
        for label in labels.values():
            with translation.override("vi"):
                spoken = str(label)
            with translation.override(None):
                assert spoken != str(label)

    def test_leave_nothing_out(self) -> None:
        assert set(texts.BRANCHES) == set(Branch)
        assert set(texts.EXCLUSIONS) == set(Exclusion)
        assert set(texts.ROAD_STATUSES) == set(RoadStatus)
        assert {rule.step for rule in BOOK.steps()} <= set(texts.OWN_STEPS)
        assert {"age", "lower_secondary", "union_member", "certificate", *STANDARDS} == set(
            texts.CONDITIONS
        )
        asked = {entry.value for entry in BOOK.entries() if entry.name in STANDARDS}
        assert asked <= set(texts.ASKED)

    def test_name_every_step_turn_and_phase(self) -> None:
        titles = [texts.step_title(step) for step in Step]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        assert all(phase.title_vi for phase in BOOK.phases())
