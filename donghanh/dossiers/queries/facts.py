"""The facts of a case that decide which way its road goes, and which of them are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain.acts import Branch
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.eligibility import STANDARDS, Verdict
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import texts
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.wording import Cite

#: The branch that each fact decides, by the fact's name.
BRANCHES = {
    "sub_committee": Branch.SUB_COMMITTEE,
    "delegated": Branch.DELEGATED,
    "by_members": Branch.MEMBERS,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the secretary or a committee says of a case.

    Attributes:
        sub_committee: A sub-committee stands between cell and base committee.
        delegated: The base committee was delegated to decide.
        by_members: Two official members introduce instead of the Union and one.
        standards: Whether each standard for pupils is met, by the name of its rule and in the order
            of the names; one that is not named is not known.
    """

    sub_committee: bool = False
    delegated: bool = False
    by_members: bool = False
    standards: tuple[tuple[str, bool], ...] = ()

    @property
    def mark(self) -> str:
        """Return the facts as a short text by which two of them are told apart."""
        told = [name for name in BRANCHES if getattr(self, name)]
        told += [f"{name}={'yes' if met else 'no'}" for name, met in self.standards]
        return ",".join(told)

    def changed_from(self, before: Facts) -> tuple[str, ...]:
        """Return the names of the facts that differ, branches first."""
        branches = [name for name in BRANCHES if getattr(self, name) != getattr(before, name)]
        mine, theirs = dict(self.standards), dict(before.standards)
        told = [name for name in STANDARDS if mine.get(name) != theirs.get(name)]
        return (*branches, *told)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of a case in words, with where it stands."""

    text: str
    state: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard a place sets for pupils, and what the cell says of it."""

    name: str
    title: str
    asks: str
    met: bool | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class SettledFact:
    """A fact that may no longer be changed, as it stands, and the step that settled it."""

    name: str
    text: str
    told: str
    step: str


@dataclass(frozen=True, slots=True)
class FactsPage:
    """The page that sets the facts of a case."""

    dossier: Dossier
    name: str
    facts: Facts
    base_committee: bool
    standards: tuple[Standard, ...]
    settled: tuple[SettledFact, ...]
    seen: int
    simulated: bool

    @property
    def fixed(self) -> frozenset[str]:
        """Return the names of the facts that may no longer be changed."""
        return frozenset(one.name for one in self.settled)


def may_set(actor: Actor) -> bool:
    """Tell whether an actor sets the facts of the cases seen."""
    return actor.may(Right.SET_FACTS)


def facts_page(actor: Actor, dossier_id: int, today: date) -> FactsPage:
    """
    Return the page that sets the facts of a case.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post sets no facts.
    """
    walk = reads.walk(actor, dossier_id, today)
    if not may_set(actor):
        raise NotAllowed(right=Right.SET_FACTS.value, role=actor.post.role.value)
    return FactsPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        facts=facts_of(walk.dossier),
        base_committee=walk.dossier.base_committee,
        standards=_standards(walk),
        settled=_settled(walk),
        seen=walk.dossier.acts_recorded,
        simulated=walk.dossier.simulated,
    )


def _settled(walk: Walk) -> tuple[SettledFact, ...]:
    """Return what is settled of a case in words; standards the place does not set are left out."""
    facts = facts_of(walk.dossier)
    told = {name: getattr(facts, name) for name in BRANCHES}
    told |= {one.name: one.met for one in _standards(walk)}
    if not walk.dossier.base_committee:
        told = {name: held for name, held in told.items() if name == "by_members" or "." in name}
    words = {True: _("Yes"), False: _("No"), None: str(texts.VERDICTS[Verdict.NOT_KNOWN])}
    return tuple(
        SettledFact(name, str(texts.FACTS[name]), words[told[name]], texts.step_title(step))
        for name, step in settled(walk).items()
        if name in told
    )


def _standards(walk: Walk) -> tuple[Standard, ...]:
    """Return the standards that the place of a case sets today."""
    told = dict(walk.dossier.standards)
    scopes = walk.road.case.at(walk.today).scopes
    found = []
    for name in STANDARDS:
        asked = walk.book.find_text(name, walk.today, scopes)
        if asked is not None:
            asks = str(texts.ASKED.get(asked.value, asked.value))
            title = str(texts.CONDITIONS[name])
            found.append(Standard(name, title, asks, told.get(name), wording.cites([asked])))
    return tuple(found)


def fact_lines(walk: Walk) -> tuple[FactLine, ...]:
    """Return the facts of a case in words: the way its road goes, and the standards of a place."""
    branches = [FactLine(str(texts.BRANCHES[one]), "plain", ()) for one in sorted(walk.branches)]
    shapes = {True: "done", False: "late", None: "waiting"}
    verdicts = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.NOT_KNOWN}
    standards = [
        FactLine(f"{one.title} – {texts.VERDICTS[verdicts[one.met]]}", shapes[one.met], one.cites)
        for one in _standards(walk)
    ]
    return (*branches, *standards)


def facts_of(dossier: Dossier) -> Facts:
    """Return the facts of a dossier as they stand."""
    return Facts(
        sub_committee=dossier.sub_committee,
        delegated=dossier.delegated,
        by_members=dossier.by_members,
        standards=tuple(sorted(dossier.standards.items())),
    )


def settled(walk: Walk) -> dict[str, Step]:
    """
    Return the facts that may no longer be changed, each with the first step that settled it.

    A branch is settled by a step it decides, or by one that comes after such a step; a standard for
    pupils by the vote at which the person is judged. A failed vote settles as well.
    """
    book = walk.book
    touched = [one.step for one in walk.road.stages if one.history or one.attempts]
    found: dict[str, Step] = {}
    for name, branch in BRANCHES.items():
        decided = _decided_by(book, branch)
        for step in touched:
            if step in decided or decided & set(book.catalogue.ancestors(step)):
                found.setdefault(name, step)
    judged = next((rule.step for rule in book.steps() if rule.judges_person), None)
    if judged is not None and walk.road.stage(judged).act is not None:
        found |= dict.fromkeys(STANDARDS, judged)
    return found


def _decided_by(book: Rulebook, branch: Branch) -> frozenset[Step]:
    """Return the steps of the road that a branch adds, leaves out or changes."""
    found = {
        rule.step
        for rule in book.catalogue.steps
        if branch in {rule.only_if, rule.never_if, *(one.when for one in rule.variants)}
    }
    return frozenset(found)
