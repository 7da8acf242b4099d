"""Papers of invented units for the tests of documents; every name is generated."""

from __future__ import annotations

from datetime import date

from donghanh.documents import papers

CUTOFF = date(2024, 5, 31)

PARTS = papers.skeleton(
    leadership="Chi ủy đã ban hành kế hoạch tạo nguồn ngay từ đầu năm học; phân công từng đảng "
    "viên theo dõi, giúp đỡ.\nĐoàn trường tham mưu tổ chức các diễn đàn, câu lạc bộ đồng hành.",
    results="Công tác giáo dục chính trị tư tưởng được triển khai thường xuyên, gắn với các hoạt "
    "động của Đoàn và các ngày lễ lớn trong năm.",
    assessment="Nguồn kết nạp bảo đảm chất lượng; việc thẩm tra lý lịch ở tỉnh ngoài còn chậm.",
    directions="Tiếp tục tạo nguồn từ lớp 10, tổ chức lớp bồi dưỡng nhận thức vào học kỳ I.",
    proposals="",
)


def letterhead(*, number: str = "9", day: date | None = date(2024, 6, 9)) -> papers.Letterhead:
    """Return the head of the invented department's paper."""
    return papers.Letterhead(
        superior="UBND tỉnh Mẫu Sơn",
        issuer="Sở Giáo dục và Đào tạo",
        number=number,
        symbol="BC-SGDĐT",
        place="Mẫu Sơn",
        day=day,
    )


def school(**changes: object) -> papers.SchoolReport:
    """Return an invented school's report, with any field changed."""
    fields: dict[str, object] = {
        "letterhead": papers.Letterhead(
            superior="Sở Giáo dục và Đào tạo tỉnh Mẫu Sơn",
            issuer="Trường THPT chuyên Nguyễn Văn Mẫu",
            number="9",
            symbol="BC-THPTNVM",
            place="Mẫu Sơn",
            day=date(2024, 6, 5),
        ),
        "school_year": "2023-2024",
        "cutoff": CUTOFF,
        "subject": "Kết quả công tác phát triển đảng viên trong học sinh năm học 2023-2024",
        "addressee": "Sở Giáo dục và Đào tạo tỉnh Mẫu Sơn",
        "parts": PARTS,
        "figures": (
            papers.FigureRow("1", "Tổng số học sinh", 1496),
            papers.FigureRow("2", "Số đoàn viên ưu tú được Đoàn giới thiệu", 12),
            papers.FigureRow("3", "Số quần chúng hoàn thành lớp bồi dưỡng nhận thức về Đảng", 3),
            papers.FigureRow("4", "Số có quyết định kết nạp", 2, "01 nữ"),
            papers.FigureRow("5", "Tỷ lệ kết nạp trên số hoàn thành lớp", papers.Rate(2, 3)),
            papers.FigureRow("6", "Số phụ huynh chưa đồng thuận", None),
        ),
        "recipients": ("Như trên", "Chi bộ", "Lưu: VT"),
        "signing": papers.Signing("KT. Hiệu trưởng", "Phó Hiệu trưởng", "Lê Thị Mô Phỏng"),
        "simulated": True,
        "rulebook_version": "2026.11",
        "opening": "Thực hiện Công văn số 128/SGDĐT-GDTX ngày 12 tháng 02 năm 2024 của Sở Giáo "
        "dục và Đào tạo về phát triển đảng viên trong học sinh THPT trên địa bàn tỉnh;",
    }
    return papers.SchoolReport(**(fields | changes))  # type: ignore[arg-type]


def unit_rows(number: int, columns: int) -> tuple[papers.UnitRow, ...]:
    """Return rows of invented schools; every tenth has not reported."""
    rows = []
    for order in range(1, number + 1):
        silent = order % 10 == 0
        figures = tuple(None if silent else order * 7 + column for column in range(columns))
        rows.append(
            papers.UnitRow(
                name=f"Trường THPT Mẫu số {order}",
                status_text="Chưa báo cáo" if silent else "Đã báo cáo",
                figures=figures,
                target=2 if order % 2 else None,
                result=None if silent else order % 3,
            )
        )
    return tuple(rows)


def consolidated(
    number: int = 12,
    columns: tuple[str, ...] = ("Đoàn viên ưu tú được giới thiệu", "Đã hoàn thành lớp", "Kết nạp"),
    **changes: object,
) -> papers.ConsolidatedReport:
    """Return the invented department's report over a number of schools, any field changed."""
    units = unit_rows(number, len(columns))
    fields: dict[str, object] = {
        "letterhead": letterhead(),
        "school_year": "2023-2024",
        "cutoff": CUTOFF,
        "subject": "Kết quả công tác phát triển đảng viên trong học sinh THPT năm học 2023-2024",
        "addressee": "Đảng ủy Ủy ban nhân dân tỉnh Mẫu Sơn",
        "parts": PARTS,
        "columns": columns,
        "units": units,
        "totals": tuple(
            sum(int(unit.figures[column] or 0) for unit in units) for column in range(len(columns))
        ),
        "target_total": sum(unit.target or 0 for unit in units),
        "result_total": sum(int(unit.result or 0) for unit in units),
        "missing_units": tuple(unit.name for unit in units if unit.result is None),
        "recipients": ("Như trên", "UBND tỉnh (để báo cáo)", "Lưu: VT, GDTX-CTTT"),
        "signing": papers.Signing("KT. GIÁM ĐỐC", "Phó Giám đốc", "Trần Văn Mô Phỏng"),
        "simulated": True,
        "rulebook_version": "2026.11",
    }
    return papers.ConsolidatedReport(**(fields | changes))  # type: ignore[arg-type]
