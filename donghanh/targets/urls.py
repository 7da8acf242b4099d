"""Addresses of the room of targets."""

from __future__ import annotations

from django.urls import path

from donghanh.targets import views

app_name = "targets"

urlpatterns = [
    path("chi-tieu/", views.newest, name="newest"),
    path("chi-tieu/<slug:school_year>/<slug:code>/", views.plan, name="plan"),
    path("chi-tieu/<slug:school_year>/<slug:code>/chi-tieu.xlsx", views.export, name="export"),
    path("chi-tieu/<slug:school_year>/<slug:code>/giao/", views.share, name="share"),
    path("chi-tieu/<slug:school_year>/<slug:code>/don-vi/<int:unit_id>/", views.unit, name="unit"),
]
