"""What everybody reads, and what a unit sees of what it told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from donghanh.domain.authority import Actor
from donghanh.lib import clock
from donghanh.lib.charts import Chart, Form, Series
from donghanh.openfigures import texts
from donghanh.openfigures.models import Publication
from donghanh.openfigures.queries.drafting import Draft, visible_to

#: Where everybody reads them.
ROOT = "/so-lieu-cong-khai/"


@dataclass(frozen=True, slots=True)
class Told:
    """One value as it is written."""

    code: str
    title: str
    counts: str
    leaves_out: str
    value: int | None
    text: str


@dataclass(frozen=True, slots=True)
class OfSchool:
    """A school beside the total: its values as they are written, in the order of the heads."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The figures of a unit and school year as everybody reads them."""

    name: str
    school_year: str
    cutoff: date
    told: tuple[Told, ...]
    heads: tuple[str, ...]
    schools: tuple[OfSchool, ...]
    charts: tuple[Chart, ...]
    most: int
    hides: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A publication in a list."""

    id: int
    name: str
    school_year: str
    cutoff: date
    published: datetime
    withdrawn: datetime | None
    address: str
    figures: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A publication everybody may read, with its addresses."""

    line: Line
    code: str
    page: Page
    figures: tuple[Mapping[str, Any], ...]


def page_of(draft: Draft) -> Page:
    """Return what a draft would look like."""
    return _page(draft.unit_name, draft.school_year, draft.cutoff, draft.figures, draft.most)


def _page(
    name: str, year: str, cutoff: date, figures: Iterable[Mapping[str, Any]], most: int
) -> Page:
    found = tuple(figures)
    told = tuple(
        Told(
            code=one["code"],
            title=one["title"],
            counts=one["counts"],
            leaves_out=one["leaves_out"],
            value=one["value"],
            text=texts.written(one["value"], one["state"], most),
        )
        for one in found
    )
    parted = [one for one in found if one["parts"]]
    names = {part["unit"]: part["name"] for one in parted for part in one["parts"]}
    values = {
        (one["code"], part["unit"]): texts.written(part["value"], part["state"], most)
        for one in parted
        for part in one["parts"]
    }
    states = [one["state"] for one in found] + [
        part["state"] for one in found for part in one["parts"]
    ]
    return Page(
        name=name,
        school_year=year,
        cutoff=cutoff,
        told=told,
        heads=tuple(one["title"] for one in parted),
        schools=tuple(
            OfSchool(title, tuple(values[one["code"], unit] for one in parted))
            for unit, title in names.items()
        ),
        charts=tuple(_charts(found)),
        most=most,
        hides=bool({"small", "beside"} & set(states)),
    )


def _charts(figures: tuple[Mapping[str, Any], ...]) -> Iterable[Chart]:
    """Yield a chart of the unit's own figures of persons, and one for each told by school."""
    own = [one for one in figures if one["persons"]]
    note = _("A dash stands where a figure is not shown.")
    if any(one["value"] for one in own):
        yield Chart(
            key="so-lieu",
            title=_("Pupils, step by step"),
            desc=_("How many pupils came how far in the school year.") + " " + note,
            form=Form.FUNNEL,
            head=_("Figure"),
            labels=tuple(one["title"] for one in own),
            series=(Series(_("Number"), tuple(one["value"] for one in own)),),
        )
    for one in figures:
        if any(part["value"] for part in one["parts"]):
            yield Chart(
                key=f"theo-truong-{one['code'].replace('_', '-')}",
                title=_("%(figure)s, by school") % {"figure": one["title"]},
                desc=note,
                form=Form.FUNNEL,
                head=_("School"),
                labels=tuple(part["name"] for part in one["parts"]),
                series=(Series(_("Number"), tuple(part["value"] for part in one["parts"])),),
            )


def _line(one: Publication) -> Line:
    return Line(
        id=one.pk,
        name=one.unit_name,
        school_year=one.school_year,
        cutoff=one.cutoff_date,
        published=one.published_at,
        withdrawn=one.withdrawn_at,
        address=f"{ROOT}{one.unit.code}/{one.school_year}/",
        figures=len(one.figures),
        simulated=one.unit.simulated,
    )


def current() -> tuple[Line, ...]:
    """Return what everybody may read, the newest school year first; one statement."""
    found = Publication.objects.filter(withdrawn_at=None).select_related("unit")
    return tuple(map(_line, found.order_by("-school_year", "unit_name", "pk")))


def found(code: str, school_year: str) -> Found | None:
    """Return what a unit tells everybody of a school year; ``None`` where it tells nothing."""
    rows = Publication.objects.filter(
        unit__code=code, school_year=school_year, withdrawn_at=None
    ).select_related("unit")
    one = rows.first()
    if one is None:
        return None
    page = _page(one.unit_name, one.school_year, one.cutoff_date, one.figures, one.most)
    return Found(_line(one), code, page, tuple(one.figures))


def own(actor: Actor) -> tuple[Line, ...]:
    """Return what the post's unit told everybody, newest first, with what it took back."""
    rows = visible_to(actor).select_related("unit").order_by("-pk")
    return tuple(map(_line, rows[:50]))


def one(actor: Actor, publication_id: int) -> Line:
    """
    Return one publication of the post's unit that stands.

    Raises:
        Publication.DoesNotExist: Unknown, not of this unit, or taken back.
    """
    rows = visible_to(actor).select_related("unit").filter(withdrawn_at=None)
    return _line(rows.get(pk=publication_id))


def columns(found: Found) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the open data, heads first; every cell a text."""
    heads = (
        *("ma_don_vi", "don_vi", "nam_hoc", "tinh_den_ngay", "ma_chi_tieu", "chi_tieu"),
        *("truong", "gia_tri", "tinh_trang"),
    )
    line = found.line
    first = (found.code, line.name, line.school_year, line.cutoff.isoformat())
    rows = [heads]
    for one in found.figures:
        told = [("", one["value"], one["state"])]
        told += [(part["name"], part["value"], part["state"]) for part in one["parts"]]
        for school, value, state in told:
            number = "" if value is None else str(value)
            rows.append((*first, one["code"], one["title"], school, number, _STATES[state]))
    return tuple(rows)


#: How open data says why there is no value; the words of the format, not of a page.
_STATES = {
    "shown": "cong_bo",
    "small": "an_vi_nho",
    "beside": "an_kem",
    "missing": "chua_du",
}


def as_data(found: Found) -> dict[str, Any]:
    """Return the open data as one object; the same facts as the rows, with what each counts."""
    line = found.line
    return {
        "ma_don_vi": found.code,
        "don_vi": line.name,
        "nam_hoc": line.school_year,
        "tinh_den_ngay": line.cutoff.isoformat(),
        "cong_bo_luc": line.published.astimezone(clock.ZONE).isoformat(timespec="seconds"),
        "du_lieu_mo_phong": found.line.simulated,
        "an_tu_1_den": found.page.most,
        "su_dung_lai": LICENCE,
        "chi_tieu": [
            {
                "ma": one["code"],
                "ten": one["title"],
                "dem_gi": one["counts"],
                "khong_tinh": one["leaves_out"],
                "gia_tri": one["value"],
                "tinh_trang": _STATES[one["state"]],
                "theo_truong": [
                    {
                        "truong": part["name"],
                        "gia_tri": part["value"],
                        "tinh_trang": _STATES[part["state"]],
                    }
                    for part in one["parts"]
                ],
            }
            for one in found.figures
        ],
    }


#: What whoever takes the data along is asked for.
LICENCE = (
    "Được sử dụng lại cho mọi mục đích, với điều kiện ghi tên đơn vị công bố và ngày chốt số liệu."
)
