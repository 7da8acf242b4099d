"""The charts of the consolidated paper, from what is kept of it. Their words are the field's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from donghanh.lib.charts import Chart, Form, Series
from donghanh.reports.queries.sheets import Sheet

#: Which way charts are made from what is kept; a paper made before there were any has none.
EDITION = 1


def kept(sheet: Sheet, years: Iterable[tuple[str, Mapping[str, int]]]) -> dict[str, Any]:
    """
    Return what the charts of a consolidated report need beside its tables, as JSON values.

    Args:
        sheet: The figures.
        years: Earlier school years with the totals of their accepted reports by code, oldest first.
    """
    done = [one.step is not None and not one.before for one in sheet.columns]
    return {
        "edition": EDITION,
        "road": [place for place, is_done in enumerate(done) if is_done],
        "timeliness": [sheet.in_time, sheet.sent - sheet.in_time, len(sheet.lines) - sheet.sent],
        "years": [
            [year, [totals.get(one.code) for one in sheet.columns]] for year, totals in years
        ],
    }


def charts_of(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Return the charts of a kept consolidation; none where it was made without."""
    more = content.get("charts")
    if not more:
        return ()
    road = [(content["columns"][place], content["totals"][place]) for place in more["road"]]
    units = [unit for unit in content["units"] if unit["target"] or unit["result"]]
    found = [_road(road, content["school_year"])]
    if units:
        found.append(_targets(units))
    if more["years"]:
        found.append(_years(content, more))
    return (*found, _timeliness(more["timeliness"]))


def _road(road: list[tuple[str, int]], year: str) -> Chart:
    return Chart(
        key="con-duong",
        title=f"Số người đã qua từng bước trong năm học {year}",
        desc="Mỗi thanh là một bước trên con đường vào Đảng; cộng từ các báo cáo đã duyệt.",
        form=Form.FUNNEL,
        head="Bước",
        labels=tuple(name for name, _ in road),
        series=(Series("Số người", tuple(count for _, count in road)),),
    )


def _targets(units: list[dict[str, Any]]) -> Chart:
    reached = sum(bool(one["target"]) and (one["result"] or 0) >= one["target"] for one in units)
    asked = sum(bool(one["target"]) for one in units)
    return Chart(
        key="chi-tieu",
        title="Kết quả so với chỉ tiêu của từng đơn vị",
        desc=f"{reached}/{asked} đơn vị được giao chỉ tiêu đã đạt. Đơn vị chưa có báo cáo được "
        "duyệt thì chưa có kết quả.",
        form=Form.GROUPED,
        head="Đơn vị",
        labels=tuple(one["name"] for one in units),
        series=(
            Series("Kết quả", tuple(one["result"] for one in units)),
            Series("Chỉ tiêu", tuple(one["target"] for one in units)),
        ),
    )


def _years(content: Mapping[str, Any], more: Mapping[str, Any]) -> Chart:
    told = [*more["years"], [content["school_year"], content["totals"]]]
    return Chart(
        key="cac-nam",
        title="Các năm học cạnh nhau",
        desc="Tổng các báo cáo đã duyệt của từng năm học; năm không có số thì để trống.",
        form=Form.GROUPED,
        head="Bước",
        labels=tuple(content["columns"][place] for place in more["road"]),
        series=tuple(
            Series(year, tuple(totals[place] for place in more["road"])) for year, totals in told
        ),
    )


def _timeliness(counts: list[int]) -> Chart:
    in_time, late, missing = counts
    return Chart(
        key="dung-han",
        title="Báo cáo đúng hạn, trễ hạn, chưa gửi",
        desc=f"{in_time} đơn vị gửi đúng hạn, {late} trễ hạn, {missing} chưa gửi.",
        form=Form.STACKED,
        head="Báo cáo",
        labels=("Số đơn vị",),
        series=(
            Series("Đúng hạn", (in_time,)),
            Series("Trễ hạn", (late,)),
            Series("Chưa gửi", (missing,)),
        ),
    )
