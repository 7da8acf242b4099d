"""The main job without a browser: from a letter to the papers of its report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from donghanh.demonstration import journey, plans, scratch
from donghanh.demonstration.cohort import Member
from donghanh.demonstration.journey import Journey
from donghanh.demonstration.office import Letter
from donghanh.demonstration.plans import Plan
from donghanh.domain import letter, names, rules
from donghanh.domain.acts import Step
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Citation
from donghanh.domain.voting import COUNTS
from donghanh.dossiers.models import Act
from donghanh.lib import textlayer
from donghanh.reports import queries as reports
from donghanh.reports.models import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a walk came to.

    Attributes:
        target: Admissions the letter asked for.
        result: Admissions the accepted reports count.
        papers: The files written, in order.
        summary: A few sentences for who asked.
    """

    target: int
    result: int
    papers: tuple[Path, ...]
    summary: str


def run(path: Path, out: Path, cohort: int = 0) -> Outcome:
    """
    Walk a letter to its consolidated report with invented schools and pupils.

    Everything goes through the actions the pages use, in a database of its own that is dropped at
    the end. The same letter gives the same figures and the same papers, byte for byte.

    Args:
        path: The letter: .txt, .docx, or .pdf with text.
        out: The folder to write to; made when it is not there. Nothing is written before the whole
            walk is done.
        cohort: How many pupils of the first school walk besides, with every way a road can go.

    Raises:
        OSError: The letter cannot be read, or the folder cannot be written.
        TextLayerError: The file gives no text.
        RuleError: The text is no letter, or there is no way from it to a report; see ``plans.of``.
    """
    data = path.read_bytes()
    text = textlayer.extract(data, path.name)
    reading = letter.read(text).as_dict()
    plan = plans.of(reading)
    seed = int(hashlib.sha256(data).hexdigest()[:12], 16)
    with scratch.database():
        head, sent = journey.head_of(reading, text), Letter(path.name, data)
        walked = journey.travel(plan, head, sent, seed, cohort)
        papers = _papers(walked, plan)
        said = _said(walked, plan, reading, papers)
    out.mkdir(parents=True, exist_ok=True)
    for name, paper in papers.items():
        (out / name).write_bytes(paper)
    text = json.dumps(said, ensure_ascii=False, indent=2)
    (out / "walk.json").write_text(f"{text}\n", encoding="utf-8")
    return Outcome(
        target=said["target"]["amount"],
        result=said["target"]["result"],
        papers=tuple(out / name for name in papers),
        summary=_summary(said, plan, out),
    )


def _papers(walked: Journey, plan: Plan) -> dict[str, bytes]:
    """Return the papers by file name: each school's report, then the consolidated one."""
    officer = walked.office.stage.actor(walked.office.officer)
    found = {}
    for place, school in enumerate(walked.schools, start=1):
        report = Report.objects.get(school_id=school.unit.pk)
        slug = names.search_key(school.name).replace("(", "").replace(")", "").replace(" ", "-")
        _, docx = reports.school_docx(officer, report.pk, walked.finished)
        found[f"bao-cao-{place:02d}-{slug[:80]}.docx"] = docx
    found[f"bao-cao-tong-hop-{plan.year.key}.docx"] = walked.office.made[-1].docx
    return found


def _said(
    walked: Journey, plan: Plan, reading: dict[str, Any], papers: dict[str, bytes]
) -> dict[str, Any]:
    officer = walked.office.stage.actor(walked.office.officer)
    sheet = reports.sheet(officer, plan.year.key, walked.finished)
    return {
        "simulated": True,
        "letter": reading,
        "issued": {
            "on": plan.issued.isoformat(),
            "day_is_in_the_letter": plan.dated,
            "school_year": plan.year.key,
            "report_last_day": plan.last.isoformat(),
            "cutoff": plan.cutoff.isoformat(),
            "units": [
                {"name": name, "named_in_letter": place < plan.named, "target": share}
                for place, (name, share) in enumerate(zip(plan.schools, plan.shares(), strict=True))
            ],
        },
        "acts": [_act(act) for act in _acts()],
        "cohort": [_member(one) for one in walked.members],
        "figures": _figures(walked),
        "target": {"amount": sheet.target, "result": sheet.result},
        "papers": [
            {"file": name, "sha256": hashlib.sha256(paper).hexdigest()}
            for name, paper in papers.items()
        ],
        "rulebook": rules.load().version,
    }


def _acts() -> list[Act]:
    acts = Act.objects.select_related("dossier__school", "voids")
    return list(acts.order_by("recorded_at", "id"))


def _member(one: Member) -> dict[str, Any]:
    """Return what became of one of the cohort, by number: who it was is nobody's business."""
    consent = one.pupil.person and one.pupil.person.consents.earliest("id")
    return {
        "turn": one.turn.value,
        "unit": one.pupil.school.unit.code,
        "dossier": one.pupil.dossier_id or None,
        "agreed": consent and consent.given_date.isoformat(),
        "stopped": one.stopped_on and one.stopped_on.isoformat(),
    }


def _act(act: Act) -> dict[str, Any]:
    book = rules.load()
    return {
        "dossier": act.dossier_id,
        "number": act.number,
        "unit": act.dossier.school.code,
        "step": act.step,
        "title": _title(act, book),
        "on": act.on_date.isoformat(),
        "received": act.received_date and act.received_date.isoformat(),
        "form": act.form or None,
        "paper_number": act.paper_number or None,
        "vote": _vote(act),
        "passed": act.passed,
        "voids": act.voids and act.voids.number,
        "regime": book.regime(book.governing_day(act.on_date, act.governed_by or None)).code,
        "citations": _citations(act, book),
        "judged_by": act.judged_by,
    }


def _title(act: Act, book: Rulebook) -> str:
    """Return what an act did: the paper made, else the step or turn."""
    form = book.form(act.form, tuple(act.dossier.scopes)) if act.form else None
    if form is not None:
        return form.title_vi
    turn = book.catalogue.turn(Step(act.step))
    return book.step(Step(act.step)).title_vi if turn is None else turn.title_vi


def _citations(act: Act, book: Rulebook) -> list[dict[str, Any]]:
    """Return what an act rests on: its rules, or the documents of its regime signed by then."""
    if act.judged_by:
        shown = ("issuer", "number", "signed_on", "article", "confidence", "settled")
        found = [{key: entry[key] for key in shown} for entry in act.judged_by]
        return [one for place, one in enumerate(found) if one not in found[:place]]
    regime = book.regime(book.governing_day(act.on_date, act.governed_by or None))
    return [_cited(cite) for cite in regime.citations if cite.signed_on <= act.on_date]


def _vote(act: Act) -> dict[str, Any] | None:
    if act.official is None:
        return None
    counts = {name: getattr(act, name) for name in COUNTS}
    return counts | {"excluded_by": act.excluded_by}


def _cited(cite: Citation) -> dict[str, Any]:
    return {
        "issuer": cite.issuer,
        "number": cite.number,
        "signed_on": cite.signed_on.isoformat(),
        "article": cite.article,
        "confidence": cite.confidence.value,
        "settled": cite.settled,
    }


def _figures(walked: Journey) -> dict[str, Any]:
    """Return the figures of all units together, and of each unit, by indicator."""
    units = {}
    totals: dict[str, int] = {}
    for school in walked.schools:
        report = Report.objects.get(school_id=school.unit.pk)
        counted = reports.figures_of(report, walked.finished)
        units[school.name] = {figure.code: figure.value for figure in counted}
        for figure in counted:
            totals[figure.code] = totals.get(figure.code, 0) + figure.value
    return {"total": totals, "units": units}


def _summary(said: dict[str, Any], plan: Plan, out: Path) -> str:
    lines = [
        _("Simulated data: the schools, the pupils and everything they do are invented."),
        _("School year %(year)s: target %(target)s, result %(result)s.")
        % {"year": plan.year.key, **_counts(said)},
        _("%(units)s units reported by %(last)s; %(acts)s acts were judged by the rules.")
        % {
            "units": len(plan.schools),
            "last": f"{plan.last.day}/{plan.last.month}/{plan.last.year}",
            "acts": len(said["acts"]),
        },
        _("%(papers)s papers and walk.json are in %(folder)s.")
        % {"papers": len(said["papers"]), "folder": out},
    ]
    return "\n".join(lines)


def _counts(said: dict[str, Any]) -> dict[str, int]:
    return {"target": said["target"]["amount"], "result": said["target"]["result"]}
