"""The charts of the consolidated paper, from what is kept of it. Their words are the field's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from donghanh.lib import charts
from donghanh.lib.charts import Chart, Form, Series, Tile, TileMap
from donghanh.reports.queries import hiding
from donghanh.reports.queries.sheets import Sheet, UnitLine

#: Which way charts are made from what is kept; a paper made before there were any has none.
EDITION = 1
#: One tile alone compares nothing.
_FEWEST_TILES = 2


def kept(
    sheet: Sheet,
    years: Iterable[tuple[str, Mapping[str, int]]],
    units: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """
    Return what the charts of a consolidated report need beside its tables, as JSON values.

    Args:
        sheet: The figures.
        years: Earlier school years with the totals of their accepted reports by code, oldest first.
        units: The lines of the sheet as the paper keeps them: what is hidden is drawn nowhere.
    """
    done = [one.step is not None and not one.before for one in sheet.columns]
    return {
        "edition": EDITION,
        "road": [place for place, is_done in enumerate(done) if is_done],
        "timeliness": [sheet.in_time, sheet.sent - sheet.in_time, len(sheet.lines) - sheet.sent],
        "years": [
            [year, [totals.get(one.code) for one in sheet.columns]] for year, totals in years
        ],
        "reached": [
            sum(bool(one.target) and (one.result or 0) >= one.target for one in sheet.accepted),
            sum(bool(one.target) for one in sheet.lines),
        ],
        "tiles": _tiles(sheet, units),
    }


def _tiles(sheet: Sheet, units: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Return the units place by place, each as name, count, state and word, as JSON values."""
    answer = hiding.answering(sheet)
    pairs = sorted(
        zip(sheet.lines, units, strict=True),
        key=lambda pair: (pair[0].unit.place, pair[0].unit.order),
    )
    return [
        [place, [_tile(line, unit, answer) for line, unit in group]]
        for place, group in groupby(pairs, key=lambda pair: pair[0].unit.place)
    ]


def _tile(line: UnitLine, unit: Mapping[str, Any], answer: int) -> list[str]:
    target = charts.number(line.target) if line.target else "–"
    if answer in unit.get("hidden", ()):
        # Whether a hidden result reaches the target would tell it.
        mark = hiding.BESIDE if answer in unit["beside"] else hiding.small(unit["most"])
        return [line.unit.short_name, f"{mark}/{target}", "plain", "số được che"]
    result = unit["result"]
    if not line.target:
        state, word = "plain", "không giao chỉ tiêu"
    elif result is None:
        state, word = "waiting", "chưa có báo cáo"
    elif result >= line.target:
        state, word = "done", "đạt"
    else:
        state, word = ("near", "đang thực hiện") if result else ("waiting", "chưa có kết quả")
    return [line.unit.short_name, f"{charts.number(result)}/{target}", state, word]


def tiles_of(content: Mapping[str, Any]) -> TileMap | None:
    """Return the units of a kept consolidation as tiles; ``None``: made without, or of one unit."""
    groups = (content.get("charts") or {}).get("tiles", ())
    if sum(len(tiles) for _, tiles in groups) < _FEWEST_TILES:
        return None
    several = len(groups) > 1
    return TileMap(
        key="don-vi",
        title="Kết quả trên chỉ tiêu của từng đơn vị",
        desc="Mỗi ô là một đơn vị, xếp theo nơi đóng và theo tên; số trong ô là kết quả/chỉ tiêu.",
        heads=("Đơn vị", "Kết quả/chỉ tiêu", "Tình trạng"),
        groups=tuple(
            (
                place if several else "",
                tuple(Tile(label, text, "0%", state, word) for label, text, state, word in tiles),
            )
            for place, tiles in groups
        ),
    )


def charts_of(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Return the charts of a kept consolidation; none where it was made without."""
    more = content.get("charts")
    if not more:
        return ()
    road = [(content["columns"][place], content["totals"][place]) for place in more["road"]]
    units = [unit for unit in content["units"] if unit["target"] or unit["result"]]
    found = [_road(road, content["school_year"])]
    if units:
        found.append(_targets(units, more.get("reached")))
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


def _targets(units: list[dict[str, Any]], known: list[int] | None) -> Chart:
    reached = sum(bool(one["target"]) and (one["result"] or 0) >= one["target"] for one in units)
    asked = sum(bool(one["target"]) for one in units)
    reached, asked = known or (reached, asked)
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
