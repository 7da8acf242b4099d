"""Letters of our own making, from different issuers and years, for the tests of the walk."""

from __future__ import annotations

UNION_2020 = """ĐOÀN TNCS HỒ CHÍ MINH
BAN CHẤP HÀNH TỈNH TRÀ VINH

Số: 115-CV/TĐTN-BPT
Trà Vinh, ngày 05 tháng 10 năm 2020

V/v giới thiệu đoàn viên ưu tú là học sinh

Kính gửi: Ban Thường vụ các Đoàn trường trung học phổ thông

Ban Thường vụ Tỉnh đoàn đề nghị các Đoàn trường tham mưu cho chi bộ bồi dưỡng đoàn viên ưu tú.
Trong năm học 2020-2021, các Đoàn trường phấn đấu kết nạp ít nhất 05 đoàn viên ưu tú vào Đảng.

Báo cáo kết quả về Tỉnh đoàn trước ngày 15/6/2021.

Nơi nhận:
- Như trên;
- Lưu: VP.

TM. BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Dương Thị Ngọc Hân
"""

PARTY_2025 = """ĐẢNG BỘ TỈNH MÔ PHỎNG
ĐẢNG ỦY KHỐI TRƯỜNG HỌC
*
Số 45-CV/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM

Lâm Đồng, ngày 15 tháng 9 năm 2025

V/v kết nạp đảng viên là học sinh

Kính gửi: Các chi bộ trường trung học phổ thông

Đảng ủy yêu cầu các chi bộ, đặc biệt là trường THPT Trăng Non, thực hiện đúng quy trình.
Trong năm học 2025-2026, phấn đấu kết nạp ít nhất 03 quần chúng ưu tú là học sinh vào Đảng.

Các chi bộ báo cáo kết quả chậm nhất ngày 31/3/2026 về Đảng ủy.

Nơi nhận:
- Như trên;
- Lưu: VPĐU.

T/M ĐẢNG ỦY
BÍ THƯ

Lương Xuân Bình
"""

WITHOUT_TARGET = """UBND TỈNH MÔ PHỎNG
SỞ GIÁO DỤC VÀ ĐÀO TẠO

Số: 12/SGDĐT-CTTT
Mô Phỏng, ngày 10 tháng 9 năm 2023

V/v giáo dục lý tưởng cho học sinh

Kính gửi: Các đơn vị trực thuộc

Sở Giáo dục và Đào tạo đề nghị các đơn vị tổ chức sinh hoạt chuyên đề cho học sinh.

Trước ngày 10/6/2024, các đơn vị báo cáo kết quả về Sở Giáo dục và Đào tạo.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Mai Thị Kim Loan
"""

WITHOUT_REPORT = WITHOUT_TARGET.replace(
    "Trước ngày 10/6/2024, các đơn vị báo cáo kết quả về Sở Giáo dục và Đào tạo.",
    "Trong năm học 2023-2024, phấn đấu kết nạp ít nhất 02 học sinh ưu tú vào Đảng.",
)

BEFORE_THE_RULES = (
    UNION_2020.replace("2020-2021", "2014-2015")
    .replace("15/6/2021", "15/6/2015")
    .replace("năm 2020", "năm 2014")
)
