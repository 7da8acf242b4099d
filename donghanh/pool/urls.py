"""Addresses of the room of the pool."""

from __future__ import annotations

from django.urls import path

from donghanh.pool import views

app_name = "pool"

urlpatterns = [
    path("con-duong/nguon/", views.source, name="source"),
    path("con-duong/nguon/danh-sach.xlsx", views.export, name="export"),
    path("con-duong/nguon/<int:person_id>/xep-loai", views.ratings, name="ratings"),
    path("cua-em/<slug:code>/xep-loai/", views.own, name="own"),
]
