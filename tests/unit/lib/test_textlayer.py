"""Files as people upload them: the text comes out, or the refusal says why."""

from __future__ import annotations

import codecs
import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from donghanh.domain import letter
from donghanh.lib import pdffile, textlayer, unreadable, wordfile

LETTERS = Path(__file__).parents[2] / "letters"
STATE = (LETTERS / "state.txt").read_text(encoding="utf-8")


def pdf_of(pages: list[list[str]]) -> bytes:
    """Return a PDF that shows lines of Vietnamese by a font with a table back to Unicode."""
    letters = sorted({letter for lines in pages for line in lines for letter in line})
    codes = {letter: code + 1 for code, letter in enumerate(letters)}
    table = "\n".join(f"<{codes[one]:04X}> <{ord(one):04X}>" for one in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    writer = PdfWriter()
    to_unicode = DecodedStreamObject()
    to_unicode.set_data(cmap.encode())
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Mau"),
        }
    )
    font: Any = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Mau"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/ToUnicode"): writer._add_object(to_unicode),
        }
    )
    font[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(below)])
    fonts = DictionaryObject({NameObject("/F"): writer._add_object(font)})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        drawn = [
            f"BT /F 11 Tf 50 {800 - 14 * at} Td "
            f"<{''.join(f'{codes[one]:04X}' for one in line)}> Tj ET"
            for at, line in enumerate(lines)
        ]
        stream = DecodedStreamObject()
        stream.set_data("\n".join(drawn).encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word_of_state_letter() -> bytes:
    """Return a .docx laid out as offices do: head and foot in tables, contents as a list."""
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(
        0, 0
    ).text = (
        "UBND TỈNH ĐẮK NÔNG\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 123/SGDĐT-GDTX\nV/v phát triển đảng viên"
    )
    head.cell(0, 1).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Đắk Nông, ngày 05 tháng 9 năm 2024"
    )
    document.add_paragraph("Kính gửi: Các trường THPT")
    document.add_paragraph("Căn cứ Kế hoạch số 45-KH/TU ngày 02/01/2024 của Tỉnh ủy, yêu cầu:")
    document.add_paragraph("Kết nạp ít nhất 03 học sinh.", style="List Number")
    document.add_paragraph("Báo cáo trước ngày 10/6 hằng năm.", style="List Number")
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT, GDTX."
    foot.cell(0, 1).text = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn Mẫu"
    document.sections[0].header.paragraphs[0].text = "BẢN SAO"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """Return an archive with some parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename not in changed:
                new.writestr(info.filename, old.read(info))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


class TestExtractPlainText:
    @pytest.mark.parametrize(
        "data",
        [
            STATE.encode(),
            codecs.BOM_UTF8 + STATE.encode(),
            STATE.encode("utf-16"),
            STATE.encode("utf-16-le"),
            STATE.encode("utf-16-be"),
            STATE.replace("\n", "\r\n").encode(),
            unicodedata.normalize("NFD", STATE).encode(),
        ],
        ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "crlf", "decomposed"],
    )
    def test_gives_one_text_for_every_encoding(self, data: bytes) -> None:
        assert textlayer.extract(data, "a.txt") == STATE

    def test_reads_the_older_vietnamese_encoding(self) -> None:
        marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        letters = []
        for one in STATE:
            apart = unicodedata.normalize("NFD", one)
            tone = "".join(mark for mark in apart if mark in marks)
            rest = "".join(mark for mark in apart if mark not in marks)
            letters.append(unicodedata.normalize("NFC", rest) + tone)
        data = "".join(letters).encode("cp1258")
        assert textlayer.extract(data, "a.txt") == STATE

    def test_keeps_spans_exact_after_decoding(self) -> None:
        reading = letter.read(textlayer.extract(STATE.encode("utf-16"), "a.txt"))
        assert reading.text == STATE


class TestExtractWord:
    def test_reads_tables_headers_and_list_numbers_in_order(self) -> None:
        text = textlayer.extract(word_of_state_letter(), "a.docx")
        assert text.startswith("BẢN SAO\nUBND TỈNH ĐẮK NÔNG\nSỞ GIÁO DỤC")
        assert "1. Kết nạp ít nhất 03 học sinh.\n2. Báo cáo" in text
        assert text.index("Độc lập") < text.index("Kính gửi") < text.index("Nơi nhận")

    def test_gives_a_letter_that_can_be_read(self) -> None:
        reading = letter.read(textlayer.extract(word_of_state_letter(), "a.docx"))
        assert (reading.number, reading.symbol) == ("123", "SGDĐT-GDTX")
        assert (reading.superior, reading.date) == ("UBND TỈNH ĐẮK NÔNG", "2024-09-05")
        assert reading.subject == "phát triển đảng viên"
        assert len(reading.contents) == 2
        assert reading.signing.name == "Trần Văn Mẫu"

    def test_reads_it_whatever_its_name(self) -> None:
        assert "Kính gửi" in textlayer.extract(word_of_state_letter(), "thu.txt")

    def test_refuses_a_document_with_a_program(self) -> None:
        data = repacked(word_of_state_letter(), {"word/vbaProject.bin": b"x"})
        with pytest.raises(unreadable.Macros):
            textlayer.extract(data, "a.docx")

    def test_refuses_declared_entities(self) -> None:
        body = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        with pytest.raises(unreadable.Entities):
            textlayer.extract(repacked(word_of_state_letter(), {"word/document.xml": body}), "a")

    def test_refuses_a_bomb(self) -> None:
        data = repacked(word_of_state_letter(), {"word/media/x.bmp": b"\0" * 30_000_000})
        with pytest.raises(unreadable.Bomb):
            textlayer.extract(data, "a.docx")

    def test_refuses_too_many_parts(self) -> None:
        many = {f"word/x{at}.xml": b"" for at in range(wordfile.ENTRIES)}
        with pytest.raises(unreadable.Bomb):
            textlayer.extract(repacked(word_of_state_letter(), many), "a.docx")

    def test_refuses_an_archive_that_is_no_document(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "a")
        with pytest.raises(unreadable.UnsupportedKind):
            textlayer.extract(out.getvalue(), "a.docx")

    def test_refuses_a_document_of_pictures_only(self) -> None:
        out = io.BytesIO()
        docx.Document().save(out)
        with pytest.raises(unreadable.NoTextLayer):
            textlayer.extract(out.getvalue(), "a.docx")

    @pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
    def test_refuses_a_cut_off_document(self, share: float) -> None:
        data = word_of_state_letter()
        with pytest.raises(unreadable.Broken):
            textlayer.extract(data[: int(len(data) * share)], "a.docx")

    def test_refuses_a_part_that_is_not_well_formed(self) -> None:
        data = repacked(word_of_state_letter(), {"word/document.xml": b"<a><b></a>"})
        with pytest.raises(unreadable.Broken):
            textlayer.extract(data, "a.docx")


class TestExtractPdf:
    def test_reads_the_text_layer_and_drops_page_numbers(self) -> None:
        lines = STATE.splitlines()
        data = pdf_of([lines[:30], ["2", *lines[30:]]])
        text = textlayer.extract(data, "a.pdf")
        assert "\n2\n" not in text
        reading = letter.read(text)
        assert (reading.number, reading.date) == ("123", "2024-09-05")
        assert [d.due for d in reading.duties] == [d.due for d in letter.read(STATE).duties]

    def test_refuses_pages_of_pictures(self) -> None:
        with pytest.raises(unreadable.NoTextLayer) as refusal:
            textlayer.extract(pdf_of([[], []]), "a.pdf")
        assert refusal.value.facts == {"name": "a.pdf", "pages": 2}

    def test_refuses_a_locked_file(self) -> None:
        writer = PdfWriter(PdfReader(io.BytesIO(pdf_of([["Kính gửi"]]))))
        writer.encrypt("bí mật", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        with pytest.raises(unreadable.Encrypted):
            textlayer.extract(out.getvalue(), "a.pdf")

    def test_refuses_too_many_pages(self) -> None:
        with pytest.raises(unreadable.TooLarge) as refusal:
            textlayer.extract(pdf_of([[]] * (pdffile.PAGES + 1)), "a.pdf")
        assert refusal.value.facts["what"] == "pages"

    @pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-" + bytes(range(256)) * 20])
    def test_refuses_a_broken_file(self, data: bytes) -> None:
        with pytest.raises(unreadable.Broken):
            textlayer.extract(data, "a.pdf")


class TestRefuseFile:
    @pytest.mark.parametrize(
        ("data", "name", "refusal"),
        [
            (b"", "a.txt", unreadable.EmptyFile),
            (b" \r\n", "a.txt", unreadable.EmptyFile),
            (b"\xef\xbb\xbf", "a.txt", unreadable.EmptyFile),
            (b"\xff\xd8\xff\xe0abc", "a.jpg", unreadable.UnsupportedKind),
            (b"\x89PNG\r\n", "thu.pdf", unreadable.UnsupportedKind),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "a.doc", unreadable.UnsupportedKind),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "a.docx",
                unreadable.Encrypted,
            ),
            (b"{\\rtf1 abc}", "a.rtf", unreadable.UnsupportedKind),
            (b"<html>", "a.txt", unreadable.UnsupportedKind),
            ("Kính gửi".encode(), "a.docx", unreadable.Broken),
            ("Kính gửi".encode(), "a.xlsx", unreadable.UnsupportedKind),
            (bytes(range(1, 256)) * 4, "a.txt", unreadable.Undecodable),
        ],
    )
    def test_names_the_cause(
        self, data: bytes, name: str, refusal: type[unreadable.TextLayerError]
    ) -> None:
        with pytest.raises(refusal) as raised:
            textlayer.extract(data, name)
        assert raised.value.code.startswith("file.")
        assert raised.value.facts["name"] == name

    def test_refuses_more_bytes_than_allowed(self) -> None:
        with pytest.raises(unreadable.TooLarge) as refusal:
            textlayer.extract(b"abc", "a.txt", limit=2)
        assert refusal.value.facts == {"name": "a.txt", "what": "bytes", "size": 3, "limit": 2}
