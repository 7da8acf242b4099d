"""Addresses of the room of the own file."""

from __future__ import annotations

from django.urls import path

from donghanh.ownfile import views

app_name = "ownfile"

urlpatterns = [
    path("cua-em/<slug:code>/quyen", views.rights, name="rights"),
    path("cua-em/<slug:code>/giay-to", views.files, name="files"),
    path("cua-em/<slug:code>/sua", views.correct, name="correct"),
    path("cua-em/<slug:code>/xoa", views.delete, name="delete"),
    path("cua-em/<slug:code>/ghi-tiep", views.go_on, name="go_on"),
    path("cua-em/<slug:code>/rut-yeu-cau", views.take_back, name="take_back"),
    path("cua-em/<slug:code>/ban-sao.json", views.copy_json, name="copy_json"),
    path("cua-em/<slug:code>/ban-sao.xlsx", views.copy_xlsx, name="copy_xlsx"),
    path("con-duong/yeu-cau/", views.requests, name="requests"),
    path("con-duong/yeu-cau/<int:request_id>/", views.request_page, name="request"),
    path("con-duong/yeu-cau/<int:request_id>/da-nhan", views.acknowledge, name="acknowledge"),
    path("con-duong/yeu-cau/<int:request_id>/gia-han", views.extend, name="extend"),
]
