"""Addresses of the room of dossiers."""

from __future__ import annotations

from django.urls import path

from donghanh.dossiers import views

app_name = "dossiers"

urlpatterns = [
    path("con-duong/", views.cohort, name="cohort"),
    path("con-duong/danh-sach.xlsx", views.export, name="export"),
    path("con-duong/vao-nguon/<int:person_id>/", views.source, name="source"),
    path("con-duong/<int:dossier_id>/", views.road, name="road"),
    path("con-duong/<int:dossier_id>/ghi/<slug:step>/", views.record, name="record"),
    path("con-duong/<int:dossier_id>/ghi/<slug:step>/kiem-phieu", views.count, name="count"),
    path("con-duong/<int:dossier_id>/thong-tin/", views.facts, name="facts"),
    path("con-duong/<int:dossier_id>/huy/<int:number>/", views.void, name="void"),
    path("cua-em/<slug:code>/", views.own, name="own"),
]
