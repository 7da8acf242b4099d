"""Files that are sent: read up to a limit, and not one byte more of them kept."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """
    Stands first among the handlers and lets no file grow beyond ``FILE_UPLOAD_MOST``.

    What comes beyond is read off the line and dropped, so that who sent it can be told. The form
    finds an empty file with the size that was really sent, and refuses it as too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand a piece on to the handlers after this one, until it is too much."""
        return raw_data if start + len(raw_data) <= settings.FILE_UPLOAD_MOST else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the others, or say in its place how large it was."""
        if file_size <= settings.FILE_UPLOAD_MOST:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
