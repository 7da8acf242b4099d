"""Minutes, resolutions and lists out of what a closed meeting kept; the words are the field's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from donghanh.documents import wording
from donghanh.documents.body_papers import (
    Addressee,
    Block,
    BodyPaper,
    Grid,
    Hand,
    Heading,
    House,
    Text,
)
from donghanh.domain import signing
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.domain.sitting import Body
from donghanh.domain.structure import Line, UnitKind
from donghanh.lib import days
from donghanh.meetings.models import Meeting
from donghanh.meetings.queries import found, told
from donghanh.meetings.queries.sitting import Row
from donghanh.organisation import queries as organisation

#: What a resolution is about, by what was decided. What is not here leaves a decision that the
#: body issues by itself, on a form of its own: only that it exists is kept.
_ABOUT = {
    Step.INTRODUCED: "Giới thiệu đoàn viên ưu tú với Đảng để bồi dưỡng, xem xét",
    Step.LISTED: "Đưa vào danh sách cảm tình Đảng và phân công đảng viên giúp đỡ",
    Step.UNLISTED: "Đưa ra khỏi danh sách cảm tình Đảng",
    Step.HELPER_CHANGED: "Phân công lại đảng viên giúp đỡ",
    Step.SENT_TO_CLASS: "Cử học lớp bồi dưỡng nhận thức về Đảng",
    Step.ASKED: "Đề nghị cho làm thủ tục xét kết nạp đảng viên",
    Step.ALLOWED: "Cho làm thủ tục xét kết nạp đảng viên",
    Step.CELL_VOTED: "Đề nghị kết nạp đảng viên",
    Step.BASE_VOTED: "Đề nghị kết nạp đảng viên",
    Step.RECOGNITION_VOTED: "Đề nghị công nhận đảng viên chính thức",
    Step.RECOGNITION_BASE_VOTED: "Đề nghị công nhận đảng viên chính thức",
}

#: What is handed to the body that comes next; the rest stays with the body itself.
_GOES_UP = frozenset(
    {
        *(Step.INTRODUCED, Step.SENT_TO_CLASS, Step.ASKED, Step.CELL_VOTED, Step.BASE_VOTED),
        *(Step.RECOGNITION_VOTED, Step.RECOGNITION_BASE_VOTED),
    }
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the papers of a body carry: letters of the number, the mark, and its members' name."""

    house: House
    letters: str
    mark: str
    members: str
    meets: str


_KINDS = {
    Body.CLASS_CHAPTER: _Kind(
        House.UNION, "CĐ", "TM. BAN CHẤP HÀNH CHI ĐOÀN", "đoàn viên", "Họp chi đoàn"
    ),
    Body.UNION_COMMITTEE: _Kind(
        House.UNION, "ĐTN", "TM. BAN CHẤP HÀNH", "ủy viên", "Họp Ban Chấp hành Đoàn trường"
    ),
    Body.CELL: _Kind(House.PARTY, "CB", "T/M CHI BỘ", "đảng viên chính thức", "Họp chi bộ"),
    Body.COMMITTEE: _Kind(House.PARTY, "ĐU", "T/M ĐẢNG ỦY", "cấp ủy viên", "Họp cấp ủy"),
}


@dataclass(frozen=True, slots=True)
class PaperLink:
    """One paper of a meeting: its address' last part, what it is, whom it is about."""

    slug: str
    title: str
    name: str = ""


def links(meeting: Meeting, rows: Sequence[Row]) -> tuple[PaperLink, ...]:
    """Return the papers a closed meeting gives; what was declared invalid gives none any more."""
    given = [PaperLink("bien-ban", _("Minutes"))]
    if any(_goes_up(row) for row in rows):
        given.append(PaperLink("danh-sach", _("List and letter for the body above")))
    given += [
        PaperLink(f"nghi-quyet-{row.item.pk}", _("Resolution"), row.name)
        for row in rows
        if _has_resolution(meeting, row)
    ]
    return tuple(given)


def _goes_up(row: Row) -> bool:
    """Tell whether the body above has to do something about a pupil."""
    return row.state == "carried" and Step(row.item.step) in _GOES_UP


def _has_resolution(meeting: Meeting, row: Row) -> bool:
    chapter = meeting.body == Body.CLASS_CHAPTER.value
    return not chapter and row.state == "carried" and Step(row.item.step) in _ABOUT


def paper(meeting: Meeting, rows: Sequence[Row], slug: str) -> BodyPaper | None:
    """
    Return a paper of a closed meeting, or ``None`` where there is no such paper.

    Args:
        meeting: Closed.
        rows: Its items, as ``sitting.rows`` gives them.
        slug: ``bien-ban``, ``danh-sach`` or ``nghi-quyet-`` with the item's number.
    """
    if slug not in {link.slug for link in links(meeting, rows)}:
        return None
    if slug == "bien-ban":
        return _minutes(meeting, rows)
    if slug == "danh-sach":
        return _list(meeting, [row for row in rows if _goes_up(row)])
    row = next(row for row in rows if slug == f"nghi-quyet-{row.item.pk}")
    return _resolution(meeting, row)


def unit_name(meeting: Meeting) -> str:
    """Return what the body was called on the day of the meeting."""
    own = organisation.known_as([meeting.unit_id], meeting.on_date).get(meeting.unit_id)
    name = own.name if own else ""
    if meeting.class_name:
        return f"Chi đoàn lớp {meeting.class_name}"
    return name


def _superior(meeting: Meeting) -> str:
    """Return the body above, as it was called on the day."""
    own = organisation.known_as([meeting.unit_id], meeting.on_date).get(meeting.unit_id)
    if own is None:
        return ""
    if meeting.class_name:
        return own.name
    if own.superior:
        return own.superior
    party = _KINDS[Body(meeting.body)].house is House.PARTY
    line = Line.PARTY if party else Line.UNION
    above = organisation.parent_of(meeting.unit_id, line, meeting.on_date)
    known = organisation.known_as([above], meeting.on_date) if above else {}
    return next((unit.name for unit in known.values()), "")


def _addressee(meeting: Meeting) -> str:
    """Return to whom the list goes: from the Union's committee to the cell of the school."""
    if meeting.body != Body.UNION_COMMITTEE.value or meeting.school_id is None:
        return _superior(meeting)
    cell = organisation.hosted_at(meeting.school_id, UnitKind.CELL, meeting.on_date)
    known = organisation.known_as([cell], meeting.on_date) if cell else {}
    return next((unit.name for unit in known.values()), "")


def _sheet(
    meeting: Meeting,
    kind: tuple[str, str],
    subject: str,
    blocks: Sequence[Block],
    hands: tuple[Hand, ...],
    number: str = "",
    recipients: tuple[str, ...] = (),
) -> BodyPaper:
    of = _KINDS[Body(meeting.body)]
    own = organisation.known_as([meeting.unit_id], meeting.on_date).get(meeting.unit_id)
    title, letters = kind
    return BodyPaper(
        house=of.house,
        superior=_superior(meeting),
        issuer=unit_name(meeting),
        number=number,
        symbol=f"{letters}/{of.letters}",
        place=own.place if own else "",
        day=meeting.on_date,
        kind=title,
        subject=subject,
        blocks=tuple(blocks),
        hands=hands,
        recipients=recipients,
        simulated=meeting.simulated,
    )


def _signer(meeting: Meeting) -> Hand:
    """Return who signs for the body on the day; who chaired where no post says it."""
    of = _KINDS[Body(meeting.body)]
    signer = organisation.signer_of(meeting.unit_id, meeting.on_date, Right.RECORD_ACTS)
    if signer is None or meeting.class_name:
        return Hand((of.mark, "BÍ THƯ"), meeting.chair)
    # Who signs for the body writes the office alone: the body stands in the line above.
    office = signing.office(signer.title) or "BÍ THƯ"
    return Hand((signer.authority or of.mark, office), signer.name)


def _minutes(meeting: Meeting, rows: Sequence[Row]) -> BodyPaper:
    of = _KINDS[Body(meeting.body)]
    day = wording.day_in_words(meeting.on_date)
    what = "Sinh hoạt chi bộ thường kỳ" if meeting.review else of.meets
    blocks: list[Block] = [
        Heading("I. Thời gian, thành phần"),
        Text(f"Thời gian: từ … giờ … phút, {day}; địa điểm: {meeting.place or '…'}."),
        Text(f"Chủ trì: {meeting.chair}. Thư ký: {meeting.taker}."),
    ]
    there = found.attendance_of(meeting)
    if there is not None:
        blocks.append(Text(told.attended(there, of.members)))
    blocks.append(Heading("II. Nội dung và kết quả từng trường hợp"))
    for row in rows:
        blocks += _case(row, of.members)
    blocks += [Heading("III. Tổng hợp"), _summary(rows)]
    blocks.append(
        Text(
            "Cuộc họp kết thúc lúc … giờ … phút cùng ngày; biên bản được đọc lại và thông qua "
            "tại cuộc họp."
        )
    )
    hands = (Hand(("THƯ KÝ",), meeting.taker), Hand(("CHỦ TRÌ",), meeting.chair))
    return _sheet(meeting, ("BIÊN BẢN", "BB"), f"{what} {day}", blocks, hands)


def _case(row: Row, members: str) -> list[Block]:
    """Return what minutes say of one pupil; what was said in the room is added by hand."""
    blocks: list[Block] = [
        Heading(f"{row.number}. {row.name}, lớp {row.class_name}"),
        Text(f"Nội dung: {row.title}."),
    ]
    if row.state == "deferred":
        return [*blocks, Text(f"Chưa xem xét, lý do: {row.item.word.rstrip('.')}.")]
    blocks.append(Text("Ý kiến thảo luận:", blank=2))
    if row.said is not None and row.said.tally is not None:
        blocks.append(Text(told.voted(row, row.said.tally, members)))
    blocks.append(Text(f"Kết quả: {told.result(row)}."))
    return blocks


def _summary(rows: Sequence[Row]) -> Grid:
    return Grid(
        heads=("STT", "Họ và tên", "Lớp", "Nội dung", "Kết quả"),
        widths=(13, 43, 18, 49, 42),
        centred=(0, 2),
        rows=tuple(
            (
                str(row.number),
                row.name,
                row.class_name,
                row.title,
                "chưa xem xét" if row.state == "deferred" else told.result(row),
            )
            for row in rows
        ),
    )


def _resolution(meeting: Meeting, row: Row) -> BodyPaper:
    of, step = _KINDS[Body(meeting.body)], Step(row.item.step)
    person, about = row.walk.dossier.person, _ABOUT[step]
    day = wording.day_in_words(meeting.on_date)
    blocks: list[Block] = [
        *(Text(f"Căn cứ {line};") for line in told.bases(row, step, of.house, meeting.on_date)),
        Text(f"Căn cứ kết quả cuộc họp {day} của {unit_name(meeting)};"),
        Text(
            f"Xét trường hợp {person.full_name}, sinh ngày {days.day(person.birth_date)}, "
            f"học sinh lớp {row.class_name}."
        ),
        Text("Ưu điểm:", blank=2),
        Text("Khuyết điểm:", blank=2),
    ]
    if row.said is not None and row.said.tally is not None:
        blocks.append(Text(told.voted(row, row.said.tally, of.members)))
    helper = row.item.helper
    named = f" Đảng viên được phân công giúp đỡ: {helper.name}." if helper else ""
    blocks += [
        Heading("QUYẾT NGHỊ:", centred=True),
        Text(f"{about}: {person.full_name}, lớp {row.class_name}.{named}"),
        Text(f"{unit_name(meeting)} chịu trách nhiệm thực hiện nghị quyết này."),
    ]
    return _sheet(
        meeting,
        ("NGHỊ QUYẾT", "NQ"),
        about,
        blocks,
        (_signer(meeting),),
        number=row.item.paper_number,
        recipients=(_addressee(meeting), "Lưu hồ sơ"),
    )


def _list(meeting: Meeting, rows: Sequence[Row]) -> BodyPaper:
    """Return the letter that hands the names of those carried to the body that comes next."""
    to = _addressee(meeting)
    day = wording.day_in_words(meeting.on_date)
    grid = Grid(
        heads=("STT", "Họ và tên", "Ngày sinh", "Lớp", "Nội dung", "Biểu quyết"),
        widths=(13, 42, 26, 18, 42, 24),
        centred=(0, 2, 3, 5),
        rows=tuple(
            (
                str(place),
                row.name,
                days.day(row.walk.dossier.person.birth_date),
                row.class_name,
                row.title,
                told.fraction(row),
            )
            for place, row in enumerate(rows, start=1)
        ),
    )
    blocks: list[Block] = [
        Addressee(f"Kính gửi: {to or '…'}"),
        Text(
            f"{unit_name(meeting)} đã họp {day} và thống nhất đề nghị xem xét "
            f"{wording.count_in_sentence(len(rows))} trường hợp sau:"
        ),
        grid,
        Text("Kính trình xem xét, quyết định theo thẩm quyền."),
    ]
    return _sheet(
        meeting,
        ("TỜ TRÌNH", "TTr"),
        "Danh sách học sinh đề nghị xem xét",
        blocks,
        (_signer(meeting),),
        recipients=("Như trên", "Lưu hồ sơ"),
    )
