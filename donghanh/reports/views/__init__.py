"""Pages of the room: a school's report, the sheet of the department, and the files of both."""

from __future__ import annotations

from donghanh.reports.views import (
    closing,
    department,
    files,
    outside,
    school,
    stating,
    through_time,
)

__all__ = ["closing", "department", "files", "outside", "school", "stating", "through_time"]
