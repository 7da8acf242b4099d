"""The main job without a browser: a letter in, the papers of its report out."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from donghanh.config import places
from donghanh.demonstration import letters, plans, texts, walk
from donghanh.domain import assignment
from donghanh.domain.errors import RuleError
from donghanh.organisation.models import Unit
from tests.integration.demonstration import letters as ours

#: The real letter lies beside the checkout where it may be used; it is never kept with the code.
_REAL = places.ROOT.parent / "shared" / "inputs" / "dispatch.txt"

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Walked:
    """One walk and what it wrote."""

    outcome: walk.Outcome
    said: dict[str, Any]
    folder: Path

    @property
    def consolidated(self) -> str:
        """Return the text of the consolidated paper, tables included."""
        found = docx.Document(io.BytesIO(self.outcome.papers[-1].read_bytes()))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(line.text for line in found.paragraphs), *cells])


def _letter(folder: Path, name: str) -> Path:
    """Return the letter of a test as a file."""
    if name == "department" and _REAL.exists():
        return _REAL
    known = {
        "department": letters.text_of("dak-nong-2024.txt"),
        "union": ours.UNION_2020.encode(),
        "party": ours.PARTY_2025.encode(),
    }
    path = folder / f"{name}.txt"
    path.write_bytes(known[name])
    return path


@pytest.fixture(scope="module", params=["department", "union", "party"])
def walked(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Walked]:
    """Walk one letter, once for all tests that look at it."""
    folder = tmp_path_factory.mktemp(request.param)
    with django_db_blocker.unblock():
        outcome = walk.run(_letter(folder, request.param), folder / "out")
        connection.close()
    said = json.loads((folder / "out" / "walk.json").read_text(encoding="utf-8"))
    yield Walked(outcome, said, folder / "out")


class TestRun:
    def test_meets_the_target_by_counting_ceremonies(self, walked: Walked) -> None:
        asked = {"2023-2024": 2, "2020-2021": 5, "2025-2026": 3}
        year = walked.said["issued"]["school_year"]
        assert walked.said["target"] == {"amount": asked[year], "result": walked.outcome.result}
        cutoff = walked.said["issued"]["cutoff"]
        held = {
            act["dossier"]
            for act in walked.said["acts"]
            if act["step"] == "admitted" and act["passed"] and act["on"] <= cutoff
        }
        assert walked.outcome.result == len(held) == asked[year]

    def test_counts_neither_a_failed_vote_nor_a_decision_that_waits(self, walked: Walked) -> None:
        total = walked.said["figures"]["total"]
        assert (total["cell_failed"], total["awaiting_ceremony"]) == (1, 1)
        assert total["decided"] == total["admitted"] + 1
        assert total["introduced"] == total["admitted"] + 3

    def test_sums_the_units_to_the_total(self, walked: Walked) -> None:
        figures = walked.said["figures"]
        for code, value in figures["total"].items():
            assert value == sum(unit[code] for unit in figures["units"].values())

    def test_cites_for_every_act_documents_that_were_signed_by_then(self, walked: Walked) -> None:
        for act in walked.said["acts"]:
            assert act["citations"], act
            signed = [cite["signed_on"] for cite in act["citations"] if cite["confidence"] != "N"]
            assert all(day <= act["on"] for day in signed), act

    def test_judges_by_the_regime_of_the_day(self, walked: Walked) -> None:
        regimes = {act["regime"] for act in walked.said["acts"]}
        expected = {"2023-2024": {"R1"}, "2020-2021": {"R0"}, "2025-2026": {"R3"}}
        assert regimes == expected[walked.said["issued"]["school_year"]]

    def test_gives_the_counts_of_every_vote(self, walked: Walked) -> None:
        votes = [act for act in walked.said["acts"] if act["step"] == "cell_voted"]
        assert votes
        for act in votes:
            vote = act["vote"]
            needed = -(-2 * (vote["official"] - vote["excluded"]) // 3)
            assert act["passed"] == (vote["favour"] >= needed)
            assert vote["excluded"] == sum(vote["excluded_by"].values())

    def test_walks_the_whole_road_to_the_ceremony(self, walked: Walked) -> None:
        done = {act["step"] for act in walked.said["acts"] if act["form"] is None}
        assert done >= {
            *("sourced", "introduced", "listed", "challenged", "sent_to_class", "trained"),
            *("asked", "allowed", "verification_sent", "verified", "cell_voted", "decided"),
            "admitted",
        }
        made = {act["form"] for act in walked.said["acts"] if act["step"] == "papers"}
        assert made == {"1-KNĐ", "2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ"}

    def test_writes_papers_whose_digests_it_names(self, walked: Walked) -> None:
        for paper, path in zip(walked.said["papers"], walked.outcome.papers, strict=True):
            assert path.name == paper["file"]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == paper["sha256"]
        written = {path.name for path in walked.folder.iterdir()}
        assert written == {*(paper["file"] for paper in walked.said["papers"]), "walk.json"}

    def test_prints_target_and_result_on_the_consolidated_paper(self, walked: Walked) -> None:
        amount = walked.said["target"]["amount"]
        line = f"Chỉ tiêu giao: {amount:02d}; kết quả thực hiện: {walked.outcome.result:02d}"
        assert line in walked.consolidated
        assert all(_marked(path) for path in walked.outcome.papers)

    def test_names_no_pupil_on_any_paper_and_nowhere_else(self, walked: Walked) -> None:
        text = json.dumps(walked.said["acts"], ensure_ascii=False)
        assert "full_name" not in text
        assert set(walked.said["acts"][0]) == {
            *("dossier", "number", "unit", "step", "title", "on", "received", "form", "voids"),
            *("paper_number", "vote", "passed", "regime", "citations", "judged_by"),
        }

    def test_says_in_a_few_sentences_what_came_out(self, walked: Walked) -> None:
        assert "Dữ liệu mô phỏng" in walked.outcome.summary
        assert str(walked.outcome.target) in walked.outcome.summary


def _marked(path: Path) -> bool:
    """Tell whether every page of a paper says that it is simulated."""
    found = docx.Document(io.BytesIO(path.read_bytes()))
    heads = [line.text for part in found.sections for line in part.header.paragraphs]
    first = [line.text for part in found.sections for line in part.first_page_header.paragraphs]
    return any("MÔ PHỎNG" in text for text in (*heads, *first))


@pytest.mark.django_db
class TestRunAgain:
    def test_gives_the_same_bytes_and_leaves_no_database_and_no_data_behind(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "letter.txt"
        path.write_bytes(letters.text_of("dak-nong-2024.txt"))
        first = walk.run(path, tmp_path / "first")
        second = walk.run(path, tmp_path / "second")
        names = [paper.name for paper in first.papers] + ["walk.json"]
        assert [(tmp_path / "first" / name).read_bytes() for name in names] == [
            (tmp_path / "second" / name).read_bytes() for name in names
        ]
        assert second.result == 2
        assert not Unit.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_database WHERE datname LIKE %s",
                [f"donghanh_walk_{os.getpid()}%"],
            )
            assert cursor.fetchone() == (0,)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "refusal", "words"),
        [
            (ours.WITHOUT_TARGET, assignment.NoTarget, "chỉ tiêu"),
            (ours.WITHOUT_REPORT, plans.NoReportDue, "báo cáo"),
            (ours.BEFORE_THE_RULES, plans.NoRules, "25/7/2016"),
        ],
    )
    def test_come_before_anything_is_written(
        self, tmp_path: Path, text: str, refusal: type[RuleError], words: str
    ) -> None:
        path = tmp_path / "letter.txt"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(refusal) as refused:
            walk.run(path, tmp_path / "out")
        assert words in texts.refusal(refused.value)
        assert not (tmp_path / "out").exists()


class TestPlan:
    def test_gives_the_first_share_to_the_unit_the_letter_names(self) -> None:
        plan = plans.of(_reading(units=["trường THPT chuyên Sao Khuê"]))
        assert plan.schools[0] == "Trường THPT chuyên Sao Khuê (mô phỏng)"
        assert plan.shares() == (2, 0, 0)

    def test_shares_among_all_where_none_is_named(self) -> None:
        assert plans.of(_reading(units=[])).shares() == (1, 1)

    def test_assumes_a_working_day_where_the_letter_leaves_the_day_blank(self) -> None:
        plan = plans.of(_reading(date="2024-02"))
        assert (plan.issued, plan.dated) == (date(2024, 2, 15), False)

    def test_counts_no_day_after_the_school_year(self) -> None:
        plan = plans.of(_reading(duties=[_duty("2024-09-15")]))
        assert (plan.last, plan.cutoff) == (date(2024, 9, 15), date(2024, 7, 31))

    @pytest.mark.parametrize("due", ["2023-06-10", "2024-01-05"])
    def test_refuses_a_report_due_before_the_year_or_before_the_letter(self, due: str) -> None:
        with pytest.raises(plans.DueOutsideYear):
            plans.of(_reading(duties=[_duty(due)]))

    def test_refuses_a_letter_that_belongs_to_no_year(self) -> None:
        target = {"amount": 2, "kind": "at_least", "bound": "at_least", "what": "kết nạp"}
        with pytest.raises(plans.NoYear):
            plans.of(
                _reading(date=None, duties=[_duty("--06-10")], targets=[target | {"year": None}])
            )


def _duty(due: str) -> dict[str, Any]:
    return {"text": "Báo cáo kết quả", "due": due, "recurs": None, "before": False}


def _reading(**changes: Any) -> dict[str, Any]:
    target = {
        "amount": 2,
        "kind": "at_least",
        "bound": "at_least",
        "what": "kết nạp",
        "year": "2023-2024",
    }
    usual: dict[str, Any] = {
        "date": "2024-02-20",
        "units": [],
        "targets": [target],
        "duties": [_duty("2024-06-10")],
    }
    return usual | changes
