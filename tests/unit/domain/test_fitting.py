"""Lists of the rulebook that do not fit together are refused with the file and the key."""

from __future__ import annotations

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from tests.unit.domain.shipped import TEXTS, added, place, refused

CITE = 'cite = { doc = "DEFAULT", article = "", confidence = "N" }'
HEAD = 'unit = "working_day"\ntitle = "X"\ntitle_vi = "X"\n'
#: A clock, as an amendment or a file may add one.
CLOCK = f"""
["x.y"]
{HEAD}
kind = "due"
steps = ["verified"]
starts = "allowed"
consequence_vi = "Chậm."
[["x.y".entries]]
since = 2024-01-01
value = 20
{CITE}
"""


def clock(old: str, new: str) -> tuple[str, object, object]:
    """Where a clock of its own is refused, with something else in it."""
    assert old in CLOCK
    return place(added("deadlines.toml", CLOCK.replace(old, new)))


class TestClocks:
    def test_may_be_added(self) -> None:
        book = rules.read(TEXTS | {"deadlines.toml": TEXTS["deadlines.toml"] + CLOCK})
        assert book.head("x.y").clock is not None

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ('kind = "due"', 'kind = "soon"', "kind"),
            ('unit = "working_day"', 'unit = "person"', "unit"),
            ('steps = ["verified"]', "steps = []", "steps"),
            ('steps = ["verified"]', 'steps = ["verify"]', "steps"),
            ('steps = ["verified"]', 'steps = ["papers"]', "steps"),
            ('steps = ["verified"]', 'steps = ["unlisted"]', "steps"),
            ('starts = "allowed"', 'starts = "allow"', "starts"),
            ('starts = "allowed"', 'starts = "papers"', "starts"),
            (
                'starts = "allowed"',
                'starts = "applied"',
                "starts",
            ),  # papers have no day of their own
            ('starts = "allowed"', 'starts = "allowed"\nstart = "later"', "start"),
            ('starts = "allowed"', 'starts = "applied"\nstart = "dossier"', "start"),
            ('starts = "allowed"', 'starts = "allowed"\nends = "ended"', "ends"),
            ('starts = "allowed"', 'starts = "allowed"\nends = "papers"', "ends"),
            ('starts = "allowed"', 'starts = "allowed"\nends = "opinions"', "ends"),
            ('steps = ["verified"]', 'steps = ["opinions"]', "ends"),
            ('starts = "allowed"', 'starts = "allowed"\nforms = ["17-KNĐ"]', "forms"),
            ('starts = "allowed"', 'starts = "allowed"\nforms = ["5D-KNĐ"]', "forms"),
            ('starts = "allowed"', 'starts = "allowed"\nforms = ["6-KNĐ"]', "forms"),
            ('starts = "allowed"', 'starts = "allowed"\nextension = "x.z"', "extension"),
            ('starts = "allowed"', 'starts = "allowed"\nextension = "vote.cell"', "extension"),
        ],
    )
    def test_run_by_steps_forms_and_rules_that_are_there(
        self, old: str, new: str, key: str
    ) -> None:
        assert clock(old, new) == ("rules.bad_value", "deadlines.toml", f"x.y.{key}")

    @pytest.mark.parametrize("key", ["starts", "consequence_vi"])
    def test_are_whole(self, key: str) -> None:
        line = next(line for line in CLOCK.splitlines() if line.startswith(f"{key} "))
        assert clock(line, "") == ("rules.key_missing", "deadlines.toml", f"x.y.{key}")

    @pytest.mark.parametrize(
        "new",
        [
            'starts = "allowed"\nforms = ["5-KNĐ"]\nends = "opinions"',
            'starts = "unlisted"',
            'starts = "allowed"\nextension = "x.y"',
        ],
    )
    def test_may_wait_for_papers_and_start_with_a_turn(self, new: str) -> None:
        text = TEXTS["deadlines.toml"] + CLOCK.replace('starts = "allowed"', new)
        assert rules.read(TEXTS | {"deadlines.toml": text}).head("x.y").clock is not None


class TestCalendar:
    @pytest.mark.parametrize(
        ("old", "new", "code", "key"),
        [
            ("[2024]", "[Year]", "rules.bad_value", "Year"),
            ("[2024]", "[2024]\nreplaces = true", "rules.bad_value", "2024"),
            ("[2024]", "[2034]", "rules.key_missing", "2024"),
            ('"02-08"', '"02-30"', "rules.bad_value", "2024.off"),
            ('"02-08"', '"2024-02-08"', "rules.bad_value", "2024.off"),
            ('worked = ["05-04"]', 'worked = ["04-29"]', "rules.bad_value", "2024.worked"),
            ('worked = ["05-04"]', "worked = [54]", "rules.bad_value", "2024.worked"),
        ],
    )
    def test_tells_every_year_once(self, old: str, new: str, code: str, key: str) -> None:
        assert place(refused("calendar.toml", old, new)) == (code, "calendar.toml", key)

    def test_is_not_empty(self) -> None:
        with pytest.raises(RuleError) as refusal:
            rules.read(TEXTS | {"calendar.toml": ""})
        assert place(refusal.value) == ("rules.key_missing", "calendar.toml", "")


class TestSteps:
    @pytest.mark.parametrize(
        "step", [rule.step.value for rule in rules.load().steps()], ids=lambda step: step
    )
    def test_are_all_told(self, step: str) -> None:
        text = TEXTS["procedure.toml"]
        begin = text.index(f"[step.{step}]")
        marks = ("\n[step.", "\n# What may")
        end = min(at for mark in marks if (at := text.find(mark, begin + 1)) > 0)
        with pytest.raises(RuleError) as refusal:
            rules.read(TEXTS | {"procedure.toml": text[:begin] + text[end:]})
        assert place(refusal.value) == ("rules.key_missing", "procedure.toml", f"step.{step}")

    @pytest.mark.parametrize(
        "turn", [rule.step.value for rule in rules.load().catalogue.turns], ids=lambda turn: turn
    )
    def test_have_every_turn_beside_them(self, turn: str) -> None:
        text = TEXTS["procedure.toml"]
        begin = text.index(f"[turn.{turn}]")
        end = text.find("\n[turn.", begin + 1)
        with pytest.raises(RuleError) as refusal:
            rules.read(TEXTS | {"procedure.toml": text[:begin] + (text[end:] if end > 0 else "")})
        assert place(refusal.value) == ("rules.key_missing", "procedure.toml", f"turn.{turn}")

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ("[step.sourced]", "[step.source]", "step.source."),
            ("[step.carded]", "[step.papers]", "step.carded"),
            ('after = ["sourced"]', 'after = ["source"]', "step.introduced.after"),
            ('after = ["sourced"]', 'after = ["listed"]', "step.introduced.after"),
            ('after = ["sourced"]', 'after = ["introduced"]', "step.introduced.after"),
            ('after = ["sourced"]', 'after = ["papers"]', "step.introduced.after"),
            ('after = ["sourced"]', 'after = ["unlisted"]', "step.introduced.after"),
            ('lapses_with = "trained"', 'lapses_with = "papers"', "step.sent_to_class.lapses_with"),
            (
                'redone_with = "recognition_voted"',
                'redone_with = "deleted"',
                "step.recognition_appraised.redone_with",
            ),
            ('falls = ["decided"]', 'falls = ["papers"]', "step.sourced.falls"),
            ('phase = "training"', 'phase = "trained"', "step.challenged.phase"),
            ('actor = "union"', 'actor = "teacher"', "step.sourced.actor"),
            ('kind = "papers"', 'kind = "paper"', "step.parents_heard.kind"),
            ('vote = "required"', 'vote = "always"', "step.introduced.vote"),
            ('threshold = "vote.union"', 'threshold = "vote.youth"', "step.introduced.threshold"),
            ('threshold = "vote.union"', 'threshold = "age.minimum"', "step.introduced.threshold"),
            (
                'threshold = "vote.base_committee.delegated"',
                'threshold = "age.minimum"',
                "step.base_voted.variants[1].threshold",
            ),
            ('minimum = "vote.cell.minimum"', 'minimum = "x"', "step.cell_voted.minimum"),
            ('minimum = "vote.cell.minimum"', 'minimum = "vote.cell"', "step.cell_voted.minimum"),
            (
                'attempts = "recognition.failed_votes"',
                'attempts = "recognition.votes"',
                "step.recognition_voted.attempts",
            ),
            ('only_where = "parents.opinion"', 'only_where = "x"', "step.parents_heard.only_where"),
            (
                'only_where = "parents.opinion"',
                'only_where = "age.minimum"',
                "step.parents_heard.only_where",
            ),
            ('only_if = "sub_committee"', 'only_if = "sub"', "step.appraised.only_if"),
            ('never_if = "members"', 'never_if = "friends"', "step.introduced.never_if"),
            ('when = "base_cell"', 'when = "cell"', "step.allowed.variants[1].when"),
            ("row = 1\n", "row = true\n", "step.sourced.row"),
            ("blocks = false", "blocks = 0", "step.challenged.blocks"),
        ],
    )
    def test_name_what_is_there_and_comes_before(self, old: str, new: str, key: str) -> None:
        code = "rules.key_missing" if key == "step.carded" else "rules.bad_value"
        assert place(refused("procedure.toml", old, new)) == (code, "procedure.toml", key)

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ('after = ["listed"]\nbefore', 'after = ["papers"]\nbefore', "turn.unlisted.after"),
            ('before = ["decided"]', 'before = ["deleted"]', "turn.unlisted.before"),
            ('undoes = ["listed"', 'undoes = ["applied"', "turn.unlisted.undoes"),
            ('skips = ["recognition_voted"', 'skips = ["unlisted"', "turn.referred.skips"),
            (
                'needs_failed = "recognition_voted"',
                'needs_failed = "cell_voted"',
                "turn.referred.needs_failed",
            ),
            ("names_rule = true", 'names_rule = "x"', "turn.extended.names_rule"),
        ],
    )
    def test_of_a_turn_are_there(self, old: str, new: str, key: str) -> None:
        refusal = refused("procedure.toml", old, new)
        assert place(refusal) == ("rules.bad_value", "procedure.toml", key)

    @pytest.mark.parametrize(
        "key", ["row", "phase", "actor", "title", "title_vi", "short_vi", "body_vi"]
    )
    def test_are_whole(self, key: str) -> None:
        text = TEXTS["procedure.toml"]
        begin = text.index("[step.sourced]")
        step = text[begin : text.index("[step.introduced]")]
        line = next(one for one in step.splitlines() if one.startswith(f"{key} = "))
        refusal = refused("procedure.toml", step, step.replace(f"{line}\n", ""))
        code = "rules.bad_value" if key == "phase" else "rules.key_missing"
        assert place(refusal) == (code, "procedure.toml", f"step.sourced.{key}")

    def test_are_no_turn_at_the_same_time(self) -> None:
        text = TEXTS["procedure.toml"]
        begin = text.index("[turn.deleted]")
        turn = text[begin : text.index("[turn.annulled]")].replace("deleted", "carded")
        refusal = added("procedure.toml", turn)
        assert place(refusal) == ("rules.bad_value", "procedure.toml", "turn.carded")


class TestForms:
    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ('step = "parents_heard"', 'step = "heard"', "2-TN.step"),
            ('step = "parents_heard"', 'step = "papers"', "2-TN.step"),
            ('step = "parents_heard"', 'step = "listed"', "2-TN.step"),  # an act asks for no paper
            ('step = "listed"', 'step = "parents_heard"', "1A-TN.step"),  # no act leaves this form
            ('instead_of = "1-KNĐ"', 'instead_of = "9-XYZ"', "1A-KNĐ.instead_of"),
            ('instead_of = "1-KNĐ"', 'instead_of = "3-KNĐ"', "1A-KNĐ.instead_of"),
            ('instead_of = "1-KNĐ"', 'instead_of = "1B-KNĐ"', "1A-KNĐ.instead_of"),
            ('not_later_than = "2-KNĐ"', 'not_later_than = "9-XYZ"', "1-KNĐ.not_later_than"),
            ('not_later_than = "2-KNĐ"', 'not_later_than = "3-KNĐ"', "1-KNĐ.not_later_than"),
            ('code = "9A-KNĐ"', 'code = "8A-KNĐ"', "9A-KNĐ@ha-noi.code"),
            ('validity = "dossier.ageing"', 'validity = "dossier"', "2-KNĐ.validity"),
            ('rule = "introducer.members"', 'rule = "introducers"', "3-KNĐ.copies.rule"),
            ('rule = "introducer.members"', 'rule = "vote.cell"', "3-KNĐ.copies.rule"),
            ('copies = { when = "members"', 'copies = { when = "two"', "3-KNĐ.copies.when"),
            ('when = "base_cell"', 'when = "cell"', "8C-KNĐ.when"),
            ('never_if = "members"', 'never_if = "two"', "4-KNĐ.never_if"),
            ("required = true", 'required = "yes"', "2-TN.required"),
            ('actor = "union"', 'actor = "teacher"', "4-KNĐ.actor"),
        ],
    )
    def test_belong_to_a_step_and_name_what_is_there(self, old: str, new: str, key: str) -> None:
        assert place(refused("forms.toml", old, new)) == ("rules.bad_value", "forms.toml", key)

    @pytest.mark.parametrize("key", ["title", "title_vi", "signer_vi", "step"])
    def test_are_whole(self, key: str) -> None:
        text = TEXTS["forms.toml"]
        line = next(one for one in text.splitlines() if one.startswith(f"{key} = "))
        refusal = refused("forms.toml", f"{line}\n", "")
        assert place(refusal) == ("rules.key_missing", "forms.toml", f"2-TN.{key}")

    def test_of_a_step_are_told_once(self) -> None:
        assert Step.APPLIED in {form.step for form in rules.load().forms()}
        for codes in ({(form.code, form.scope) for form in rules.load().forms()},):
            assert len(codes) == len(rules.load().forms())
