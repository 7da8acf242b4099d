"""Sizes and style names shared by the templates, the rendering and the layout check."""

from __future__ import annotations

import unicodedata

FONT = "Times New Roman"

# Millimetres. Decree 30/2020/NĐ-CP, Appendix I: top and bottom 20 to 25, left 30 to 35, right 15
# to 20; the narrow right margin leaves the national title in 13 points on one line.
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20, 20, 30, 15
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
WIDE_TEXT_WIDTH = PAGE_HEIGHT - MARGIN_LEFT - MARGIN_RIGHT
HEAD_COLUMNS = (66, 99)
FOOT_COLUMNS = (80, 85)

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIMULATED = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI VĂN BẢN THẬT"

# Style names are Vietnamese: a clerk meets them in Word.
TITLE_OF_STATE = "DH Quốc hiệu"
TITLE_MOTTO = "DH Tiêu ngữ"
SUPERIOR = "DH Cơ quan chủ quản"
ISSUER = "DH Cơ quan ban hành"
NUMBER = "DH Số ký hiệu"
PLACE = "DH Địa danh ngày tháng"
KIND = "DH Tên loại"
SUBJECT = "DH Trích yếu"
ADDRESSEE = "DH Kính gửi"
BODY = "DH Nội dung"
HEADING = "DH Đề mục"
RULE_SHORT = "DH Kẻ ngắn"
RULE_FULL = "DH Kẻ dài"
RECIPIENTS_TITLE = "DH Nơi nhận"
RECIPIENT = "DH Nơi nhận chi tiết"
SIGN_TITLE = "DH Chức vụ ký"
SIGN_NAME = "DH Họ tên ký"
APPENDIX = "DH Phụ lục"
APPENDIX_TITLE = "DH Tên phụ lục"
APPENDIX_REFERENCE = "DH Kèm theo"
CELL = "DH Ô bảng"
CELL_HEAD = "DH Ô đầu bảng"
NOTE = "DH Chú thích"
PAGE_NUMBER = "DH Số trang"
SIMULATED_MARK = "DH Mô phỏng"

# The captions (alternative text) by which a table of a template is found again.
TABLE_HEAD = "letterhead"
TABLE_FOOT = "foot"
TABLE_FIGURES = "figures"
TABLE_UNITS = "units"
TABLE_TARGETS = "targets"
TABLE_TILES = "tiles"

# Advance widths of Times bold, thousandths of an em; marks of Vietnamese add nothing.
_WIDTHS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
         722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667),
        strict=True,
    )
)  # fmt: skip
_WIDTHS |= dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
         556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444),
        strict=True,
    )
)  # fmt: skip
_WIDTHS |= {
    " ": 250,
    "\u00a0": 250,
    ".": 250,
    ",": 250,
    "-": 333,
    ":": 333,
    "(": 333,
    ")": 333,
    "/": 278,
}
_LETTERS = str.maketrans("ĐđƠơƯư", "DdOoUu")


def bold_width(text: str, points: float) -> float:
    """
    Return how wide a line of bold Times text is, in millimetres.

    Args:
        text: One line.
        points: Size of the type.

    Returns:
        Close enough to place a rule under the line; not for setting type.

    >>> round(bold_width("Độc lập - Tự do - Hạnh phúc", 14))
    60
    """
    bare = unicodedata.normalize("NFD", text.translate(_LETTERS))
    letters = (sign for sign in bare if not unicodedata.combining(sign))
    units = sum(_WIDTHS.get(letter, 500) for letter in letters)
    return units / 1000 * points * 25.4 / 72
