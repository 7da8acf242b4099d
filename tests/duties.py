"""A letter that asks schools for the report before 10 June, issued through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from donghanh.accounts.models import User
from donghanh.directives import actions as directives
from donghanh.directives.models import Task
from tests.stage import Cast, actor, instant

#: A letter that asks for a report before 10 June every year, as an office writes it.
LETTER = """UBND TỈNH ĐẮK NÔNG
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 128/SGDĐT-GDTrH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đắk Nông, ngày 12 tháng 02 năm 2024
V/v phát triển đảng viên trong học sinh THPT
Kính gửi: Các đơn vị trực thuộc
Trong năm học {year}, ngành Giáo dục phấn đấu kết nạp được ít nhất {target:02d} quần chúng học
sinh ưu tú vào Đảng.
Trước ngày 10/6 hàng năm, báo cáo kết quả thực hiện về Sở Giáo dục và Đào tạo để tổng hợp.
"""


def ask_for_reports(
    cast: Cast, shares: Mapping[int, int], *, year: str = "2023-2024"
) -> dict[int, Task]:
    """
    Issue a letter that asks schools for the report before 10 June, in February of a school year.

    Args:
        cast: Everybody.
        shares: Target per school's unit id.
        year: The school year asked about.

    Returns:
        The reporting task of each school, by its unit id.
    """
    return issued_by(cast.officer, shares, year)


def issued_by(user: User, shares: Mapping[int, int], year: str) -> dict[int, Task]:
    """Issue the letter by an officer of any department; for the rest see ``ask_for_reports``."""
    on = date(int(year[-4:]), 2, 12)
    officer = actor(user, on)
    text = LETTER.format(year=year, target=sum(shares.values()))
    kept = directives.keep_letter(
        actor=officer,
        file_name="cong-van.txt",
        data=text.encode(),
        at=instant(on),
        simulated=True,
    )
    duty = {"text": "Báo cáo kết quả", "due": "--06-10", "recurs": True, "before": True}
    target = {"amount": sum(shares.values()), "year": year}
    directives.correct_reading(
        actor=officer,
        directive_id=kept.pk,
        seen=kept.revision,
        changes={"duties": [duty], "targets": [target]},
        at=instant(on),
    )
    directives.issue_directive(
        actor=officer, directive_id=kept.pk, shares=shares, at=instant(on), on=on
    )
    tasks = Task.objects.filter(recipient__directive_id=kept.pk, kind="report")
    return {task.recipient.unit_id: task for task in tasks.select_related("recipient")}
