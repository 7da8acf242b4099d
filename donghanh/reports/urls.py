"""Addresses of the room of reports."""

from __future__ import annotations

from django.urls import path

from donghanh.reports.views import (
    closing,
    department,
    files,
    outside,
    school,
    stating,
    through_time,
)

app_name = "reports"

urlpatterns = [
    path("bao-cao/", school.listing, name="listing"),
    path("bao-cao/lap/<int:task_id>/", school.begin, name="begin"),
    path("bao-cao/<int:report_id>/", school.report, name="report"),
    path("bao-cao/<int:report_id>/gui/", school.send, name="send"),
    path("bao-cao/<int:report_id>/bao-cao.docx", files.report, name="report_docx"),
    path("bao-cao/<int:report_id>/so-lieu/<slug:code>/", school.figure, name="figure"),
    path("bao-cao/<int:report_id>/so-lieu/<slug:code>.xlsx", files.figure, name="figure_xlsx"),
    path("bao-cao/<int:report_id>/so-lieu/<slug:code>/sua/", stating.change, name="change"),
    path("bao-cao/<int:report_id>/kiem-tra/", stating.checks, name="checks"),
    path("bao-cao/<int:report_id>/bo-sung/", stating.amend, name="amend"),
    path("bao-cao/<int:report_id>/bo-sung/thoi/", stating.drop, name="drop"),
    path("bao-cao/<int:report_id>/bao-cao.json", outside.sealed, name="report_json"),
    path("bao-cao/<int:report_id>/theo-mau/", outside.report_workbook, name="report_workbook"),
    path("bao-cao/doi-chieu/", outside.prove, name="prove"),
    path("tong-hop/", department.newest, name="newest"),
    path("tong-hop/<slug:school_year>/", department.sheet, name="sheet"),
    path("tong-hop/<slug:school_year>/qua-thoi-gian/", through_time.page, name="through_time"),
    path(
        "tong-hop/<slug:school_year>/qua-thoi-gian/<slug:way>/<slug:code>/",
        through_time.gathered,
        name="gathered",
    ),
    path("tong-hop/<slug:school_year>/bang.xlsx", files.sheet, name="sheet_xlsx"),
    path("tong-hop/<slug:school_year>/khoa/", closing.closing, name="closing"),
    path("tong-hop/<slug:school_year>/khoa/mo-cho/", closing.let_in, name="let_in"),
    path("tong-hop/<slug:school_year>/theo-mau/", outside.sheet_workbook, name="sheet_workbook"),
    path("tong-hop/<slug:school_year>/lap/", department.consolidate, name="consolidate"),
    path("tong-hop/<slug:school_year>/cac-ban/", department.versions, name="versions"),
    path("tong-hop/ban/<int:consolidation_id>.docx", department.paper, name="version_docx"),
    path("tong-hop/ban/<int:consolidation_id>.xlsx", files.version, name="version_xlsx"),
    path("tong-hop/bao-cao/<int:report_id>/", department.report, name="review"),
    path("tong-hop/bao-cao/<int:report_id>/duyet/", department.accept, name="accept"),
    path("tong-hop/bao-cao/<int:report_id>/tra-lai/", department.give_back, name="return"),
    path("tong-hop/bao-cao/<int:report_id>/so-lieu/<slug:code>/", department.figure, name="behind"),
]
