"""Addresses of the room of duplicates."""

from __future__ import annotations

from django.urls import path

from donghanh.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("con-duong/trung-lap/", views.pairs, name="pairs"),
    path("con-duong/trung-lap/mot-em", views.join, name="join"),
    path("con-duong/trung-lap/hai-em", views.tell_apart, name="tell_apart"),
    path("con-duong/trung-lap/<int:decision_id>/huy", views.undo, name="undo"),
]
