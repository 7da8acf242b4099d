"""Addresses of the room of campaigns."""

from __future__ import annotations

from django.urls import path

from donghanh.campaigns.views import joining, pages, running

app_name = "campaigns"

_ONE = "cuoc-van-dong/<int:campaign_id>/"
_SCHOOL = "cuoc-van-dong/truong/<int:joining_id>/"

urlpatterns = [
    path("cuoc-van-dong/", pages.everything, name="list"),
    path("cuoc-van-dong/soan", running.draft, name="draft"),
    path(_ONE, pages.campaign, name="campaign"),
    path(f"{_ONE}so-lieu.xlsx", pages.export, name="export"),
    path(f"{_ONE}sua", running.mend, name="mend"),
    path(f"{_ONE}phat-dong", running.open_it, name="open"),
    path(f"{_ONE}them-truong", running.ask_more, name="ask_more"),
    path(f"{_ONE}chot", running.close, name="close"),
    path(f"{_ONE}tong-ket", running.end, name="end"),
    path(f"{_ONE}huy", running.call_off, name="call_off"),
    path(_SCHOOL, pages.unit, name="unit"),
    path(f"{_SCHOOL}tham-gia", joining.join, name="join"),
    path(f"{_SCHOOL}khong-tham-gia", joining.decline, name="decline"),
    path(f"{_SCHOOL}danh-gia", joining.evaluate, name="evaluate"),
    path(f"{_SCHOOL}so-lieu/<str:school_year>", joining.state, name="state"),
]
