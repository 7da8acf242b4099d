"""Addresses of the room of open figures."""

from __future__ import annotations

from django.urls import path

from donghanh.openfigures import views

app_name = "openfigures"

urlpatterns = [
    path("cong-khai/", views.own, name="own"),
    path("cong-khai/xem", views.preview, name="preview"),
    path("cong-khai/<int:publication_id>/rut", views.withdraw, name="withdraw"),
    path("so-lieu-cong-khai/", views.listing, name="listing"),
    path("so-lieu-cong-khai/<slug:code>/<str:school_year>/", views.page, name="page"),
    path("so-lieu-cong-khai/<slug:code>/<str:school_year>/so-lieu.csv", views.as_csv, name="csv"),
    path(
        "so-lieu-cong-khai/<slug:code>/<str:school_year>/so-lieu.json", views.as_json, name="json"
    ),
]
