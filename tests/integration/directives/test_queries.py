"""Who sees what of directives."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist

from donghanh.directives import queries
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Role
from donghanh.domain.structure import UnitKind
from tests import factory
from tests.factory import Cast
from tests.integration.directives.letter import ON, issued, kept, officer

pytestmark = pytest.mark.django_db
AT = factory.instant(ON)


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


@pytest.fixture
def stranger(cast: Cast) -> Actor:
    """Return an officer of another department."""
    other = factory.unit("so2", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) khác")
    return factory.actor(factory.holder("so2.cv", "Lý Thị Xa", other, Role.OFFICER), ON)


class TestReads:
    """Who sees what."""

    def test_show_a_leader_the_departments_letters(self, cast: Cast) -> None:
        directive = issued(cast)
        leader = factory.actor(cast.leader, ON)

        assert [one.id for one in queries.letters(leader, ON)] == [directive.pk]
        assert len(queries.board_page(leader, directive.pk, ON).rows) == 2

    def test_give_another_department_nothing(self, cast: Cast, stranger: Actor) -> None:
        directive = issued(cast)

        assert queries.letters(stranger, ON) == []
        for page in (queries.reading_page, queries.issue_page, queries.board_page):
            with pytest.raises(ObjectDoesNotExist):
                page(stranger, directive.pk, *([] if page is queries.reading_page else [ON]))

    def test_show_a_school_its_own_target_only(self, cast: Cast) -> None:
        directive = issued(cast)

        ours = queries.received_page(factory.actor(cast.secretary, ON), directive.pk, ON)
        theirs = queries.received_page(factory.actor(cast.outsider, ON), directive.pk, ON)

        assert (ours.target, theirs.target) == (2, None)

    def test_propose_the_target_to_the_school_the_letter_names(self, cast: Cast) -> None:
        page = queries.issue_page(officer(cast), kept(cast).pk, ON)

        shares = {school.unit.id: (school.named, school.share) for school in page.schools}
        assert shares == {
            cast.school.unit.pk: (True, 2),
            cast.neighbour.unit.pk: (False, None),
        }
        assert [task.words for task in page.tasks] == ["trước ngày 10/6/2024 – chậm nhất 09/6/2024"]
