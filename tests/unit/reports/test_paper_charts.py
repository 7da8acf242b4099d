"""The charts of a kept consolidation: from what is kept alone, and none where none was kept."""

from __future__ import annotations

from typing import Any

from donghanh.lib.charts import Form
from donghanh.reports.queries import paper_charts

KEPT: dict[str, Any] = {
    "school_year": "2023-2024",
    "columns": ["Đoàn giới thiệu", "Kết nạp", "Chờ tổ chức lễ"],
    "totals": [9, 3, 1],
    "units": [
        {"name": "THPT (mô phỏng) Đức Lập", "target": 2, "result": 3},
        {"name": "THPT (mô phỏng) Quảng Tín", "target": 1, "result": None},
        {"name": "THPT (mô phỏng) Tuy Đức", "target": 0, "result": None},
    ],
    "charts": {
        "edition": 1,
        "road": [0, 1],
        "timeliness": [1, 1, 1],
        "years": [["2022-2023", [7, None, None]]],
    },
}


class TestCharts:
    def test_are_none_of_a_paper_kept_without(self) -> None:
        assert paper_charts.charts_of({**KEPT, "charts": None}) == ()
        before = {key: value for key, value in KEPT.items() if key != "charts"}
        assert paper_charts.charts_of(before) == ()

    def test_show_the_road_targets_years_and_what_came_in_time(self) -> None:
        road, targets, years, time = paper_charts.charts_of(KEPT)
        assert (road.labels, road.series[0].values) == (("Đoàn giới thiệu", "Kết nạp"), (9, 3))
        assert targets.labels == ("THPT (mô phỏng) Đức Lập", "THPT (mô phỏng) Quảng Tín")
        assert [one.values for one in targets.series] == [(3, None), (2, 1)]
        assert targets.desc.startswith("1/2 đơn vị")
        assert [(one.name, one.values) for one in years.series] == [
            ("2022-2023", (7, None)),
            ("2023-2024", (9, 3)),
        ]
        assert time.form is Form.STACKED
        assert sum(one.values[0] or 0 for one in time.series) == len(KEPT["units"])

    def test_leave_out_what_nothing_can_be_said_of(self) -> None:
        alone = {**KEPT, "units": [], "charts": {**KEPT["charts"], "years": []}}
        assert [one.key for one in paper_charts.charts_of(alone)] == ["con-duong", "dung-han"]
