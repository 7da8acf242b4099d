"""Addresses of the room of oversight."""

from __future__ import annotations

from django.urls import path

from donghanh.oversight import views

app_name = "oversight"

urlpatterns = [
    path("khan-cap/", views.emergency, name="emergency"),
    path("khan-cap/<int:opening_id>/ket-thuc", views.end, name="end"),
    path("khan-cap/thong-bao/", views.notices, name="notices"),
    path("nhat-ky/", views.history, name="history"),
    path("nhat-ky/doi-chieu", views.verify, name="verify"),
    path("khan-cap/<int:opening_id>/da-xem", views.confirm, name="confirm"),
]
