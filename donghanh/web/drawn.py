"""Charts of invented counts for the living page: every form, long names, noughts, many units."""

from __future__ import annotations

from donghanh.lib.charts import Chart, Form, Series, Tile, TileMap, share

_LONG = (
    "Trường Phổ thông Dân tộc nội trú Trung học cơ sở và Trung học phổ thông (mô phỏng) "
    "N'Trang Lơng huyện Krông Ana"
)
_UNITS = (_LONG, "THPT (mô phỏng) Đắk Song", "<script>THPT</script>", "THPT (mô phỏng) Tuy Đức")

CHARTS = (
    Chart(
        key="mau-con-duong",
        title="Số người đã qua từng bước",
        desc="Mỗi thanh là một bước; số cuối thanh là số người.",
        form=Form.FUNNEL,
        head="Bước",
        labels=("Đoàn giới thiệu", "Cảm tình Đảng", "Có quyết định", "Kết nạp"),
        series=(Series("Học sinh", (1246, 310, 9, 0)),),
    ),
    Chart(
        key="mau-chi-tieu",
        title="Kết quả so với chỉ tiêu",
        desc="2/4 đơn vị đã đạt chỉ tiêu.",
        form=Form.MARKED,
        head="Đơn vị",
        labels=_UNITS,
        series=(Series("Kết quả", (3, 0, 2, None)), Series("Chỉ tiêu", (2, 4, 2, None))),
    ),
    Chart(
        key="mau-cac-nam",
        title="Các năm học cạnh nhau",
        desc="Bốn năm học, mỗi năm một kiểu nền.",
        form=Form.GROUPED,
        head="Bước",
        labels=("Đoàn giới thiệu", "Kết nạp"),
        series=(
            Series("2022-2023", (12, 2)),
            Series("2023-2024", (19, 3)),
            Series("2024-2025", (24, 5)),
            Series("2025-2026", (21, None)),
        ),
    ),
    Chart(
        key="mau-dung-han",
        title="Báo cáo đúng hạn, trễ hạn, chưa gửi",
        desc="9 đúng hạn, 2 trễ hạn, 4 chưa gửi.",
        form=Form.STACKED,
        head="Báo cáo",
        labels=("Số đơn vị",),
        series=(Series("Đúng hạn", (9,)), Series("Trễ hạn", (2,)), Series("Chưa gửi", (4,))),
    ),
)
_STATES = (("done", "đạt"), ("near", "đang thực hiện"), ("waiting", "chưa có"), ("plain", "không"))
TILES = TileMap(
    key="mau-so-do",
    title="Sơ đồ các đơn vị theo kết quả",
    desc="Sơ đồ ô: mỗi ô là một đơn vị, không phải vị trí địa lý.",
    heads=("Đơn vị", "Kết quả/chỉ tiêu", "Tình trạng"),
    groups=tuple(
        (
            place,
            tuple(
                Tile(name, f"{2 - at if at < 3 else '–'}/2", share(2 - at, 2), *_STATES[at])
                for at, name in enumerate(_UNITS)
            ),
        )
        for place in ("Đắk Nông", "Lâm Đồng")
    ),
)
