"""Proves a printed report later: whether a file says what was sealed, and what in it is another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from donghanh.documents import filling, sealing
from donghanh.domain import canonical
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import packages
from donghanh.lib.unreadable import TextLayerError
from donghanh.reports.models import Consolidation, Seal
from donghanh.reports.queries import consolidating, found, seals

#: Differences told of one file; a file of another report altogether differs in every line.
MOST = 50


class NoProof(RuleError):
    """The file carries no seal and names none."""

    code: ClassVar[str] = "reports.no_proof"


class Outcome(StrEnum):
    """What a file proved to be."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """
    What a file proved to be.

    ``content`` is what was sealed, as kept here; of a seal that is not kept here nothing.
    ``differences`` are pairs of what was sealed and what the file says, "" where there is none.
    """

    outcome: Outcome
    sha256: str
    content: Mapping[str, Any]
    differences: tuple[tuple[str, str], ...]

    @property
    def head(self) -> dict[str, Any]:
        """Return whose report it is: unit, year, version, day."""
        kept = self.content
        return {
            "unit": kept.get("school", {}).get("name") or kept.get("head", {}).get("issuer", ""),
            "school_year": kept.get("school_year", ""),
            "version": kept.get("version", 0),
            "sent": kept.get("sent") or kept.get("made", ""),
        }

    @property
    def sent_date(self) -> date | None:
        """Return the day it was sent, or made."""
        told = self.head["sent"]
        return date.fromisoformat(told) if told else None


@dataclass(frozen=True, slots=True)
class Known:
    """The seals somebody may ask for: of reports and of consolidations."""

    seals: QuerySet[Seal]
    made: QuerySet[Consolidation]

    def find(self, digits: str) -> tuple[str, str]:
        """Return canonical text and digest of the seal a code or digest begins; empty without."""
        for seal in self.seals.filter(sha256__startswith=digits)[:1]:
            return seal.content, seal.sha256
        for one in self.made.filter(seal__startswith=digits)[:1]:
            return canonical.text(one.content), one.seal
        return "", ""

    def alike(self, content: Mapping[str, Any]) -> tuple[str, str]:
        """Return the seal that an altered text says it is: same report, same version."""
        report, version = content.get("report"), content.get("version")
        if not isinstance(report, int) or not isinstance(version, int):
            return "", ""
        for seal in self.seals.filter(report_id=report, version=version)[:1]:
            return seal.content, seal.sha256
        return "", ""


def known_to(actor: Actor) -> Known:
    """Return the seals an actor may ask for: of the reports in reach, and what was made of them."""
    reviews = actor.may(Right.REVIEW_REPORTS)
    return Known(
        Seal.objects.filter(report__in=found.visible_to(actor).order_by().values("pk")),
        Consolidation.objects.filter(
            Q(department_id__in=actor.units) | Q(task__in=found.asked_by(actor))
        )
        if reviews
        else Consolidation.objects.none(),
    )


def known_to_all() -> Known:
    """Return every seal that is kept, for who runs the machine."""
    return Known(Seal.objects.all(), Consolidation.objects.all())


def prove_code(code: str, known: Known) -> Proof:
    """
    Return what a code typed off a paper stands for.

    Raises:
        NoProof: It is no code.
    """
    digits = canonical.digits_of(code)
    if not digits:
        raise NoProof
    content, sha256 = known.find(digits)
    if not content:
        return Proof(Outcome.UNKNOWN, digits, {}, ())
    return Proof(Outcome.GENUINE, sha256, json.loads(content), ())


def prove(data: bytes, known: Known) -> Proof:
    """
    Return what a file proves to be: a report in Word, a filled workbook, or the text itself.

    Args:
        data: The file.
        known: The seals that may be asked for.

    Raises:
        NoProof: It carries no seal.
        TextLayerError: It cannot be read.
    """
    if not data.startswith(b"PK"):
        return _text(data, known)
    parts = packages.opened(data, {sealing.WORD, sealing.WORKBOOK}, "")
    sealed = sealing.seal_in(parts)
    if sealed is None:
        raise NoProof
    kept, sha256 = known.find(sealed.sha256) if len(sealed.sha256) == 64 else ("", "")
    if not kept:
        return _unknown(sealed.content, sealed.sha256, known)
    content = json.loads(kept)
    wrong = [] if sealed.content == kept else _values(content, _loaded(sealed.content))
    if sealing.WORD in parts:
        wrong += _lines(_paper(content, kept), data)
    else:
        wrong += _cells(content, data)
    outcome = Outcome.ALTERED if wrong or sealed.content != kept else Outcome.GENUINE
    return Proof(outcome, sha256, content, tuple(wrong[:MOST]))


def _paper(content: Mapping[str, Any], kept: str) -> bytes:
    if content["form"] == seals.FORM:
        return seals.docx_of(content, kept)
    return consolidating.docx_of(content, kept)


def _text(data: bytes, known: Known) -> Proof:
    """Prove canonical JSON: the text alone, byte for byte."""
    try:
        said = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise NoProof from error
    if "form" not in _loaded(said):
        raise NoProof
    kept, sha256 = known.find(canonical.digest(said))
    if kept:
        return Proof(Outcome.GENUINE, sha256, json.loads(kept), ())
    return _unknown(said, canonical.digest(said), known)


def _unknown(said: str, digest: str, known: Known) -> Proof:
    """Return what a text whose digest nobody keeps was made of: an altered report, or none."""
    content = _loaded(said)
    kept, sha256 = known.alike(content)
    if not kept:
        return Proof(Outcome.UNKNOWN, digest, {}, ())
    sealed = json.loads(kept)
    return Proof(Outcome.ALTERED, sha256, sealed, tuple(_values(sealed, content)[:MOST]))


def _loaded(said: str) -> Mapping[str, Any]:
    try:
        content = json.loads(said)
    except (json.JSONDecodeError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _values(sealed: Mapping[str, Any], said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return where two contents differ, in words: figures by their titles, the rest by its key."""
    wrong = []
    for key in sorted({*sealed, *said}):
        one, other = sealed.get(key), said.get(key)
        if one == other:
            continue
        if key == "figures" and _are_figures(one) and _are_figures(other):
            wrong += _figures(one, other)
        else:
            wrong.append((f"{key}: {_short(one)}", f"{key}: {_short(other)}"))
    return wrong


def _are_figures(kept: object) -> bool:
    return isinstance(kept, list) and all(
        isinstance(one, dict) and {"code", "title", "value"} <= set(one) for one in kept
    )


def _figures(sealed: Any, said: Any) -> list[tuple[str, str]]:
    other = {one["code"]: one for one in said}
    return [
        (f"{one['title']}: {one['value']}", f"{one['title']}: {found['value']}" if found else "")
        for one in sealed
        if (found := other.get(one["code"])) != one
    ]


def _short(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)[:200]


def _lines(sealed: bytes, file: bytes) -> list[tuple[str, str]]:
    """Return the lines of a paper that are another than sealed, and those put in."""
    try:
        says = sealing.lines_of(file)
    except (KeyError, ValueError, IndexError) as error:
        raise TextLayerError(name="") from error
    should = sealing.lines_of(sealed)
    return _paired(_without(should, says), _without(says, should))


def _without(lines: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the lines that are not among others, each as often as it is missing."""
    left = list(others)
    missing = []
    for line in lines:
        if line in left:
            left.remove(line)
        else:
            missing.append(line)
    return missing


def _paired(gone: list[str], new: list[str]) -> list[tuple[str, str]]:
    longest = max(len(gone), len(new))
    gone += [""] * (longest - len(gone))
    new += [""] * (longest - len(new))
    return list(zip(gone, new, strict=True))


def _cells(content: Mapping[str, Any], file: bytes) -> list[tuple[str, str]]:
    """Return the named cells of a filled workbook that say something else than was sealed."""
    if "figures" in content:
        titles = {one["code"]: one["title"] for one in content["figures"]}
        values = {one["code"]: str(one["value"]) for one in content["figures"]}
    else:
        titles = dict(zip(content["codes"], content["columns"], strict=True))
        values = dict(zip(content["codes"], map(str, content["totals"]), strict=True))
    return [
        (f"{titles[name]}: {values[name]}", f"{titles[name]}: {said}")
        for name, said in filling.values_in(file).items()
        if name in values and said != values[name]
    ]
