"""Addresses of the room of organisation."""

from __future__ import annotations

from django.urls import path

from donghanh.organisation import views

app_name = "organisation"

urlpatterns = [
    path("chuc-vu", views.choose_post, name="choose_post"),
    path("ky-thay/", views.signing, name="signing"),
    path("ky-thay/<int:delegation_id>/thoi", views.end_signing, name="end_signing"),
]
