"""Addresses of the room of the forecast."""

from __future__ import annotations

from django.urls import path

from donghanh.forecast import views

app_name = "forecast"

urlpatterns = [
    path("con-duong/lich/", views.calendar, name="calendar"),
    path("con-duong/lich/lich-nam-hoc.xlsx", views.export, name="export"),
    path("con-duong/lich/ngay-tot-nghiep", views.leaving, name="leaving"),
    path("con-duong/<int:dossier_id>/du-bao/", views.pupil, name="pupil"),
]
