"""Handing a letter in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donghanh.directives.models import Directive
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import at_home, said
from tests.integration.directives.letter import TEXT, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


def upload(name: str, data: bytes) -> dict[str, Any]:
    """Return a form that sends a file."""
    return {"file": SimpleUploadedFile(name, data), "text": ""}


def _archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def _bomb() -> bytes:
    return _archive(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\x00" * 300_000_000}
    )


def _picture_only_pdf() -> bytes:
    """Return a PDF of one page without a letter on it."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


_ENGLISH = b"""Dear colleagues,

We are pleased to invite you to our annual conference on education in June.

Yours sincerely,
J. Smith
"""


class TestNew:
    """A letter is handed in."""

    def test_opens_the_letter_beside_its_reading(self, cast: Cast) -> None:
        answer = at_home(cast.officer).post(
            reverse("directives:new"), upload("cv.txt", TEXT.encode())
        )

        directive = Directive.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/chi-dao/{directive.pk}/doc")
        assert directive.original == TEXT

    def test_takes_a_text_copied_in(self, cast: Cast) -> None:
        answer = at_home(cast.officer).post(reverse("directives:new"), {"text": TEXT})

        assert answer.status_code == 302
        assert Directive.objects.get().original.strip() == TEXT.strip()

    @pytest.mark.parametrize(
        ("name", "make", "words"),
        [
            ("rong.docx", lambda: b"", "Tệp rỗng"),
            ("to.pdf", lambda: b"%PDF-1.4" + b"0" * 50_000_000, "lớn hơn 20 MB"),
            ("bom.docx", _bomb, "giải nén"),
            ("anh.pdf", _picture_only_pdf, "chỉ có ảnh"),
            ("letter.txt", lambda: _ENGLISH, "không giống văn bản hành chính"),
            ("hong.docx", lambda: b"PK\x03\x04 broken", "bị hỏng"),
            ("anh.png", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 99, "Không đọc được loại tệp này"),
        ],
    )
    def test_refuses_in_one_sentence_and_keeps_nothing(
        self, cast: Cast, name: str, make: Callable[[], bytes], words: str
    ) -> None:
        answer = at_home(cast.officer).post(reverse("directives:new"), upload(name, make()))

        assert (answer.status_code, Directive.objects.count(), lines()) == (422, 0, 0)
        assert words in said(answer)

    @pytest.mark.parametrize("both", [False, True])
    def test_asks_for_a_file_or_a_text_and_not_for_both(self, cast: Cast, both: bool) -> None:
        data = upload("a.txt", TEXT.encode()) | {"text": TEXT} if both else {"text": " "}

        answer = at_home(cast.officer).post(reverse("directives:new"), data)

        assert (answer.status_code, Directive.objects.count()) == (422, 0)

    def test_is_no_page_for_others(self, cast: Cast) -> None:
        for user in (cast.leader, cast.secretary, cast.union, cast.administrator):
            client = at_home(user)
            assert client.get(reverse("directives:new")).status_code == 404
            assert client.post(reverse("directives:new"), {"text": TEXT}).status_code == 404
        assert not Directive.objects.exists()
