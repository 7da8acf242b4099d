"""What invented offices write into the parts of their reports; figures are never written here."""

from __future__ import annotations

from donghanh.domain.checking import Finding
from donghanh.reports import texts

_SCHOOL = (
    "Chi bộ {school} đã phổ biến văn bản của cơ quan cấp trên đến toàn thể đảng viên; giao Đoàn "
    "trường phối hợp theo dõi, giúp đỡ đoàn viên ưu tú.",
    "Nhà trường tổ chức sinh hoạt chuyên đề về lý tưởng cách mạng và duy trì câu lạc bộ đồng hành. "
    "Học sinh trong danh sách đều tự nguyện, được phân công đảng viên giúp đỡ.",
    "Các bước được thực hiện đúng trình tự, từng bước có văn bản lưu tại chi bộ.",
    "Tiếp tục bồi dưỡng học sinh đã được giới thiệu; giữ liên hệ với học sinh sau khi ra trường.",
    "Đề nghị mở lớp bồi dưỡng nhận thức về Đảng ngay trong học kỳ I.",
)
_DEPARTMENT = (
    "Cơ quan đã ban hành văn bản chỉ đạo, theo dõi việc tiếp nhận và thực hiện của từng đơn vị.",
    "Các đơn vị chủ động tạo nguồn; chi bộ và Đoàn trường phối hợp bồi dưỡng, giới thiệu đoàn viên "
    "ưu tú.",
    "Số liệu được tổng hợp từ báo cáo của các đơn vị, có hồ sơ từng trường hợp để đối chiếu.",
    "Tiếp tục đôn đốc các đơn vị; nhân rộng cách làm tốt.",
    "Đề nghị cấp có thẩm quyền quan tâm mở lớp bồi dưỡng nhận thức về Đảng cho học sinh.",
)


def school(name: str) -> dict[str, str]:
    """Return the parts of a school's report."""
    return dict(zip(texts.PARTS, (text.format(school=name) for text in _SCHOOL), strict=True))


def department() -> dict[str, str]:
    """Return the parts of a consolidated report."""
    return dict(zip(texts.PARTS, _DEPARTMENT, strict=True))


def explained(finding: Finding) -> str:
    """Return what a school says of a figure that is far from last year's."""
    more = finding.said > finding.other
    why = "nguồn được rà soát sớm hơn" if more else "khối 12 năm nay ít lớp hơn"
    return f"Năm nay {finding.said}, năm trước {finding.other}: {why}; đã đối chiếu với hồ sơ."
