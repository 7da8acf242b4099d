"""Generated data for the living page of the design; no person or unit in it exists."""

from __future__ import annotations

from typing import Any

from donghanh.domain.authority import Actor, Post
from donghanh.domain.rights import Role
from donghanh.web.context import Shell, frame

Sample = dict[str, Any]

_CELL = "Chi bộ Trường THPT (mô phỏng) Đức Lập"
_POSTS = (
    Post(1, Role.SECRETARY, 1, "cb", _CELL),
    Post(2, Role.UNION, 2, "dt", "Đoàn trường THPT (mô phỏng) Đức Lập"),
)
_SECRETARY = Actor(1, "Cao Thị Bích", _POSTS[0])
_OFFICER = Actor(2, "Sầm Gia Giang", Post(3, Role.OFFICER, 3, "so", "Sở Giáo dục và Đào tạo"))
_PUPIL = Actor(3, "Hải Nam", Post(4, Role.PUPIL, 1, "cb", "Lớp 12A1"))

#: Who looks at each kind of page, and the address that marks its room.
_VIEWERS: dict[str, tuple[Actor, str]] = {
    "desk": (_SECRETARY, "/"),
    "road": (_SECRETARY, "/con-duong/"),
    "letter": (_OFFICER, "/chi-dao/"),
    "board": (_OFFICER, "/tong-hop/"),
    "report": (_SECRETARY, "/bao-cao/"),
    "own": (_PUPIL, "/"),
    "confirm": (_SECRETARY, "/con-duong/"),
}
_COUNTS = {"desk": 4, "inbox": 1, "directives": 1}


def shell(page: str) -> Shell:
    """Return the frame of one sample page, as the person it is for would see it."""
    actor, path = _VIEWERS[page]
    counts = {} if actor is _PUPIL else _COUNTS
    posts = _POSTS if actor is _SECRETARY else ()
    return frame(actor, path, "2025-2026", counts, posts, simulated=True)


_CHARTER = {
    "label": "Điều lệ Đảng, điều 4.3",
    "full": "Điều lệ Đảng Cộng sản Việt Nam (Đại hội XI, 2011), Điều 4, khoản 3.",
}
_R294 = {
    "label": "294-QĐ/TW",
    "full": "Quy định số 294-QĐ/TW ngày 26/5/2025 của Ban Chấp hành Trung ương "
    "về thi hành Điều lệ Đảng.",
}
_G06 = {
    "label": "06-HD/TW, 3.7",
    "full": "Hướng dẫn số 06-HD/TW ngày 09/6/2025 của Ban Bí thư, mục 3.7.",
}
_R208 = {
    "label": "208-QĐ/TW",
    "full": "Quy định số 208-QĐ/TW ngày 26/7/2026 của Ban Chấp hành Trung ương.",
    "unsettled": True,
}

_DESK: Sample = {
    "title": "Thứ Sáu, 21/11/2025",
    "lead": "Một việc quá hạn, ba việc đến hạn trong tuần tới. Hai việc đang chờ nơi khác.",
    "groups": [
        {
            "title": "Quá hạn",
            "tasks": [
                {
                    "state": "late",
                    "badge": "trễ 2 ngày",
                    "title": "Tổ chức lễ kết nạp – Hoàng Minh Châu, 12A3",
                    "note": "Nhận quyết định ngày 08/10 · hạn 30 ngày làm việc: thứ Tư 19/11",
                    "citation": _R294,
                    "action": "Ghi ngày tổ chức",
                    "primary": True,
                }
            ],
        },
        {
            "title": "Trong bảy ngày",
            "tasks": [
                {
                    "state": "near",
                    "badge": "còn 3 ngày",
                    "title": "Họp chi bộ tháng 11: xét 3 hồ sơ",
                    "note": "Đã triệu tập 20 đảng viên chính thức · 2/3 hồ sơ đủ giấy tờ",
                    "action": "Mở cuộc họp",
                    "primary": True,
                },
                {
                    "state": "near",
                    "badge": "còn 5 ngày",
                    "title": "Xác nhận đã nhận Công văn 1873/SGDĐT-CTTT",
                    "note": "Hai nhiệm vụ, một chỉ tiêu · hạn thứ Tư 26/11",
                    "action": "Đọc",
                },
                {
                    "state": "near",
                    "badge": "còn 6 ngày",
                    "title": "Giấy chứng nhận nhận thức về Đảng sắp hết hạn – Lê Thị Thu Hà",
                    "note": "Cấp 27/11/2020 · giá trị 60 tháng",
                    "citation": _R294,
                    "action": "Xem",
                },
            ],
        },
        {
            "title": "Đang chờ nơi khác",
            "tasks": [
                {
                    "state": "waiting",
                    "badge": "chờ 12 ngày",
                    "title": "Thẩm tra lý lịch – Đảng ủy xã (mô phỏng) Quảng Tín",
                    "note": "2 hồ sơ · gửi ngày 09/11 · quá 20 ngày hệ thống sẽ nhắc",
                    "action": "Nhắc",
                },
                {
                    "state": "waiting",
                    "badge": "chờ 6 ngày",
                    "title": "Đảng ủy cơ sở xem xét nghị quyết 14-NQ/CB",
                    "note": "Nguyễn Hải Nam, 12A1 · hạn thứ Sáu 19/12",
                    "action": "Xem",
                },
            ],
        },
    ],
    "funnel": [
        ("Đồng ý tham gia", 46),
        ("Cảm tình Đảng", 31),
        ("Xong lớp nhận thức", 19),
        ("Làm hồ sơ", 11),
        ("Chi bộ thông qua", 7),
        ("Có quyết định", 4),
        ("Đã kết nạp", 3),
    ],
    "last_days": [
        ("Họp chi bộ xét kết nạp", "thứ Ba 31/3/2026", "8 em đủ 18 tuổi"),
        ("Gửi hồ sơ lên cấp trên", "thứ Ba 07/4/2026", ""),
    ],
}

_ROAD: Sample = {
    "crumbs": [{"label": "Con đường", "url": "/con-duong/"}, {"label": "12A1"}],
    "name": "Nguyễn Hải Nam",
    "lead": "Sinh 02/9/2007 · đủ 18 tuổi từ 02/9/2025 ·",
    "done": [
        ("Tự nguyện tham gia, gia đình có ý kiến", "12/9/2024", "Em đồng ý cho 3 mục đích"),
        ("Đoàn trường giới thiệu", "20/11/2024", "Chi đoàn 41/43 · BCH 14/15 · NQ 06-NQ/ĐTN"),
        ("Vào danh sách cảm tình Đảng", "03/12/2024", "Đảng viên Phạm Quốc Việt giúp đỡ"),
        ("Lớp nhận thức về Đảng", "14/3/2025", "Chứng nhận 118/2025 · có giá trị đến 14/3/2030"),
    ],
    "now": {
        "title": "Chi bộ họp xét, biểu quyết",
        "note": "Cần từ 2/3 tổng số đảng viên chính thức được triệu tập: 14 trên 20. "
        "Vắng mặt tính là không tán thành.",
        "citations": [_CHARTER, _G06, _R294],
        "papers": [
            ("done", "Đơn xin vào Đảng", "1-KNĐ", "bản chính, 2 trang", "05/10/2025"),
            ("done", "Lý lịch và kết quả thẩm tra", "2-KNĐ", "lưu tại Đảng ủy", "28/10/2025"),
            ("done", "Giấy giới thiệu người vào Đảng", "3-KNĐ", "", "30/10/2025"),
            ("done", "Nghị quyết giới thiệu đoàn viên ưu tú", "4-KNĐ", "", "01/11/2025"),
            ("late", "Tổng hợp ý kiến nhận xét", "5-KNĐ", "hỏi Đảng ủy xã ngày 09/11", ""),
        ],
    },
    "ahead": [
        ("Đảng ủy cơ sở đề nghị", "trước 30/12", "trong 25 ngày làm việc sau nghị quyết chi bộ"),
        ("Cấp có thẩm quyền quyết định", "trước 27/02/2026", "chậm nhất 60 ngày làm việc"),
        ("Lễ kết nạp", "tháng 3–4/2026", "trong 30 ngày làm việc từ khi nhận quyết định"),
        ("12 tháng dự bị", "đến 2027", "có thể diễn ra ở nơi học mới – hệ thống sẽ bàn giao"),
    ],
    "people": [
        ("Phạm Quốc Việt", "Đảng viên giúp đỡ"),
        ("Trần Bảo Ngọc", "Bí thư chi đoàn"),
    ],
    "readers": [("Bí thư chi bộ", "21/11 08:12"), ("Người giúp đỡ", "18/11 20:40")],
    "history": [
        ("21/11/2025 08:12", "Mở hồ sơ", "Cao Thị Bích, bí thư chi bộ"),
        ("09/11/2025 14:03", "Gửi giấy xin ý kiến nơi cư trú", "Cao Thị Bích, bí thư chi bộ"),
        ("01/11/2025 16:20", "Ghi nghị quyết giới thiệu", "Trần Bảo Ngọc, Đoàn trường"),
    ],
}


def _piece(text: str, key: str = "", kind: str = "read", part: str = "") -> Sample:
    return {"text": text, "key": key, "kind": kind, "part": part}


_LETTER: Sample = {
    "title": "Đọc văn bản",
    "lead": "Đã nhận ra 14 mục, 4 chỗ cần xem lại. Bấm vào một mục để thấy nơi nó được đọc ra.",
    "head": [
        [_piece("Số: "), _piece("    /SGDDT-GDTC", "number", "doubt")],
        [_piece("Đắk Nông, "), _piece("ngày    tháng 02 năm 2024", "day", "doubt")],
    ],
    "centre": [_piece("Kính gửi: "), _piece("Các đơn vị trực thuộc", "to")],
    "about": [
        _piece("V/v "),
        _piece("phát triển đảng viên trong học sinh THPT trên địa bàn tỉnh", "about"),
    ],
    "body": [
        [
            _piece("Thực hiện "),
            _piece("Chỉ thị số 34-CT/TW, ngày 30/5/1998", "bases", part="1"),
            _piece(" …; "),
            _piece("Nghị quyết số 21-NQ/TW, ngày 16/6/2022", "bases", part="2"),
            _piece(" …"),
        ],
        [
            _piece("Căn cứ "),
            _piece("Nghị quyết số 06-NQ/ĐUK, ngày 30/11/2021", "bases"),
            _piece(" …"),
        ],
        [
            _piece("3. Cấp ủy nhà trường thực hiện … Trước mắt, trong "),
            _piece("năm học 2023-2024", "target", "target", "1"),
            _piece(", … phấn đấu kết nạp được "),
            _piece("ít nhất 02", "target", "target"),
            _piece(" "),
            _piece("quân chủng", "target", "doubt", "2"),
            _piece(" học sinh ưu tú vào Đảng."),
        ],
        [
            _piece("Trước ngày 10/6 hàng năm", "due"),
            _piece(", báo cáo kết quả thực hiện về Sở Giáo dục và Đào tạo …"),
        ],
        [_piece("KT. GIÁM ĐỐC – PHÓ GIÁM ĐỐC", "signer")],
    ],
    "rows": [
        ("number", "Số, ký hiệu", "— /SGDDT-GDTC", "để trống số; nơi nhận lại ghi GDTX-CTTT"),
        ("day", "Ngày", "tháng 02/2024", "để trống ngày"),
        ("about", "Trích yếu", "phát triển đảng viên trong học sinh THPT trên địa bàn tỉnh", ""),
        ("to", "Kính gửi", "Các đơn vị trực thuộc", ""),
        (
            "bases",
            "Căn cứ",
            "34-CT/TW · 30/5/1998; 21-NQ/TW · 16/6/2022; 06-NQ/ĐUK · 30/11/2021",
            "",
        ),
        (
            "target",
            "Chỉ tiêu",
            "≥ 02 học sinh kết nạp · năm học 2023-2024",
            "“quân chủng” có thể là “quần chúng”",
        ),
        ("due", "Kỳ hạn", "trước 10/6 hằng năm · báo cáo kết quả", ""),
        ("signer", "Người ký", "KT. GIÁM ĐỐC – PHÓ GIÁM ĐỐC", ""),
    ],
}

_BOARD: Sample = {
    "crumbs": [{"label": "Báo cáo kết quả phát triển đảng viên · hạn trước 10/6/2024"}],
    "title": "Tổng hợp năm học 2023-2024",
    "figures": [
        ("9/11", "đơn vị đã gửi", ""),
        ("7", "đúng hạn", ""),
        ("3", "đã kết nạp · chỉ tiêu 02", ""),
        ("5", "có quyết định, chờ lễ", ""),
    ],
    "max": 2,
    "rows": [
        ("THPT chuyên (mô phỏng) A", "done", "đã nhận", 12, 3, 2, 1),
        ("THPT (mô phỏng) B", "done", "đã nhận", 9, 2, 1, 1),
        ("THPT (mô phỏng) C", "near", "trả lại 1 số liệu", 7, 1, 0, 0),
        ("THPT (mô phỏng) D", "waiting", "đã gửi", 5, 1, 0, 0),
        ("PTDTNT (mô phỏng) E", "waiting", "đã gửi, trễ 2 ngày", 4, 1, 0, 0),
        ("THPT (mô phỏng) F", "late", "chưa gửi, trễ 4 ngày", "", "", "", 0),
    ],
    "total": (37, 8, 3, 2),
}

_REPORT: Sample = {
    "crumbs": [{"label": "Báo cáo", "url": "/bao-cao/"}, {"label": "Kỳ 10/6/2026"}],
    "title": "Báo cáo năm học 2025-2026",
    "lead": "Số liệu lấy từ hồ sơ. Số nào sửa tay thì ghi lý do.",
    "rows": [
        ("members", "Đoàn viên ưu tú được Đoàn giới thiệu", 14, 11, ""),
        ("listed", "Học sinh trong danh sách cảm tình Đảng", 31, 24, ""),
        ("class", "Học sinh xong lớp nhận thức về Đảng", 19, 17, "Thêm 1 em học tại xã khác"),
        ("decided", "Có quyết định kết nạp", 4, 3, ""),
        ("admitted", "Đã làm lễ kết nạp", 3, 2, ""),
    ],
    "checks": [
        ("done", "Các số không vượt số đứng trước"),
        ("done", "Số kết nạp khớp với ngày làm lễ"),
        ("near", "1 số sửa tay, đã có lý do"),
        ("waiting", "Lời đánh giá còn để trống"),
    ],
}

_OWN: Sample = {
    "title": "Chào Nam",
    "lead": "Em đang ở bước 5 trên con đường em đã chọn.",
    "strip": ["past"] * 4 + ["here"] + ["ahead"] * 4,
    "readers": ["Bí thư chi bộ, 21/11 lúc 08:12", "Thầy Việt (giúp đỡ), 18/11 lúc 20:40"],
}

_CONFIRM: Sample = {
    "crumbs": [{"label": "Con đường", "url": "/con-duong/"}, {"label": "Nguyễn Hải Nam"}],
    "title": "Bỏ giấy này khỏi hồ sơ?",
    "text": "Giấy không còn được tính cho bước này. Việc bỏ được ghi vào lịch sử.",
    "button": "Bỏ giấy này",
    "facts": [("Giấy", "Đơn xin vào Đảng, 1-KNĐ"), ("Ngày", "05/10/2025")],
}

#: Each kind of page by its name in the address.
PAGES: dict[str, Sample] = {
    "desk": _DESK,
    "road": _ROAD,
    "letter": _LETTER,
    "board": _BOARD,
    "report": _REPORT,
    "own": _OWN,
    "confirm": _CONFIRM,
}

#: What the living page shows its components with.
COMPONENTS: Sample = {
    "citations": [_CHARTER, _G06, _R208],
    "long_name": "Nguyễn Phước Thiên Bảo Khuê Tôn Nữ Hoàng Quỳnh Như",
    "long_unit": "Đảng ủy Trường Phổ thông Dân tộc nội trú Trung học cơ sở và "
    "Trung học phổ thông (mô phỏng) huyện Tuy Đức",
    "picture": {
        "src": "/static/img/favicon.svg",
        "width": 480,
        "height": 480,
        "alt": "Hai nét cùng đi lên, dấu của sản phẩm",
        "caption": "Chú thích dưới ảnh",
        "credit": "Nguyễn Phước Thiên Bảo Khuê",
    },
    "road": _ROAD,
    "rows": _BOARD["rows"],
    "colours": ["ground", "card", "ink", "soft", "faint", "line", "red", "green", "amber", "blue"],
    "tabs": [
        {"label": "Tất cả", "url": "?", "count": 46, "current": True},
        {"label": "Đang bị vướng", "url": "?vuong=1", "count": 5},
        {"label": "Sắp đủ 18 tuổi", "url": "?tuoi=18", "count": 12},
        {"label": "Đã dừng", "url": "?dung=1", "count": 0},
    ],
}
