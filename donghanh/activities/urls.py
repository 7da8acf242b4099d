"""Addresses of the room of activities."""

from __future__ import annotations

from django.urls import path

from donghanh.activities.views import after, own, staff

app_name = "activities"

_ONE = "hoat-dong/<int:activity_id>/"
_OWN = "cua-em/<slug:code>/"

urlpatterns = [
    path("hoat-dong/", staff.listing, name="listing"),
    path("hoat-dong/danh-sach.xlsx", staff.export, name="export"),
    path("hoat-dong/lich/", staff.month, name="month"),
    path("hoat-dong/lich.ics", staff.calendar, name="calendar"),
    path("hoat-dong/moi", staff.begin, name="begin"),
    path(_ONE, staff.activity, name="activity"),
    path(f"{_ONE}sua", staff.change, name="change"),
    path(f"{_ONE}so-luot", staff.state, name="state"),
    path(f"{_ONE}huy", staff.call_off, name="call_off"),
    path(f"{_ONE}mo-diem-danh", staff.open_check_in, name="open"),
    path(f"{_ONE}dong-diem-danh", staff.close_check_in, name="close"),
    path(f"{_ONE}man-hinh/", staff.screen, name="screen"),
    path(f"{_ONE}rut-kinh-nghiem", after.look_back, name="look_back"),
    path(f"{_ONE}anh/them", after.photo_add, name="photo_add"),
    path(f"{_ONE}anh/<int:photo_id>.jpeg", after.photo, name="photo"),
    path(f"{_ONE}anh/<int:photo_id>-nho.jpeg", after.photo_small, name="photo_small"),
    path(f"{_ONE}anh/<int:photo_id>/go", after.photo_remove, name="photo_remove"),
    path("con-duong/<int:dossier_id>/hoat-dong/", staff.pupil, name="pupil"),
    path("diem-danh/<int:activity_id>/<slug:sign>/", own.scanned, name="scanned"),
    path(f"{_OWN}hoat-dong/", own.page, name="own"),
    path(f"{_OWN}hoat-dong/<int:activity_id>/dua-vao", own.put, name="put"),
    path(f"{_OWN}hoat-dong/<int:activity_id>/rut-ra", own.take, name="take"),
    path(f"{_OWN}diem-danh/<int:activity_id>/<slug:sign>/", own.check_in, name="check_in"),
]
