"""Addresses of the room of hand-over."""

from __future__ import annotations

from django.urls import path

from donghanh.handover import views

app_name = "handover"

urlpatterns = [
    path("con-duong/chuyen-giao/", views.listing, name="listing"),
    path("con-duong/chuyen-giao/<int:handover_id>/", views.page, name="page"),
    path("con-duong/chuyen-giao/<int:handover_id>/gui", views.send, name="send"),
    path("con-duong/chuyen-giao/<int:handover_id>/duong-dan", views.renew, name="renew"),
    path("con-duong/chuyen-giao/<int:handover_id>/rut-lai", views.call_back, name="call_back"),
    path("con-duong/chuyen-giao/<int:handover_id>/nhan", views.receive, name="receive"),
    path("con-duong/<int:dossier_id>/chuyen-giao/", views.begin, name="begin"),
    path("cua-em/<slug:code>/chuyen-ho-so", views.own, name="own"),
    path("nhan-ho-so/<slug:word>/", views.link, name="link"),
]
