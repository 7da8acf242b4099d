"""Every refusal that can reach these rooms has its sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

import donghanh.domain
from donghanh.domain import procedure
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Step
from donghanh.dossiers import actions, texts
from donghanh.people import actions as people
from donghanh.people import texts as consent

#: Rules of other rooms: letters, reports, targets.
_ELSEWHERE = {"assignment", "indicators", "letter"}
_HERE = {**texts.REFUSALS, **consent.REFUSALS}


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
        needed = {code for code in codes if code.split(".")[0] not in _ELSEWHERE}
        assert needed - set(_HERE) == set()
        assert set(_HERE) - codes == set()

    @pytest.mark.parametrize("code", sorted(_HERE))
    def test_are_written_in_vietnamese(self, code: str) -> None:
        with translation.override("vi"):
            spoken = str(_HERE[code])
        with translation.override(None):
            assert spoken != str(_HERE[code])

    def test_write_days_steps_and_lists_as_people_do(self) -> None:
        error = procedure.BeforePrevious(
            step=Step.LISTED, on=date(2024, 2, 5), previous=Step.INTRODUCED, since=date(2024, 6, 10)
        )
        with translation.override("vi"):
            told = texts.refusal(error)
        assert "05/02/2024" in told
        assert "10/6/2024" in told
        assert "Đoàn giới thiệu đoàn viên ưu tú" in told

    def test_tell_a_missing_certificate_from_an_expired_one(self) -> None:
        missing = procedure.CertificateExpired(on=date(2024, 2, 5), last_day=None)
        assert not re.search("None|—", texts.refusal(missing))
