"""The rows of the rulebook's lists: regimes, phases, steps, turns, clocks, forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Branch, Step
from donghanh.domain.timeline import Citation

#: The rule by which a dossier grows too old.
AGEING = "dossier.ageing"


class ClockKind(StrEnum):
    """What a clock means."""

    WAIT = "wait"  # nothing may happen up to and including the last day
    WINDOW = "window"  # something may happen from the first to the last day only
    DUE = "due"  # something must happen by the last day
    EXPIRY = "expiry"  # something is no longer good after the last day


class Start(StrEnum):
    """What day a clock starts on."""

    ACT = "act"  # the day of the act
    RECEIVED = "received"  # the day the decision was received, or as the rule of its start says
    PROBATION_END = "probation_end"
    DOSSIER = "dossier"  # the day the dossier was opened, or made anew


@dataclass(frozen=True, slots=True)
class Regime:
    """
    One set of regulations and guidance, from a day on.

    Attributes:
        code: ``R0`` to ``R5``.
        since: First day (for a lead, the day of signing).
        citations: Regulation first, then guidance and manual.
        title_vi: Title for people.
        title: English gloss.
        settled: Whether its dates were read in the text itself or compared with it.
        edition: Number of the amendment that brought it; 0 for what was shipped.
    """

    code: str
    since: date
    citations: tuple[Citation, ...]
    title_vi: str
    title: str
    settled: bool
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the road that people speak of as one."""

    code: str
    title: str
    title_vi: str


@dataclass(frozen=True, slots=True)
class ClockRule:
    """
    A clock that a rule sets.

    Attributes:
        rule: Name of the rule that sets its length.
        kind: What it means.
        steps: The steps it belongs to; the first is the awaited one.
        starts: Step whose act starts it.
        start: On which day.
        ends: Step whose act ends it; for a due the awaited step itself.
        forms: Forms whose papers end it; empty when an act does.
        extension: Name of the rule that allows more time, if any.
        by_consent: A committee may allow more time without a rule that says how much.
        consequence_vi: What follows when it is missed.
    """

    rule: str
    kind: ClockKind
    steps: tuple[Step, ...]
    starts: Step
    start: Start
    ends: Step
    forms: tuple[str, ...]
    extension: str | None
    by_consent: bool
    consequence_vi: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What differs of a step on a branch; None where nothing does, an empty rule for no vote."""

    when: Branch
    threshold: str | None = None
    vote: str | None = None
    decides: bool | None = None
    body_vi: str | None = None


@dataclass(frozen=True, slots=True)
class StepRule:
    """
    One step as the rulebook has it.

    Attributes:
        step: Which.
        order: From 1.
        row: Its number in the description of the procedure.
        phase: Code of its phase.
        papers: True when it is done by papers; False when one act does it.
        actor: Role code of who records it.
        title: English gloss.
        title_vi: Vietnamese title.
        short_vi: Vietnamese title where room is scarce.
        body_vi: The body that does it, in Vietnamese.
        form: Central form its act leaves, if any.
        after: Steps that come before it.
        only_if: Branch without which it is skipped.
        never_if: Branch with which it is skipped.
        only_where: Name of a yes-or-no rule without which it is skipped.
        blocks: False when the road goes on without it.
        lapses_with: Step that makes it moot once done.
        repeats: May be done any number of times.
        threshold: Name of the voting rule, if it is a vote.
        minimum: Name of the rule for the smallest body that may act.
        attempts: Name of the rule for how often its vote may fail.
        vote: ``required``, ``optional`` or ``none``.
        decides: Done by the competent committee, never by the base committee below it.
        ends_at_graduation: Not at the old school after the graduation decision.
        judges_person: The conditions are judged at this step.
        redo_when_aged: To be done again when the dossier is too old.
        redone_with: To be done again once that step has been, because it had run out.
        falls: Steps whose acts fall when an act of this step is declared invalid.
        variants: What differs on a branch.
        cite: Where the step was read.
    """

    step: Step
    order: int
    row: int
    phase: str
    papers: bool
    actor: str
    title: str
    title_vi: str
    short_vi: str
    body_vi: str
    form: str | None
    after: tuple[Step, ...]
    only_if: Branch | None
    never_if: Branch | None
    only_where: str | None
    blocks: bool
    lapses_with: Step | None
    repeats: bool
    threshold: str | None
    minimum: str | None
    attempts: str | None
    vote: str
    decides: bool
    ends_at_graduation: bool
    judges_person: bool
    redo_when_aged: bool
    redone_with: Step | None
    falls: tuple[Step, ...]
    variants: tuple[Variant, ...]
    cite: Citation

    def __hash__(self) -> int:
        """Hash by the step; the rest follows from it."""
        return hash((self.step, self.threshold))

    def on(self, branches: frozenset[Branch]) -> StepRule:
        """Return the step as it is done on some branches."""
        rule = self
        for variant in self.variants:
            if variant.when in branches:
                rule = _varied(rule, variant)
        return rule

    def skipped_on(self, branches: frozenset[Branch]) -> bool:
        """Tell whether the branches leave the step out."""
        missing = self.only_if is not None and self.only_if not in branches
        return missing or self.never_if in branches


def _varied(rule: StepRule, variant: Variant) -> StepRule:
    threshold = rule.threshold if variant.threshold is None else variant.threshold or None
    return replace(
        rule,
        threshold=threshold,
        vote=variant.vote or rule.vote,
        decides=rule.decides if variant.decides is None else variant.decides,
        body_vi=variant.body_vi or rule.body_vi,
    )


@dataclass(frozen=True, slots=True)
class TurnRule:
    """
    What may happen beside the road and turns it.

    Attributes:
        step: Which.
        actor: Role code of who records it.
        title: English gloss.
        title_vi: Vietnamese title.
        body_vi: The body that does it, in Vietnamese.
        after: Steps that must have been done.
        before: Steps none of which may have been done.
        undoes: Steps whose earlier acts no longer count.
        skips: Steps that are left out from then on.
        names_rule: It says which rule it allows more time for, and until when.
        needs_failed: Step whose votes must have failed as often as the rules allow.
        ends: Nothing follows.
        cite: Where it was read.
    """

    step: Step
    actor: str
    title: str
    title_vi: str
    body_vi: str
    after: tuple[Step, ...]
    before: tuple[Step, ...]
    undoes: tuple[Step, ...]
    skips: tuple[Step, ...]
    names_rule: bool
    needs_failed: Step | None
    ends: bool
    cite: Citation


@dataclass(frozen=True, slots=True)
class FormRule:
    """
    One form of the catalogue.

    Attributes:
        key: Identifier; the number as written, unless two places use one number for two things.
        code: Number as written (``1-KNĐ``).
        title: English gloss.
        title_vi: Title as the rules write it.
        signer_vi: Who signs.
        step: Step that asks for it or leaves it.
        is_act: True when the step itself leaves it; False when it is a paper of its own.
        required: Whether the step cannot go on without it.
        instead_of: Number it is printed in place of, and answers for.
        when: Branch on which it is.
        choice: Taken where people choose it; never by itself.
        never_if: Branch on which it is not asked for.
        copies_when: Branch on which more than one is asked for.
        copies_rule: Name of the rule that says how many.
        actor: Role code of who may record it beside the actor of the step.
        not_later_than: Form it may not be dated after.
        opens_dossier: The dossier's age is counted from it.
        redo_when_aged: To be made again when the dossier is too old.
        validity: Name of the rule after which it is no longer good.
        place: Its place in the dossier: part and number; empty when it is kept for reference only.
        scope: ``central`` or the local scope whose form it is.
        cite: Where it was read.
    """

    key: str
    code: str
    title: str
    title_vi: str
    signer_vi: str
    step: Step
    is_act: bool
    required: bool
    instead_of: str | None
    when: Branch | None
    choice: bool
    never_if: Branch | None
    copies_when: Branch | None
    copies_rule: str | None
    actor: str | None
    not_later_than: str | None
    opens_dossier: bool
    redo_when_aged: bool
    validity: str | None
    place: str
    scope: str
    cite: Citation

    def __hash__(self) -> int:
        """Hash by the identifier; the rest follows from it."""
        return hash(self.key)

    @property
    def answers_for(self) -> str:
        """Return the number it counts as."""
        return self.instead_of or self.code
