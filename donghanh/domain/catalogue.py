"""What the rulebook lists beside its values: regimes, steps, forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain.acts import Step
from donghanh.domain.timeline import Citation


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
    """

    code: str
    since: date
    citations: tuple[Citation, ...]
    title_vi: str
    title: str
    settled: bool


@dataclass(frozen=True, slots=True)
class DueRule:
    """
    A clock a step runs under.

    Attributes:
        rule: Name of the rule that sets its length.
        extension: Name of the rule that allows more time, if any.
        after: Step whose act starts it.
        start: ``act`` (its day), ``received`` (as the rule ``ceremony_starts`` says) or
            ``probation_end``.
        papers: Forms whose papers end it; empty when the act of the step does.
    """

    rule: str
    extension: str | None
    after: Step
    start: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRule:
    """
    One step as the rulebook has it.

    Attributes:
        step: Which.
        order: From 1.
        actor: Role code of who records it.
        title: English gloss.
        title_vi: Vietnamese title.
        short_vi: Vietnamese title where room is scarce.
        body_vi: The body that does it, in Vietnamese.
        form: Form its act leaves, if any.
        threshold: Name of the voting rule, if it is a vote.
        minimum: Name of the rule for the smallest body that may act.
        vote: ``required``, ``optional`` or ``none``.
        dues: The clocks it runs under.
        decides: Done by the competent committee, never by the base committee below it.
        needs_base_committee: Skipped where there is none.
        ends_at_graduation: Not at the old school after the graduation decision.
        judges_person: The conditions are judged at this step.
        waits_for_probation: Not before the probation is over.
        falls: Steps whose acts fall when an act of this step is declared invalid.
        cite: Where the step was read.
    """

    step: Step
    order: int
    actor: str
    title: str
    title_vi: str
    short_vi: str
    body_vi: str
    form: str | None
    threshold: str | None
    minimum: str | None
    vote: str
    dues: tuple[DueRule, ...]
    decides: bool
    needs_base_committee: bool
    ends_at_graduation: bool
    judges_person: bool
    waits_for_probation: bool
    falls: tuple[Step, ...]
    cite: Citation


@dataclass(frozen=True, slots=True)
class FormRule:
    """
    One form of the catalogue.

    Attributes:
        code: Number as written (``1-KNĐ``).
        title: English gloss.
        title_vi: Title as the rules write it.
        signer_vi: Who signs.
        step: Step that asks for it or leaves it.
        is_act: True when the step itself leaves it; False when it is a paper of its own.
        required: Whether the step cannot go on without it.
        required_if: Name of a yes-or-no rule that makes it required.
        not_later_than: Form it may not be dated after.
        opens_dossier: The dossier's age is counted from it.
        redo_when_aged: To be made again when the dossier is too old.
        scope: ``central`` or the local scope whose form it is.
        cite: Where it was read.
    """

    code: str
    title: str
    title_vi: str
    signer_vi: str
    step: Step
    is_act: bool
    required: bool
    required_if: str | None
    not_later_than: str | None
    opens_dossier: bool
    redo_when_aged: bool
    scope: str
    cite: Citation
