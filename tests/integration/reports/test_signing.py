"""Who signs the department's paper, and under which name and place: those of its own day."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from donghanh.domain import succession as s
from donghanh.domain.acts import Step
from donghanh.domain.rights import Right
from donghanh.domain.signing import Form
from donghanh.organisation import actions as organisation
from donghanh.organisation.models import Post
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.reports import actions, queries
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)
LATER = date(2024, 7, 1)


def paper(data: bytes) -> str:
    """Return all words of a paper, those in tables too."""
    read = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in read.paragraphs)])


def made(here: Season, on: date) -> actions.Made:
    officer = factory.actor(here.cast.officer, on)
    return actions.consolidate(actor=officer, school_year=YEAR, at=factory.instant(on), on=on)


def test_a_delegation_stands_above_the_name_until_it_ends_and_old_papers_stay() -> None:
    here = reporting.season(roads=(Step.ADMITTED,))
    cast = here.cast
    reporting.accepted(here)
    Post.objects.filter(user=cast.officer).update(title="CHÁNH VĂN PHÒNG")
    organisation.delegate_signing(
        actor=here.leader,
        at=AT,
        user_id=cast.officer.pk,
        form=Form.ORDER,
        rights={Right.REVIEW_REPORTS},
        since=WRITTEN,
        until=LATER,
    )
    first = made(here, WRITTEN)
    assert "TL. GIÁM ĐỐC" in paper(first.docx)
    assert cast.officer.name in paper(first.docx)
    second = paper(made(here, LATER).docx)
    assert "TL." not in second
    assert cast.leader.name in second
    _, again = queries.consolidated_docx(here.officer, first.consolidation.pk)
    assert again == first.docx


def test_a_paper_names_the_department_and_its_place_as_on_its_day() -> None:
    here = reporting.season(roads=(Step.ADMITTED,))
    reporting.accepted(here)
    first = made(here, WRITTEN)
    keeper = factory.actor(here.cast.administrator, WRITTEN)
    name = "Sở Giáo dục và Đào tạo (mô phỏng) mới"
    change = s.Rename(here.cast.department.pk, name=name, place="Lâm Đồng")
    order = s.Operation(change, s.Decision("1/QĐ", WRITTEN, "UBND tỉnh (mô phỏng)"), LATER)
    seen = operations.preview(keeper, order, WRITTEN).digest
    reorganisation.reorganise(actor=keeper, operation=order, seen=seen, at=AT, today=WRITTEN)
    second = paper(made(here, LATER).docx)
    assert name.upper() in second.upper()
    assert "Lâm Đồng, ngày" in second
    _, again = queries.consolidated_docx(here.officer, first.consolidation.pk)
    assert again == first.docx
    assert "Đắk Nông, ngày" in paper(again)
