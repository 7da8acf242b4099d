"""A cohort of two hundred of one school: every branch is walked, and every figure counted again."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from donghanh.demonstration import letters, walk

COUNT = 200
#: The school of the cohort, as the walk codes it.
UNIT = "dh-truong1"
Act = dict[str, Any]

pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Told:
    """
    What a walk wrote down of one school, read without a rule of ours.

    ``acts`` are the valid acts of each dossier up to the cut-off, in their order.
    """

    said: dict[str, Any]
    since: str = field(init=False)
    cutoff: str = field(init=False)
    acts: dict[int, list[Act]] = field(init=False)
    stopped: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.cutoff = self.said["issued"]["cutoff"]
        self.since = f"{self.said['issued']['school_year'][:4]}-08-01"
        here = [act for act in self.said["acts"] if act["unit"] == UNIT]
        void = {(act["dossier"], act["voids"]) for act in here if act["voids"]}
        self.acts = defaultdict(list)
        for act in here:
            valid = not act["voids"] and (act["dossier"], act["number"]) not in void
            if valid and act["on"] <= self.cutoff:
                self.acts[act["dossier"]].append(act)
        self.stopped = {
            one["dossier"]: one["stopped"]
            for one in self.said["cohort"]
            if one["dossier"] and one["stopped"]
        }

    @property
    def figures(self) -> dict[str, int]:
        """Return what the school's report says."""
        (first, *_) = self.said["issued"]["units"]
        found: dict[str, int] = self.said["figures"]["units"][first["name"]]
        return found

    def ever(self, dossier: int, step: str) -> list[Act]:
        return [act for act in self.acts[dossier] if act["step"] == step and act["passed"]]

    def this_year(self, step: str) -> int:
        """Count the dossiers in which a step was done from the first day of the school year on."""
        return sum(
            any(act["on"] >= self.since for act in self.ever(dossier, step))
            for dossier in self.acts
        )

    def waiting(self, step: str, before: str) -> int:
        """Count the dossiers in which a step was done, another not, and nobody stopped by then."""
        return sum(
            bool(self.ever(dossier, step))
            and not self.ever(dossier, before)
            and self.stopped.get(dossier, "9999") > self.cutoff
            for dossier in self.acts
        )

    def before(self, dossier: int, step: str) -> bool:
        """Tell whether a step was done before the first day of the school year."""
        return any(act["on"] < self.since for act in self.ever(dossier, step))

    def on_list_before(self) -> int:
        """Count who was on the list when the school year began: neither out, admitted nor gone."""
        return sum(
            self.before(dossier, "listed")
            and not self.before(dossier, "unlisted")
            and not self.before(dossier, "admitted")
            and self.stopped.get(dossier, "9999") >= self.since
            for dossier in self.acts
        )

    def decided_before(self, *, waiting: bool) -> int:
        """Count who was decided on in an earlier year: who waits still, or was admitted this."""
        return sum(
            self.before(dossier, "decided")
            and not self.before(dossier, "admitted")
            and bool(self.ever(dossier, "admitted")) is not waiting
            for dossier in self.acts
        )

    def expiring(self) -> int:
        """Count who waits for the vote with a certificate older than four and a half years."""
        old = f"{int(self.cutoff[:4]) - 5}{self.cutoff[4:]}"
        return sum(
            any(act["on"][:4] <= old[:4] for act in self.ever(dossier, "trained"))
            and not self.ever(dossier, "cell_voted")
            for dossier in self.acts
        )

    def turned(self, turn: str) -> int:
        """Count the pupils of a branch."""
        return sum(one["turn"] == turn for one in self.said["cohort"])

    def failed(self) -> int:
        """Count the dossiers with a cell's vote that did not carry this year, and none that did."""
        return sum(
            any(
                act["step"] == "cell_voted" and not act["passed"] and act["on"] >= self.since
                for act in acts
            )
            and not self.ever(dossier, "cell_voted")
            for dossier, acts in self.acts.items()
        )

    def taking_part(self) -> int:
        """Count who had agreed by the cut-off and not stopped; others of the school all agreed."""
        members = [
            one
            for one in self.said["cohort"]
            if one["agreed"] and one["agreed"] <= self.cutoff
            if not one["stopped"] or one["stopped"] > self.cutoff
        ]
        cohort = {one["dossier"] for one in self.said["cohort"]}
        return len(members) + len(set(self.acts) - cohort)


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Told]:
    """Walk the department's letter with a cohort, once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("cohort")
    letter = folder / "letter.txt"
    letter.write_bytes(letters.text_of("dak-nong-2024.txt"))
    with django_db_blocker.unblock():
        walk.run(letter, folder / "out", COUNT)
        connection.close()
    yield Told(json.loads(Path(folder / "out" / "walk.json").read_text(encoding="utf-8")))


class TestCohort:
    def test_walks_every_branch(self, told: Told) -> None:
        turns = Counter(one["turn"] for one in told.said["cohort"])
        assert sum(turns.values()) == COUNT
        assert turns == {
            "smooth": 30,
            "waiting": 60,
            "declined": 20,
            "redone": 10,
            "failed": 10,
            "withdrew": 10,
            "aged": 10,
            "failed_first": 10,
            "withdrew_early": 10,
            "withdrew_late": 10,
            "returned": 10,
            "graduated": 10,
        }

    def test_leaves_nothing_of_who_declined(self, told: Told) -> None:
        declined = [one for one in told.said["cohort"] if one["turn"] == "declined"]
        assert all(one["dossier"] is one["agreed"] is one["stopped"] is None for one in declined)

    def test_brings_each_branch_where_it_leads(self, told: Told) -> None:
        ends = defaultdict(set)
        for one in told.said["cohort"]:
            if one["dossier"]:
                passed = {act["step"] for act in told.acts[one["dossier"]] if act["passed"]}
                ends[one["turn"]].add("admitted" in passed)
        assert ends == {
            **{turn: {True} for turn in ("smooth", "redone", "aged", "failed_first", "returned")},
            **{
                turn: {False}
                for turn in (*("waiting", "failed", "withdrew", "withdrew_late", "graduated"),)
            },
        }

    def test_makes_the_papers_of_an_aged_dossier_again(self, told: Told) -> None:
        aged = [one["dossier"] for one in told.said["cohort"] if one["turn"] == "aged"]
        for dossier in aged:
            made = [act["on"] for act in told.acts[dossier] if act["form"] == "2-KNĐ"]
            (vote,) = told.ever(dossier, "cell_voted")
            assert len(made) == 2
            assert made[0][:4] < vote["on"][:4] or made[0] < made[1]

    def test_stops_all_work_for_who_stopped(self, told: Told) -> None:
        for dossier, day in told.stopped.items():
            assert max(act["on"] for act in told.acts[dossier]) <= day


class TestFigures:
    """Each figure of the school's report, counted a second time from the acts alone."""

    STEPS = (
        *("introduced", "parents_heard", "listed", "unlisted", "sent_to_class", "trained"),
        *("allowed", "decided", "admitted", "recognised", "deleted", "annulled"),
    )

    @pytest.mark.parametrize("step", STEPS)
    def test_of_a_step_counts_who_did_it_this_year(self, told: Told, step: str) -> None:
        assert told.figures[step] == told.this_year(step)

    def test_of_those_who_take_part(self, told: Told) -> None:
        assert told.figures["taking_part"] == told.taking_part()

    def test_of_votes(self, told: Told) -> None:
        assert told.figures["cell_passed"] == told.this_year("cell_voted")
        assert told.figures["cell_failed"] == told.failed()
        assert told.figures["proposed"] == told.this_year("base_voted")

    def test_of_helpers_follow_the_list(self, told: Told) -> None:
        assert told.figures["helped"] == told.this_year("listed")

    def test_of_those_who_wait(self, told: Told) -> None:
        assert told.figures["under_verification"] == told.waiting("verification_sent", "verified")
        assert told.figures["awaiting_ceremony"] == told.waiting("decided", "admitted")

    def test_of_what_is_late_are_none(self, told: Told) -> None:
        late = ("ceremony_overdue", "recognised_late", "dossier_aged")
        assert {code: told.figures[code] for code in late} == dict.fromkeys(late, 0)

    def test_of_those_on_the_list_before(self, told: Told) -> None:
        assert told.figures["on_list_before"] == told.on_list_before() > 0

    def test_of_decisions_carried_over(self, told: Told) -> None:
        assert told.figures["admitted_from_earlier"] == told.decided_before(waiting=False)
        assert told.figures["awaiting_from_earlier"] == told.decided_before(waiting=True)

    def test_of_certificates_about_to_end(self, told: Told) -> None:
        assert told.figures["certificate_expiring"] == told.expiring()

    def test_of_files_that_went_on(self, told: Told) -> None:
        gone = told.turned("graduated")
        assert told.figures["moved_on"] == told.figures["moved_confirmed"] == gone > 0
        nobody = ("moved_home", "member_moved", "member_move_confirmed")
        assert {code: told.figures[code] for code in nobody} == dict.fromkeys(nobody, 0)

    def test_of_recognitions_in_time_are_all_but_the_late(self, told: Told) -> None:
        late = told.figures["recognised_late"]
        assert told.figures["recognised_in_time"] == told.this_year("recognised") - late

    def test_are_all_counted_here(self, told: Told) -> None:
        counted = {
            *self.STEPS,
            *("taking_part", "cell_passed", "cell_failed", "proposed", "helped"),
            *("under_verification", "awaiting_ceremony"),
            *("ceremony_overdue", "recognised_late", "dossier_aged", "recognised_in_time"),
            *("on_list_before", "admitted_from_earlier", "awaiting_from_earlier"),
            *("certificate_expiring", "moved_home", "moved_on", "moved_confirmed"),
            *("member_moved", "member_move_confirmed"),
        }
        assert set(told.figures) == counted

    def test_are_not_all_nought(self, told: Told) -> None:
        assert sum(value > 0 for value in told.figures.values()) >= 13
