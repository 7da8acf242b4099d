"""Files that are sent: read up to a limit, and not one byte more of them kept."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Bounded(TemporaryFileUploadHandler):
    """
    Stands in the place of the handler for larger files; none grows beyond ``FILE_UPLOAD_MOST``.

    What comes beyond is read off the line and dropped, so that who sent it can be told. The form
    finds the beginning of the file with the size that was really sent; every limit of a room is
    smaller than ``FILE_UPLOAD_MOST``, so each refuses it as too large in its own words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, until it is too much."""
        if start + len(raw_data) <= settings.FILE_UPLOAD_MOST:
            super().receive_data_chunk(raw_data, start)
